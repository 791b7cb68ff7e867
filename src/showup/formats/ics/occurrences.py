"""A calendar's occurrences in a stretch of time, in two looks at its bytes and without holding all of it."""

import re
from collections import defaultdict
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from showup.core.event import Event, EventKey
from showup.core.problem import Problem
from showup.formats.ics.lines import only
from showup.formats.ics.prefilter import Days, uid
from showup.formats.ics.scan import Block, Source
from showup.formats.ics.series import Budget, Span, expand
from showup.formats.ics.survey import Survey
from showup.formats.ics.vevent import NAMES, Calendar, UnreadableError, Vevent, unusable, vevent
from showup.formats.ics.zones import Unknown

EVENT_LIMIT = 15_000
"""VEVENTs that are read: more take longer than two seconds."""
DATE_LIMIT = 50_000
"""Dates that series name one by one, to add them or to take them out: the same."""
TEXT_LIMIT = 50_000_000
"""Bytes that these take in memory as texts: four times as many as in the file where one odd letter is in them."""
REPEATED_LIMIT = 20_000
REPEATED_MOST = 100_000
"""Repetitions that are told: so many, or as many as the calendar has events, but never more than the most."""
WARNING_LIMIT = 20
_LARGE = 5_000
_PACE = 250
"""VEVENTs that are read between two pauses."""
_FIRST = datetime.min.replace(tzinfo=UTC)
_WIDE = re.compile(rb"[\xf0-\xff]")
"""A letter beyond the first 65,536, in UTF-8."""
_FEWER = "Choose a calendar that holds your appointments only."


@dataclass(frozen=True, slots=True)
class Parsed:
    """Events in the order of their starts, those without one first; and what could not be used, once each."""

    events: tuple[Event, ...]
    warnings: tuple[str, ...] = ()


Steps = Generator[None, None, Parsed]
"""What is worked out with pauses: it yields where one may pause, some hundredths of a second from the last time."""


def occurrences(source: Source, start: datetime, end: datetime, known: frozenset[str], zone: str | None) -> Parsed:
    """Return every occurrence that meets the stretch from `start` to `end` (aware; `end` exclusive).

    Of the UIDs in `known` it returns single events wherever they are, and of series the occurrences in the stretch
    and those that were changed one by one. `zone` is the IANA name for times that name no zone, where the calendar
    has no X-WR-TIMEZONE; None if it is not known.

    Raises:
        Problem: it is no calendar, empty, cut off, or holds too much; or reading the source raised it.
    """
    under_way = steps(source, start, end, known, zone)
    while True:
        try:
            next(under_way)
        except StopIteration as done:
            found: Parsed = done.value
            return found


def steps(source: Source, start: datetime, end: datetime, known: frozenset[str], zone: str | None) -> Steps:
    """Do the same with pauses."""
    search, survey = _Search(start, end, known), Survey(zone)
    yield from survey.through(source, search.look)
    for found in survey.events(source):
        if found is None:
            yield
        else:
            search.gather(*found)
    return (yield from search.result())


