"""The two libraries' own test calendars: the same occurrences, but where a rule of ours says otherwise."""

from collections import Counter
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
import recurring_ical_events
from icalendar import Calendar
from recurring_ical_events import CalendarQuery

from showup.core.problem import Problem
from showup.formats.ics import occurrences

OURS = {
    "broken_ical.ics": "two semicolons are one",
    "rfc_7529.ics": "a rule that cannot be read leaves the first occurrence",
    "issue_201_test_matrix.ics": "what starts on a day lasts whole days",
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
NO_CALENDARS = {
    "big_bad_calendar.ics",
    "fuzz_testcase_0_char_in_component_name.ics",
    "fuzz_testcase_invalid_month.ics",
    "fuzz_testcase_vtimezone_lone_cr.ics",
    "issue_178_component_with_invalid_name_represented.ics",
    "issue_178_custom_component_contains_other.ics",
    "issue_82_expected_output.ics",
    "pr_480_summary_with_colon.ics",
    "small_bad_calendar.ics",
    "timezone_same_start_and_offset.ics",
}
"""Parts of calendars, made so on purpose."""
UNREADABLE: dict[str, tuple[type[Exception], int]] = {
    "america_new_york_forward_reference.ics": (AttributeError, 1),
    "issue_104_broken_calendar.ics": (ValueError, 1),
    "multiple_timezones.ics": (TypeError, 3),
    "pacific_fiji.ics": (AttributeError, 1),
    "parsing_error_in_UTC_offset.ics": (ValueError, 0),
}
"""What the libraries cannot read at all, and how many occurrences we find there."""
FIRST = datetime(1998, 1, 1, tzinfo=UTC)
STARTS = [FIRST.replace(year=year) for year in (1998, 2008, 2018)]
ENDS = [FIRST.replace(year=year) for year in (2008, 2018, 2028)]
Told = tuple[str, datetime | None, datetime | None]
FOLDERS = (("recurring_ical_events", "test/calendars"), ("icalendar", "tests/calendars"))


def public() -> list[Path]:
    found: list[Path] = []
    for package, folder in FOLDERS:
        spec = find_spec(package)
        if spec and spec.origin:
            found += sorted((Path(spec.origin).parent / folder).rglob("*.ics"))
    return found


def queries(data: bytes) -> list[CalendarQuery]:
    found = []
    for calendar in Calendar.from_ical(data, multiple=True):
        calendar.subcomponents = [  # one without a start stops the whole expansion
            part for part in calendar.subcomponents if part.name != "VEVENT" or "DTSTART" in part
        ]
        found.append(recurring_ical_events.of(calendar, skip_bad_series=True))
    return found


def theirs(calendars: list[CalendarQuery], start: datetime, end: datetime) -> Counter[Told]:
    events = [event for calendar in calendars for event in calendar.between(start, end)]
    return Counter((str(e.get("UID", "")), moment(e["DTSTART"].dt), moment(e["DTEND"].dt)) for e in events)


def moment(when: date) -> datetime | None:
    if not isinstance(when, datetime):
        return None
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def ours(data: bytes, start: datetime, end: datetime) -> Counter[Told]:
    events = occurrences(data, start, end, frozenset(), "UTC").events
    return Counter(("" if e.key.uid.startswith("no-uid-") else e.key.uid, e.start, e.end or e.start) for e in events)


@pytest.mark.skipif(not public(), reason="the libraries were installed without their test calendars")
def test_the_calendars_are_found() -> None:
    assert len(public()) > 200


@pytest.mark.filterwarnings("ignore::icalendar.error.GloballyUniqueTZIDGuessed")
@pytest.mark.parametrize("file", public(), ids=lambda file: file.name)
def test_public_calendars(file: Path) -> None:
    data = file.read_bytes()
    if file.name in NO_CALENDARS:
        with pytest.raises(Problem):
            occurrences(data, FIRST, FIRST, frozenset(), None)
        return
    if file.name in UNREADABLE:
        assert ours(data, FIRST, ENDS[-1]).total() == UNREADABLE[file.name][1]
        with pytest.raises(UNREADABLE[file.name][0]):
            theirs(queries(data), FIRST, FIRST)
        return
    calendars = queries(data)
    same = [ours(data, start, end) == theirs(calendars, start, end) for start, end in zip(STARTS, ENDS, strict=True)]
    assert all(same) == (file.name not in OURS), (same, OURS.get(file.name))
