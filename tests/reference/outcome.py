"""What a verdict says, and what it weighs against an employer."""

from dataclasses import dataclass, replace

from tests.reference.case import Case
from tests.reference.world import MINUTE

HOUR = 60 * MINUTE


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: str
    certainty: str | None = None
    arrived: float | None = None
    minutes_late: int | None = None
    notice: float | None = None
    theirs: bool = True
    """A change that is known to be theirs."""
    seen: bool = False
    """They were there, as far as can be known."""
    settled: bool = False
    """By the person's word."""
    counted: bool = False
    fault: float = 0.0


ON_TIME = Verdict("on_time", "confirmed", seen=True)
UNKNOWN = Verdict("unknown")
THERE = Verdict("unknown", seen=True)
"""They came; when is not known."""
EXCUSED = Verdict("excused", "presumed")
PENDING = Verdict("pending")
NO_SHOW = Verdict("no_show", "confirmed")


def weighed(case: Case, verdict: Verdict) -> Verdict:
    told = any(at < case.limit for at in case.said("told_late"))
    counts = verdict.certainty == "confirmed" or case.policy.count_presumed
    match verdict.outcome:
        case "on_time":
            return replace(verdict, counted=True, fault=0.0)
        case "late":
            late = min(1.0, max(0.0, ((verdict.minutes_late or 0) - 5) / 25))
            return replace(
                verdict, counted=counts and verdict.minutes_late is not None, fault=late / (2 if told else 1)
            )
        case "no_show":
            return replace(verdict, counted=counts, fault=0.5 if told else 1.0)
        case "moved" | "cancelled":
            fault = _fault_of_notice(verdict.notice)
            return replace(verdict, counted=verdict.theirs and fault is not None, fault=fault or 0.0)
        case _:
            return verdict


def _fault_of_notice(notice: float | None) -> float | None:
    if notice is None or notice >= 24 * HOUR:
        return None
    if notice >= 2 * HOUR:
        return 0.25
    return 0.5 if notice >= 0 else 1.0
