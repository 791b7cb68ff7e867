"""What the person says: it wins over every machine (DESIGN.md, "How evidence is weighed", 1)."""

from datetime import datetime, timedelta

from showup.core.appointment import Side
from showup.core.evidence import MOMENTS, Evidence, Word
from showup.core.verdict.facts import Facts
from showup.core.verdict.result import Certainty, Outcome, Rule, Ruling
from showup.core.verdict.signs import arrived, first_sign, machines

_PLAIN = {
    Word.ON_TIME: Outcome.ON_TIME,
    Word.NO_SHOW: Outcome.NO_SHOW,
    Word.EXCUSED: Outcome.EXCUSED,
    Word.MINE: Outcome.EXCUSED,
    Word.NOT_INTERVIEW: Outcome.NOT_INTERVIEW,
}


def last_settling(words: tuple[Evidence, ...]) -> Evidence | None:
    """The last word that settles the case; the last one said wins."""
    return next((item for item in reversed(words) if item.sign not in MOMENTS), None)


def settled(facts: Facts, word: Evidence) -> Ruling:
    """The case as the person settled it. `yes` is none of this: it depends on what was presumed."""
    because = (f"You said “{word.sign}”.",)
    if word.sign in {Word.MOVED, Word.CANCELLED}:
        outcome = Outcome.MOVED if word.sign is Word.MOVED else Outcome.CANCELLED
        notice = _notice(facts, word)
        return Ruling(
            outcome, Rule.SETTLED, Certainty.CONFIRMED, notice_minutes=notice, side=Side.THEIRS, because=because
        )
    if word.sign is Word.LATE:
        return _late(facts, word)
    outcome = _PLAIN[Word(word.sign)]
    came = facts.start if outcome is Outcome.ON_TIME else None
    return Ruling(outcome, Rule.SETTLED, Certainty.CONFIRMED, came=came, seen=came is not None, because=because)


def confirmed(ruling: Ruling) -> Ruling:
    """A presumed ruling, confirmed by one click."""
    because = (*ruling.because, "You confirmed it.")
    return ruling._replace(certainty=Certainty.CONFIRMED, rule=Rule.CONFIRMED_BY_YOU, because=because)


def spoken(facts: Facts) -> Ruling | None:
    """What follows from `here` and `waiting`; None where the person said neither of a moment that counts."""
    heres, waits = _agreed(facts)
    if heres:
        return _here(facts, heres[0], waits)
    return _waiting(facts, waits[-1]) if waits else None


def says_here(facts: Facts) -> bool:
    """Whether a "they're here" stands."""
    return bool(_agreed(facts)[0])


def last_waiting(facts: Facts) -> datetime | None:
    """The last "still waiting" that stands, not followed by "they're here"."""
    heres, waits = _agreed(facts)
    return waits[-1] if waits and not heres else None


def _notice(facts: Facts, word: Evidence) -> int | None:
    if word.minutes is not None:
        return word.minutes
    if facts.off:
        return minutes_before(facts.start, facts.off)
    return minutes_before(facts.start, word.at) if word.at < facts.start else None


def minutes_before(start: datetime, moment: datetime) -> int:
    """Whole minutes from the moment to the start; negative afterwards."""
    return int((start - moment).total_seconds() // 60)


def _late(facts: Facts, word: Evidence) -> Ruling:
    because: tuple[str, ...] = (f"You said they were {word.minutes} minutes late.",)
    minutes = word.minutes
    if minutes is None:
        known = machines(facts)
        if known is None or known.outcome is not Outcome.LATE:
            asked = ("You said they were late, but not by how many minutes.",)
            return Ruling(Outcome.UNKNOWN, Rule.LATE_WITHOUT_MINUTES, seen=True, because=asked)
        minutes, because = known.minutes_late or 0, ("You said they were late.", *known.because)
    came = facts.start + timedelta(minutes=minutes)
    return Ruling(
        Outcome.LATE, Rule.SETTLED, Certainty.CONFIRMED, came=came, minutes_late=minutes, seen=True, because=because
    )


def _agreed(facts: Facts) -> tuple[list[datetime], list[datetime]]:
    """`here` and `waiting` without contradiction: no `here` is left that a later `waiting` denies.

    Between contradicting words a machine's sign decides, else the last word.
    """
    heres = facts.said(Word.HERE)
    waits = facts.said(Word.WAITING)
    if not heres or not waits or heres[0] > waits[-1]:
        return heres, waits
    sign = first_sign(facts)
    if sign and sign <= waits[-1]:
        return heres, [moment for moment in waits if moment < heres[0]]
    return [moment for moment in heres if moment > waits[-1]], waits


def _here(facts: Facts, here: datetime, waits: list[datetime]) -> Ruling:
    waited = waits[-1] if waits else None
    known = machines(facts, waited)
    if known and known.seen and known.came and known.came <= here and known.rule not in {Rule.RANG, Rule.GAP}:
        surely = waited is not None or known.outcome is Outcome.ON_TIME
        certainty = Certainty.CONFIRMED if surely else known.certainty
        return known._replace(certainty=certainty, because=(*known.because, "You said they were there."))
    if here <= facts.on_time_until:
        because = "You said in time that they were there."
    elif waited:
        because = "You were still waiting, and then said that they were there."
        # What was heard after a gap does not tell when they came, but that it was no later.
        came = known.came if known and known.rule is Rule.GAP and known.came else here
        return arrived(facts, min(came, here), Rule.HERE_AFTER_WAITING, Certainty.CONFIRMED, because)
    elif _first_word_after_being_asked(facts, here):
        because = "Asked whether they had come, you said that they were there."
    else:
        asked = ("You said that they were there, but not since when.",)
        return Ruling(Outcome.UNKNOWN, Rule.HERE_TOO_LATE_TO_TELL, seen=True, because=asked)
    return Ruling(Outcome.ON_TIME, Rule.HERE, Certainty.CONFIRMED, came=here, seen=True, because=(because,))


def _first_word_after_being_asked(facts: Facts, here: datetime) -> bool:
    asked = facts.appointment.late_check(facts.policy.checkpoints)
    return facts.words[0].at == here and asked <= here <= asked + facts.policy.here_grace


def _waiting(facts: Facts, waited: datetime) -> Ruling:
    """No show, unless something was seen afterwards."""
    known = machines(facts, waited)
    if known and (known.seen or known.rule is Rule.LIST_ABSENT):
        return known
    if any(moment > waited for moment in facts.missed):
        asked = ("You were waiting, and a call was missed afterwards.",)
        return Ruling(Outcome.UNKNOWN, Rule.NOTHING, because=asked)
    surely = facts.start + facts.policy.surely_absent_after
    if waited >= min(surely, facts.give_up):
        because = "You were still waiting then, and nobody was noticed afterwards."
        return Ruling(Outcome.NO_SHOW, Rule.WAITING, Certainty.CONFIRMED, because=(because,))
    because = "You were waiting, and nobody was noticed afterwards; they may have come a little later."
    return Ruling(Outcome.NO_SHOW, Rule.WAITING_EARLY, Certainty.PRESUMED, because=(because,))
