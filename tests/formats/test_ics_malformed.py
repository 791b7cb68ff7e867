"""What producers, networks and ill will make of a calendar: each time the rest is used, and nothing is guessed."""

import time
from dataclasses import dataclass

import pytest

from showup.core.problem import Problem
from showup.formats.ics import occurrences, vevents
from tests.support.ics import END, GOOD, HEAD, START, TAIL, calendar, crlf, timed, vevent

A = timed(":20261124T090000Z", ":20261124T100000Z")
UTC_9 = "24T09:00"
MY_ZONE = (
    "BEGIN:VTIMEZONE\nTZID:MyZone\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0330\nTZOFFSETTO:-0330\n"
    "END:STANDARD\nEND:VTIMEZONE\n"
)
LOTUS = (
    "BEGIN:VTIMEZONE\nTZID:Western/Central Europe\nBEGIN:STANDARD\nDTSTART:19501029T020000\n"
    "RRULE:FREQ=YEARLY;BYMINUTE=0;BYHOUR=2;BYDAY=-1SU;BYMONTH=10\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\n"
    "BEGIN:DAYLIGHT\nDTSTART:19500326T020000\nRRULE:FREQ=YEARLY;BYMINUTE=0;BYHOUR=2;BYDAY=-1SU;BYMONTH=3\n"
    "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
)
NEVER = (
    "BEGIN:VTIMEZONE\nTZID:Never\nBEGIN:STANDARD\nDTSTART:19700101T000000\n{}\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\n"
)
NEVER += "END:STANDARD\nEND:VTIMEZONE\n"


@dataclass(frozen=True)
class Case:
    """A calendar, when its events are (UTC, "?" where that cannot be known), and how many warnings there are."""

    data: bytes
    times: tuple[str, ...]
    warnings: int = 0


def zoned(tzid: str, more: str = "") -> bytes:
    return calendar(more, timed(f";TZID={tzid}:20261124T090000", f";TZID={tzid}:20261124T100000"), GOOD)


def also(event: str) -> bytes:
    return calendar(event, GOOD)


