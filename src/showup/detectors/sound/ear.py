"""Listens to levels as they come, and says when they begin and cease to be speech."""

from collections import deque
from datetime import datetime, timedelta

from showup.core.evidence import Sign
from showup.detectors.sound.speech import RATE, SILENCE, WINDOW, audible, is_speech, onset

_STEP = timedelta(seconds=1) / RATE
_KEPT = 2 * WINDOW
_SURE = 4
"""It must look like speech so often in a row; there are two looks a second."""
_LATEST = timedelta(seconds=2.5)
"""PulseAudio lets a program ask for 2 s of delay, and then hands over the levels of 2 s at once."""
_QUIET = timedelta(seconds=20)
"""They count as speaking until they have been silent for so long; only their first word matters to the verdicts."""


class Ear:
    """Levels in dB with their times (aware UTC) in; signs with theirs out. It keeps the last twenty seconds."""

    def __init__(self) -> None:
        self._levels = deque[float](maxlen=_KEPT)
        self._last: datetime | None = None
        """When the last level was; each one before it was a tenth of a second earlier."""
        self._flowing = False
        self._next_look = self._looks = 0
        self._heard: datetime | None = None

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
        self._looks = self._looks + 1 if len(levels) > 1 and is_speech(levels[-WINDOW:]) else 0
        if self._looks >= _SURE:
            last = max((place for place, level in enumerate(levels) if audible(level)), default=0)
            new, self._heard = self._heard is None, begun + last * _STEP
            return (Sign.THEY_IN, begun + onset(levels) * _STEP) if new else None
        if self._heard is not None and at - self._heard > _QUIET:
            silent_since, self._heard = self._heard, None
            return (Sign.THEY_OUT, silent_since)
        return None
