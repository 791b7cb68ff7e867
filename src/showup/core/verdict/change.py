"""What a change of the calendar says (DESIGN.md, "How evidence is weighed", 2)."""

from showup.core.appointment import Side
from showup.core.evidence import Evidence, Sign
from showup.core.verdict.facts import Facts
from showup.core.verdict.result import Certainty, Outcome, Rule, Ruling
from showup.core.verdict.signs import alone_until
from showup.core.verdict.words import minutes_before


def in_time(facts: Facts, change: Evidence) -> bool:
    """Whether it was made by S + 5. What vanished did so after the last read that showed it, by which it is dated."""
    if change.sign is Sign.VANISHED:
        return change.at < facts.on_time_until
    return change.at <= facts.on_time_until


def changed(facts: Facts, change: Evidence) -> Ruling:
    """Moved or cancelled in time, or late enough that it is the same as absence unknown."""
    if _yours(change):
        because = ("The change was yours.",)
        return Ruling(Outcome.EXCUSED, Rule.CHANGED_BY_YOU, Certainty.CONFIRMED, because=because)
    outcome = Outcome.MOVED if change.sign is Sign.MOVED else Outcome.CANCELLED
    notice = minutes_before(facts.start, change.at)
    because = (f"The calendar says so: {change.sign.value}.",)
    return Ruling(outcome, Rule.CHANGED, Certainty.CONFIRMED, notice_minutes=notice, side=change.side, because=because)


def changed_late(facts: Facts, change: Evidence, ruling: Ruling | None) -> Ruling:
    """A change after S + 5: it confirms what was presumed, and proves nothing by itself."""
    theirs = change.side is Side.THEIRS
    if ruling and (ruling.seen or ruling.certainty is Certainty.CONFIRMED):
        return _confirm(ruling) if theirs else ruling
    if _yours(change):
        return changed(facts, change)
    if ruling and ruling.outcome is Outcome.NO_SHOW:
        return _confirm(ruling) if theirs else ruling
    if ruling and ruling.outcome is Outcome.EXCUSED:
        return ruling
    if theirs and _known_absent(facts, change):
        because = ("You were alone on the participant list, and they changed it after the start.",)
        return Ruling(Outcome.NO_SHOW, Rule.CHANGED_LATE_ABSENT, Certainty.CONFIRMED, because=because)
    because = ("It was changed after the start, and nobody knows whether they had come.",)
    return Ruling(Outcome.UNKNOWN, Rule.CHANGED_LATE_UNKNOWN, because=because)


def _confirm(ruling: Ruling) -> Ruling:
    if ruling.certainty is not Certainty.PRESUMED or ruling.outcome not in {Outcome.LATE, Outcome.NO_SHOW}:
        return ruling
    because = (*ruling.because, "They changed it after the start.")
    rule = Rule.CHANGED_LATE_ABSENT if ruling.outcome is Outcome.NO_SHOW else ruling.rule
    return ruling._replace(certainty=Certainty.CONFIRMED, rule=rule, because=because)


def _known_absent(facts: Facts, change: Evidence) -> bool:
    """You waited alone on the list; who joins after the change does not wait for anybody."""
    alone, joined = alone_until(facts), facts.listed.joined
    return alone is not None and alone >= facts.on_time_until and joined is not None and joined <= change.at


def _yours(change: Evidence) -> bool:
    return change.sign is Sign.DECLINED or change.side is Side.YOURS
