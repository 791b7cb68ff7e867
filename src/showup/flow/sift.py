"""Sift: what a reading showed is looked through, the nearest first: an occurrence is new, changed or gone."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from showup.core.appointment import planned
from showup.core.change import SECOND_LOOK, State, Tracked, compare, state_of
from showup.core.event import Event, EventKey
from showup.core.forgotten import mark
from showup.core.recognition.result import Decision, Memory, Recognition
from showup.core.spans import Span
from showup.flow.keep import Keeper
from showup.flow.questions import Questions
from showup.flow.turn import Over, until
from showup.ports import Window

_HISTORY = timedelta(days=1)
"""An event first seen so long after its end is history, and nothing of ours."""
DAY_LIMIT, AHEAD_LIMIT, EVER_LIMIT = 1_000, 3_000, 10_000
"""Interviews of one calendar that are watched: of one day (UTC), of all that is to come, and ever.

Nobody has as many. Strangers may send invitations without end, and all of them cost time and room.
"""

_AT_HAND = 1_000
"""Of those that wait for room, so many are kept; the others come again when the calendar is read again."""

Recognise = Callable[[Event, Memory], Recognition]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a complete reading showed at the moment `at`; `before` is when the one before it was complete, if any was.

    `sums` are those of all events that it showed, and `seen` of those that were looked through already. Of these the
    event itself need not be among `events`: texts of strangers take room.
    """

    events: Mapping[EventKey, Event]
    sums: Mapping[EventKey, int]
    seen: Mapping[EventKey, int]
    at: datetime
    before: datetime | None


@dataclass(frozen=True, slots=True)
class Sifted:
    """What came of it: how occurrences are tracked now, the sums of the events that were looked through, and the rest.

    `left` are the UIDs of what was not looked at, as the turn was over before; `crowded` tells that there are more
    interviews than anybody has.
    """

    tracked: Mapping[EventKey, Tracked]
    seen: Mapping[EventKey, int]
    rest: Mapping[EventKey, Event]
    changed: bool
    left: frozenset[str]
    crowded: bool


class _Matter(NamedTuple):
    """An occurrence to be looked at: how it is tracked (None for a new one), and as it is shown (None if it is not)."""

    was: Tracked | None
    event: Event | None

    @property
    def uid(self) -> str:
        """The UID of the one that it was, or is."""
        return next(one.key.uid for one in (self.was, self.event) if one)

    def away(self, now: datetime) -> timedelta:
        """How far from now it is, or was: what is near comes first, however much comes with it."""
        starts = (one.start for one in (self.was, self.event) if one and one.start)
        return min((abs(start - now) for start in starts), default=timedelta.max)


