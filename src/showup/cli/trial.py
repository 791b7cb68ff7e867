"""Read a calendar for real, and say how it went."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from showup.core.event import Status
from showup.core.problem import Problem
from showup.ports import CalendarSource, Reading, Window

if TYPE_CHECKING:
    from showup.config import CalendarSettings, Settings

_BEHIND, _AHEAD = timedelta(days=7), timedelta(days=120)
"""What `showup run` looks at as well."""
_READINGS = 20


@dataclass(frozen=True, slots=True)
class Trial:
    """How a reading went: `events` are occurrences from a week ago to four months ahead, `interviews` are to come."""

    name: str
    type: str
    seconds: float
    events: int = 0
    interviews: int = 0
    warnings: tuple[str, ...] = ()
    problem: Problem | None = None

    @property
    def sentence(self) -> str:
        """What came of it, or what went wrong."""
        if self.problem:
            return str(self.problem)
        counted = f"{_count(self.events, 'event')}, {_count(self.interviews, 'interview')} coming"
        return f"{counted}; read in {self.seconds:.1f} s."

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
    from showup.wiring import recogniser

    clock = SystemClock()
    now, begun = clock.now(), clock.monotonic()
    try:
        reading = _patiently(source, Window(now - _BEHIND, now + _AHEAD))
    except Problem as problem:
        return Trial(source.name, kind, clock.monotonic() - begun, problem=problem)
    seconds = clock.monotonic() - begun
    events, recognise = reading.events or (), recogniser(settings)
    coming = [
        event
        for event in events
        if event.start and event.start > now and event.status is not Status.CANCELLED
        if recognise(event, Memory()).decision is Decision.INTERVIEW
    ]
    return Trial(source.name, kind, seconds, len(events), len(coming), reading.warnings)


def _patiently(source: CalendarSource, window: Window) -> Reading:
    """Read a calendar, also one that is too large for a single reading."""
    from showup.calendars.caldav import UnfinishedProblem

    for _ in range(_READINGS):
        with suppress(UnfinishedProblem):
            return source.read(window, frozenset())
    return source.read(window, frozenset())


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
