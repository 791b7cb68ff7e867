"""The two libraries' own test calendars: the same occurrences, but where a rule of ours says otherwise."""

from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
import recurring_ical_events
from icalendar import Calendar

from showup.core.problem import Problem
from showup.formats.ics import occurrences

OURS = {
    "bad_rrule_missing_until_event.ics": "a rule that cannot be read leaves the first occurrence",
    "issue_1081_invalid_rrule_freq.ics": "a rule that cannot be read leaves the first occurrence",
    "issue_165_missing_event.ics": "spaces in a rule are passed over",
    "end_before_start_event.ics": "with an end before the start, the start stands",
    "issue_132_swapped_start_and_end.ics": "with an end before the start, the start stands",
    "issue_201_mixed_datetime_and_date.ics": "what starts on a day lasts whole days",
    "issue_526_calendar_with_different_events.ics": "an unknown zone is not guessed",
    "issue_526_calendar_with_event_subset.ics": "an unknown zone is not guessed",
    "issue_526_calendar_with_events.ics": "an unknown zone is not guessed",
    "issue_526_calendar_with_shuffeled_events.ics": "an unknown zone is not guessed",
    "issue_722_missing_VTIMEZONE_custom.ics": "an unknown zone is not guessed",
}
FOLDERS = (("recurring_ical_events", "test/calendars"), ("icalendar", "tests/calendars"))


def public() -> list[Path]:
    found: list[Path] = []
    for package, folder in FOLDERS:
        spec = find_spec(package)
        if spec and spec.origin:
            found += sorted((Path(spec.origin).parent / folder).rglob("*.ics"))
    return found


def theirs(data: bytes, start: datetime, end: datetime) -> set[tuple[str, datetime]]:
    found = set()
    for calendar in Calendar.from_ical(data, multiple=True):
        for event in recurring_ical_events.of(calendar, skip_bad_series=True).between(start, end):
            begins = event["DTSTART"].dt
            if isinstance(begins, datetime):
                found.add(
                    (str(event.get("UID", "")), begins.astimezone(UTC) if begins.tzinfo else begins.replace(tzinfo=UTC))
                )
    return found


def ours(data: bytes, start: datetime, end: datetime) -> set[tuple[str, datetime]]:
    events = occurrences(data, start, end, frozenset(), "UTC").events
    return {("" if e.key.uid.startswith("no-uid-") else e.key.uid, e.start) for e in events if e.start}


@pytest.mark.skipif(not public(), reason="the libraries were installed without their test calendars")
def test_the_calendars_are_found() -> None:
    assert len(public()) > 80


@pytest.mark.parametrize("file", public(), ids=lambda file: file.name)
def test_public_calendars(file: Path) -> None:
    data = file.read_bytes()
    different = []
    for year in range(2008, 2028, 5):
        start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 5, 1, 1, tzinfo=UTC)
        try:
            found = ours(data, start, end)
        except Problem as problem:
            assert problem.remedy  # noqa: PT017 - that it is a Problem is all that is asked
            return
        try:
            expected = theirs(data, start, end)
        except Exception:  # noqa: BLE001 - one unusable event stops the library, in many ways
            return
        if found != expected:
            different.append(year)
    assert bool(different) == (file.name in OURS), (different, OURS.get(file.name))
