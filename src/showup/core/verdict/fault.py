"""How much of an outcome is the employer's fault, and whether it counts (DESIGN.md, section 3)."""

from datetime import timedelta

from showup.core.appointment import Side
from showup.core.evidence import Word
from showup.core.verdict.facts import Facts
from showup.core.verdict.result import Certainty, Outcome, Ruling

_DAY, _TWO_HOURS = 24 * 60, 2 * 60


def fault(facts: Facts, ruling: Ruling) -> float | None:
    """0 (none) to 1 (all of it); None for an outcome that has no fault."""
    match ruling.outcome:
        case Outcome.ON_TIME:
            return 0.0
        case Outcome.LATE:
            return _late(facts, ruling.minutes_late or 0)
        case Outcome.NO_SHOW:
            return 0.5 if _told(facts) else 1.0
        case Outcome.MOVED | Outcome.CANCELLED if ruling.side is Side.THEIRS:
            return _notice(ruling.notice_minutes)
        case _:
            return None


def counted(facts: Facts, ruling: Ruling, weight: float | None) -> bool:
    """Whether it goes into the score: lateness and absence only when confirmed, unless the policy says otherwise."""
    if weight is None:
        return False
    accusing = ruling.outcome in {Outcome.LATE, Outcome.NO_SHOW}
    return not accusing or ruling.certainty is Certainty.CONFIRMED or facts.policy.score.count_presumed


def _late(facts: Facts, minutes: int) -> float:
    score = facts.policy.score
    span = max(1, score.late_full_fault_minutes - score.on_time_within_minutes)
    share = min(1.0, max(0.0, (minutes - score.on_time_within_minutes) / span))
    return share / 2 if _told(facts) else share


def _told(facts: Facts) -> bool:
    """Whether they had told the person before S + 5 that they would be late."""
    return any(moment < facts.on_time_until for moment in facts.said(Word.TOLD_LATE))


def _notice(minutes: int | None) -> float | None:
    if minutes is None or minutes >= _DAY:
        return None
    if minutes >= _TWO_HOURS:
        return 0.25
    return 0.5 if minutes >= 0 else 1.0


def waited(facts: Facts, ruling: Ruling) -> float:
    """Minutes from max(S, when you came or said so) to their arrival, your leaving or give-up."""
    if facts.joined is None:
        return 0.0
    left = [moment for moment in (facts.listed.left, facts.sound.left) if moment and moment > facts.start]
    came = [ruling.came] if ruling.came else []
    until = min([facts.give_up, *left, *came])
    return max(timedelta(0), until - max(facts.start, facts.joined)).total_seconds() / 60
