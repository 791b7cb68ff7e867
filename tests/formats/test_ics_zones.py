"""Time zones that a calendar defines itself: the same as those of the IANA database where they say the same."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from showup.formats.ics.vtimezone import Custom, custom
from showup.formats.ics.zones import CUSTOM_LIMIT, Customs, Unknown, Zones

SUMMER = "BEGIN:DAYLIGHT\nDTSTART:{}\nRRULE:FREQ=YEARLY;{}\nTZOFFSETFROM:{}\nTZOFFSETTO:{}\nEND:DAYLIGHT\n"
WINTER = SUMMER.replace("DAYLIGHT", "STANDARD")
NAIROBI = "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0300\nTZNAME:EAT\nEND:STANDARD\n"
ZONES = {
    "Europe/Berlin": SUMMER.format("19810329T020000", "BYMONTH=3;BYDAY=-1SU", "+0100", "+0200")
    + WINTER.format("19961027T030000", "BYMONTH=10;BYDAY=-1SU", "+0200", "+0100"),
    "America/New_York": SUMMER.format("20070311T020000", "BYMONTH=3;BYDAY=2SU", "-0500", "-0400")
    + WINTER.format("20071104T020000", "BYMONTH=11;BYDAY=1SU", "-0400", "-0500"),
    "Australia/Lord_Howe": SUMMER.format("20081005T020000", "BYMONTH=10;BYDAY=1SU", "+1030", "+1100")
    + WINTER.format("20080406T020000", "BYMONTH=4;BYDAY=1SU", "+1100", "+1030"),
    "Africa/Nairobi": NAIROBI,
    "America/Sao_Paulo": SUMMER.format(
        "20081019T000000", "UNTIL=20171015T030000Z;BYMONTH=10;BYDAY=3SU", "-0300", "-0200"
    )
    + WINTER.format("20160221T000000", "UNTIL=20190217T020000Z;BYMONTH=2;BYDAY=3SU", "-0200", "-0300")
    + "BEGIN:DAYLIGHT\nDTSTART:20181104T000000\nTZOFFSETFROM:-0300\nTZOFFSETTO:-0200\nEND:DAYLIGHT\n",
}


def made(text: str) -> Custom | None:
    return custom(f"\nTZID:x\n{text}".encode())


@pytest.mark.parametrize("name", ZONES)
def test_the_same_as_in_the_database(name: str) -> None:
    ours, theirs = made(ZONES[name]), ZoneInfo(name)
    assert ours
    day = datetime(2016, 3, 1)  # noqa: DTZ001 - the zones are put to it below
    while day.year < 2030:
        for local in (day, day.replace(fold=1)):
            assert local.replace(tzinfo=ours).utcoffset() == local.replace(tzinfo=theirs).utcoffset(), local
        one, other = (day.replace(tzinfo=UTC).astimezone(zone) for zone in (ours, theirs))
        assert (one.replace(tzinfo=None), one.fold) == (other.replace(tzinfo=None), other.fold), day
        near = any(
            abs((day + timedelta(hours=12)).replace(tzinfo=theirs).utcoffset() - step.utcoffset())  # type: ignore[operator]
            for step in (day.replace(tzinfo=theirs) - timedelta(days=1), day.replace(tzinfo=theirs) + timedelta(days=2))
        )
        day += timedelta(minutes=30) if near else timedelta(hours=12)


def test_a_zone_of_listed_dates() -> None:
    zone = made(
        "BEGIN:STANDARD\nDTSTART:20200101T000000\nRDATE:20220101T000000,20240101T000000\nRDATE:20250101T000000\n"
        "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\n"
        "BEGIN:DAYLIGHT\nDTSTART:20210101T000000\nRDATE:20230101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+023015\n"
        "END:DAYLIGHT\n"
    )
    hours = [datetime(year, 6, 1, tzinfo=zone).utcoffset() for year in range(2019, 2027)]
    one, two = timedelta(hours=1), timedelta(hours=2, minutes=30, seconds=15)
    assert hours == [timedelta(hours=2), one, two, one, two, one, one, one]


def test_a_zone_that_begins_on_a_day() -> None:
    zone = made("BEGIN:STANDARD\nDTSTART;VALUE=DATE:20170101\nTZOFFSETFROM:+1100\nTZOFFSETTO:+1100\nEND:STANDARD\n")
    assert datetime(2026, 1, 1, tzinfo=zone).utcoffset() == timedelta(hours=11)


def test_the_ends_of_time() -> None:
    zone = made(ZONES["Europe/Berlin"])
    assert datetime.max.replace(tzinfo=zone).utcoffset() == timedelta(hours=1)
    assert datetime.min.replace(tzinfo=zone).utcoffset() == timedelta(hours=1)
    assert made(NAIROBI.replace("1970", "1601"))


NO_ZONES = {
    "nothing": "",
    "no offsets": NAIROBI.replace("TZOFFSETFROM:+0300\n", ""),
    "an offset that is none": NAIROBI.replace("+0300", "three hours"),
    "an offset of more than a day": NAIROBI.replace("+0300", "+9900"),
    "no start": NAIROBI.replace("DTSTART", "X-START"),
    "a start that is none": NAIROBI.replace("19700101T000000", "long ago"),
    "a date that is none": NAIROBI.replace("TZNAME", "RDATE:never\nTZNAME"),
    "a rule that is none": NAIROBI.replace("TZNAME", "RRULE:FREQ=SOMETIMES\nTZNAME"),
    "a rule of each second": NAIROBI.replace("TZNAME", "RRULE:FREQ=SECONDLY\nTZNAME"),
    "a rule of days": NAIROBI.replace("TZNAME", "RRULE:FREQ=DAILY\nTZNAME"),
    "a rule that is never met": NAIROBI.replace("TZNAME", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nTZNAME"),
    "a rule of all days": NAIROBI.replace("TZNAME", "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU\nTZNAME"),
    "fifty rules": ZONES["Europe/Berlin"] * 25,
    "an end that is none": ZONES["Europe/Berlin"].replace("BYMONTH", "UNTIL=2026;BYMONTH"),
    "a million dates": NAIROBI.replace("TZNAME", f"RDATE:{','.join(['20260101T000000'] * 60_000)}\nTZNAME"),
}


@pytest.mark.parametrize("name", NO_ZONES)
def test_what_no_real_zone_says_is_none(name: str) -> None:
    assert made(NO_ZONES[name]) is None


def test_a_file_has_only_so_many_zones_of_its_own() -> None:
    texts = [f"\nTZID:{n}\n{NAIROBI}".encode() for n in range(CUSTOM_LIMIT + 10)]
    zones = Zones(texts, None, Customs())
    found = [zones.find(str(n)) for n in range(CUSTOM_LIMIT + 10)]
    assert [isinstance(zone, Unknown) for zone in found] == [False] * CUSTOM_LIMIT + [True] * 10


def test_it_is_made_once() -> None:
    assert made(NAIROBI) is made(NAIROBI)
