"""Which appointment takes the place of which (DESIGN.md, section 3, "Following")."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

_BEFORE, _AFTER = timedelta(hours=1), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An appointment as far as following goes: when its event was created, and when it was cancelled, if it was."""

    id: int
    created: datetime
    start: datetime
    cancelled: datetime | None
    follows: int | None


def links(candidates: Iterable[Candidate]) -> dict[int, int]:
    """New pairs (follower → followed) among one employer's appointments.

    Schedulers such as Calendly rebook by a cancellation and a new event, created between an hour before and fourteen
    days after it. Every appointment follows at most one and is followed by at most one; the nearest in time wins.
    """
    everyone = tuple(candidates)
    followed = {one.follows for one in everyone if one.follows is not None}
    free = sorted((one for one in everyone if one.follows is None), key=lambda one: (one.created, one.id))
    off = ((one.cancelled, one.id, one) for one in everyone if one.cancelled and one.id not in followed)
    found: dict[int, int] = {}
    for cancelled, _id, old in sorted(off):
        place = _first(free, old, max(old.created, cancelled - _BEFORE))
        if place < len(free) and free[place].created <= cancelled + _AFTER:
            found[free.pop(place).id] = old.id
    return found


def _first(free: Sequence[Candidate], old: Candidate, created: datetime) -> int:
    """The place of the first that was created then or later, but for the old one itself. There may be masses."""
    place = bisect_left(free, created, key=lambda one: one.created)
    return place + (place < len(free) and free[place].id == old.id)
