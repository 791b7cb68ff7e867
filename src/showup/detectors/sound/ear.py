"""Listens to levels as they come, and says when they begin and cease to be those of somebody who speaks."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from showup.core.evidence import Sign
from showup.detectors.sound.speech import RATE, SILENCE, WINDOW, Look, audible, look, onset, repeats

_STEP = timedelta(seconds=1) / RATE
_KEPT = 2 * WINDOW
_SURE = 4
"""It must look like speech so often in a row; there are two looks a second."""
_HEARD_OUT = timedelta(seconds=25)
"""A voice is listened to for so much longer: an announcement takes up to fifteen, and then ten of music must follow."""
_REMEMBERED = 80
"""Looks, of forty seconds: such a line speaks each half minute or so."""
_ENOUGH = 8
"""So often in all it must look like speech."""
_AMID = 30
"""Where so many of the looks before a voice show other sounds, it may be the voice of a line on which one waits."""
_ENOUGH_AMID = 40
"""Then it must look like speech this often: longer than any announcement takes."""
_MOSTLY = 1.5
"""Somebody who speaks looks like speech so much more often than like anything else."""
_LATEST = timedelta(seconds=2.5)
"""PulseAudio lets a program ask for 2 s of delay, and then hands over the levels of 2 s at once."""
_QUIET = timedelta(seconds=20)
"""They count as speaking until they have been silent for so long; only their first word matters to the verdicts."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """A voice that is heard out: when it began, when it was noticed, and how often it must look like speech."""

    begun: datetime
    noticed: datetime
    enough: int


class Ear:
    """Levels in dB with their times (aware UTC) in; signs with theirs out. It keeps the last twenty seconds.

    `unsure` tells that there is a voice, but among so much else that it may be a recorded one.
    """

    def __init__(self) -> None:
        self.unsure = False
        self._levels = deque[float](maxlen=_KEPT)
        self._last: datetime | None = None
        """When the last level was; each one before it was a tenth of a second earlier."""
        self._flowing = False
        self._next_look = 0
        self._looks = deque[Look](maxlen=_REMEMBERED)
        self._voice: _Voice | None = None
        self._spoke: datetime | None = None
        self._told = self._loops = False

    def hear(self, at: datetime, level: float) -> tuple[Sign, datetime] | None:
        """One level of a stream that came in at this time. A server may hand over many at once, and late.

        So a level follows the one before it, and where they would run ahead of the clock, the first ones came late.
        """
        if not self._last or not self._flowing or at - self._last > _LATEST:
            self.quiet(at - _STEP)
            self._flowing, self._last = True, at - _STEP
        return self._add(min(self._last + _STEP, at), level)

    def quiet(self, at: datetime) -> tuple[Sign, datetime] | None:
        """Nothing was to be heard up to this time."""
        self._flowing, told = False, None
        missing = int((at - self._last) / _STEP) if self._last else 1
        for place in range(min(missing, _KEPT) - 1, -1, -1):
            told = self._add(at - place * _STEP, SILENCE) or told
        return told

    def _add(self, at: datetime, level: float) -> tuple[Sign, datetime] | None:
        self._last = at
        self._levels.append(level)
        self._next_look -= 1
        if self._next_look > 0:
            return None
        self._next_look = RATE // 2
        return self._look(at)

    def _look(self, at: datetime) -> tuple[Sign, datetime] | None:
        levels = list(self._levels)
        begun = at - (len(levels) - 1) * _STEP
        self._looks.append(look(levels[-WINDOW:]) if len(levels) > 1 else Look.NOTHING)
        if self._speaks():
            last = max((place for place, level in enumerate(levels) if audible(level)), default=0)
            self._spoke = begun + last * _STEP
            self._voice = self._voice or _Voice(begun + onset(levels) * _STEP, at, self._enough())
            self._loops = self._loops or (not self._told and repeats(levels))
        return self._ceased(at) if self._told else self._heard_out(at)

    def _speaks(self) -> bool:
        return len(self._looks) >= _SURE and all(self._looks[-place] is Look.SPEECH for place in range(1, _SURE + 1))

    def _enough(self) -> int:
        """Of one that is noticed now."""
        other = self._looks.count(Look.OTHER) + self._looks.count(Look.SOUND)
        return _ENOUGH_AMID if other >= _AMID else _ENOUGH

    def _heard_out(self, at: datetime) -> tuple[Sign, datetime] | None:
        """Whether it was somebody, once that can be told."""
        if not self._voice or Look.SPEECH not in self._looks:
            self._voice, self.unsure, self._loops = None, False, False
        elif at - self._voice.noticed >= _HEARD_OUT:
            begun = at if self.unsure else self._voice.begun
            self._told = self._is_somebody(_ENOUGH_AMID if self.unsure else self._voice.enough)
            self.unsure = not self._told
            return (Sign.THEY_IN, begun) if self._told else None
        return None

    def _is_somebody(self, enough: int) -> bool:
        """Not a few words among other sounds, and no loop."""
        speech, other = self._looks.count(Look.SPEECH), self._looks.count(Look.OTHER)
        speaks = self._speaks() or not self.unsure
        return speaks and not self._loops and speech >= max(enough, _MOSTLY * other)

    def _ceased(self, at: datetime) -> tuple[Sign, datetime] | None:
        """Whether they have been silent for long."""
        if self._spoke is None or at - self._spoke <= _QUIET:
            return None
        self._told, self._voice = False, None
        return (Sign.THEY_OUT, self._spoke)
