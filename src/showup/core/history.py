"""How an employer's reliability became what it is: one point after each counted appointment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from showup.core.policy import Score
from showup.core.reliability import share

_MOST = 48
"""Points that a chart has room for; of a longer history every so manieth appointment has one."""


@dataclass(frozen=True, slots=True)
class Step:
    """The score on 0..100 with its interval as it was after the appointment that started `at` (aware UTC).

    `n` is how many counted by then, `fault` (0..1) that of this one.
    """

    at: datetime
    n: int
    fault: float
    reliability: float
    low: float
    high: float


def history(faults: Sequence[tuple[datetime, float]], score: Score, most: int = _MOST) -> tuple[Step, ...]:
    """The steps of counted appointments, given by their starts and faults, the oldest first; the last is always there.

    The figures are those of `reliability.reliability` for the appointments up to then.
    """
    every = -(-len(faults) // most) or 1
    steps: list[Step] = []
    missed = 0.0
    for n, (at, fault) in enumerate(faults, 1):
        missed += fault
        if (len(faults) - n) % every == 0:
            steps.append(Step(at, n, fault, *share(n, missed, score)))
    return tuple(steps)


def prior(score: Score) -> tuple[float, float, float]:
    """Reliability, low and high on 0..100 of an employer that nothing is known of."""
    return share(0, 0.0, score)
