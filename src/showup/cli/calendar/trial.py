"""Read a calendar for real, and say how it went."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from showup.core.event import Event, Status
from showup.core.moments import day_and_time
from showup.core.problem import Problem
from showup.core.text import plain
from showup.ports import CalendarSource, Clock, Reading, SourceProblem, Window

if TYPE_CHECKING:
    from showup.config import CalendarSettings, Settings

_BEHIND, _AHEAD = timedelta(days=7), timedelta(days=120)
"""What `showup run` looks at as well."""
_SOON = timedelta(days=14)
_PATIENCE = 100
"""Seconds that a large calendar may take to come."""
_NAMED, _ROOM = 3, 40
"""How many interviews a glimpse names, and the longest name."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How a reading went: `events` are occurrences from a week ago to four months ahead, `interviews` are to come.

    `soon` counts the events of the next fortnight, `named` are its interviews in words, and `invited` says for each
    address to how many events it is invited.
    """

    name: str
    type: str
    seconds: float
    events: int = 0
    interviews: int = 0
    warnings: tuple[str, ...] = ()
    problem: Problem | None = None
    soon: int = 0
    named: tuple[str, ...] = ()
    invited: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    @property
    def glimpse(self) -> str:
        """What the next fortnight holds, by which the person sees whether the right calendar is read."""
        count, told = len(self.named), f"{_count(self.soon, 'event')} in the next fortnight"
        if not count:
            return f"{told}; none looks like an interview."
        more = f" and {count - _NAMED} more" if count > _NAMED else ""
        look = "looks like an interview" if count == 1 else "look like interviews"
        return f"{told}; {count} {look}: {', '.join(self.named[:_NAMED])}{more}."

    @property
    def sentence(self) -> str:
        """What came of it, or what went wrong."""
        if self.problem:
            return str(self.problem)
        took = f"in {self.seconds:.1f} s" if self.seconds >= 1 else "at once"
        return f"{self.counted}; read {took}."

    @property
    def counted(self) -> str:
        """How much was found."""
        return f"{_count(self.events, 'event')}, {_count(self.interviews, 'interview')} coming"

    def view(self) -> dict[str, Any]:
        """The same as JSON."""
        read = self.problem is None
        return {
            "name": self.name,
            "type": self.type,
            "events": self.events if read else None,
            "interviews": self.interviews if read else None,
            "seconds": self.seconds,
            "warnings": list(self.warnings),
            "problem": None if read else str(self.problem),
        }


def attempt(calendar: "CalendarSettings", settings: "Settings") -> Trial:
    """Read a calendar once, as `showup run` would. Nothing is stored."""
    from showup import wiring

    return look(wiring.source(calendar, settings), calendar.type, settings)


def look(source: CalendarSource, kind: str, settings: "Settings") -> Trial:
    """The same for a source at hand."""
    from showup.clock import SystemClock
    from showup.core.recognition.result import Decision, Memory
    from showup.wiring import recogniser, zone

    clock = SystemClock()
    now, begun = clock.now(), clock.monotonic()
    try:
        reading = _patiently(source, Window(now - _BEHIND, now + _AHEAD), clock)
    except Problem as problem:
        return Trial(source.name, kind, clock.monotonic() - begun, problem=problem)
    seconds = clock.monotonic() - begun
    events, recognise = reading.events or (), recogniser(settings)
    ahead = [event for event in events if event.start and event.start > now and event.status is not Status.CANCELLED]
    found = [(event, recognise(event, Memory())) for event in ahead]
    coming = [(event, what) for event, what in found if what.decision is Decision.INTERVIEW]
    return Trial(
        source.name,
        kind,
        seconds,
        len(events),
        len(coming),
        reading.warnings,
        soon=sum(_near(event, now) for event in ahead),
        named=tuple(
            f"{plain(what.employer.name or event.summary, _ROOM)} {day_and_time(event.start, zone())}"
            for event, what in sorted(coming, key=lambda one: one[0].start or now)
            if event.start and _near(event, now)
        ),
        invited=_invited(events),
    )


def _near(event: Event, now: datetime) -> bool:
    return event.start is not None and event.start < now + _SOON


def _invited(events: Sequence[Event]) -> Mapping[str, int]:
    return Counter(address for event in events for address in {one.email for one in event.attendees} - {""})


def _patiently(source: CalendarSource, window: Window, clock: Clock) -> Reading:
    """Read a calendar to its end, also one that takes several goes."""
    end = clock.monotonic() + _PATIENCE
    while (reading := source.read(window, frozenset())).unfinished:
        if clock.monotonic() >= end:
            sentence = f"The calendar “{source.name}” has not come whole in {_PATIENCE} seconds."
            raise SourceProblem(sentence, "Choose one that holds your appointments only.")
    return reading


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
