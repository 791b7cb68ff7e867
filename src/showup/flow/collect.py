"""Collect: read a calendar, and hand what is new in it to the keeper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from showup.core.change import SECOND_LOOK, State, Tracked, compare, state_of
from showup.core.event import Event, EventKey
from showup.core.forgotten import mark
from showup.core.notice import Kind
from showup.core.recognition.result import Decision, Memory, Recognition
from showup.core.record import CalendarState
from showup.core.wording import problem
from showup.flow.keep import Keeper, Rules
from showup.ports import CalendarSource, Reading, Record, SourceProblem, Store, Window

_BEHIND, _AHEAD = timedelta(days=7), timedelta(days=120)
_HISTORY = timedelta(days=1)
"""An event first seen so long after its end is history, and nothing of ours."""
_PATIENCE = timedelta(minutes=10)
"""A calendar may be away for so long before it is worth a word: networks come and go."""
_WARNED = 1_000
"""Warnings that are remembered; a calendar whose faults change with every read is told of again."""

Recognise = Callable[[Event, Memory], Recognition]


Fetched = Reading | SourceProblem
"""What came of reading a calendar."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept in memory of a calendar: as the record has it, and the events that were looked at.

    `known` holds the UIDs that are tracked; `missing` tells that one of them must be looked for once more; `said` that
    the person was told of a problem that lasts.
    """

    state: CalendarState
    known: frozenset[str]
    seen: Mapping[EventKey, Event] = field(default_factory=dict)
    missing: bool = True
    said: bool = False


class Collector:
    """Reads one calendar. An unchanged one costs a comparison and a line in the record."""

    def __init__(self, source: CalendarSource, kind: str, store: Store, rules: Rules, recognise: Recognise) -> None:
        self._source, self._rules, self._recognise = source, rules, recognise
        with store.reading() as record:
            state = record.calendar(source.name) or CalendarState(source.name, kind)
            self._held = Held(state, _uids(record.tracked(source.name)))
        self._taken = self._held
        self._shown: Mapping[EventKey, Event] = {}
        self._warned: frozenset[str] = frozenset()
        self._untold: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The calendar's name."""
        return self._source.name

    @property
    def readable(self) -> bool:
        """Whether the last read was complete and not empty."""
        return self._taken.state.readable

    @property
    def restless(self) -> bool:
        """Whether the next read may change something though the calendar does not: a second look, a lasting problem."""
        return self._held.missing or (bool(self._held.state.problem) and not self._held.said)

    def fetch(self, now: datetime, due: frozenset[str] = frozenset()) -> Fetched:
        """Read the calendar; nothing is changed by it yet. `due` are the UIDs of which a checkpoint has come."""
        try:
            reading = self._source.read(_window(now), self._held.known, due)
        except SourceProblem as trouble:
            return trouble
        self._untold += tuple(text for text in reading.warnings if text not in self._warned)
        remembered = self._warned if len(self._warned) < _WARNED else frozenset[str]()
        self._warned = remembered | set(reading.warnings)
        if reading.events is not None:
            self._shown = {event.key: event for event in reading.events}
        return reading

    def take(self, record: Record, fetched: Fetched, now: datetime) -> bool:
        """Put into the record what is new; whether anything was. It counts as taken when it was `kept`."""
        held = self._held
        if isinstance(fetched, SourceProblem):
            return self._failed(record, fetched, now)
        if not self._shown:
            # A calendar that is suddenly empty is a broken export, and changes nothing.
            state = replace(held.state, last_read=now, readable=False, problem="", problem_since=None)
            self._keep(record, replace(held, state=state, seen={}, missing=False))
            return False
        if self._shown is held.seen and held.state.readable and not held.missing:
            self._keep(record, replace(held, state=replace(held.state, last_read=now, complete=now)))
            return False
        changed = self._compare(record, now)
        state = CalendarState(self.name, held.state.kind, now, now, readable=True)
        record.forget_notice(_about(self.name), Kind.PROBLEM)
        known = record.tracked(self.name)
        missing = any(item.missing_since for item in known.values())
        self._keep(record, Held(state, _uids(known), self._shown, missing))
        return changed

    def kept(self) -> None:
        """What was taken is in the record for good."""
        self._held = self._taken

    def warned(self) -> tuple[str, ...]:
        """What could not be used of the calendar and was not told yet; each once."""
        told, self._untold = self._untold, ()
        return told

    def _keep(self, record: Record, held: Held) -> None:
        """Keep also when it was last read, so that a restart can date what vanished meanwhile."""
        if held.state != self._held.state:
            record.save_calendar(held.state)
        self._taken = held

    def _compare(self, record: Record, now: datetime) -> bool:
        keeper = Keeper(self._rules, record, now)
        tracked, events = dict(record.tracked(self.name)), self._shown
        fresh = [event for key, event in events.items() if self._held.seen.get(key) != event]
        changed = False
        window = _window(now)
        whole = {key.uid for key in events if not key.recurrence_id}
        for key, item in list(tracked.items()):
            if key.recurrence_id and key.uid in whole:
                continue  # the series could not be followed this time, which says nothing of its occurrences
            if key in events:
                if item.missing_since:
                    tracked[key] = keeper.change(item, events[key], ())
            elif window.start <= item.start < window.end:
                changed |= self._absent(keeper, item)
        if fresh:
            memory, foreign = record.memory(), record.foreign(self.name)
            for event in fresh:
                if event.key in tracked:
                    changed |= self._known_event(keeper, tracked[event.key], event, memory)
                elif event.key not in foreign:
                    changed |= self._new_event(keeper, event, memory)
        keeper.finish()
        return changed

    def _new_event(self, keeper: Keeper, event: Event, memory: Memory) -> bool:
        ended = event.end or event.start
        first = self._held.state.complete is None
        if mark(event.key.uid) in memory.interviews:
            return False  # the person had it forgotten
        if ended and (ended < keeper.now if first else ended < keeper.now - _HISTORY):
            return False
        found = self._recognise(event, memory)
        if found.decision is Decision.NO:
            return False
        if event.start is None:
            return keeper.ask_for_time(event)
        keeper.begin(self.name, event, found)
        return True

    def _known_event(self, keeper: Keeper, known: Tracked, event: Event, memory: Memory) -> bool:
        if event.start is None and state_of(event, self._rules.owner) is State.STANDING:
            return False  # a time that cannot be read says nothing of the one that was known
        changes = compare(known, event, self._rules.owner, keeper.now)
        if changes or event.updated != known.updated:
            known = keeper.change(known, event, changes)
        if event.start is not None and known.state is not State.CANCELLED:
            keeper.renew(known, event, self._recognise(event, memory))
        return True

    def _absent(self, keeper: Keeper, item: Tracked) -> bool:
        """Missing from a complete reading: a second one must confirm it."""
        if item.state in {State.CANCELLED, State.GONE}:
            return False
        if item.missing_since is None:
            keeper.record.track(replace(item, missing_since=keeper.now, shown=self._held.state.complete))
            return False
        if keeper.now - item.missing_since < SECOND_LOOK:
            return False
        keeper.gone(item)
        return True

    def _failed(self, record: Record, trouble: SourceProblem, now: datetime) -> bool:
        """Nothing is changed by a failed read; after a while it is said, once."""
        held = self._held
        since = held.state.problem_since or now
        state = replace(held.state, problem=str(trouble), problem_since=since, readable=False)
        said = not held.said and (now - since >= _PATIENCE or trouble.lasting)
        self._keep(record, replace(held, state=state, said=held.said or said))
        return said and bool(record.say(_about(self.name), Kind.PROBLEM, problem(self.name, str(trouble)), now))


def _uids(tracked: Mapping[EventKey, Tracked]) -> frozenset[str]:
    return frozenset(item.series or item.key.uid for item in tracked.values())


def _about(name: str) -> str:
    return f"calendar:{name}"


def _window(now: datetime) -> Window:
    """Whole days, so that it is the same all day long."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Window(today - _BEHIND, today + _AHEAD)