class _Search:
    """First all UIDs of which one part may meet the window, then all parts of those UIDs: versions need each other."""

    def __init__(self, start: datetime, end: datetime, known: frozenset[str]) -> None:
        self._start, self._end, self._known = start, end, known
        self._days = Days.around(start, end)
        self._wanted: set[str] = set(known)
        self._groups: defaultdict[str, list[tuple[Calendar, Block]]] = defaultdict(list)
        self._events_there = self._gathered = self._size = 0
        self._budget = Budget()
        self._repeated = self._dates = 0
        self._events: list[Event] = []
        self._lost: dict[EventKey, Event] = {}
        self._warnings: dict[str, None] = {}

    def look(self, block: Block) -> None:
        """Note the UID of an event that may meet the window."""
        self._events_there += 1
        if self._days.may_meet(block.text):
            self._wanted.add(uid(block.text))

    def gather(self, calendar: Calendar, block: Block) -> None:
        """Keep an event whose UID is wanted."""
        name = uid(block.text)
        if name in self._wanted:
            if len(block.text) > _LARGE:  # most of it is a file attached to it
                block = block._replace(text=only(block.text, NAMES))
            self._groups[name].append((calendar, block))
            self._gathered += 1
            self._size += _room(block.text)
            if self._gathered > EVENT_LIMIT:
                raise _too_many(EVENT_LIMIT)
            if self._size > TEXT_LIMIT:
                raise Problem("The calendar has more than 50 MB of events in the time looked at.", _FEWER)

    def result(self) -> Steps:
        """Read and expand what was gathered."""
        done = 0
        for name in list(self._groups):
            versions = list[Vevent]()
            parts = self._groups.pop(name)
            for calendar, block in parts:
                versions += self._read(calendar, block)
                done += 1
                if done % _PACE == 0:
                    yield
            if versions:
                self._group(name, versions, parts[0][0])
        shown = {event.key for event in self._events if event.key in self._lost}
        self._events += (event for key, event in self._lost.items() if key not in shown)
        self._events.sort(key=_order)
        return Parsed(tuple(self._events), _bounded(list(self._warnings)))

    def _group(self, name: str, versions: Sequence[Vevent], calendar: Calendar) -> None:
        self._dates += sum(len(version.rdates) + len(version.exdates) for version in versions)
        if self._dates > DATE_LIMIT:
            raise Problem(f"The calendar's series name more than {DATE_LIMIT:,} dates one by one.", _FEWER)
        floating = calendar.zones.floating
        local = UTC if isinstance(floating, Unknown) else floating
        span = Span(self._start.astimezone(local), self._end.astimezone(local))
        try:
            expanded = expand(versions, span, self._budget, known=name in self._known)
        except Exception as problem:  # noqa: BLE001 - hostile text can make the library fail in ways nobody can list
            why = f"its repetitions cannot be worked out ({type(problem).__name__})"
            self._drop(versions[0].event, unusable(versions[0].event, why))
            return
        self._events += expanded.events
        self._repeated += max(len(expanded.events) - len(versions), 0)
        limit = min(max(REPEATED_LIMIT, self._events_there), REPEATED_MOST)
        if self._repeated > limit:
            raise _too_many(limit)
        self._warn(*expanded.warnings)
        self._warn(*(warning for event in expanded.events for warning in event.warnings))

    def _read(self, calendar: Calendar, block: Block) -> Sequence[Vevent]:
        try:
            return (vevent(block, calendar),)
        except UnreadableError as problem:
            self._drop(problem.event, problem.sentence)
            return ()

    def _drop(self, event: Event, sentence: str) -> None:
        """Name an event that cannot be used. One that is known stays, without a time: it is there, after all."""
        self._warn(sentence)
        if event.key.uid in self._known:
            self._lost[event.key] = event

    def _warn(self, *sentences: str) -> None:
        self._warnings.update(dict.fromkeys(sentences))


def merged(parts: Iterable[Parsed], warnings: Iterable[str] = ()) -> Parsed:
    """Put several files together: of equal keys the highest SEQUENCE, then LAST-MODIFIED; the first of equal ones."""
    found: dict[EventKey, Event] = {}
    named = dict.fromkeys(warnings)
    for part in parts:
        named.update(dict.fromkeys(part.warnings))
        for event in part.events:
            other = found.get(event.key)
            if other is None or _version(event) > _version(other):
                found[event.key] = event
    return Parsed(tuple(sorted(found.values(), key=_order)), _bounded(list(named)))


def _version(event: Event) -> tuple[int, float]:
    return event.sequence, event.updated.timestamp() if event.updated else 0


def _room(text: bytes) -> int:
    """Python gives each letter of a text as much room as the widest of them needs (PEP 393)."""
    if text.isascii():
        return len(text)
    return len(text) * (4 if _WIDE.search(text) else 2)


def _too_many(limit: int) -> Problem:
    return Problem(f"The calendar has more than {limit:,} events in the time looked at.", _FEWER)


def _order(event: Event) -> datetime:
    """Return what sorts events: those without a start, then by it; else they stay as they stood in the calendar."""
    return event.start or _FIRST


def _bounded(warnings: Sequence[str]) -> tuple[str, ...]:
    """Return the first 20, and how many more there are."""
    more = len(warnings) - WARNING_LIMIT
    return (*warnings[:WARNING_LIMIT], f"There are {more:,} more warnings.") if more > 0 else tuple(warnings)
