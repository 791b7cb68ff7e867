"""Watch: all the verbs in their order, once around. What must be done next is derived from the record each time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from showup.core.checkpoints import Point
from showup.core.record import Notice
from showup.flow.absent import note_sleep, note_stop
from showup.flow.board import Board, Due, load
from showup.flow.calendars import Calendars, Came
from showup.flow.collect import Collector
from showup.flow.forward import Forwarder
from showup.flow.judge import Judge
from showup.flow.observe import Observed, Observer
from showup.flow.revise import Reviser
from showup.flow.tell import SCREEN, Heard, Teller
from showup.flow.turn import Over, turn, until
from showup.ports import Clock, Record, Store

_JUDGING = 1.0
"""Seconds of a beat after which it judges no more. Ordinary days need a tenth of them."""


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
        self._board, self._reviser = Board(), Reviser(parts.judge)
        self._calendars = Calendars(parts.clock, parts.collectors)
        self._gathered = Gathered()
        self._unclosed = tuple[Notice, ...]()
        self._version = -1
        self._next: datetime | None = None
        self._ahead = set[tuple[datetime, int]]()
        self._doubtful: dict[int, None] = {}
        self._first, self._undone, self._untold, self._refused = True, False, False, False

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
    def behind(self) -> bool:
        """Whether there was more to do than fits into one beat: the next one should follow at once.

        Where the record could not be written, it may wait for its time.
        """
        return not self._refused and (self._undone or self._calendars.behind)

    @property
    def reading(self) -> bool:
        """Whether a calendar is still to be read: what comes next may be another thing then."""
        return self._calendars.reading

    def restless_from(self, now: datetime) -> datetime | None:
        """From when on a beat may do something though nothing happens and nothing is due; None where it cannot."""
        return now if self.behind or self._parts.teller.behind else self._calendars.restless_from(now)

    def beat(self, polls: frozenset[str] = frozenset()) -> bool:
        """Do what is due now, reading the named calendars first. Whether anything changed.

        All calendars are read where a checkpoint has come, at the start, and where the machine slept or its clock
        was set. What takes longer than a beat goes on with the next.

        Raises:
            Problem: the record cannot be written now. What was gathered is kept for the next beat.
        """
        parts, now, begun = self._parts, self._parts.clock.now(), self._parts.clock.monotonic()
        if self._refused:
            self._calendars.dropped()
        self._refused = True
        if self._first:
            self._look_around(now)
        observed = parts.observer.look()
        reached = self._first or observed.missed is not None or (self._next is not None and self._next <= now)
        self._gathered.add(parts.teller.listen(now), observed)
        self._want(now, polls, observed, reached=reached)
        came = self._calendars.fetch(now, begun)
        elsewhere = parts.store.version() != self._version
        changed = False
        if self._gathered or came or reached or elsewhere or self._undone:
            changed = self._keep(now, begun, came, reached=reached, anew=elsewhere)
        self._untold |= changed or reached or parts.teller.behind
        if self._calendars.believed:
            self._tell(now)
        self._first = self._refused = False
        return changed or reached

    def _tell(self, now: datetime) -> None:
        """Tell what follows from it."""
        if self._untold:
            self._parts.teller.tell(self._unclosed, now)
            self._untold = False
        if self._parts.forwarder:
            self._parts.forwarder.forward(self._unclosed, now)

    def warned(self) -> tuple[str, ...]:
        """What could not be used of the calendars and was not told yet."""
        return self._calendars.warned()

    def stir(self) -> None:
        """Somebody changed the record by the same store: look it over with the next beat."""
        self._version = -1

    def flush(self) -> None:
        """The machine is about to sleep: keep what was noticed up to now, and judge nothing new."""
        clock = self._parts.clock
        if self._refused:
            self._calendars.dropped()
        self._gathered.add((), self._parts.observer.look())
        if self._gathered:
            self._keep(clock.now(), clock.monotonic(), [], reached=False, anew=False)

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

    def _want(self, now: datetime, polls: frozenset[str], observed: Observed, *, reached: bool) -> None:
        """Have calendars read: for the sake of what is due, or of all that is known where nobody looked for a while."""
        self._calendars.want(frozenset(), polls)
        if reached:
            due = frozenset(appointment.key.uid for appointment, _points in self._board.due(now))
            self._calendars.want(due, every=self._first or observed.missed is not None)

    def _keep(self, now: datetime, begun: float, came: Came, *, reached: bool, anew: bool) -> bool:
        """Put everything into the record and judge it, all or nothing; whether anything changed.

        `begun` is when the beat began, in seconds of the clock that stands in sleep, here and below.
        """
        parts, gathered = self._parts, self._gathered
        with parts.store.transaction() as record:
            version = parts.store.version()  # asked where nobody else can write: what comes later is news to the next
            if version != self._version:
                self._calendars.look_up(record)
                anew = True
            anew |= self._set_back(record, now) or self._catch_up(now)
            self._note_absence(record, now)
            for heard in gathered.heard:
                parts.teller.hear(record, heard, now)
            noticed = [self._observe(record, one) for one in gathered.observed]
            anew |= self._calendars.take(record, came, now, begun) or bool(gathered.heard)
            changed = anew or any(noticed) or self._undone
            due = changed or reached
            board, judged, undone = self._judge(record, now, begun, anew=anew) if due else (self._board, (), False)
            moments = [board.next(record, now), *(moment for moment, _number in self._ahead)]
            upcoming, unclosed = min(filter(None, moments), default=None), record.foremost(SCREEN)
        self._board, self._next, self._unclosed, self._gathered = board, upcoming, unclosed, Gathered()
        self._version, self._undone = version, undone
        for number in judged:
            self._doubtful.pop(number, None)
        for collector, _reading in came:
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
        record.undo_done(now)
        if self._first:
            record.uncover(now)
        for slot in load(record, self._parts.judge.policy, now, self._board).slots:
            self._doubtful[slot.appointment.id] = None
            known = record.evidence(slot.appointment.id, slot.window)
            self._ahead |= {(item.at, slot.appointment.id) for item in known if item.at > now}
        return True

    def _catch_up(self, now: datetime) -> bool:
        """Judge again what was said and seen before the clock was set back, now that its time has come once more."""
        passed = {(moment, number) for moment, number in self._ahead if moment <= now}
        self._doubtful |= dict.fromkeys(sorted(number for _moment, number in passed))
        self._ahead -= passed
        return bool(passed)

    def _observe(self, record: Record, observed: Observed) -> bool:
        """Keep what was noticed; what it bears on is in doubt."""
        noticed = observed.bears_on
        observed.keep(record)
        self._doubtful |= dict.fromkeys(one.id for one in (self._board.touched(noticed) if noticed else ()))
        return noticed is not None

    def _judge(self, record: Record, now: datetime, begun: float, *, anew: bool) -> tuple[Board, Sequence[int], bool]:
        """Judge what has come to a checkpoint and what is in doubt, and look over what was said.

        The board as it is then, what was in doubt and is judged, and whether something is left for the next turn.
        """
        board, over = self._board, turn(self._parts.clock, begun + _JUDGING)
        if anew or not board.fresh(now):
            board = load(record, self._parts.judge.policy, now, board)
        with self._parts.judge.of_many(record) as judge:
            due = board.due(now)
            done = self._check(record, judge, due, now, over)
            judged = list[int]()
            for number in until(over, self._doubtful if self._calendars.believed else ()):
                judged.append(number)
                if one := record.appointment(number):
                    judge.rejudge(record, one, now)
        self._reviser.revise(record, now)
        return board.without(done), judged, len(done) < len(due) or len(judged) < len(self._doubtful)

    def _check(
        self, record: Record, judge: Judge, due: Sequence[Due], now: datetime, over: Over
    ) -> Mapping[int, frozenset[Point]]:
        """Judge checkpoints that have come, until the turn is over; which ones, by appointment.

        Where the calendar showed something of an appointment that was not looked at yet, it may have been moved: it
        waits for that.
        """
        there = ((one, points, self._calendars.home(record, one)) for one, points in due)
        known = (each for each in there if not any(home.awaits(each[0].key.uid) for home in each[2]))
        return {
            one.id: judge.check(record, one, points, now, readable=all(home.readable for home in homes))
            for one, points, homes in until(over, known)
        }