GOOD_9 = "25T09:00"
CASES = {
    "fine": Case(also(A), (UTC_9, GOOD_9)),
    "no end": Case(also(timed(":20261124T090000Z")), (UTC_9, GOOD_9)),
    "a duration": Case(also(vevent("DTSTART:20261124T090000Z\nDURATION:PT45M")), (UTC_9, GOOD_9)),
    "a broken duration": Case(also(vevent("DTSTART:20261124T090000Z\nDURATION:long")), (GOOD_9,), 1),
    "no start": Case(also(vevent("DTEND:20261124T100000Z")), (GOOD_9,), 1),
    "no uid": Case(also(A.replace("UID:a@x\n", "")), (UTC_9, GOOD_9)),
    "an empty uid": Case(also(A.replace("UID:a@x\n", "UID:\n")), (UTC_9, GOOD_9)),
    "no stamp": Case(also(A.replace("DTSTAMP:20261101T000000Z\n", "")), (UTC_9, GOOD_9)),
    "all day": Case(also(timed(";VALUE=DATE:20261124", ";VALUE=DATE:20261125")), ("all day", GOOD_9)),
    "all day without end": Case(also(timed(";VALUE=DATE:20261124")), ("all day", GOOD_9)),
    "floating": Case(also(timed(":20261124T090000", ":20261124T100000")), ("24T08:00", GOOD_9)),
    "floating in a named zone": Case(
        calendar("X-WR-TIMEZONE:America/New_York\n", timed(":20261124T090000"), GOOD), ("24T14:00", GOOD_9)
    ),
    "floating in an unknown zone": Case(
        calendar("X-WR-TIMEZONE:Atlantis\n", timed(":20261124T090000"), GOOD), ("?", GOOD_9), 1
    ),
    "utc in a named zone": Case(calendar("X-WR-TIMEZONE:America/New_York\n", A, GOOD), (UTC_9, GOOD_9)),
    "a windows zone": Case(zoned("Eastern Standard Time"), ("24T14:00", GOOD_9)),
    "a windows zone in quotes": Case(zoned('"W. Europe Standard Time"'), ("24T08:00", GOOD_9)),
    "the name people see in windows": Case(zoned('"(UTC-05:00) Eastern Time (US & Canada)"'), ("?", GOOD_9), 1),
    "an unknown zone": Case(zoned("Customized Time Zone"), ("?", GOOD_9), 1),
    "an unknown zone, repeating": Case(
        also(timed(";TZID=Nowhere:20261124T090000", more="RRULE:FREQ=DAILY;COUNT=2")), ("?", "?", GOOD_9), 1
    ),
    "a zone with a prefix": Case(zoned("/freeassociation.sourceforge.net/Europe/Berlin"), ("24T08:00", GOOD_9)),
    "a zone with a prefix and a city": Case(zoned("/x/America/Argentina/Buenos_Aires"), ("24T12:00", GOOD_9)),
    "exchange's utc": Case(zoned("tzone://Microsoft/Utc"), (UTC_9, GOOD_9)),
    "a zone of its own": Case(zoned("MyZone", MY_ZONE), ("24T12:30", GOOD_9)),
    "a zone of its own after the event": Case(
        calendar(timed(";TZID=MyZone:20261124T090000"), GOOD, MY_ZONE), ("24T12:30", GOOD_9)
    ),
    "a zone by lotus notes": Case(zoned("Western/Central Europe", LOTUS), ("24T08:00", GOOD_9)),
    "a zone that never begins": Case(
        zoned("Never", NEVER.format("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")), ("?", GOOD_9), 1
    ),
    "a zone that changes each second": Case(zoned("Never", NEVER.format("RRULE:FREQ=SECONDLY")), ("?", GOOD_9), 1),
    "a zone without offsets": Case(
        zoned("MyZone", MY_ZONE.replace("TZOFFSETTO:-0330\n", "TZOFFSETTO:later\n")), ("?", GOOD_9), 1
    ),
    "a zone that is a folder": Case(zoned("America"), ("?", GOOD_9), 1),
    "a zone that is a path": Case(zoned("../../../../etc/passwd"), ("?", GOOD_9), 1),
    "a zone with an endless name": Case(zoned("x" * 5_000), ("?", GOOD_9), 1),
    "a zone for utc": Case(also(timed(";TZID=Europe/Berlin:20261124T090000Z")), (UTC_9, GOOD_9)),
    "a line without colon": Case(also(A.replace("END:VEVENT", "THIS LINE IS BROKEN\nEND:VEVENT")), (UTC_9, GOOD_9)),
    "an unfolded description": Case(
        also(A.replace("END:VEVENT", "DESCRIPTION:one\ntwo\nthree: four\nEND:VEVENT")), (UTC_9, GOOD_9)
    ),
    "a quote that never closes": Case(
        also(A.replace("END:VEVENT", 'ORGANIZER;CN="Jane:mailto:jane@x.example\nEND:VEVENT')), (UTC_9, GOOD_9)
    ),
    "a bad date": Case(also(timed(":2026-11-24T09:00:00Z")), (GOOD_9,), 1),
    "a day that is not": Case(also(timed(":20261131T090000Z")), (GOOD_9,), 1),
    "an hour that is not": Case(also(timed(":20261124T250000Z")), (GOOD_9,), 1),
    "a leap second": Case(also(timed(":20261124T095960Z")), ("24T09:59", GOOD_9)),
    "the year 0": Case(also(timed(":00000101T000000Z")), (GOOD_9,)),
    "before all time": Case(also(timed(";TZID=Asia/Tokyo:00010101T000000")), (GOOD_9,)),
    "ends before it starts": Case(also(timed(":20261124T090000Z", ":20261124T080000Z")), (UTC_9, GOOD_9)),
    "day and time mixed": Case(also(timed(";VALUE=DATE:20261124", ":20261124T100000Z")), ("all day", GOOD_9)),
    "time and day mixed": Case(also(timed(":20261124T090000Z", ";VALUE=DATE:20261125")), (UTC_9, GOOD_9)),
    "an unknown frequency": Case(
        also(timed(":20261124T090000Z", more="RRULE:FREQ=FORTNIGHTLY;COUNT=3")), (UTC_9, GOOD_9), 1
    ),
    "no frequency": Case(also(timed(":20261124T090000Z", more="RRULE:COUNT=3")), (UTC_9, GOOD_9), 1),
    "an empty rule": Case(also(timed(":20261124T090000Z", more="RRULE:")), (UTC_9, GOOD_9), 1),
    "an unknown part of a rule": Case(
        also(timed(":20261124T090000Z", more="RRULE:FREQ=DAILY;BYMOOD=1")), (UTC_9, GOOD_9), 1
    ),
    "an interval of nothing": Case(
        also(timed(":20261124T090000Z", more="RRULE:FREQ=DAILY;INTERVAL=0")), (UTC_9, GOOD_9), 1
    ),
    "an interval without end": Case(
        also(timed(":20261124T090000Z", more=f"RRULE:FREQ=DAILY;INTERVAL={'9' * 900}")), (UTC_9, GOOD_9), 1
    ),
    "until without zone": Case(
        also(timed(":20261124T090000Z", more="RRULE:FREQ=DAILY;UNTIL=20261125T090000")), (UTC_9, GOOD_9, GOOD_9)
    ),
    "until a day": Case(
        also(timed(";TZID=Europe/Berlin:20261124T100000", more="RRULE:FREQ=DAILY;UNTIL=20261125")), (UTC_9, GOOD_9)
    ),
    "spaces in a rule": Case(
        also(timed(":20261124T090000Z", more="RRULE:FREQ=DAILY; COUNT=2;BYDAY=TU, WE")), (UTC_9, GOOD_9, GOOD_9)
    ),
    "each second": Case(also(timed(":20261124T090000Z", more="RRULE:FREQ=SECONDLY")), (UTC_9, GOOD_9), 1),
    "each second for years": Case(also(timed(":20200101T000000Z", more="RRULE:FREQ=SECONDLY")), (GOOD_9,), 1),
    "each minute": Case(also(timed(":20261124T090000Z", more="RRULE:FREQ=MINUTELY")), (UTC_9, GOOD_9), 1),
    "each hour": Case(also(timed(":20261124T090000Z", more="RRULE:FREQ=HOURLY")), (UTC_9, GOOD_9), 1),
    "each minute in disguise": Case(
        also(
            timed(
                ":20261124T090000Z",
                more=f"RRULE:FREQ=DAILY;BYHOUR=8,9;BYMINUTE={','.join(map(str, range(60)))}",
            )
        ),
        (UTC_9, GOOD_9),
        1,
    ),
    "a day that never comes": Case(
        also(timed(":20261124T090000Z", more="RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")), (UTC_9, GOOD_9), 1
    ),
    "a weekday that never comes": Case(
        also(timed(":20261124T090000Z", more="RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO")), (UTC_9, GOOD_9), 1
    ),
    "a month that never comes": Case(
        also(timed(":20261124T090000Z", more="RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30")), (UTC_9, GOOD_9), 1
    ),
    "a place in a set that never comes": Case(
        also(timed(":20261124T090000Z", more="RRULE:FREQ=DAILY;BYSETPOS=300")), (UTC_9, GOOD_9), 1
    ),
    "two rules": Case(
        also(timed(":20261124T090000Z", more="RRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=2")),
        (UTC_9, GOOD_9, GOOD_9, "01T09:00"),
    ),
    "a broken exception date": Case(
        also(timed(":20261124T090000Z", more="RRULE:FREQ=DAILY;COUNT=2\nEXDATE:whenever")), (UTC_9, GOOD_9, GOOD_9), 1
    ),
    "an exception by day": Case(
        also(timed(":20261124T090000Z", more="RRULE:FREQ=DAILY;COUNT=2\nEXDATE;VALUE=DATE:20261124")), (GOOD_9, GOOD_9)
    ),
    "an exception without zone": Case(
        also(timed(";TZID=Asia/Tokyo:20261124T180000", more="RRULE:FREQ=DAILY;COUNT=2\nEXDATE:20261124T180000")),
        (GOOD_9, GOOD_9),
    ),
    "an added date": Case(also(timed(":20261124T090000Z", more="RDATE:20261126T090000Z")), (UTC_9, GOOD_9, "26T09:00")),
    "an added period": Case(
        also(timed(":20261124T090000Z", more="RDATE;VALUE=PERIOD:20261126T090000Z/PT2H")), (UTC_9, GOOD_9, "26T09:00")
    ),
    "an added date before the start": Case(
        also(timed(":20270124T090000Z", more="RDATE:20261126T090000Z")), (GOOD_9, "26T09:00")
    ),
    "only a changed occurrence": Case(
        also(timed(":20261124T110000Z", more="RECURRENCE-ID:20261124T090000Z")), ("24T11:00", GOOD_9)
    ),
    "an occurrence changed by day": Case(
        calendar(
            timed(";VALUE=DATE:20261124", more="RRULE:FREQ=DAILY;COUNT=2"),
            timed(":20261125T110000Z", more="RECURRENCE-ID;VALUE=DATE:20261125"),
            GOOD,
        ),
        ("all day", GOOD_9, "25T11:00"),
    ),
    "cancelled": Case(also(timed(":20261124T090000Z", more="STATUS:CANCELLED")), (UTC_9, GOOD_9)),
    "bytes of latin-1": Case(also(A.replace("Interview", "Zürich")).decode().encode("latin-1"), (UTC_9, GOOD_9)),
    "a letter cut by a fold": Case(
        also(A.replace("Interview", "X")).replace(
            b"SUMMARY:X", "SUMMARY:é".encode()[:-1] + b"\r\n " + "é".encode()[-1:]
        ),
        (UTC_9, GOOD_9),
    ),
    "signs and right to left": Case(also(A.replace("Interview", "🎤 מראיין 面接")), (UTC_9, GOOD_9)),
    "zero bytes": Case(also(A.replace("Interview", "\0\0")), (UTC_9, GOOD_9)),
    "a long description": Case(
        also(A.replace("END:VEVENT", "DESCRIPTION:" + "\n ".join(["x" * 73] * 14_000) + "\nEND:VEVENT")),
        (UTC_9, GOOD_9),
    ),
    "a long description in one line": Case(
        also(A.replace("END:VEVENT", "DESCRIPTION:" + "x" * 3_000_000 + "\nEND:VEVENT")), (UTC_9, GOOD_9)
    ),
    "an attachment of many megabytes": Case(
        also(A.replace("END:VEVENT", "ATTACH;ENCODING=BASE64:" + "\n ".join(["x" * 73] * 80_000) + "\nEND:VEVENT")),
        (UTC_9, GOOD_9),
    ),
    "plain line ends": Case(also(A).replace(b"\r\n", b"\n"), (UTC_9, GOOD_9)),
    "line ends of an old mac": Case(also(A).replace(b"\r\n", b"\r"), (UTC_9, GOOD_9)),
    "line ends written twice": Case(also(A).replace(b"\r\n", b"\r\r\n"), (UTC_9, GOOD_9)),
    "line ends of both kinds": Case(also(A).replace(b"\r\n", b"\n", 6), (UTC_9, GOOD_9)),
    "folds and line ends written twice": Case(
        also(timed(":20261124T\n 090000Z")).replace(b"\r\n", b"\r\r\n"), (UTC_9, GOOD_9)
    ),
    "folds of an old mac": Case(also(timed(":20261124T\n 090000Z")).replace(b"\r\n", b"\r"), (UTC_9, GOOD_9)),
    "no last line end": Case(also(A).rstrip(), (UTC_9, GOOD_9)),
    "a byte order mark": Case(b"\xef\xbb\xbf" + also(A), (UTC_9, GOOD_9)),
    "a byte order mark in the middle": Case(
        b"".join(
            b"\xef\xbb\xbf" + calendar(f"X-WR-TIMEZONE:{zone}\n", timed(":20261124T180000", uid=zone))
            for zone in ("Asia/Tokyo", "Europe/Berlin")
        ),
        (UTC_9, "24T17:00"),
    ),
    "empty lines": Case(also(A).replace(b"\r\n", b"\r\n\r\n"), (UTC_9, GOOD_9)),
    "empty lines and folds": Case(
        also(timed("\n :20261124T\n 090000Z")).replace(b"\r\n", b"\r\n\r\n"), (UTC_9, GOOD_9)
    ),
    "small letters": Case(
        also(A).replace(b"DTSTART", b"dtstart").replace(b"BEGIN:VEVENT", b"begin:vevent").replace(b"END:V", b"end:v"),
        (UTC_9, GOOD_9),
    ),
    "a folded start": Case(also(A).replace(b"DTSTART:2026", b"DTSTART:20\r\n 26"), (UTC_9, GOOD_9)),
    "an old rule in letters of both sizes": Case(
        also(timed(":20200101T090000Z", more="RRule:Freq=Yearly;ByMonth=11;ByMonthDay=24")), (UTC_9, GOOD_9)
    ),
    "an old rule with a folded name": Case(
        also(timed(":20200101T090000Z", more="RRU\n LE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24")), (UTC_9, GOOD_9)
    ),
    "an old event with an added date in letters of both sizes": Case(
        also(timed(":20200101T090000Z", more="RDate:20261124T090000Z")), (UTC_9, GOOD_9)
    ),
    "an old event that ends in a folded line": Case(
        also(timed(":20200101T090000Z", "\n :20261124T090000Z")), ("01T09:00", GOOD_9)
    ),
    "a folded name": Case(also(A).replace(b"DTSTART:2026", b"DTST\r\n ART:2026"), (UTC_9, GOOD_9)),
    "two calendars": Case(crlf(HEAD + A + TAIL + HEAD + GOOD + TAIL), (UTC_9, GOOD_9)),
    "two calendars, two zones": Case(
        crlf(
            HEAD
            + "X-WR-TIMEZONE:Asia/Tokyo\n"
            + timed(":20261124T180000")
            + TAIL
            + HEAD
            + "X-WR-TIMEZONE:Europe/Berlin\n"
            + timed(":20261125T100000", uid="b")
            + TAIL
        ),
        (UTC_9, GOOD_9),
    ),
    "an alarm": Case(
        also(A.replace("END:VEVENT", "BEGIN:VALARM\nUID:alarm\nTRIGGER:-PT5M\nDURATION:PT5M\nEND:VALARM\nEND:VEVENT")),
        (UTC_9, GOOD_9),
    ),
    "an alarm first": Case(
        also(A.replace("UID:a@x", "BEGIN:VALARM\nUID:alarm\nSUMMARY:x\nEND:VALARM\nUID:a@x")), (UTC_9, GOOD_9)
    ),
    "an alarm before a long duration": Case(
        also(vevent("DTSTART:20261001T090000Z\nBEGIN:VALARM\nDURATION:PT5M\nEND:VALARM\nDURATION:P100D")),
        ("01T09:00", GOOD_9),
    ),
    "an event without end mark": Case(also(A.replace("END:VEVENT\n", "")), (GOOD_9,), 1),
    "an end without a beginning": Case(also(A.replace("UID:a@x", "END:VALARM\nUID:a@x")), (UTC_9, GOOD_9)),
    "an event in an event": Case(also(A.replace("SUMMARY", GOOD + "SUMMARY")), (GOOD_9,), 1),
    "tasks and journals": Case(
        calendar("BEGIN:VTODO\nUID:t\nDTSTART:20261124T090000Z\nEND:VTODO\nBEGIN:VJOURNAL\nEND:VJOURNAL\n", A, GOOD),
        (UTC_9, GOOD_9),
    ),
    "no events": Case(calendar(), ()),
    "a comment after the end": Case(also(A) + b"X-COMMENT:made by hand\r\n", (UTC_9, GOOD_9)),
    "junk before the start": Case(b"HTTP/1.1 200 OK\r\n\r\n" + also(A), (UTC_9, GOOD_9)),
    "an end in a text": Case(also(A.replace("Interview", "END:VCALENDAR")), (UTC_9, GOOD_9)),
    "an end in a folded text": Case(also(A.replace("Interview", "a\n END:VEVENT")), (UTC_9, GOOD_9)),
    "a sequence that is a word": Case(also(timed(":20261124T090000Z", more="SEQUENCE:many")), (UTC_9, GOOD_9)),
    "a calendar that is not gregorian": Case(calendar("CALSCALE:JULIAN\n", A, GOOD), (UTC_9, GOOD_9)),
}


