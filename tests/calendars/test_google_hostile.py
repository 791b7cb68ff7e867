"""What a Google calendar must not be able to do: an event that cannot be read is named, and the rest is used."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from showup.calendars.google import mirror
from showup.calendars.google.mirror import Mirror
from showup.core.event import EventKey, Status
from showup.ports import SourceProblem
from tests.calendars.contract import HOUR, NOBODY, NOON, WINDOW, shown, starts
from tests.support.google_parts import Clock, source
from tests.support.google_server import Fault, Google, serving
from tests.support.steps import whole

START, END = {"dateTime": "2026-11-24T13:00:00+01:00"}, {"dateTime": "2026-11-24T14:00:00+01:00"}
GOOD = {"kind": "calendar#event", "id": "x", "status": "confirmed", "start": START, "end": END}


@pytest.fixture
def google() -> Iterator[Google]:
    with serving() as server:
        server.world.primary.put("good", NOON)
        server.fail("hostile")
        yield server


UNREADABLE: dict[str, dict[str, Any]] = {
    "no start": {"start": None},
    "a start that is a number": {"start": 5},
    "a moment that is none": {"start": {"dateTime": "yesterday"}},
    "a day that is none": {"start": {"date": "2026-02-30"}},
    "a moment before time": {"start": {"dateTime": "0001-01-01T00:00:00+14:00"}},
    "a status that is none": {"status": "maybe"},
    "a title that is a list": {"summary": ["a"]},
    "attendees that are a text": {"attendees": "all"},
    "a conference that is a text": {"conferenceData": "zoom"},
    "a rule that is a number": {"recurrence": 7},
    "rules that are numbers": {"recurrence": [7]},
    "dates that are none": {"recurrence": ["RRULE:FREQ=DAILY", "EXDATE:never"]},
    "a series without a zone": {"recurrence": ["RRULE:FREQ=DAILY"]},
    "a series in an unknown zone": {"recurrence": ["RRULE:FREQ=DAILY"], "start": {**START, "timeZone": "Mars/Base"}},
    "a slot that is none": {"recurringEventId": "s", "originalStartTime": {"dateTime": "x"}},
    "a series that is a number": {"recurringEventId": 12},
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_an_unreadable_event_is_named_once_and_stays_if_it_is_known(what: str, google: Google) -> None:
    google.world.primary.raw({**GOOD, **UNREADABLE[what]})
    calendar = source(google)
    reading = calendar.read(WINDOW, NOBODY)
    assert starts(reading) == {"good": NOON}
    assert len(reading.warnings) == 1
    assert "x" in reading.warnings[0]
    assert starts(calendar.read(WINDOW, frozenset({"x"}))) == {"good": NOON, "x": None}


def test_an_event_that_becomes_unreadable_stays_as_it_was(google: Google) -> None:
    google.world.primary.put("x", NOON + HOUR)
    calendar = source(google)
    calendar.read(WINDOW, NOBODY)
    google.world.primary.raw({**GOOD, "etag": "new", "start": 5})
    reading = calendar.read(WINDOW, NOBODY)
    assert starts(reading) == {"good": NOON, "x": NOON + HOUR}
    assert len(reading.warnings) == 1
    google.world.primary.raw({**GOOD, "etag": "newer", "start": 5, "status": "cancelled"})
    assert shown(calendar.read(WINDOW, frozenset({"x"})))[EventKey("x")].status is Status.CANCELLED


def test_an_event_without_an_id_is_named_once(google: Google) -> None:
    for n in range(5):
        google.world.primary.raw({**GOOD, "id": n})
    reading = source(google).read(WINDOW, NOBODY)
    assert starts(reading) == {"good": NOON}
    assert reading.warnings == ("An event has no id that can be used.",)


def test_an_occurrence_that_cannot_be_read_does_not_stand_at_its_old_time(google: Google) -> None:
    google.world.primary.put("s", NOON, recurrence=["RRULE:FREQ=DAILY;COUNT=2"])
    occurrence = {"recurringEventId": "s", "id": "s_20261124T120000Z", "summary": 5}
    google.world.primary.raw({**GOOD, **occurrence})
    assert set(shown(source(google).read(WINDOW, NOBODY))) == {
        EventKey("good"),
        EventKey("s", "20261125T120000Z"),
    }
    known = shown(source(google).read(WINDOW, frozenset({"s"})))
    assert known[EventKey("s", "20261124T120000Z")].start is None


def test_a_rule_within_a_day_is_refused_and_the_first_occurrence_used(google: Google) -> None:
    google.world.primary.put("s", NOON, recurrence=["RRULE:FREQ=SECONDLY"])
    begun = time.perf_counter()
    reading = source(google).read(WINDOW, NOBODY)
    assert time.perf_counter() - begun < 1
    assert starts(reading) == {"good": NOON, "s": NOON}
    assert "it repeats within a day" in reading.warnings[0]


def test_long_texts_and_many_guests_are_bounded(google: Google) -> None:
    many = [{"email": f"p{n}@example.org", "displayName": "x" * 10_000} for n in range(1_000)]
    big: dict[str, Any] = {
        "summary": "s" * 100_000,
        "description": "d" * 1_000_000,
        "location": "l" * 100_000,
        "attendees": many,
    }
    google.world.primary.put("x", NOON, **big)
    event = shown(source(google).read(WINDOW, NOBODY))[EventKey("x")]
    assert (len(event.summary), len(event.description), len(event.attendees)) == (1_024, 8_192, 200)


def test_too_many_events_are_a_problem(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirror, "EVENT_LIMIT", 5)
    for n in range(6):
        google.world.primary.put(f"e{n}", NOON)
    with pytest.raises(SourceProblem, match="more than 5 events"):
        source(google).read(WINDOW, NOBODY)


def test_too_many_occurrences_are_a_problem(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirror, "OCCURRENCE_LIMIT", 5)
    google.world.primary.put("daily", NOON, recurrence=["RRULE:FREQ=DAILY;COUNT=6"])
    with pytest.raises(SourceProblem, match="more than 5 events"):
        source(google).read(WINDOW, NOBODY)


def test_pages_without_end_are_a_problem(google: Google) -> None:
    google.faults.clear()
    google.fail("circle")
    clock = Clock()
    with pytest.raises(SourceProblem, match="comes to no end"):
        source(google, clock=clock).read(WINDOW, NOBODY)
    assert google.requests == 2


@pytest.mark.parametrize("inner", ["{}", "[]", "[1,2,3,4,5,6,7,8,9]", "1.5"])
def test_a_page_of_tiny_things_in_masses_is_a_problem(google: Google, inner: str) -> None:
    body = f'{{"kind": "calendar#events", "items": [{",".join([inner] * 4_200_000)}]}}'.encode()
    google.faults = [Fault("body", headers={"Content-Type": "application/json"}, body=body)]
    with pytest.raises(SourceProblem, match=r"127\.0\.0\.1 sent more than a calendar can be"):
        source(google).read(WINDOW, NOBODY)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
TIMES = st.sampled_from([START, END, {"date": "2026-11-24"}, {"dateTime": "2026-11-24T13:00:00", "timeZone": "Mars"}])
FIELDS = {
    "etag": JSON,
    "status": st.sampled_from(["confirmed", "tentative", "cancelled"]) | JSON,
    "start": TIMES | JSON,
    "end": TIMES | JSON,
    "recurrence": st.lists(st.sampled_from(["RRULE:FREQ=DAILY", "EXDATE:20261124", "RDATE:x", "\n", ";:"])) | JSON,
    "recurringEventId": st.sampled_from(["s", "x"]) | JSON,
    "originalStartTime": TIMES | JSON,
    "updated": st.just("2026-11-20T10:00:00Z") | JSON,
    "summary": JSON,
    "attendees": JSON,
    "organizer": JSON,
    "conferenceData": JSON,
    "sequence": JSON,
}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    resources=st.lists(
        st.fixed_dictionaries({"id": st.sampled_from(["s", "x", "s_20261124T120000Z"]) | JSON}, optional=FIELDS),
        max_size=5,
    )
)
def test_whatever_stands_in_a_resource_it_is_used_or_named(resources: list[dict[str, Any]]) -> None:
    held = Mirror()
    held.take([{**GOOD, "id": "good"}, *resources])
    held.take(resources)
    known = frozenset({"s", "x", "good"})
    events, warnings = whole(held.shown(WINDOW, known))
    assert events[EventKey("good")].status is Status.CONFIRMED
    assert all(warnings)
    for uid in known:
        held.instances(uid, NOON - HOUR, NOON + HOUR)
