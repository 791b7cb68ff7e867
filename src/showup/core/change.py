"""What a calendar's new reading means for the appointments that were made from earlier ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from showup.core.event import Event, EventKey, Partstat, Status

SECOND_LOOK = timedelta(minutes=1)
"""An event must be missing from two complete reads at least so far apart before it is taken for cancelled."""


class State(StrEnum):
    """How an occurrence stands in its calendar."""

    STANDING = "standing"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    """By you."""
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Tracked:
    """What is remembered of an occurrence between two reads.

    `start` is that of its present appointment. `updated` is the calendar's own time stamp when it was last seen.
    `missing_since` and `shown` are set while it is missing from complete reads: the first that did not show it, and
    the last that did.
    """

    key: EventKey
    calendar: str
    appointment_id: int
    start: datetime
    end: datetime | None
    state: State = State.STANDING
    updated: datetime | None = None
    series: str = ""
    missing_since: datetime | None = None
    shown: datetime | None = None


class Move(StrEnum):
    """What a reading did to an occurrence."""

    NONE = "none"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Change:
    """One of them, and when it was made (aware UTC; the calendar's own moment where it has one)."""

    move: Move
    at: datetime


def state_of(event: Event, owner: frozenset[str]) -> State:
    """How an event stands, from its STATUS and your PARTSTAT."""
    if event.status is Status.CANCELLED:
        return State.CANCELLED
    mine = [person for person in event.attendees if person.you or person.email in owner]
    declined = any(person.partstat is Partstat.DECLINED for person in mine)
    return State.DECLINED if declined else State.STANDING


def compare(tracked: Tracked, event: Event, owner: frozenset[str], now: datetime) -> tuple[Change, ...]:
    """What happened to an occurrence between two reads. A cancelled event's time is of no importance."""
    at = changed_at(tracked, event, now)
    state = state_of(event, owner)
    if state is State.CANCELLED:
        return () if tracked.state is State.CANCELLED else (Change(Move.CANCELLED, at),)
    changes: list[Change] = []
    if event.start is not None and event.start != tracked.start:
        changes.append(Change(Move.RESCHEDULED, at))
    elif tracked.state in {State.CANCELLED, State.GONE} or (tracked.state, state) == (State.DECLINED, State.STANDING):
        changes.append(Change(Move.RESTORED, at))
    if state is State.DECLINED and tracked.state is not State.DECLINED:
        changes.append(Change(Move.DECLINED, at))
    return tuple(changes)


def changed_at(tracked: Tracked, event: Event, now: datetime) -> datetime:
    """The calendar's own moment of the change where it has a new one, else the moment at which it was noticed."""
    fresh = event.updated and (tracked.updated is None or event.updated > tracked.updated)
    return min(event.updated, now) if event.updated and fresh else now
