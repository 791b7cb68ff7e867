"""What a new reading of a calendar means."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from showup.core.change import Change, Move, State, Tracked, compare, state_of
from showup.core.event import Event, EventKey, Partstat, Person, Status

NOON = datetime(2026, 7, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOW = NOON - 5 * HOUR
LATER = NOON + 24 * HOUR
OWNER = frozenset({"sam@example.org"})
KEY = EventKey("a")
EVENT = Event(KEY, NOON, NOON + HOUR)
KNOWN = Tracked(KEY, "work", 1, NOON, NOON + HOUR)
DECLINED = EVENT._replace(attendees=(Person("sam@example.org", partstat=Partstat.DECLINED),))
OFF = EVENT._replace(status=Status.CANCELLED)


@pytest.mark.parametrize(
    ("state", "event", "moves"),
    [
        (State.STANDING, EVENT, []),
        (State.STANDING, EVENT._replace(summary="Another", end=NOON + 2 * HOUR), []),
        (State.STANDING, EVENT._replace(status=Status.TENTATIVE), []),
        (State.STANDING, EVENT._replace(start=LATER), ["rescheduled"]),
        (State.STANDING, OFF, ["cancelled"]),
        (State.STANDING, OFF._replace(start=LATER), ["cancelled"]),
        (State.STANDING, DECLINED, ["declined"]),
        (State.STANDING, DECLINED._replace(start=LATER), ["rescheduled", "declined"]),
        (State.STANDING, EVENT._replace(start=None), []),
        (State.CANCELLED, OFF, []),
        (State.CANCELLED, EVENT, ["restored"]),
        (State.CANCELLED, EVENT._replace(start=LATER), ["rescheduled"]),
        (State.GONE, EVENT, ["restored"]),
        (State.GONE, OFF, ["cancelled"]),
        (State.GONE, DECLINED, ["restored", "declined"]),
        (State.DECLINED, DECLINED, []),
        (State.DECLINED, EVENT, ["restored"]),
        (State.DECLINED, OFF, ["cancelled"]),
    ],
)
def test_what_happened(state: State, event: Event, moves: list[str]) -> None:
    assert [change.move for change in compare(replace(KNOWN, state=state), event, OWNER, NOW)] == moves


@pytest.mark.parametrize(
    ("seen", "updated", "at"),
    [
        (None, None, NOW),
        (None, NOW - HOUR, NOW - HOUR),
        (NOW - 2 * HOUR, NOW - HOUR, NOW - HOUR),
        (NOW - HOUR, NOW - HOUR, NOW),  # its stamp is no new one
        (NOW - HOUR, None, NOW),
        (None, NOW + HOUR, NOW),  # a clock that is ahead
    ],
)
def test_when_it_happened(seen: datetime | None, updated: datetime | None, at: datetime) -> None:
    moved = EVENT._replace(start=LATER, updated=updated)
    assert compare(replace(KNOWN, updated=seen), moved, OWNER, NOW) == (Change(Move.RESCHEDULED, at),)


@pytest.mark.parametrize(
    ("person", "state"),
    [
        (Person("sam@example.org", partstat=Partstat.DECLINED), "declined"),
        (Person("other@example.org", partstat=Partstat.DECLINED, you=True), "declined"),
        (Person("hr@acme.example", partstat=Partstat.DECLINED), "standing"),
        (Person("sam@example.org", partstat=Partstat.TENTATIVE), "standing"),
    ],
)
def test_only_you_can_decline(person: Person, state: str) -> None:
    assert state_of(EVENT._replace(attendees=(person,)), OWNER) == state
