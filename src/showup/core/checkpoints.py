"""The moments at which an appointment is judged."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from showup.core.appointment import Appointment
from showup.core.policy import Policy, minutes


class Point(StrEnum):
    """Brief at S − 10, late at S + N, nudge at S + 15, give-up at S + 30 or E, end at E."""

    BRIEF = "brief"
    LATE = "late"
    NUDGE = "nudge"
    GIVE_UP = "give_up"
    END = "end"


_CLOSING = frozenset({Point.GIVE_UP, Point.END})


class Checkpoint(NamedTuple):
    """One of them, at its time (aware UTC)."""

    at: datetime
    point: Point


def checkpoints(appointment: Appointment, policy: Policy) -> tuple[Checkpoint, ...]:
    """All of an appointment's checkpoints in order.

    Where give-up comes no later than another one, that other one is left out: there is one notice then, and it is
    that of give-up. Give-up and end fall together for short calls; both stand, and give-up comes first.
    """
    points = policy.checkpoints
    start, give_up = appointment.start, appointment.give_up(policy)
    early = (
        Checkpoint(start - minutes(points.brief_before_minutes), Point.BRIEF),
        Checkpoint(appointment.late_check(points), Point.LATE),
        Checkpoint(start + minutes(points.nudge_after_minutes), Point.NUDGE),
    )
    closing = (Checkpoint(give_up, Point.GIVE_UP), Checkpoint(max(give_up, appointment.ends), Point.END))
    return (*(point for point in early if point.at < give_up), *closing)


def remaining(appointment: Appointment, policy: Policy, done: frozenset[Point]) -> tuple[Checkpoint, ...]:
    """Those to be judged yet. A change drops them, but one after the start leaves the case to be closed in silence."""
    points = (point for point in checkpoints(appointment, policy) if point.point not in done)
    if appointment.changed is None:
        return tuple(points)
    return tuple(point for point in points if point.point in _CLOSING and appointment.changed >= appointment.start)


def due(points: Iterable[Checkpoint], now: datetime) -> tuple[Checkpoint, ...]:
    """Those of them that have come."""
    return tuple(point for point in points if point.at <= now)
