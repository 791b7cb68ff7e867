"""Small files that would take long or much: each is read in two seconds at most."""

import sys
import time
import tracemalloc
from datetime import UTC, datetime

import pytest

from showup.core.problem import Problem
from showup.formats.ics import Parsed, Source, occurrences
from showup.formats.ics.occurrences import TEXT_LIMIT
from tests.support.ics import END, GOOD, HEAD, START, TAIL, calendar, crlf, timed, vevent

FIRST = datetime(2026, 11, 25, 9, tzinfo=UTC)
MANY = 500
LONG = 2 if sys.gettrace() is None else 10  # seconds; measuring coverage takes its time


def repeated(rule: str, start: str = ":19000103T090000Z", count: int = MANY) -> bytes:
    return calendar(*(timed(start, uid=f"{n}@x", more=f"RRULE:{rule}") for n in range(count)), GOOD)


def zone(name: str, observances: int, rule: str = "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU") -> str:
    kinds = ("STANDARD", "DAYLIGHT") * (observances // 2)
    return (
        f"BEGIN:VTIMEZONE\nTZID:{name}\n"
        + "".join(
            f"BEGIN:{kind}\nDTSTART:{1601 + n}0101T000000\nRRULE:{rule}\nTZOFFSETFROM:+0{n % 9}00\nTZOFFSETTO:+0100\n"
            f"END:{kind}\n"
            for n, kind in enumerate(kinds)
        )
        + "END:VTIMEZONE\n"
    )


BAIT = {
    "many rules never met": repeated("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
    "many yearly rules never met": repeated("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "many weekly rules never met": repeated("FREQ=WEEKLY;BYMONTH=2;BYDAY=MO;BYSETPOS=9"),
    "many old daily rules": repeated("FREQ=DAILY;COUNT=90000"),
    "many old monthly rules": repeated("FREQ=MONTHLY;BYDAY=2TU", ":00010103T090000Z"),
    "many rules of leap days": repeated("FREQ=YEARLY;INTERVAL=3", ":19040229T090000Z"),
    "many rules with long lists": repeated(f"FREQ=YEARLY;BYYEARDAY={','.join(map(str, range(1, 367)))}", count=50),
    "all hours of all days by their places": repeated(
        f"FREQ=YEARLY;COUNT=2147483647;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR={','.join(map(str, range(24)))}"
        f";BYSETPOS={','.join(map(str, range(-366, 0)))}",
        count=50,
    ),
    "all hours of many years": repeated(
        f"FREQ=DAILY;COUNT=2147483647;BYHOUR={','.join(map(str, range(24)))}", count=50
    ),
    "many exceptions": calendar(
        timed(":20200101T090000Z", more="RRULE:FREQ=DAILY\n" + "EXDATE:20200102T090000Z\n" * 30_000 + "TRANSP:OPAQUE"),
        GOOD,
    ),
    "one list of exceptions": calendar(
        timed(":20200101T090000Z", more="RRULE:FREQ=DAILY\nEXDATE:" + ",".join(["20200102T090000Z"] * 60_000)), GOOD
    ),
    "many added dates": calendar(
        timed(":20200101T090000Z", more="RDATE:" + ",".join(f"{y:04}0101T000000Z" for y in range(1, 9_999))), GOOD
    ),
    "many attendees": calendar(
        timed(":20261124T090000Z", more="\n".join(f"ATTENDEE;CN=P{n}:mailto:{n}@x.example" for n in range(50_000))),
        GOOD,
    ),
    "many parameters": calendar(timed(":20261124T090000Z", more=f"ATTENDEE{';A=B' * 30_000}:mailto:a@x.example"), GOOD),
    "quotes and colons": calendar(timed(":20261124T090000Z", more='ORGANIZER;CN="' + ":" * 100_000), GOOD),
    "quotes and semicolons": calendar(timed(":20261124T090000Z", more="ORGANIZER" + ';"' * 50_000 + ":x"), GOOD),
    "backslashes": calendar(timed(":20261124T090000Z", more="DESCRIPTION:" + "\\" * 100_000), GOOD),
    "carets": calendar(timed(":20261124T090000Z", more="ORGANIZER;CN=" + "^" * 100_000 + ":x"), GOOD),
    "folds": calendar(timed(":20261124T090000Z", more="DESCRIPTION:" + "\n " * 100_000), GOOD),
    "empty lines": calendar(timed(":20261124T090000Z"), "\n" * 500_000, GOOD),
    "a rule of one letter": calendar(timed(":20261124T090000Z", more="RRULE:" + "A" * 100_000), GOOD),
    "a rule of many parts": calendar(timed(":20261124T090000Z", more="RRULE:FREQ=DAILY" + ";A=B" * 50_000), GOOD),
    "a long duration": calendar(vevent("DTSTART:20261124T090000Z\nDURATION:P" + "1" * 100_000), GOOD),
    "a long sequence": calendar(timed(":20261124T090000Z", more="SEQUENCE:" + "1" * 100_000), GOOD),
    "a long uid": calendar(timed(":20261124T090000Z", uid="u" * 100_000), GOOD),
    "a line of a megabyte": calendar(timed(":20261124T090000Z", more="X" * 1_000_000), GOOD),
    "begins without ends": crlf(HEAD + "BEGIN:VALARM\n" * 100_000 + GOOD + TAIL),
    "events without ends": crlf(HEAD + "BEGIN:VEVENT\n" * 14_000 + GOOD + TAIL),
    "calendars in a row": crlf((HEAD + TAIL) * 5_000 + HEAD + GOOD + TAIL),
    "many zones": calendar(
        *(
            f"BEGIN:VTIMEZONE\nTZID:Z{n}\nBEGIN:STANDARD\nDTSTART:00010101T000000\nRRULE:FREQ=YEARLY;BYMONTH=1\n"
            "TZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
            for n in range(300)
        ),
        *(timed(f";TZID=Z{n}:20261124T090000", uid=f"{n}") for n in range(300)),
        GOOD,
    ),
    "many unknown zones": calendar(*(timed(f";TZID=No{n}:20261124T090000", uid=f"{n}") for n in range(1_000)), GOOD),
    "series in a zone of many rules": calendar(
        zone("Z", 50),
        *(timed(";TZID=Z:20200101T090000", uid=f"{n}", more="RRULE:FREQ=DAILY") for n in range(400)),
        GOOD,
    ),
    "zones of many rules": calendar(
        *(zone(f"Z{n}", 50) for n in range(300)),
        *(timed(f";TZID=Z{n}:20261124T090000", uid=f"{n}") for n in range(300)),
        GOOD,
    ),
    "zones that change each day": calendar(
        *(zone(f"Z{n}", 2, "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU") for n in range(300)),
        *(timed(f";TZID=Z{n}:20261124T090000", uid=f"{n}") for n in range(300)),
        GOOD,
    ),
    "calendars with zones of their own": crlf(
        "".join(HEAD + zone(f"Z{n}", 2) + timed(f";TZID=Z{n}:20261124T090000", uid=f"{n}") + TAIL for n in range(2_000))
        + HEAD
        + GOOD
        + TAIL
    ),
    "zones of megabytes": calendar(
        *(f"BEGIN:VTIMEZONE\nTZID:{n}\nX:{'y' * 1_000_000}\nEND:VTIMEZONE\n" for n in range(20)), GOOD
    ),
    "components in components": calendar(
        timed(":20261124T090000Z", more="BEGIN:VALARM\n" * 50_000 + "END:VALARM\n" * 50_000), GOOD
    ),
    "properties of one name": calendar(timed(":20261124T090000Z", more="RRULE:FREQ=DAILY\n" * 100_000), GOOD),
    "properties of all names": calendar(
        timed(":20261124T090000Z", more="\n".join(f"X-{n}:v" for n in range(100_000))), GOOD
    ),
    "a head of many lines": calendar("".join(f"X-{n}:v\n" for n in range(200_000)), GOOD),
    "tasks": calendar("BEGIN:VTODO\nUID:t\nEND:VTODO\n" * 100_000, GOOD),
    "old carriage returns": calendar(timed(":20261124T090000Z", more="X:" + "\r" * 1_000_000), GOOD),
    "this and all later ones, often": calendar(
        timed(":20260101T090000Z", more="RRULE:FREQ=DAILY"),
        *(
            timed(f":2026{n}T100000Z", more=f"RECURRENCE-ID;RANGE=THISANDFUTURE:2026{n}T090000Z")
            for n in [f"{month:02}{day:02}" for month in range(1, 13) for day in range(1, 29)]
        ),
        GOOD,
    ),
    "this and all later ones, far away": calendar(
        *(
            timed(":20260101T090000Z", uid=f"{n}", more="RRULE:FREQ=DAILY")
            + timed(":00030101T090000Z", uid=f"{n}", more="RECURRENCE-ID;RANGE=THISANDFUTURE:99980110T090000Z")
            for n in range(100)
        ),
        GOOD,
    ),
    "events of ten thousand years that repeat": calendar(
        *(timed(":00030101T090000Z", ":99980101T090000Z", uid=f"{n}", more="RRULE:FREQ=DAILY") for n in range(50)), GOOD
    ),
    "added periods": calendar(
        timed(
            ":20200101T090000Z",
            more="RDATE;VALUE=PERIOD:" + ",".join(f"20261{n % 3}{n % 28 + 1:02}T000000Z/P9W" for n in range(9_999)),
        ),
        GOOD,
    ),
    "one uid many times": calendar(*(timed(":20261124T090000Z", more=f"SEQUENCE:{n}") for n in range(3_000)), GOOD),
    "one series changed many times": calendar(
        timed(":20260101T090000Z", more="RRULE:FREQ=DAILY"),
        *(
            timed(":20261124T110000Z", more=f"RECURRENCE-ID:20{n:02}{m:02}{d:02}T090000Z")
            for n in range(20, 27)
            for m in range(1, 13)
            for d in range(1, 25)
        ),
        GOOD,
    ),
}


def read(data: Source) -> Parsed:
    return occurrences(data, START, END, frozenset({"a@x"}), "Europe/Berlin")


@pytest.mark.parametrize("name", BAIT)
def test_no_bait_takes_long(name: str) -> None:
    begun = time.process_time()
    found = read(BAIT[name])
    assert time.process_time() - begun < LONG
    assert [event.start for event in found.events if event.key.uid == "good@x"] == [FIRST]
    assert len(found.warnings) <= 21


def test_attached_files_do_not_count() -> None:
    attached = "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "\n ".join(["x" * 73] * 4_000)
    events = crlf("".join(timed(":20261124T090000Z", uid=f"{n}", more=attached) for n in range(50)))

    def pieces() -> list[bytes]:
        return [crlf(HEAD), *(events.replace(b"UID:", b"UID:%d-" % n) for n in range(4)), crlf(TAIL)]

    assert sum(map(len, pieces())) > TEXT_LIMIT
    assert len(read(pieces).events) == 200


def test_too_much_text_is_a_problem_and_not_a_part_of_it() -> None:
    event = crlf(timed(":20261124T090000Z", more="DESCRIPTION:🎤" + "x" * 90_000))

    def pieces() -> list[bytes]:
        return [crlf(HEAD), *(event.replace(b"a@x", b"%d" % n) for n in range(600)), crlf(TAIL)]

    with pytest.raises(Problem, match="more than 50 MB of events"):
        read(pieces)


@pytest.mark.parametrize(("letter", "fits"), [("x", True), ("é", True), ("語", True), ("🎤", False)])
def test_what_counts_is_what_a_text_takes_in_memory(letter: str, *, fits: bool) -> None:
    event = crlf(timed(":20261124T090000Z", more=f"DESCRIPTION:{letter}" + "x" * 90_000))

    def pieces() -> list[bytes]:
        return [crlf(HEAD), *(event.replace(b"a@x", b"%d" % n) for n in range(200)), crlf(TAIL)]

    if fits:
        assert len(read(pieces).events) == 200
    else:
        with pytest.raises(Problem, match="more than 50 MB of events"):
            read(pieces)


def test_too_many_calendars_are_a_problem() -> None:
    with pytest.raises(Problem, match="more than 100,000 calendars"):
        read(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n" * 100_001)


def test_texts_are_bounded() -> None:
    event = read(
        calendar(
            vevent(
                f"DTSTART:20261124T090000Z\nDESCRIPTION:{'d' * 50_000}\nLOCATION:{'l' * 50_000}\nURL:{'u' * 50_000}\n"
                f"ORGANIZER;CN={'n' * 9_000}:mailto:{'a' * 5_000}@x.example\n"
                + "\n".join(f"ATTENDEE:mailto:{n}@x.example" for n in range(1_000))
                + "".join(f"\nCONFERENCE:https://x.example/{n}{'c' * 5_000}" for n in range(50)),
                title="s" * 50_000,
            )
        )
    ).events[0]
    assert (len(event.summary), len(event.description), len(event.location), len(event.url)) == (
        1000,
        20_000,
        1000,
        2000,
    )
    assert len(event.attendees) == 200
    assert len(event.conference) == 10
    assert max(map(len, event.conference)) == 2_000
    assert event.organizer is not None
    assert (len(event.organizer.name), len(event.organizer.email)) == (200, 320)


def test_too_many_events_are_a_problem_and_not_a_part_of_them() -> None:
    data = crlf(
        HEAD + "".join(f"BEGIN:VEVENT\nUID:{n}\nDTSTART:20261124T090000Z\nEND:VEVENT\n" for n in range(15_001)) + TAIL
    )
    with pytest.raises(Problem, match="more than 15,000 events"):
        read(data)


def test_a_small_file_of_too_many_repetitions_is_a_problem_soon() -> None:
    data = repeated("FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,30", count=1_000)
    begun = time.process_time()
    with pytest.raises(Problem, match="more than 20,000 events"):
        read(data)
    assert time.process_time() - begun < LONG


def test_a_large_calendar_takes_little_memory() -> None:
    old = crlf("".join(timed(":20200101T090000Z", uid=f"{n}", more="DESCRIPTION:" + "x" * 500) for n in range(1_000)))

    def pieces() -> list[bytes]:
        return [crlf(HEAD), *[old] * 10, crlf(GOOD), crlf(TAIL)]

    read(pieces)
    tracemalloc.start()
    found = read(pieces)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.events) == 1
    assert peak < 10_000_000


def test_a_file_of_one_line_is_not_kept() -> None:
    def pieces() -> list[bytes]:
        return [b"BEGIN:VCALENDAR\r\nX:", *[b"x" * 1_000_000] * 60, b"\r\n", crlf(GOOD), crlf(TAIL)]

    tracemalloc.start()
    found = read(pieces)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.events) == 1
    assert peak < 40_000_000


def test_series_that_name_dates_in_masses_are_a_problem_soon() -> None:
    days = ",".join(f"2026{1 + day % 12:02}{1 + day % 28:02}T090000Z" for day in range(330))
    more = f"RRULE:FREQ=DAILY\nEXDATE:{days}"
    data = calendar(*(timed(":20200101T090000Z", uid=f"{number}", more=more) for number in range(1_000)), GOOD)
    begun = time.process_time()
    with pytest.raises(Problem, match="name more than 50,000 dates one by one"):
        read(data)
    assert time.process_time() - begun < LONG
