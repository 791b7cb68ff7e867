"""The board: the appointments of the days around now, with what a beat asks of each of them again and again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from showup.core.appointment import Appointment
from showup.core.checkpoints import Checkpoint, Point, due, remaining
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
_NONE: frozenset[Point] = frozenset()

Due = tuple[Appointment, tuple[Checkpoint, ...]]
"""An appointment, and those of its checkpoints that have come."""


@dataclass(frozen=True, slots=True)
class Slot:
    """An appointment, the window of its evidence, and its checkpoints: which are done, and which still to be judged.

    `moments` are those at which there is something to do: the window opens, a checkpoint comes.
    """

    appointment: Appointment
    window: Span
    done: frozenset[Point]
    points: tuple[Checkpoint, ...]
    moments: tuple[datetime, ...]

    @classmethod
    def of(cls, one: Appointment, window: Span, done: frozenset[Point], points: tuple[Checkpoint, ...]) -> "Slot":
        """With its moments. One that is off is not watched any more."""
        opens = () if one.changed else (window.start,)
        return cls(one, window, done, points, (*opens, *(point.at for point in points)))

    def watched(self, now: datetime) -> bool:
        """Whether its evidence is looked for at this moment."""
        one = self.appointment
        open_now = self.window.start <= now < self.window.end - datetime.resolution
        return open_now and not one.off_before_start and one.details.decision is Decision.INTERVIEW

    def without(self, judged: frozenset[Point]) -> "Slot":
        """Some of its checkpoints were judged, or none."""
        if not judged:
            return self
        points = tuple(point for point in self.points if point.point not in judged)
        return Slot.of(self.appointment, self.window, self.done | judged, points)


@dataclass(frozen=True, slots=True)
class Board:
    """The slots of the days around `at`."""

    at: datetime = _NEVER
    slots: tuple[Slot, ...] = ()

    def fresh(self, now: datetime) -> bool:
        """Whether it still shows the days around now. Where nothing is to come on it, what comes next lies beyond."""
        return abs(now - self.at) < _FRESH and bool(self._to_come(now))

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
        slots = (slot.without(judged.get(slot.appointment.id, _NONE)) for slot in self.slots)
        return replace(self, slots=tuple(slots)) if judged else self

    def next(self, record: Record, now: datetime) -> datetime | None:
        """The next moment at which there is something to do; None where nothing is planned at all."""
        if moments := self._to_come(now):
            return min(moments)
        later = record.next_after(self.at + _AHEAD)
        return later.start - _AHEAD + _A_LITTLE if later else None

    def _to_come(self, now: datetime) -> list[datetime]:
        return [moment for slot in self.slots for moment in slot.moments if moment > now]


_EMPTY = Board()


def load(record: Record, policy: Policy, now: datetime, before: Board = _EMPTY) -> Board:
    """The board as it is in the record. Most slots are as they were `before`."""
    appointments = record.unfinished(Span(now - _BEHIND, now + _AHEAD))
    done = record.done(one.id for one in appointments)
    known = {slot.appointment.id: slot for slot in before.slots}
    return Board(now, tuple(_slot(one, policy, done.get(one.id, _NONE), known.get(one.id)) for one in appointments))


def _slot(appointment: Appointment, policy: Policy, done: frozenset[Point], known: Slot | None) -> Slot:
    if known and known.appointment == appointment and known.done == done:
        return known
    return Slot.of(appointment, appointment.window(policy), done, remaining(appointment, policy, done))
