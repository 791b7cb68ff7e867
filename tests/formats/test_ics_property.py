"""The same occurrences as icalendar and recurring-ical-events have, reading the whole file at once."""

import os
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
import recurring_ical_events
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Component

from showup.formats.ics import Parsed, occurrences
from tests.support.ics import calendar, vevent

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
OFFICE = (
    "BEGIN:VTIMEZONE\nTZID:Office\n"
    "BEGIN:DAYLIGHT\nDTSTART:19800330T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n"
    "TZOFFSETFROM:-0330\nTZOFFSETTO:-0230\nEND:DAYLIGHT\n"
    "BEGIN:STANDARD\nDTSTART:19801026T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n"
    "TZOFFSETFROM:-0230\nTZOFFSETTO:-0330\nEND:STANDARD\nEND:VTIMEZONE\n"
)
EXAMPLES = int(os.environ.get("SHOWUP_EXAMPLES", "40"))
Told = tuple[str, datetime | None, datetime | None, str]


@dataclass(frozen=True)
class When:
    """A start as it will be written: a day, a time in UTC, in a zone, in the calendar's own zone, or in none."""

    day: date
    at: time | None
    zone: str

    def written(self, name: str, later: timedelta = timedelta(0), more: str = "") -> str:
        if self.at is None:
            return f"{name};VALUE=DATE:{self.day + timedelta(days=later.days):%Y%m%d}"
        moment = datetime.combine(self.day, self.at) + later
        if self.zone in ("", "UTC"):
            return f"{name}{more}:{moment:%Y%m%dT%H%M%S}{'Z' if self.zone else ''}"
        return f"{name};TZID={self.zone}{more}:{moment:%Y%m%dT%H%M%S}"

    def added(self, later: timedelta, lasts: str) -> str:
        """An RDATE; of a time it may be a period."""
        if self.at is None or not lasts:
            return self.written("RDATE", later)
        return self.written("RDATE", later, ";VALUE=PERIOD") + f"/{lasts}"


whens = st.builds(
    When,
    st.dates(date(2015, 1, 1), date(2027, 6, 1)),
    st.one_of(st.none(), st.times().map(lambda at: at.replace(microsecond=0, tzinfo=None))),
    st.sampled_from((*ZONES, "UTC", "")),
) | st.builds(
    # the hours that this zone skips or repeats are read by another rule there
    When,
    st.dates(date(2015, 1, 1), date(2027, 6, 1)),
    st.builds(time, st.integers(4, 23), st.integers(0, 59)),
    st.just("Office"),
)
lengths = st.one_of(
    st.sampled_from((timedelta(0), timedelta(minutes=45), timedelta(hours=1), timedelta(hours=30), timedelta(days=12))),
)


def joined(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=3, unique=True).map(",".join)


weekdays = st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))
nth_weekdays = st.builds("{}{}".format, st.sampled_from(("", "1", "2", "5", "-1")), weekdays)
month_days = st.sampled_from((1, 13, 28, 29, 31, -1, -7)).map(str)
months = st.integers(1, 12).map(str)


@st.composite
def rules(draw: st.DrawFn, start: When) -> str:
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={frequency}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 5))}")
    more: list[tuple[str, st.SearchStrategy[str]]] = [("BYDAY", joined(weekdays)), ("BYMONTH", joined(months))]
    if frequency in ("MONTHLY", "YEARLY"):
        more = [("BYDAY", joined(nth_weekdays)), ("BYMONTHDAY", joined(month_days)), ("BYMONTH", joined(months))]
    if draw(st.booleans()):  # two of them together may never be met
        name, values = draw(st.sampled_from(more))
        parts.append(f"{name}={draw(values)}")
    if frequency == "MONTHLY" and "BYDAY" in parts[-1] and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from((1, 2, -1)))}")
    if draw(st.integers(0, 3)) == 0:
        parts.append(f"WKST={draw(weekdays)}")
    until = start.day + timedelta(days=draw(st.integers(0, 4_000)))
    ends = [
        "",
        f"COUNT={draw(st.integers(1, 200))}",
        f"UNTIL={until:%Y%m%d}" + ("" if start.at is None else "T120000Z"),
    ]
    parts += filter(None, [draw(st.sampled_from(ends))])
    return "RRULE:" + ";".join(parts)


