"""Watch: all the verbs in their order, once around. What must be done next is derived from the record each time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from showup.core.appointment import Appointment
from showup.core.checkpoints import Point, due, upcoming
from showup.core.recognition.result import Decision
from showup.core.spans import Span
from showup.flow.collect import Collector
from showup.flow.judge import Judge
from showup.flow.observe import Observer
from showup.flow.tell import Teller
from showup.ports import Clock, Record, Store

_BEHIND = timedelta(days=3)
"""Checkpoints missed for longer than this are not made up for: nobody remembers."""
_AHEAD = timedelta(days=2)
_A_LITTLE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Parts:
    """The edges and verbs that one watch is made of."""

    clock: Clock
    store: Store
    judge: Judge
    observer: Observer
    collectors: Sequence[Collector]
    teller: Teller


@dataclass(frozen=True, slots=True)
class Board:
    """The appointments of these days, and which of their checkpoints were judged."""

    appointments: tuple[Appointment, ...] = ()
    done: Mapping[int, frozenset[Point]] | None = None

    def judged(self, appointment: Appointment) -> frozenset[Point]:
        """Which checkpoints of this one were."""
        return (self.done or {}).get(appointment.id, frozenset())


class Watch:
    """The daemon's work without its timers: a beat does everything that is due, and tells when the next thing is."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._board = Board()
        self._version = -1
        self._next: datetime | None = None
        self._untold = True
        self._first = True

    @property
    def next_due(self) -> datetime | None:
        """When the next checkpoint or window comes; None where nothing is planned for the next days."""
        return self._next

    @property
    def board(self) -> frozenset[int]:
        """The appointments of these days, by id."""
        return frozenset(one.id for one in self._board.appointments)

    @property
    def showing(self) -> bool:
        """Whether anything is on the screen, waiting for an answer."""
        return self._parts.teller.open

    @property
    def restless(self) -> bool:
        """Whether the next beat may do something though nothing happens until then."""
        return self._untold or any(collector.restless for collector in self._parts.collectors)

    def beat(self, polls: frozenset[str] = frozenset()) -> bool:
        """Do what is due now, reading the named calendars first. Whether anything changed.

        All calendars are read where a checkpoint has come, at the start, and where the machine slept or its clock
        was set.
        """
        parts, now = self._parts, self._parts.clock.now()
        missed = parts.observer.gap()
        reached = self._first or missed is not None or (self._next is not None and self._next <= now)
        if self._first:
            self._look_around(now)
        if missed and missed.set_back:
            self._begin_anew(now)
        changed = self._changed_elsewhere()
        changed |= parts.teller.hear(now)
        changed |= self._observe(now)
        changed |= self._collect(now, None if reached else polls)
        if changed or reached:
            self._judge(now)
        if changed or reached or self._untold:
            self._untold = not parts.teller.tell(now)
        self._first = False
        return changed or reached

    def warned(self) -> tuple[str, ...]:
        """What could not be used of the calendars and was not told yet."""
        return tuple(text for collector in self._parts.collectors for text in collector.warned())

    def stir(self) -> None:
        """Somebody changed the record by the same store: look it over with the next beat."""
        self._version = -1

    def flush(self) -> None:
        """The machine is about to sleep: keep what was noticed up to now, and judge nothing."""
        self._observe(self._parts.clock.now())
        self.save()

    def save(self) -> None:
        """Write down what a restart needs to know: with every tick, and at the end."""
        unsaved = [collector for collector in self._parts.collectors if collector.unsaved]
        if unsaved:
            with self._parts.store.transaction() as record:
                for collector in unsaved:
                    collector.save(record)

    def close(self) -> None:
        """Keep what was noticed up to now, and let the detectors go."""
        self.flush()
        self._parts.observer.close()

    def _changed_elsewhere(self) -> bool:
        """Whether a command or the page changed the record."""
        before, self._version = self._version, self._parts.store.version()
        return before != self._version

    def _look_around(self, now: datetime) -> None:
        """What goes on at the start is to be seen before anything is judged."""
        with self._parts.store.reading() as record:
            self._board = _load(record, now)
        self._parts.observer.watch(self._within_reach(now))

    def _begin_anew(self, now: datetime) -> None:
        """The clock was set back: what was judged at a time that is still to come is judged again."""
        with self._parts.store.transaction() as record:
            record.undo_done(now)
            for appointment in record.unfinished(Span(now - _BEHIND, now + _AHEAD)):
                self._parts.judge.rejudge(record, appointment, now)

    def _observe(self, now: datetime) -> bool:
        """Take what was noticed, and judge what it bears on."""
        parts = self._parts
        if not parts.observer.watching:
            parts.observer.rest()
            return False
        with parts.store.transaction() as record:
            noticed = parts.observer.observe(record)
            for appointment in self._board.appointments if noticed else ():
                if noticed and appointment.window(parts.judge.policy).meets(noticed):
                    parts.judge.rejudge(record, appointment, now)
        return noticed is not None

    def _collect(self, now: datetime, names: frozenset[str] | None) -> bool:
        collectors = [one for one in self._parts.collectors if names is None or one.name in names]
        changes = [collector.poll(now) for collector in collectors]
        return any(changes)

    def _judge(self, now: datetime) -> None:
        """Judge what has come to a checkpoint, look over what was said, and plan on."""
        judge = self._parts.judge
        with self._parts.store.transaction() as record:
            board = _load(record, now)
            done = dict(board.done or {})
            for appointment in board.appointments:
                before = board.judged(appointment)
                if due(appointment, judge.policy, before, now):
                    points = judge.check(record, appointment, before, now, readable=self._readable(record, appointment))
                    done[appointment.id] = before | points
            judge.withdraw(record, now)
            self._board = Board(board.appointments, done)
            self._next = self._plan(record, now)
        self._parts.observer.watch(self._within_reach(now))

    def _plan(self, record: Record, now: datetime) -> datetime | None:
        """The next moment at which there is something to do."""
        policy, moments = self._parts.judge.policy, list[datetime]()
        for appointment in self._board.appointments:
            point = upcoming(appointment, policy, self._board.judged(appointment), now)
            window = appointment.window(policy).start
            moments += [point.at] if point else []
            moments += [window] if window > now and not appointment.changed else []
        if not moments:
            later = record.next_after(now + _AHEAD)
            moments = [later.start - _AHEAD + _A_LITTLE] if later else []
        return min(moments, default=None)

    def _within_reach(self, now: datetime) -> tuple[Appointment, ...]:
        """The appointments whose evidence is looked for at this moment."""
        policy = self._parts.judge.policy
        return tuple(
            one
            for one in self._board.appointments
            if one.window(policy).start <= now < max(one.ends, one.give_up(policy))
            and not (one.changed and one.changed < one.start)
            and one.details.decision is Decision.INTERVIEW
        )

    def _readable(self, record: Record, appointment: Appointment) -> bool:
        """Whether the calendar that the appointment stands in could be read just now."""
        owner = record.calendar_of(appointment.id)
        return all(collector.readable for collector in self._parts.collectors if collector.name == owner)


def _load(record: Record, now: datetime) -> Board:
    appointments = record.unfinished(Span(now - _BEHIND, now + _AHEAD))
    return Board(appointments, record.done(one.id for one in appointments))
