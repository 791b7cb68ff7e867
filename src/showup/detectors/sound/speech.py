"""Whether levels are those of speech: a pure rule over ten seconds of peaks, ten a second.

Levels are in dB of full scale, and silence is -120. Where the figures come from, and how well they do, stands in
docs/sound.md; tests/sounds holds the sounds that they were found with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from math import dist, sqrt
from operator import mul
from statistics import fmean

RATE = 10
"""Levels a second."""
WINDOW = 10 * RATE
"""So many levels are judged together."""
SILENCE = -120.0

_AUDIBLE = -55.0
_SHORTEST = 4 * RATE
"""So much must be heard before anything is said of it."""
_LASTING = WINDOW - 6
"""So much of what is no speech is music, or the like: who speaks makes pauses."""
_DEPTH, _LOWEST = 35.0, -60.0
"""What lies further than this below the loudest, or below the lowest, is as good as silence."""
_HEARD = 0.15
"""Of the depth: what rises above it belongs to the voice."""
_MOVING = 2.0
"""dB of spread; less has what is always there."""
_STEP = 1.0
"""dB; less is no rise and no fall."""
_LAGS = range(2, 4 * RATE)
"""Beats between 0.3 and 4 seconds apart are looked for."""
_LOOPS = range(15, WINDOW + 1)
"""A loop comes again after 1.5 to 10 seconds, and no two sentences are that much alike."""
_EXACT = 0.95
_BREATH = 3 * RATE
"""A pause this long parts what is said from what was heard before it."""


class Look(Enum):
    """What ten seconds show."""

    NOTHING = auto()
    """Silence, and whatever does not move, such as the noise of a room."""
    SOUND = auto()
    """What moves and makes pauses; it may be a voice as well."""
    OTHER = auto()
    """What moves and lasts: music, or the like."""
    SPEECH = auto()


@dataclass(frozen=True, slots=True)
class Shape:
    """What tells speech from other sounds at ten levels a second."""

    spread: float
    """dB, of what is heard: tones and noises are steady."""
    change: float
    """dB from one level to the next, on average: pads, melodies and orchestras glide."""
    skew: float
    """Of the changes: what is struck or plucked jumps up and dies away slowly; a voice rises nearly as it falls."""
    rising: float
    """Of all changes, how many go up: the same."""
    rough: float
    """dB by which one fall differs from the next: what dies away by itself does so evenly."""
    beat: float
    """How much it repeats itself, 0..1: music has a beat, a ring tone a cadence."""
    flow: float
    """How much a level is like the one before, -1..1: keys and drums are not."""
    run: float
    """Tenths of a second that are heard in one go, on average: keys and clicks are shorter than words."""

    @property
    def speech(self) -> bool:
        """Whether it is speech; it must look so in every way, as a false "they are there" is the worse mistake."""
        voiced = self.spread >= 3 and self.change >= 2.5 and self.rough >= 2.3
        struck = self.skew > 1 or self.rising < 0.37
        return voiced and not struck and self.beat <= 0.7 and self.flow >= 0.35 and self.run >= 5


def look(levels: Sequence[float]) -> Look:
    """What is in these levels, of which there must be at least two."""
    heard = sum(level > _AUDIBLE for level in levels)
    if heard < _SHORTEST:
        return Look.NOTHING
    found = shape(levels)
    if found.speech:
        return Look.SPEECH
    if found.spread < _MOVING:
        return Look.NOTHING
    return Look.OTHER if heard >= _LASTING else Look.SOUND


def audible(level: float) -> bool:
    """Whether there is anything to be heard."""
    return level > _AUDIBLE


def shape(levels: Sequence[float]) -> Shape:
    """Measure the levels, of which there must be at least two."""
    floor, depth = _floor(levels)
    heights = [max(level - floor, 0.0) for level in levels]
    heard = [height > depth * _HEARD for height in heights]
    changes = [after - before for before, after in pairwise(heights)]
    both = [abs(change) for change, *ends in zip(changes, heard, heard[1:], strict=False) if all(ends)]
    ups, downs = sum(change > _STEP for change in changes), sum(change < -_STEP for change in changes)
    alike = _alike(heights)
    return Shape(
        spread=_spread([height for height, one in zip(heights, heard, strict=True) if one] or [0.0]),
        change=fmean(both or [0.0]),
        skew=_skew(changes),
        rising=ups / max(1, ups + downs),
        rough=_rough(changes),
        beat=max((alike[lag] for lag in _LAGS if alike[lag - 1] < alike[lag] >= alike[lag + 1]), default=0.0),
        flow=alike[0],
        run=_run(heard),
    )


def repeats(levels: Sequence[float]) -> bool:
    """Whether what is heard comes again and again, exactly: a recording that runs in a loop, a ring tone."""
    floor, _depth = _floor(levels)
    heights = [max(level - floor, 0.0) for level in levels]
    near = 2 * (1 - _EXACT) * _spread(heights) ** 2  # as many dB² apart as two stretches that are that much alike
    lags = (lag for lag in _LOOPS if 2 * lag <= len(heights))
    return any(dist(heights[:-lag], heights[lag:]) ** 2 < near * (len(heights) - lag) for lag in lags)


def onset(levels: Sequence[float]) -> int:
    """The place at which what is heard at the end of these levels began; it may lie before the last ten seconds."""
    floor, depth = _floor(levels[-WINDOW:])
    first = len(levels) - 1
    for place in range(len(levels) - 1, -1, -1):
        if levels[place] > floor + depth * _HEARD:
            first = place
        elif first - place > _BREATH:
            break
    return first


def _floor(levels: Sequence[float]) -> tuple[float, float]:
    """What is as good as silence beside the loudest (but for a twentieth), and how far that is below."""
    top = sorted(levels)[int(0.95 * (len(levels) - 1))]
    floor = max(_LOWEST, top - _DEPTH)
    return floor, max(top - floor, 0.0)


def _spread(heights: Sequence[float]) -> float:
    """The standard deviation; `statistics.pstdev` gives the same with exact fractions, ten times slower."""
    middle = fmean(heights)
    return sqrt(fmean([(height - middle) ** 2 for height in heights]))


def _skew(changes: Sequence[float]) -> float:
    square = fmean([change**2 for change in changes])
    return fmean([change**3 for change in changes]) / square**1.5 if square > 0 else 0.0


def _rough(changes: Sequence[float]) -> float:
    falls = [abs(after - before) for before, after in pairwise(changes) if before < -0.3 and after < -0.3]
    return fmean(falls) if len(falls) > 3 else 0.0


def _alike(heights: Sequence[float]) -> list[float]:
    """How alike the levels are to themselves some tenths of a second later (autocorrelation), for each lag from one."""
    middle, count = fmean(heights), len(heights)
    around = [height - middle for height in heights]
    whole = sum(one * one for one in around) / count
    lags = range(1, _LAGS.stop + 2)
    if whole == 0:
        return [0.0] * len(lags)
    return [sum(map(mul, around, around[lag:])) / max(1, count - lag) / whole for lag in lags]


def _run(heard: Sequence[bool]) -> float:
    """How long, on average, something is heard in one go."""
    begun = sum(after and not before for before, after in pairwise([False, *heard]))
    return sum(heard) / max(1, begun)
