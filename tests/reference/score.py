"""Reliability per employer (DESIGN.md, section 4); the Beta distribution is scipy's."""

from collections.abc import Sequence
from typing import Any

from scipy.stats import beta

from tests.reference.case import Case
from tests.reference.outcome import Verdict
from tests.reference.world import MINUTE

A, B = 5.1, 0.9
CARELESS, P1, P0 = 0.10, 0.30, 0.04
Judged = Sequence[tuple[Case, Verdict]]


def employers(judged: Judged) -> list[dict[str, Any]]:
    """One row for every employer with an appointment."""
    names = sorted({case.one.employer for case, _ in judged})
    return [_employer(name, [pair for pair in judged if pair[0].one.employer == name]) for name in names]


def _employer(name: str, judged: Judged) -> dict[str, Any]:
    counted = [(case, verdict) for case, verdict in judged if verdict.counted]
    faults = [verdict.fault for _, verdict in counted]
    n, misses = len(faults), sum(faults)
    came = A + n - misses
    low, high = beta.ppf([0.05, 0.95], came, B + misses)
    chance = _pattern(misses, n)
    return {
        "name": name,
        "n": n,
        "reliability": 100 * came / (A + B + n),
        "low": 100 * float(low),
        "high": 100 * float(high),
        "pattern": chance,
        "label": _label(chance, n),
        "no_shows": sum(verdict.outcome == "no_show" for _, verdict in counted),
        "misses_in_a_row": _run(faults),
        "minutes_waited": sum(_waited(case, verdict) for case, verdict in counted) / MINUTE,
        "_optional": all(verdict.outcome == "pending" for _, verdict in judged),
    }


def _pattern(misses: float, n: int) -> float:
    careless = CARELESS * P1**misses * (1 - P1) ** (n - misses)
    careful = (1 - CARELESS) * P0**misses * (1 - P0) ** (n - misses)
    return float(careless / (careless + careful))


def _label(chance: float, n: int) -> str:
    if n == 0:
        return "no history"
    bounds = {"reliable": 0.25, "forgivable": 0.5, "watch": 0.8}
    return next((label for label, bound in bounds.items() if chance < bound), "pattern")


def _run(faults: Sequence[float]) -> int:
    """The faults stand in the order of the appointments."""
    run = 0
    for fault in reversed(faults):
        if fault < 0.5:
            break
        run += 1
    return run


def _waited(case: Case, verdict: Verdict) -> float:
    """Seconds from your coming (not before the start) to their arrival, your leaving or give-up."""
    came, _ = case.you_came()
    if came is None:
        return 0.0
    ends = [end for end in (verdict.arrived, case.you_left(), case.give_up) if end is not None]
    return max(0.0, min(ends) - max(case.one.start, came))
