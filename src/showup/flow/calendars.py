"""Calendars: all that are watched, read and taken in by turns, so that no beat takes long."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from showup.core.appointment import Appointment
from showup.flow.collect import Collector
from showup.flow.reading import Fetched
from showup.flow.turn import turn, until
from showup.ports import Clock, Record

_READING, _TAKING = 0.5, 0.3
"""Seconds of a beat after which it reads no more, and takes in no more. Ordinary calendars need a tenth of them.

What was taken in is judged then, which takes as long again.
"""
_LEAST = 0.15
"""Seconds for which it takes in at least, so that masses come to their end."""

Came = Sequence[tuple[Collector, Fetched]]
"""What came of the calendars that were read to their end, and one more of which something is left."""


class Calendars:
    """The calendars. `begun` is when the beat began, in seconds of the clock that stands in sleep, here and below."""

    def __init__(self, clock: Clock, collectors: Sequence[Collector]) -> None:
        self._clock, self._all = clock, list(collectors)

    @property
    def behind(self) -> bool:
        """Whether there is more to read or to take in than fitted into one beat."""
        return any(one.behind for one in self._all)

    @property
    def reading(self) -> bool:
        """Whether one is still to be read."""
        return any(one.reader.busy for one in self._all)

    def restless_from(self, now: datetime) -> datetime | None:
        """From when on a reading may do something though no calendar changes; None where it cannot."""
        return min(filter(None, (one.restless_from(now) for one in self._all)), default=None)

    @property
    def believed(self) -> bool:
        """Whether what is known of them may be told: after a sleep all is to be read first."""
        return not any(one.reader.doubtful for one in self._all)

    def want(self, due: frozenset[str], names: frozenset[str] | None = None, *, every: bool = False) -> None:
        """Have those with these names read, or all of them, for the sake of these UIDs, or of `every` one."""
        for one in self._all:
            if names is None or one.name in names:
                one.want(due, every=every)

    def fetch(self, now: datetime, begun: float) -> Came:
        """Read what is to be read, one after the other, until the turn is over."""
        busy = sorted((one for one in self._all if one.reader.busy), key=lambda one: one.reader.place)
        over = turn(self._clock, begun + _READING)
        read = [(one, one.fetch(now, begun, over)) for one in until(over, busy)]
        came = [(one, what) for one, what in read if what is not None]
        return [*came, *((one, None) for one in self._left({one.name for one, _what in came}))]

    def _left(self, read: AbstractSet[str]) -> Sequence[Collector]:
        """One of which something is left; the others come first next time. Each costs before it is of use."""
        left = [one for one in self._all if one.left and one.name not in read][:1]
        for one in left:
            self._all.remove(one)
            self._all.append(one)
        return left

    def take(self, record: Record, came: Came, now: datetime, begun: float) -> bool:
        """Put into the record what came, each in its share of the turn; whether anything was new."""
        share = _TAKING / max(1, len(came))
        ends = (turn(self._clock, begun + place * share, _LEAST) for place in range(1, len(came) + 1))
        taken = [one.take(record, what, now, end) for (one, what), end in zip(came, ends, strict=True)]
        return any(taken)

    def look_up(self, record: Record) -> None:
        """Somebody else wrote into the record."""
        for one in self._all:
            one.look_up(record)

    def dropped(self) -> None:
        """The record could not be written: what came is to be taken again."""
        for one in self._all:
            one.dropped()

    def home(self, record: Record, appointment: Appointment) -> Sequence[Collector]:
        """The calendar that an appointment stands in; none where it is not read any more."""
        owner = record.calendar_of(appointment.id)
        return [one for one in self._all if one.name == owner]

    def warned(self) -> tuple[str, ...]:
        """What could not be used of the calendars and was not told yet."""
        return tuple(text for one in self._all for text in one.warned())