@pytest.mark.parametrize("name", CASES)
def test_what_can_be_read_is_read(name: str) -> None:
    case = CASES[name]
    begun = time.process_time()
    found = occurrences(case.data, START, END, frozenset(), "Europe/Berlin")
    assert time.process_time() - begun < 2
    told = sorted("all day" if e.all_day else f"{e.start:%dT%H:%M}" if e.start else "?" for e in found.events)
    assert told == sorted(case.times)
    assert len(found.warnings) == case.warnings, found.warnings
    assert all(warning.endswith(".") and "Error" not in warning for warning in found.warnings)


@pytest.mark.parametrize("name", CASES)
def test_each_event_alone(name: str) -> None:
    found = list(vevents(CASES[name].data, "Europe/Berlin"))
    assert all(not isinstance(each, Problem) or str(each).startswith("The event “") for each in found)
    assert len({each.key for each in found if not isinstance(each, Problem)}) == sum(
        not isinstance(each, Problem) for each in found
    )


CUT = crlf(HEAD + GOOD + A)
NO_CALENDARS = {
    "nothing": (b"", "empty"),
    "spaces": (b" \r\n\t", "empty"),
    "a web page": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "no calendar"),
    "a photograph": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 100, "no calendar"),
    "an event alone": (crlf(A), "no calendar"),
    "a contact": (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "no calendar"),
    "two bytes a letter": (calendar(A).decode().encode("utf-16"), "no calendar"),
    "only a beginning": (b"BEGIN:VCALENDAR", "cut off"),
    "cut after an event": (CUT, "cut off"),
    "cut in an event": (CUT[:-30], "cut off"),
    "cut in its end": (CUT + b"END:VCALEND", "cut off"),
    "cut, then a whole one": (CUT + calendar(A), "cut off"),
    "whole, then a cut one": (calendar(A) + CUT, "cut off"),
    "an end in small print": (CUT + b" END:VCALENDAR\r\n", "cut off"),
    "a misspelt end": (CUT + b"END:VCALENDARD\r\n", "cut off"),
}


