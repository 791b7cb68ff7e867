"""Several Google calendars read as one, and what is read anew because it is due."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from showup.core.event import Event, EventKey, Status
from showup.ports import SourceProblem
from tests.calendars.contract import HOUR, NOBODY, NOON, WINDOW, shown, starts
from tests.support.google_parts import Clock, source
from tests.support.google_server import Google, serving

WEEK = timedelta(weeks=1)


@pytest.fixture
def google() -> Iterator[Google]:
    with serving() as server:
        yield server


def slot(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def test_an_event_moved_to_another_calendar_is_not_cancelled(google: Google) -> None:
    other = google.world.add("other@group.example")
    google.world.primary.put("a", NOON)
    known = frozenset({"a"})
    calendar = source(google, "primary", other.name)
    calendar.read(WINDOW, known)
    google.world.move("a", google.world.primary, other)
    event = shown(calendar.read(WINDOW, known))[EventKey("a")]
    assert event.status is Status.CONFIRMED


def test_an_event_that_moves_while_the_calendars_are_read_is_not_cancelled(google: Google) -> None:
    """From the second to the first, after the first was read."""
    other = google.world.add("other@group.example")
    other.put("a", NOON)
    known = frozenset({"a"})
    calendar = source(google, "primary", other.name)
    calendar.read(WINDOW, known)

    def move(most: int) -> int:
        google.world.page_size = lambda size: size
        google.world.move("a", other, google.world.primary)
        return most

    google.world.page_size = move
    event = shown(calendar.read(WINDOW, known))[EventKey("a")]
    assert (event.status, event.start) == (Status.CONFIRMED, NOON)


def test_a_calendar_that_is_not_there_is_named_and_the_others_go_on(google: Google) -> None:
    google.world.primary.put("a", NOON)
    reading = source(google, "primary", "gone@group.example").read(WINDOW, NOBODY)
    assert starts(reading) == {"a": NOON}
    assert len(reading.warnings) == 1
    assert "“gone@group.example” cannot be found" in reading.warnings[0]


def test_a_calendar_that_goes_away_cancels_nothing(google: Google) -> None:
    other = google.world.add("other@group.example")
    google.world.primary.put("a", NOON)
    other.put("b", NOON)
    other.put("s", NOON, recurrence=["RRULE:FREQ=DAILY;COUNT=2"])
    known = frozenset({"a", "b", "s"})
    calendar = source(google, "primary", other.name)
    calendar.read(WINDOW, known)
    before = shown(calendar.read(WINDOW, frozenset()))
    del google.world.calendars[other.name]
    reading = calendar.read(WINDOW, known)
    assert shown(reading) == before
    assert "cannot be found" in reading.warnings[0]
    assert calendar.read(WINDOW, known).events is None
    google.world.calendars[other.name] = other
    assert len(shown(calendar.read(WINDOW, known))) == 4


def test_a_calendar_of_which_nothing_was_ever_read_may_hold_what_is_known(google: Google) -> None:
    """After a restart: the others alone would show that it is gone."""
    google.world.primary.put("a", NOON)
    calendar = source(google, "primary", "gone@group.example")
    with pytest.raises(SourceProblem, match=r"gone@group\.example"):
        calendar.read(WINDOW, frozenset({"a", "b"}))
    assert starts(calendar.read(WINDOW, frozenset({"a"}))) == {"a": NOON}


def test_without_any_calendar_it_is_a_problem(google: Google) -> None:
    with pytest.raises(SourceProblem, match="cannot be found") as raised:
        source(google, "gone@group.example").read(WINDOW, NOBODY)
    assert raised.value.lasting


def test_the_change_of_one_calendar_is_told_though_another_failed_meanwhile(google: Google) -> None:
    other = google.world.add("other@group.example")
    google.world.primary.put("a", NOON)
    clock = Clock()
    calendar = source(google, "primary", other.name, clock=clock)
    calendar.read(WINDOW, NOBODY)
    google.world.primary.put("a", NOON + HOUR)
    google.fail("status", path="other", code=500)
    with pytest.raises(SourceProblem):
        calendar.read(WINDOW, NOBODY)
    google.well()
    clock.passed += 600
    assert starts(calendar.read(WINDOW, NOBODY)) == {"a": NOON + HOUR}


# ---------------------------------------------------------------- what is due


def stale(google: Google, change: str) -> None:
    """Let the next listing not know yet of what events.get knows."""
    google.world.primary.changed[change] = 0


def only(events: tuple[Event, ...] | None) -> Event:
    assert events is not None
    (event,) = events
    return event


def test_what_is_due_is_read_anew(google: Google) -> None:
    google.world.primary.put("a", NOON)
    calendar = source(google)
    calendar.read(WINDOW, frozenset({"a"}))
    google.world.primary.put("a", NOON + HOUR)
    stale(google, "a")
    assert calendar.read(WINDOW, frozenset({"a"})).events is None
    before = google.requests
    reading = calendar.read(WINDOW, frozenset({"a"}), frozenset({"a"}))
    assert only(reading.events).start == NOON + HOUR
    assert google.requests - before == 2
    assert calendar.read(WINDOW, frozenset({"a"}), frozenset({"a"})).events is None


def test_what_is_due_in_calendars_of_others_is_not_asked_for(google: Google) -> None:
    google.world.primary.put("a", NOON)
    calendar = source(google)
    calendar.read(WINDOW, frozenset({"a"}), frozenset({"a", "uid-of-another@example.org"}))
    assert [asked.path.rpartition("/")[2] for asked in google.asked] == ["events", "a"]


def test_an_occurrence_that_is_due_is_read_anew(google: Google) -> None:
    google.world.primary.put("s", NOON - WEEK, recurrence=["RRULE:FREQ=WEEKLY"])
    known = frozenset({"s"})
    calendar = source(google)
    calendar.read(WINDOW, known)
    google.world.primary.move_one("s", NOON, NOON + HOUR)
    stale(google, f"s_{slot(NOON)}")
    before = google.requests
    found = shown(calendar.read(WINDOW, known, known))
    assert found[EventKey("s", slot(NOON))].start == NOON + HOUR
    assert google.requests - before == 3


def test_an_occurrence_that_was_looked_at_moves_with_its_series(google: Google) -> None:
    google.world.primary.put("s", NOON - WEEK, recurrence=["RRULE:FREQ=WEEKLY"])
    known = frozenset({"s"})
    calendar = source(google)
    calendar.read(WINDOW, known, known)
    google.world.primary.put("s", NOON - WEEK + HOUR, recurrence=["RRULE:FREQ=WEEKLY"])
    assert {key.recurrence_id for key in shown(calendar.read(WINDOW, known))} == {
        slot(NOON + HOUR),
        slot(NOON + HOUR + WEEK),
    }


def test_what_is_due_and_gone_is_not_there(google: Google) -> None:
    google.world.primary.put("a", NOON)
    google.world.primary.put("b", NOON)
    calendar = source(google)
    calendar.read(WINDOW, frozenset({"a"}))
    del google.world.primary.events["a"]
    assert set(starts(calendar.read(WINDOW, frozenset({"a"}), frozenset({"a"})))) == {"b"}


def test_what_is_due_and_cannot_be_read_is_a_problem(google: Google) -> None:
    google.world.primary.put("a", NOON)
    calendar = source(google)
    calendar.read(WINDOW, frozenset({"a"}))
    google.fail("status", path="/events/a", code=403)
    with pytest.raises(SourceProblem):
        calendar.read(WINDOW, frozenset({"a"}), frozenset({"a"}))


def test_what_is_due_in_a_calendar_that_is_not_there_is_a_problem(google: Google) -> None:
    google.world.primary.put("a", NOON)
    other = google.world.add("gone@group.example")
    other.put("b", NOON)
    calendar = source(google, "primary", other.name)
    calendar.read(WINDOW, frozenset({"a", "b"}))
    del google.world.calendars[other.name]
    calendar.read(WINDOW, frozenset({"a", "b"}), frozenset({"a"}))
    with pytest.raises(SourceProblem, match=r"gone@group\.example"):
        calendar.read(WINDOW, frozenset({"a", "b"}), frozenset({"b"}))
