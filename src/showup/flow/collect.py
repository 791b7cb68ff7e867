"""Collect: read a calendar, and hand what is new in it to the keeper."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from showup.core.change import SECOND_LOOK, State, Tracked, compare
from showup.core.event import Event, EventKey
from showup.core.notice import Kind
from showup.core.recognition.result import Decision, Memory, Recognition
from showup.core.record import CalendarState
from showup.core.wording import problem
from showup.flow.keep import Keeper, Rules
from showup.ports import CalendarSource, Record, SourceProblem, Store, Window

_BEHIND, _AHEAD = timedelta(days=7), timedelta(days=120)
_HISTORY = timedelta(days=1)
"""An event first seen so long after its end is history, and nothing of ours."""
_PATIENCE = timedelta(minutes=10)
"""A calendar may be away for so long before it is worth a word: networks come and go."""

Recognise = Callable[[Event, Memory], Recognition]


class Collector:
    """Reads one calendar. An unchanged one costs a comparison, and the record is written only when asked to."""

    def __init__(self, source: CalendarSource, kind: str, store: Store, rules: Rules, recognise: Recognise) -> None:
        self._source, self._store, self._rules, self._recognise = source, store, rules, recognise
        with store.reading() as record:
            self._state = record.calendar(source.name) or CalendarState(source.name, kind)
            self._known = self._uids(record.tracked(source.name))
        self._seen: dict[EventKey, Event] = {}
        self._missing, self._said = True, False
        self.unsaved = False
        self._warned: frozenset[str] = frozenset()
        self._untold: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The calendar's name."""
        return self._source.name

    @property
    def readable(self) -> bool:
        """Whether the last read was complete and not empty."""
        return self._state.readable

    @property
    def restless(self) -> bool:
        """Whether the next read may change something though the calendar does not: a second look, a lasting problem."""
        return self._missing or (bool(self._state.problem) and not self._said)

    def poll(self, now: datetime) -> bool:
        """Read the calendar; whether anything in the record changed by it."""
        try:
            reading = self._source.read(_window(now), self._known)
        except SourceProblem as trouble:
            return self._failed(trouble, now)
        self._untold += tuple(text for text in reading.warnings if text not in self._warned)
        self._warned |= set(reading.warnings)
        if reading.events is None and self._state.readable and not self._missing and not self._state.problem:
            self._state = replace(self._state, last_read=now, complete=now)
            self.unsaved = True
            return False
        events = self._seen.values() if reading.events is None else reading.events
        return self._take({event.key: event for event in events}, now)

    def warned(self) -> tuple[str, ...]:
        """What could not be used of the calendar and was not told yet; each once."""
        told, self._untold = self._untold, ()
        return told

    def save(self, record: Record) -> None:
        """Keep when the calendar was last read, so that a restart can date what vanished meanwhile."""
        if self.unsaved:
            record.save_calendar(self._state)
            self.unsaved = False

    def _take(self, events: dict[EventKey, Event], now: datetime) -> bool:
        """A reading that shows something new, or follows one that failed."""
        if not events:
            # A calendar that is suddenly empty is a broken export, and changes nothing.
            self._state = replace(self._state, last_read=now, readable=False, problem="", problem_since=None)
            self._seen, self.unsaved = {}, True
            return False
        with self._store.transaction() as record:
            tracked = record.tracked(self.name)
            changed = self._compare(record, tracked, events, now)
            state = CalendarState(self.name, self._state.kind, now, now, readable=True)
            record.save_calendar(state)
            record.forget_notice(_about(self.name), Kind.PROBLEM)
            known = record.tracked(self.name)
        self._state, self._seen, self.unsaved = state, events, False
        self._known, self._said = self._uids(known), False
        self._missing = any(item.missing_since for item in known.values())
        return changed

    def _compare(
        self, record: Record, tracked: dict[EventKey, Tracked], events: dict[EventKey, Event], now: datetime
    ) -> bool:
        keeper = Keeper(self._rules, record, now)
        fresh = [event for key, event in events.items() if self._seen.get(key) != event]
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
        return changed

    def _new_event(self, keeper: Keeper, event: Event, memory: Memory) -> bool:
        ended = event.end or event.start
        first = self._state.complete is None
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
            keeper.record.track(replace(item, missing_since=keeper.now, shown=self._state.complete))
            return False
        if keeper.now - item.missing_since < SECOND_LOOK:
            return False
        keeper.gone(item)
        return True

    def _failed(self, trouble: SourceProblem, now: datetime) -> bool:
        """Nothing is changed by a failed read; after a while it is said, once."""
        since = self._state.problem_since or now
        before = self._state
        self._state = replace(before, problem=str(trouble), problem_since=since, readable=False)
        self.unsaved = self.unsaved or self._state != before
        if not self._said and (now - since >= _PATIENCE or trouble.lasting):
            with self._store.transaction() as record:
                record.save_calendar(self._state)
                said = record.say(_about(self.name), Kind.PROBLEM, problem(self.name, str(trouble)), now)
            self._said = True
            return said is not None
        return False

    @staticmethod
    def _uids(tracked: dict[EventKey, Tracked]) -> frozenset[str]:
        return frozenset(item.series or item.key.uid for item in tracked.values())


def _about(name: str) -> str:
    return f"calendar:{name}"


def _window(now: datetime) -> Window:
    """Whole days, so that it is the same all day long."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Window(today - _BEHIND, today + _AHEAD)