@pytest.mark.parametrize("name", NO_CALENDARS)
def test_what_is_no_whole_calendar_is_one_sentence_and_a_remedy(name: str) -> None:
    data, word = NO_CALENDARS[name]
    with pytest.raises(Problem) as raised:
        occurrences(data, START, END, frozenset(), None)
    assert word in raised.value.sentence
    assert raised.value.remedy.endswith(".")
    with pytest.raises(Problem, match=word):
        next(vevents(data, None))


def test_every_cut_shows() -> None:
    whole = calendar(A, MY_ZONE, GOOD)
    for end in range(len(whole) - len(b"\r\n")):
        with pytest.raises(Problem):
            occurrences(whole[:end], START, END, frozenset(), None)


@pytest.mark.parametrize("ends", [b"\r\n", b"\n", b"\r", b"\r\r\n"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1_000])
def test_pieces_of_any_size_give_the_same(size: int, ends: bytes) -> None:
    data = calendar(A, MY_ZONE, timed(";TZID=MyZone:2026\n 1126T090000", uid="c"), GOOD).replace(b"\r\n", ends)
    assert len(occurrences(data, START, END, frozenset(), None).events) == 3
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert occurrences(lambda: pieces, START, END, frozenset(), None) == occurrences(
        data, START, END, frozenset(), None
    )
