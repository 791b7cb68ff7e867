"""How reliable an employer is, with its uncertainty (DESIGN.md, section 4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log

from showup.core.beta import quantile
from showup.core.policy import Score
from showup.core.verdict.result import Outcome, Verdict

_LOW, _HIGH = 0.05, 0.95
_LONGEST_ODDS = 700.0
_FORGIVABLE, _WATCH, _PATTERN = 0.25, 0.5, 0.8
MISS = 0.5
"""A fault of at least this is a miss."""


class Label(StrEnum):
    """What the pattern probability is called."""

    NO_HISTORY = "no history"
    RELIABLE = "reliable"
    FORGIVABLE = "forgivable"
    WATCH = "watch"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class Reliability:
    """An employer's score: `reliability`, `low` and `high` on 0..100, `pattern` on 0..1, and the plain facts.

    `appointments` counts all that are over, `n` those that count; `minutes_waited`, `no_shows` and the rest are over
    the counted ones. `late_median` and `notice_median` are minutes, None where there is nothing to take one of.
    """

    n: int
    reliability: float
    low: float
    high: float
    pattern: float
    label: Label
    appointments: int = 0
    on_time: int = 0
    late: int = 0
    late_median: float | None = None
    no_shows: int = 0
    moved: int = 0
    notice_median: float | None = None
    misses_in_a_row: int = 0
    minutes_waited: float = 0.0


def reliability(verdicts: Sequence[Verdict], score: Score) -> Reliability:
    """Score an employer's verdicts, oldest appointment first."""
    counted = [verdict for verdict in verdicts if verdict.counted]
    faults = [verdict.fault or 0.0 for verdict in counted]
    n, missed = len(faults), sum(faults)
    kept, low, high = share(n, missed, score)
    chance = pattern(n, missed, score)
    over = [verdict for verdict in verdicts if verdict.outcome is not Outcome.PENDING]
    late = [verdict.minutes_late for verdict in counted if verdict.minutes_late is not None]
    moved = [verdict for verdict in over if verdict.outcome in {Outcome.MOVED, Outcome.CANCELLED}]
    return Reliability(
        n=n,
        reliability=kept,
        low=low,
        high=high,
        pattern=chance,
        label=label(n, chance),
        appointments=len(over),
        on_time=_count(counted, Outcome.ON_TIME),
        late=_count(counted, Outcome.LATE),
        late_median=median(late),
        no_shows=_count(counted, Outcome.NO_SHOW),
        moved=len(moved),
        notice_median=_notice(moved),
        misses_in_a_row=run_of_misses(faults),
        minutes_waited=sum(verdict.waited for verdict in counted),
    )


def share(n: int, missed: float, score: Score) -> tuple[float, float, float]:
    """The share that goes as planned, and the ends of its 5–95 % interval, on 0..100 (DESIGN.md, section 4).

    `n` appointments count, whose faults add up to `missed`; without any it is the prior.
    """
    a, b = score.prior_kept + n - missed, score.prior_missed + missed
    return 100 * a / (a + b), 100 * quantile(a, b, _LOW), 100 * quantile(a, b, _HIGH)


def pattern(n: int, missed: float, score: Score) -> float:
    """The probability that this employer is of the careless kind: Bayes' rule for two binomial rates.

    Reckoned as log odds, so that a long record does not underflow.
    """
    careless, careful, share = score.careless_miss_rate, score.careful_miss_rate, score.careless_share
    odds = log(share / (1 - share)) + missed * log(careless / careful)
    odds += (n - missed) * log((1 - careless) / (1 - careful))
    return 1 / (1 + exp(-odds)) if odds > -_LONGEST_ODDS else 0.0


def label(n: int, chance: float) -> Label:
    """The word for a pattern probability."""
    if n == 0:
        return Label.NO_HISTORY
    if chance < _FORGIVABLE:
        return Label.RELIABLE
    if chance < _WATCH:
        return Label.FORGIVABLE
    return Label.WATCH if chance < _PATTERN else Label.PATTERN


def run_of_misses(faults: Sequence[float]) -> int:
    """How many of the latest counted appointments in a row were misses."""
    run = 0
    for fault in reversed(faults):
        if fault < MISS:
            break
        run += 1
    return run


def _count(verdicts: Iterable[Verdict], outcome: Outcome) -> int:
    return sum(verdict.outcome is outcome for verdict in verdicts)


def _notice(moved: list[Verdict]) -> float | None:
    known = [verdict.notice_minutes for verdict in moved if verdict.notice_minutes is not None]
    return median(known)


def median(minutes: Iterable[float]) -> float | None:
    """The middle one, or between the two in the middle; `statistics` takes longer to import than all of this."""
    ordered = sorted(minutes)
    half = len(ordered) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
