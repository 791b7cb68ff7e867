"""Watch: all the verbs in their order, once around. What must be done next is derived from the record each time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from showup.core.appointment import Appointment
from showup.core.record import Notice
from showup.flow.absent import note_sleep, note_stop
from showup.flow.board import Board, load
from showup.flow.collect import Collector, Fetched
from showup.flow.forward import Forwarder
from showup.flow.judge import Judge
from showup.flow.observe import Observed, Observer
from showup.flow.tell import Heard, Teller
from showup.ports import Clock, Record, Store


@dataclass(frozen=True, slots=True)
class Parts:
    """The edges and verbs that one watch is made of."""

    clock: Clock
    store: Store
    judge: Judge
    observer: Observer
    collectors: Sequence[Collector]
    teller: Teller
    forwarder: Forwarder | None = None


@dataclass(slots=True)
class Gathered:
    """What came in from the outside and is not in the record yet; should the record refuse it, it waits."""

    heard: list[Heard] = field(default_factory=list)
    observed: list[Observed] = field(default_factory=list)

    def add(self, heard: Sequence[Heard], observed: Observed) -> None:
        """Something more."""
        self.heard += heard
        self.observed += [] if observed.empty else [observed]

    def __bool__(self) -> bool:
        return bool(self.heard or self.observed)


class Watch:
    """The daemon's work without its timers: a beat does everything that is due, and tells when the next thing is.

    First it gathers what came in from the outside. Then all of it is put into the record and judged, in one
    transaction. Then what follows from it is told.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._board = Board()
        self._gathered = Gathered()
        self._unclosed = tuple[Notice, ...]()
        self._version = -1
        self._next: datetime | None = None
        self._ahead = set[tuple[datetime, int]]()
        self._first = True

    @property
    def next_due(self) -> datetime | None:
        """When the next checkpoint or window comes; None where nothing is planned for the next days."""
        return self._next

    @property
    def board(self) -> tuple[int, ...]:
        """The appointments of these days, by id."""
        return tuple(slot.appointment.id for slot in self._board.slots)

    @property
    def showing(self) -> bool:
        """Whether anything is on the screen, waiting for an answer."""
        return self._parts.teller.open

    @property
    def restless(self) -> bool:
        """Whether the next beat may do something though nothing happens until then."""
        return self._parts.teller.behind or any(collector.restless for collector in self._parts.collectors)

    def beat(self, polls: frozenset[str] = frozenset()) -> bool:
        """Do what is due now, reading the named calendars first. Whether anything changed.

        All calendars are read where a checkpoint has come, at the start, and where the machine slept or its clock
        was set.

        Raises:
            Problem: the record cannot be written now. What was gathered is kept for the next beat.
        """
        parts, now = self._parts, self._parts.clock.now()
        if self._first:
            self._look_around(now)
        observed = parts.observer.look()
        reached = self._first or observed.missed is not None or (self._next is not None and self._next <= now)
        self._gathered.add(parts.teller.listen(now), observed)
        fetched = self._fetch(now, None if reached else polls)
        elsewhere = parts.store.version() != self._version
        changed = False
        if self._gathered or fetched or reached or elsewhere:
            changed = self._keep(now, fetched, reached=reached, anew=elsewhere)
        if changed or reached or parts.teller.behind:
            parts.teller.tell(self._unclosed, now)
        if parts.forwarder:
            parts.forwarder.forward(self._unclosed, now)
        self._first = False
        return changed or reached

    def warned(self) -> tuple[str, ...]:
        """What could not be used of the calendars and was not told yet."""
        return tuple(text for collector in self._parts.collectors for text in collector.warned())

    def stir(self) -> None:
        """Somebody changed the record by the same store: look it over with the next beat."""
        self._version = -1

    def flush(self) -> None:
        """The machine is about to sleep: keep what was noticed up to now, and judge nothing new."""
        self._gathered.add((), self._parts.observer.look())
        if self._gathered:
            self._keep(self._parts.clock.now(), [], reached=False, anew=False)

    def close(self) -> None:
        """Keep what was noticed up to now, and let the detectors go."""
        self.flush()
        self._parts.observer.close()
        if self._parts.forwarder:
            self._parts.forwarder.close()

    def _look_around(self, now: datetime) -> None:
        """What goes on at the start is to be seen before anything is judged."""
        with self._parts.store.reading() as record:
            self._board = load(record, self._parts.judge.policy, now)
        self._parts.observer.watch(self._board.watched(now))

    def _fetch(self, now: datetime, names: frozenset[str] | None) -> list[tuple[Collector, Fetched]]:
        due = frozenset(appointment.key.uid for appointment, _points in self._board.due(now))
        wanted = [one for one in self._parts.collectors if names is None or one.name in names]
        return [(one, one.fetch(now, due)) for one in wanted]

    def _keep(self, now: datetime, fetched: Sequence[tuple[Collector, Fetched]], *, reached: bool, anew: bool) -> bool:
        """Put everything into the record and judge it, all or nothing; whether anything changed."""
        parts, gathered = self._parts, self._gathered
        with parts.store.transaction() as record:
            anew |= parts.store.version() != self._version  # also what was changed a moment before this began
            anew |= self._set_back(record, now) or self._catch_up(record, now)
            self._note_absence(record, now)
            for heard in gathered.heard:
                parts.teller.hear(record, heard, now)
            noticed = [self._observe(record, one, now) for one in gathered.observed]
            taken = [collector.take(record, reading, now) for collector, reading in fetched]
            anew |= bool(gathered.heard) or any(taken)
            changed = anew or any(noticed)
            board = self._judge(record, now, anew=anew) if changed or reached else self._board
            moments = [board.next(record, now), *(moment for moment, _number in self._ahead)]
            upcoming, unclosed = min(filter(None, moments), default=None), record.notices(unclosed=True)
        self._board, self._next, self._unclosed, self._gathered = board, upcoming, unclosed, Gathered()
        self._version = parts.store.version()
        for collector, _reading in fetched:
            collector.kept()
        parts.observer.watch(board.watched(now))
        return changed

    def _note_absence(self, record: Record, now: datetime) -> None:
        """Whether the machine slept, or nothing ran: to be known before anything is judged."""
        policy = self._parts.judge.policy
        if self._first:
            note_stop(record, policy, self._board.slots, now)
        for one in self._gathered.observed:
            if one.missed and one.missed.slept:
                note_sleep(record, policy, one.missed, now)

    def _set_back(self, record: Record, now: datetime) -> bool:
        """Where the clock was set back, what was judged at a time that is still to come is judged again.

        At the start nobody knows what was done to it meanwhile.
        """
        if not self._first and not any(one.missed and one.missed.set_back for one in self._gathered.observed):
            return False
        judge = self._parts.judge
        record.undo_done(now)
        if self._first:
            record.uncover(now)
        for slot in load(record, judge.policy, now).slots:
            judge.rejudge(record, slot.appointment, now)
            known = record.evidence(slot.appointment.id, slot.window)
            self._ahead |= {(item.at, slot.appointment.id) for item in known if item.at > now}
        return True

    def _catch_up(self, record: Record, now: datetime) -> bool:
        """Judge again what was said and seen before the clock was set back, now that its time has come once more."""
        passed = {(moment, number) for moment, number in self._ahead if moment <= now}
        for number in {number for _moment, number in passed}:
            appointment = record.appointment(number)
            if appointment:
                self._parts.judge.rejudge(record, appointment, now)
        self._ahead -= passed
        return bool(passed)

    def _observe(self, record: Record, observed: Observed, now: datetime) -> bool:
        """Keep what was noticed, and judge what it bears on."""
        noticed = observed.bears_on
        observed.keep(record)
        for appointment in self._board.touched(noticed) if noticed else ():
            self._parts.judge.rejudge(record, appointment, now)
        return noticed is not None

    def _judge(self, record: Record, now: datetime, *, anew: bool) -> Board:
        """Judge what has come to a checkpoint, and look over what was said."""
        judge, board = self._parts.judge, self._board
        if anew or not board.fresh(now):
            board = load(record, judge.policy, now)
        judged = {
            appointment.id: judge.check(record, appointment, coming, now, readable=self._readable(record, appointment))
            for appointment, coming in board.due(now)
        }
        judge.look_over(record, now)
        return board.without(judged)

    def _readable(self, record: Record, appointment: Appointment) -> bool:
        """Whether the calendar that the appointment stands in could be read just now."""
        owner = record.calendar_of(appointment.id)
        return all(collector.readable for collector in self._parts.collectors if collector.name == owner)
