"""The verdict: a pure function of appointment, evidence, coverage, policy and now (DESIGN.md, section 3)."""

from collections.abc import Mapping
from datetime import datetime

from showup.core.appointment import Side
from showup.core.evidence import Case, Evidence, Source, Word
from showup.core.policy import Policy
from showup.core.verdict import fault, words
from showup.core.verdict.change import changed, changed_late, in_time
from showup.core.verdict.facts import Facts, gather
from showup.core.verdict.result import Absence, Certainty, Outcome, Rule, Ruling, Verdict
from showup.core.verdict.signs import absence, machines

_WAITS_FOR_THE_END = frozenset({Outcome.NO_SHOW, Outcome.UNKNOWN, Outcome.EXCUSED})
_CHANGES = frozenset({Outcome.MOVED, Outcome.CANCELLED})


def judge(case: Case, policy: Policy, now: datetime) -> Verdict:
    """Judge a case at the moment `now` (aware UTC).

    The person's settling word comes first, then a calendar change made in time, then what was seen, then what is
    known of absence; where nothing is known the outcome is `unknown`, which counts against nobody.
    """
    facts = gather(case, policy, now)
    ruling = _ruling(facts, _yes_rulings(case, policy, facts))
    standing = _standing(facts, ruling)
    if _open(facts, ruling):
        ruling = Ruling(Outcome.PENDING, Rule.PENDING, because=("It is not over yet.",), seen=ruling.seen)
    weight = fault.fault(facts, ruling)
    counts = fault.counted(facts, ruling, weight)
    return Verdict(
        outcome=ruling.outcome,
        certainty=ruling.certainty,
        rule=ruling.rule,
        minutes_late=ruling.minutes_late,
        notice_minutes=ruling.notice_minutes,
        fault=weight,
        counted=counts,
        reasons=ruling.because,
        waited=fault.waited(facts, ruling) if counts else 0.0,
        came=ruling.came,
        seen=ruling.seen,
        absence=standing,
        ask=_only_you_can_tell(ruling),
    )


def _ruling(facts: Facts, confirmed: Mapping[Evidence, Ruling]) -> Ruling:
    """The person's last settling word, or else what the rest says. A `yes` settles only what it confirmed."""
    settling = (item for item in facts.words if item.sign is not Word.YES or item in confirmed)
    word = words.last_settling(tuple(settling))
    if word is None:
        return _unsettled(facts)
    return confirmed[word] if word.sign is Word.YES else words.settled(facts, word)


def _yes_rulings(case: Case, policy: Policy, facts: Facts) -> dict[Evidence, Ruling]:
    """What each `yes` confirmed: the presumption that stood when it was said. Others confirm nothing."""
    confirmed: dict[Evidence, Ruling] = {}
    for word in facts.words:
        if word.sign is Word.YES:
            then = gather(_before(case, word), policy, word.at)
            ruling = _ruling(then, confirmed)
            if ruling.certainty is Certainty.PRESUMED and not _open(then, ruling):
                confirmed[word] = words.confirmed(ruling)
    return confirmed


def _before(case: Case, word: Evidence) -> Case:
    """The case as it stood when the word was said."""
    known = (
        item
        for item in case.evidence
        if item.noted <= word.at and (item.source is not Source.ANSWER or (item.at, item.order) < (word.at, word.order))
    )
    return case._replace(evidence=tuple(known))


def _unsettled(facts: Facts) -> Ruling:
    said = words.spoken(facts)
    if facts.change and in_time(facts, facts.change):
        return said if said and words.says_here(facts) else changed(facts, facts.change)
    ruling = said or machines(facts)
    if facts.change:
        return changed_late(facts, facts.change, ruling)
    return ruling or _nothing(facts)


def _nothing(facts: Facts) -> Ruling:
    if facts.missed:
        because = "A call was missed; nobody can tell whether it was theirs."
    else:
        because = "Nothing was seen, and nobody said anything."
    return Ruling(Outcome.UNKNOWN, Rule.NOTHING, because=(because,))


def _open(facts: Facts, ruling: Ruling) -> bool:
    """Whether the case is not closed yet: until give-up they may still come."""
    if facts.now >= facts.give_up or ruling.outcome not in _WAITS_FOR_THE_END:
        return False
    settled = ruling.rule in {Rule.SETTLED, Rule.CONFIRMED_BY_YOU, Rule.CHANGED_BY_YOU}
    return not settled and not (facts.change and facts.now >= facts.start)


def _standing(facts: Facts, ruling: Ruling) -> Absence:
    """What is known at this moment of their absence, for the notices."""
    if ruling.seen:
        return Absence.NONE
    waiting = words.last_waiting(facts)
    called = waiting is not None and any(moment > waiting for moment in facts.missed)
    return Absence.KNOWN if waiting and not called else absence(facts)


def _only_you_can_tell(ruling: Ruling) -> bool:
    presumed = ruling.certainty is Certainty.PRESUMED and ruling.outcome in {Outcome.LATE, Outcome.NO_SHOW}
    whose = ruling.outcome in _CHANGES and ruling.side is Side.UNKNOWN
    return presumed or whose or ruling.outcome is Outcome.UNKNOWN
