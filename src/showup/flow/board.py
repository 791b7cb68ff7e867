"""The board: the appointments of the days around now, with what a beat asks of each of them again and again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from showup.core.appointment import Appointment
from showup.core.checkpoints import Checkpoint, Point, due, remaining, upcoming
from showup.core.policy import Policy
from showup.core.recognition.result import Decision
from showup.core.spans import Span
from showup.ports import Record

_BEHIND = timedelta(days=3)
"""Checkpoints missed for longer than this are not made up for: nobody remembers."""
_AHEAD = timedelta(days=2)
_FRESH = timedelta(hours=1)
_A_LITTLE = timedelta(seconds=1)
_NEVER = datetime.min.replace(tzinfo=UTC)

Due = tuple[Appointment, tuple[Checkpoint, ...]]
"""An appointment, and those of its checkpoints that have come."""


@dataclass(frozen=True, slots=True)
class Slot:
    """An appointment, the window of its evidence, and those of its checkpoints that are still to be judged."""

    appointment: Appointment
    window: Span
    points: tuple[Checkpoint, ...]

    def watched(self, now: datetime) -> bool:
        """Whether its evidence is looked for at this moment."""
        one = self.appointment
        open_now = self.window.start <= now < self.window.end - datetime.resolution
        return open_now and not one.off_before_start and one.details.decision is Decision.INTERVIEW

    def next(self, now: datetime) -> list[datetime]:
        """What comes next: its window, a checkpoint."""
        opens = self.window.start > now and not self.appointment.changed
        point = upcoming(self.points, now)
        return [*([self.window.start] if opens else []), *([point.at] if point else [])]

    def without(self, judged: frozenset[Point]) -> "Slot":
        """Some of its checkpoints were judged."""
        return replace(self, points=tuple(point for point in self.points if point.point not in judged))


@dataclass(frozen=True, slots=True)
class Board:
    """The slots of the days around `at`."""

    at: datetime = _NEVER
    slots: tuple[Slot, ...] = ()

    def fresh(self, now: datetime) -> bool:
        """Whether it still shows the days around now. An empty one does not: what comes next lies beyond it."""
        return bool(self.slots) and abs(now - self.at) < _FRESH

    def due(self, now: datetime) -> list[Due]:
        """The checkpoints that have come, by appointment."""
        return [(slot.appointment, coming) for slot in self.slots if (coming := due(slot.points, now))]

    def watched(self, now: datetime) -> tuple[Appointment, ...]:
        """The appointments whose evidence is looked for at this moment."""
        return tuple(slot.appointment for slot in self.slots if slot.watched(now))

    def touched(self, span: Span) -> list[Appointment]:
        """Those whose evidence may lie in a span."""
        return [slot.appointment for slot in self.slots if slot.window.meets(span)]

    def without(self, judged: Mapping[int, frozenset[Point]]) -> "Board":
        """Some checkpoints were judged."""
        slots = (slot.without(judged.get(slot.appointment.id, frozenset())) for slot in self.slots)
        return replace(self, slots=tuple(slots)) if judged else self

    def next(self, record: Record, now: datetime) -> datetime | None:
        """The next moment at which there is something to do; None where nothing is planned at all."""
        moments = [moment for slot in self.slots for moment in slot.next(now)]
        if not moments:
            later = record.next_after(self.at + _AHEAD)
            moments = [later.start - _AHEAD + _A_LITTLE] if later else []
        return min(moments, default=None)


def load(record: Record, policy: Policy, now: datetime) -> Board:
    """The board as it is in the record."""
    appointments = record.unfinished(Span(now - _BEHIND, now + _AHEAD))
    done = record.done(one.id for one in appointments)
    nothing: frozenset[Point] = frozenset()
    slots = (Slot(one, one.window(policy), remaining(one, policy, done.get(one.id, nothing))) for one in appointments)
    return Board(now, tuple(slots))
