"""A detector for showup: a file that says who is there, one word a line, `you` or `they`."""

from pathlib import Path
from typing import TYPE_CHECKING

from showup.core.appointment import Appointment
from showup.core.evidence import Covered, Evidence, Sign, Source
from showup.core.problem import Problem
from showup.core.spans import Span
from showup.detectors.needs import Needs
from showup.ports import Clock, Findings, Sighting, Watched

if TYPE_CHECKING:
    from datetime import datetime

SIGNS = {"you": (Sign.YOU_IN, Sign.YOU_OUT), "they": (Sign.THEY_IN, Sign.THEY_OUT)}
LARGEST = 1_000


def make(needs: Needs) -> "Whiteboard":
    """What the entry point names.

    Raises:
        Problem: the settings name no file.
    """
    file = needs.options.get("file")
    if not isinstance(file, str):
        raise Problem("The whiteboard has no file.", 'Write file = "…" below [detectors.whiteboard].')
    return Whiteboard(needs.clock, Path(file))


class Whiteboard:
    """Looks at the file whenever it is asked, which is more often than each half minute."""

    source = Source.MEET

    def __init__(self, clock: Clock, file: Path) -> None:
        self._clock, self._file = clock, file
        self._number: int | None = None
        self._since: datetime | None = None
        self._there: set[str] = set()

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        """A file tells of one meeting: with two at a time nobody knows of which."""
        number = appointments[0].id if len(appointments) == 1 else None
        if number != self._number:
            self._number = number
            self.restart()

    def restart(self) -> None:
        """Who is there is told anew."""
        self._since, self._there = None, set()

    def drain(self) -> Findings:
        """What has changed since the last look; nothing, and no coverage, where the file cannot be read."""
        now = self._clock.now()
        there = self._read() if self._number is not None else None
        if there is None:
            self.restart()
            return Findings()
        changed = sorted(there ^ self._there)
        sightings = [
            Sighting(Evidence(now, Source.MEET, SIGNS[who][who not in there], now), self._number) for who in changed
        ]
        watched = [Watched(Covered(Span(self._since or now, now), Source.MEET), self._number)] if "you" in there else []
        self._since, self._there = now, there
        return Findings(tuple(sightings), tuple(watched))

    def close(self) -> None:
        """Nothing is held open."""
        self._number = None

    def _read(self) -> set[str] | None:
        try:
            with self._file.open(encoding="utf-8", errors="replace") as opened:
                return set(opened.read(LARGEST).split()) & set(SIGNS)
        except OSError:
            return None
