"""Whether levels are those of speech: a pure rule over ten seconds of peaks, ten a second.

Levels are in dB of full scale, and silence is -120.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, pstdev

RATE = 10
"""Levels a second."""
WINDOW = 10 * RATE
"""So many levels are judged together."""
SILENCE = -120.0

_AUDIBLE = -50.0
_BREATH = 3 * RATE
"""A pause this long parts what is said from what was heard before it."""


def is_speech(levels: Sequence[float]) -> bool:
    """Whether somebody speaks in these levels."""
    heard = [level for level in levels if level > _AUDIBLE]
    if len(heard) < 4 * RATE or len(heard) < 0.4 * len(levels):
        return False
    return pstdev(heard) >= 3 and fmean(abs(one - other) for one, other in pairwise(heard)) >= 2


def audible(level: float) -> bool:
    """Whether there is anything to be heard."""
    return level > _AUDIBLE


def onset(levels: Sequence[float]) -> int:
    """The place at which what is heard at the end of these levels began."""
    first = len(levels) - 1
    for place in range(len(levels) - 1, -1, -1):
        if audible(levels[place]):
            first = place
        elif first - place > _BREATH:
            break
    return first
