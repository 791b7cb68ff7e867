"""Collect: read a calendar, and hand what is new in it to the keeper."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from showup.core.change import Tracked
from showup.core.event import Event, EventKey
from showup.core.notice import Kind
from showup.core.record import CalendarState
from showup.core.wording import crowd, problem
from showup.flow.keep import Keeper, Rules
from showup.flow.reading import Fetched, Reader
from showup.flow.sift import Recognise, Shown, Sieve
from showup.flow.turn import Over, never
from showup.ports import CalendarSource, Reading, Record, SourceProblem, Store, Window

_BEHIND, _AHEAD = timedelta(days=7), timedelta(days=120)
_PATIENCE = timedelta(minutes=10)
"""A calendar may be away for so long before it is worth a word: networks come and go."""
_WARNED = 1_000
"""Warnings that are remembered; a calendar whose faults change with every read is told of again."""


class Held(NamedTuple):
    """What is kept in memory of a calendar: as the record has it, and the sums of the events that were looked at.

    `tracked` are the occurrences in the record, and `known` their UIDs; `missing` tells that one of them must be looked
    for once more; `said` that the person was told of a problem that lasts. `left` are the UIDs of what one turn could
    not take, and `rest` those of its events that are still shown.
    """

    state: CalendarState
    tracked: Mapping[EventKey, Tracked]
    known: frozenset[str]
    seen: Mapping[EventKey, int] = MappingProxyType({})
    rest: Mapping[EventKey, Event] = MappingProxyType({})
    missing: bool = True
    said: bool = False
    left: frozenset[str] = frozenset()


class Collector:
    """Reads one calendar. An unchanged one costs a comparison and a line in the record."""

    def __init__(self, source: CalendarSource, kind: str, store: Store, rules: Rules, recognise: Recognise) -> None:
        self._rules, self._recognise = rules, recognise
        self.reader = Reader(source)
        """What reads it, and knows what is to be read."""
        self.name = source.name
        """The calendar's name."""
        with store.reading() as record:
            state = record.calendar(source.name) or CalendarState(source.name, kind)
            tracked = record.tracked(source.name)
        self._held = Held(state, tracked, _uids(tracked))
        self._taken = self._held
        self._shown: Mapping[EventKey, Event] = {}
        self._sums: Mapping[EventKey, int] = {}
        self._news = False
        self._read: datetime | None = None
        self._warned: frozenset[str] = frozenset()
        self._untold: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether the last read was complete and not empty."""
        return self._taken.state.readable

    def awaits(self, uid: str) -> bool:
        """Whether it is to be read for the sake of this UID, or what that showed of it was not looked at yet."""
        return uid in self._taken.left or self.reader.awaits(uid)

    def restless_from(self, now: datetime) -> datetime | None:
        """From when on a reading may change something though the calendar does not; None where it cannot.

        It may be the second look for what vanished, or a problem that lasts.
        """
        if self._held.missing:
            return now
        since = self._held.state.problem_since
        return since + _PATIENCE if since and not self._held.said else None

    @property
    def behind(self) -> bool:
        """Whether something is left for the next turn, to read or of what came."""
        return self.reader.busy or self.left

    @property
    def left(self) -> bool:
        """Whether something is left of what came."""
        return bool(self._held.left)

    def want(self, due: frozenset[str] = frozenset(), *, every: bool = False) -> None:
        """It is to be read, for the sake of those of these UIDs that stand in it, or of `every` one."""
        own = due & (self._held.known | {key.uid for key in self._held.tracked}) if due else due
        self.reader.want(own, every=every)

    def fetch(self, now: datetime, moment: float, over: Over = never) -> Fetched:
        """Read the calendar, until the turn is `over` (see `Reader.read`); nothing is changed by it yet."""
        reading = self.reader.read(_window(now), self._held.known, now, moment, over)
        if not isinstance(reading, Reading):
            return reading
        self._untold += tuple(text for text in reading.warnings if text not in self._warned)
        remembered = self._warned if len(self._warned) < _WARNED else frozenset[str]()
        self._warned = remembered | set(reading.warnings)
        if reading.events is not None:
            self._shown = {event.key: event for event in reading.events}
            self._sums, self._news = {key: hash(event) for key, event in self._shown.items()}, True
            self._held = self._held._replace(rest={})
        return reading

    def take(self, record: Record, fetched: Fetched, now: datetime, over: Over = never) -> bool:
        """Put into the record what is new, until the turn is `over`; whether anything was.

        It counts as taken when it was `kept`.
        """
        held = self._held
        if isinstance(fetched, SourceProblem):
            return self._failed(record, fetched, now)
        self._read = min(self.reader.at or now, now) if fetched or self._read is None else self._read
        if fetched is None:
            return bool(held.left) and self._sift(record, now, held.state, self._read, over)
        if not self._sums:
            # A calendar that is suddenly empty is a broken export, and changes nothing.
            state = held.state._replace(last_read=now, readable=False, problem="", problem_since=None)
            self._keep(record, held._replace(state=state, seen={}, rest={}, missing=False, left=frozenset()))
            return False
        if not self._news and held.state.readable and not held.missing and not held.left:
            self._keep(record, held._replace(state=held.state._replace(last_read=now, complete=now)))
            return False
        record.forget_notice(_about(self.name), Kind.PROBLEM)
        state = CalendarState(self.name, held.state.kind, now, held.state.complete, readable=True)
        return self._sift(record, now, state, self._read, over)

    def look_up(self, record: Record) -> None:
        """Somebody else wrote into the record: what it has of the calendar may be another thing now."""
        tracked = record.tracked(self.name)
        self._held = self._held._replace(tracked=tracked, known=_uids(tracked))

    def dropped(self) -> None:
        """What was taken and is not in the record is to be taken again."""
        self._taken = self._held
        self.reader.dropped()

    def kept(self) -> None:
        """What was taken is in the record for good."""
        self._held = self._taken
        self.reader.kept()
        self._shown, self._news = self._held.rest, False

    def warned(self) -> tuple[str, ...]:
        """What could not be used of the calendar and was not told yet; each once."""
        told, self._untold = self._untold, ()
        return told

    def _keep(self, record: Record, held: Held) -> None:
        """Keep also when it was last read, so that a restart can date what vanished meanwhile."""
        if held.state != self._held.state:
            record.save_calendar(held.state)
        self._taken = held

    def _sift(self, record: Record, now: datetime, state: CalendarState, read: datetime, over: Over) -> bool:
        """Look through what was shown at the moment `read`. It counts as complete when nothing is left of it."""
        held = self._held
        shown = Shown(self._shown, self._sums, held.seen, read, held.state.complete)
        with self._rules.judge.of_many(record) as judge:
            keeper = Keeper(replace(self._rules, judge=judge), record, now)
            found = Sieve(self.name, keeper, self._recognise, shown, dict(held.tracked)).sift(_window(now), over)
        state = state if found.left else state._replace(complete=read)
        missing = found.crowded or any(item.missing_since for item in found.tracked.values())
        tracked, known = found.tracked, _uids(found.tracked)
        self._keep(record, Held(state, tracked, known, found.seen, found.rest, missing, left=found.left))
        return self._tell_of_crowd(record, now, crowded=found.crowded) or found.changed

    def _tell_of_crowd(self, record: Record, now: datetime, *, crowded: bool) -> bool:
        """Say once that there are more interviews than anybody has; whether it was said now."""
        about = f"crowd:{self.name}"
        if not crowded:
            record.forget_notice(about, Kind.PROBLEM)
        return crowded and record.say(about, Kind.PROBLEM, crowd(self.name), now) is not None

    def _failed(self, record: Record, trouble: SourceProblem, now: datetime) -> bool:
        """Nothing is changed by a failed read; after a while it is said, once."""
        held = self._held
        since = held.state.problem_since or now
        state = held.state._replace(problem=str(trouble), problem_since=since, readable=False)
        said = not held.said and (now - since >= _PATIENCE or trouble.lasting)
        # What came before and is not in the record yet, as a disk was full, is still to be looked through.
        left = held.left | {key.uid for key in self._sums if self._news}
        self._keep(record, held._replace(state=state, said=held.said or said, rest=self._shown, left=left))
        return said and bool(record.say(_about(self.name), Kind.PROBLEM, problem(self.name, str(trouble)), now))


def _uids(tracked: Mapping[EventKey, Tracked]) -> frozenset[str]:
    return frozenset(item.series or item.key.uid for item in tracked.values())


def _about(name: str) -> str:
    return f"calendar:{name}"


def _window(now: datetime) -> Window:
    """Whole days, so that it is the same all day long."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Window(today - _BEHIND, today + _AHEAD)