@st.composite
def events(draw: st.DrawFn, number: int) -> str:
    start, length, uid = draw(whens), draw(lengths), f"{number}@x"
    if start.at is None:  # what begins on a day lasts whole days
        length = timedelta(days=length.days)
    ends = draw(st.sampled_from(([], [start.written("DTEND", length)], [f"DURATION:{written(length)}"])))
    if not length.days and not start.at:
        ends = []
    lines = [start.written("DTSTART"), *ends]
    if draw(st.booleans()):
        return vevent("\n".join(lines), uid)
    lines.append(draw(rules(start)))
    apart = st.integers(0, 300).map(lambda n: timedelta(days=n * 7))
    lines += [start.written("EXDATE", draw(apart)) for _ in range(draw(st.integers(0, 2)))]
    if draw(st.booleans()):
        lines.append(start.added(draw(apart) + timedelta(days=3), draw(st.sampled_from(("", "PT3H", "P2D")))))
    made = vevent("\n".join(lines), uid)
    for slot in draw(st.lists(apart, max_size=2, unique=True)):
        moved = slot + draw(st.sampled_from((timedelta(days=1), timedelta(days=-2), timedelta(days=40))))
        later_ones = ";RANGE=THISANDFUTURE" if start.at and draw(st.integers(0, 3)) == 0 else ""
        changed = [start.written("RECURRENCE-ID", slot, later_ones), start.written("DTSTART", moved)]
        changed.append(start.written("DTEND", moved + max(length, timedelta(days=1))))
        made += vevent("\n".join(changed), uid, title="Changed")
    return made


def written(length: timedelta) -> str:
    """As a DURATION."""
    return f"P{length.days}D" if not length.seconds else f"PT{int(length.total_seconds()) // 60}M"


@st.composite
def calendars(draw: st.DrawFn) -> bytes:
    return calendar(OFFICE, *(draw(events(number)) for number in range(draw(st.integers(1, 6)))))


def theirs(data: bytes, start: datetime, end: datetime) -> Counter[Told]:
    found: list[Component] = recurring_ical_events.of(Calendar.from_ical(data)).between(start, end)
    return Counter(told(component) for component in found)


def told(component: Component) -> Told:
    begins, ends = component.decoded("DTSTART"), component.decoded("DTEND")
    if not isinstance(begins, datetime) or not isinstance(ends, datetime):
        return str(component["UID"]), None, None, str(component["SUMMARY"])
    return str(component["UID"]), begins.astimezone(UTC), ends.astimezone(UTC), str(component["SUMMARY"])


def ours(found: Parsed) -> Counter[Told]:
    assert not found.warnings
    keys = [event.key for event in found.events]
    assert len(set(keys)) == len(keys)
    return Counter((event.key.uid, event.start, event.end or event.start, event.summary) for event in found.events)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(calendars(), st.dates(date(2019, 1, 1), date(2027, 1, 1)), st.integers(0, 23), st.integers(1, 90))
def test_generated_calendars(data: bytes, day: date, hour: int, days: int) -> None:
    start = datetime.combine(day, time(hour), UTC)
    end = start + timedelta(days=days)
    found = occurrences(data, start, end, frozenset(), "UTC")
    assume(not any("too long" in warning for warning in found.warnings))  # a rule that is never met
    assert ours(found) == theirs(data, start, end)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=SU",
        "FREQ=MONTHLY;BYDAY=2TU",
        "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=11;BYDAY=4TH",
    ],
)
@pytest.mark.parametrize("start", ["20190120T100000", "20190131T233000"])
def test_a_start_brought_nearer_changes_nothing(rule: str, start: str) -> None:
    data = calendar(vevent(f"DTSTART;TZID=Europe/Berlin:{start}\nDURATION:PT3H\nRRULE:{rule}"))
    for days in range(0, 120, 3):
        begin = datetime(2026, 10, 1, 22, tzinfo=UTC) + timedelta(days=days)
        end = begin + timedelta(days=3)
        assert ours(occurrences(data, begin, end, frozenset(), "UTC")) == theirs(data, begin, end)