@dataclass
class Sieve:
    """One calendar, looked through within one transaction."""

    calendar: str
    keeper: Keeper
    recognise: Recognise
    shown: Shown
    tracked: dict[EventKey, Tracked]
    """The occurrences that this calendar is known to have; what becomes of them is kept here, too."""
    _memory: Memory = field(init=False)
    _foreign: frozenset[EventKey] = field(init=False)
    _questions: Questions = field(init=False)
    _waiting: list[Event] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        record = self.keeper.record
        self._memory, self._foreign = record.memory(), record.foreign(self.calendar)
        self._questions = Questions(record, self.keeper.now, self.shown.sums.keys(), self.shown.seen.keys())

    @cached_property
    def _rooms(self) -> "_Rooms":
        return _Rooms(self.tracked, self.keeper.now)

    def sift(self, window: Window, over: Over) -> Sifted:
        """Look through what is not as it was, until the turn is `over`: at one occurrence at least."""
        now, looked = self.keeper.now, list[bool]()
        matters = sorted(self._matters(window), key=lambda one: one.away(now))
        for matter in until(over, matters):
            looked.append(self._look(matter))
        left = matters[len(looked) :]
        self.keeper.finish()
        later = {one.event.key: one.event for one in left if one.event}
        rest = later | {event.key: event for event in self._waiting[:_AT_HAND]}
        seen = self._seen(later.keys() | {event.key for event in self._waiting})
        undone = frozenset(one.uid for one in left)
        return Sifted(self.tracked, seen, rest, any(looked), undone, bool(self._waiting))

    def _seen(self, undone: AbstractSet[EventKey]) -> Mapping[EventKey, int]:
        """The sums of what was looked through now or before: what is shown again as it was is no news."""
        now = {key: self.shown.sums[key] for key in self.shown.events if key not in undone}
        keys = self.shown.sums.keys() - undone
        return {key: known for key, known in self.shown.seen.items() if key in keys} | now

    def _matters(self, window: Window) -> Iterator[_Matter]:
        keys, events = self.shown.sums.keys(), self.shown.events
        whole = {key.uid for key in keys if not key.recurrence_id}
        for key, item in self.tracked.items():
            if key.recurrence_id and key.uid in whole:
                continue  # the series could not be followed this time, which says nothing of its occurrences
            if key not in keys and window.start <= item.start < window.end and self._misses(item):
                yield _Matter(item, None)
        for key, event in events.items():
            item_or_none = self.tracked.get(key)
            if self._fresh(key) or (item_or_none and item_or_none.missing_since):
                yield _Matter(item_or_none, event)

    def _fresh(self, key: EventKey) -> bool:
        return self.shown.seen.get(key) != self.shown.sums[key]

    def _misses(self, item: Tracked) -> bool:
        """Whether it is news that it is not shown. A second complete reading, a minute later, must confirm it."""
        known = item.state in {State.CANCELLED, State.GONE}
        return not known and (item.missing_since is None or self.shown.at - item.missing_since >= SECOND_LOOK)

    def _look(self, matter: _Matter) -> bool:
        """Look at one; whether anything was new."""
        was, event = matter.was, matter.event
        if event is None:
            return was is not None and self._absent(was)
        if was is None:
            return event.key not in self._foreign and self._new(event)
        if was.missing_since:
            was = self._track(self.keeper.change(was, event, ()))
        return self._fresh(event.key) and self._known(was, event)

    def _new(self, event: Event) -> bool:
        ended, now = event.end or event.start, self.keeper.now
        if mark(event.key.uid) in self._memory.interviews:
            return False  # the person had it forgotten
        if ended and ended < (now if self.shown.before is None else now - _HISTORY):
            return False
        if not self._room(event):
            self._waiting.append(event)
            return False
        found = self.recognise(event, self._memory)
        if found.decision is Decision.NO:
            return False
        if event.start is None:
            return self._questions.ask(event)
        self._questions.settle(event.key.uid)
        self._rooms.add(self._track(self.keeper.begin(self.calendar, event, event.start, found)))
        return True

    def _room(self, event: Event) -> bool:
        if event.start is None:
            return self._questions.room
        return self._rooms.room(planned(event.start, event.end))

    def _known(self, was: Tracked, event: Event) -> bool:
        owner, now = self.keeper.rules.owner, self.keeper.now
        if event.start is None and state_of(event, owner) is State.STANDING:
            return False  # a time that cannot be read says nothing of the one that was known
        changes = compare(was, event, owner, now)
        if changes or event.updated != was.updated:
            was = self._track(self.keeper.change(was, event, changes))
        if event.start is not None and was.state is not State.CANCELLED:
            self.keeper.renew(was, event, self.recognise(event, self._memory))
        return True

    def _absent(self, was: Tracked) -> bool:
        if was.missing_since is None:
            self._track(self.keeper.missed(was, self.shown.before))
            return False
        self._track(self.keeper.gone(was))
        return True

    def _track(self, tracked: Tracked) -> Tracked:
        self.tracked[tracked.key] = tracked
        return tracked


class _Rooms:
    """How many interviews of a calendar there are on each day, and how many of them stand and are not over."""

    def __init__(self, tracked: Mapping[EventKey, Tracked], now: datetime) -> None:
        self._now, self._days, self._ahead = now, Counter[date](), Counter[date]()
        for one in tracked.values():
            self.add(one)

    def add(self, one: Tracked) -> None:
        """One more."""
        self._days[one.start.astimezone(UTC).date()] += 1
        stands = one.state in {State.STANDING, State.DECLINED}
        if stands and planned(one.start, one.end).end > self._now:
            self._ahead[one.start.astimezone(UTC).date()] += 1

    def room(self, span: Span) -> bool:
        """Whether one more may be planned for then. One that is over takes no place of those to come."""
        days = self._ahead if span.end > self._now else self._days
        full = days[span.start.astimezone(UTC).date()] >= DAY_LIMIT or self._ahead.total() >= AHEAD_LIMIT
        return not full and self._days.total() < EVER_LIMIT
