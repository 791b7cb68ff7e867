"""Which appointment takes the place of which (DESIGN.md, section 3, "Following")."""

from collections.abc import Iterable
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
    everyone = sorted(candidates, key=lambda one: (one.created, one.id))
    followed = {one.follows for one in everyone if one.follows is not None}
    found: dict[int, int] = {}
    for old in sorted((one for one in everyone if one.cancelled), key=lambda one: (one.cancelled, one.id)):
        if old.id in followed:
            continue
        new = next((one for one in everyone if one.id not in found and _replaces(one, old)), None)
        if new:
            found[new.id] = old.id
    return found


def _replaces(new: Candidate, old: Candidate) -> bool:
    if new.id == old.id or new.follows is not None or old.cancelled is None or new.created < old.created:
        return False
    return old.cancelled - _BEFORE <= new.created <= old.cancelled + _AFTER
