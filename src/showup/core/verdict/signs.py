"""What the machines say: the participant list, sound and the phone (DESIGN.md, "How evidence is weighed", 3 to 5)."""

from datetime import datetime

from showup.core.spans import Span, common, covers, merged
from showup.core.verdict.facts import Facts
from showup.core.verdict.result import Absence, Certainty, Outcome, Rule, Ruling


def machines(facts: Facts, after: datetime | None = None) -> Ruling | None:
    """The ruling of the machines, the list before sound and phone; None where they say nothing.

    `after` is a moment up to which the person's word beats them: they were not there then.
    """
    listed = _by_list(facts, after)
    if listed and listed.seen:
        return listed
    heard = _by_ear(_unlisted(facts), after)
    if heard and heard.seen:
        return heard
    return _joined_too_late(facts, after) or listed or heard


def first_sign(facts: Facts) -> datetime | None:
    """The first moment at which any machine noticed them."""
    starts = [span.start for span in (*facts.listed.they, *facts.sound.they)]
    return min((*starts, *facts.rings), default=None)


def arrived(facts: Facts, came: datetime, rule: Rule, certainty: Certainty, because: str) -> Ruling:
    """On time by S + 5, late afterwards; lateness in whole minutes from S."""
    if came <= facts.on_time_until:
        return Ruling(Outcome.ON_TIME, rule, certainty, came=came, seen=True, because=(because,))
    minutes = int((came - facts.start).total_seconds() // 60)
    return Ruling(Outcome.LATE, rule, certainty, came=came, minutes_late=minutes, seen=True, because=(because,))


def absence(facts: Facts) -> Absence:
    """What the machines know at this moment of their absence."""
    alone = alone_until(facts)
    still = alone is not None and alone >= facts.now - facts.policy.list_age and facts.listed.left is None
    if alone and (still or _stayed_alone(facts, alone)):
        return Absence.KNOWN
    stretch = _silence(facts)
    ended = stretch and (stretch.end >= facts.now or _left_late(facts, stretch.end))
    return Absence.PRESUMED if ended else Absence.NONE


def alone_until(facts: Facts) -> datetime | None:
    """The last reading of a list that showed you, now or before, and nobody else; None where there is none since S."""
    read, joined = facts.listed.read, facts.listed.joined
    if facts.listed.they or read is None or joined is None or read < max(facts.start, joined):
        return None
    return read


def _by_list(facts: Facts, after: datetime | None) -> Ruling | None:
    came = _first(facts.listed.they, after)
    if came is None:
        return _alone(facts)
    joined = facts.came
    if joined and joined > facts.on_time_until:
        if any(span.start <= joined < span.end for span in facts.listed.they):
            because = "The participant list shows that they were there when you came."
            return Ruling(Outcome.ON_TIME, Rule.LIST, Certainty.CONFIRMED, came=came, seen=True, because=(because,))
        if joined > facts.start + facts.policy.surely_absent_after or facts.listed.they[0].end <= joined:
            because = "The participant list shows that you joined after they had come or gone."
            return Ruling(
                Outcome.EXCUSED, Rule.JOINED_LATE, Certainty.CONFIRMED, came=came, seen=True, because=(because,)
            )
    return arrived(facts, came, Rule.LIST, Certainty.CONFIRMED, "The participant list names when they joined.")


def _alone(facts: Facts) -> Ruling | None:
    alone = alone_until(facts)
    if alone is None or not _stayed_alone(facts, alone):
        return None
    because = "You were alone on the participant list to the end of the case."
    return Ruling(Outcome.NO_SHOW, Rule.LIST_ABSENT, Certainty.CONFIRMED, because=(because,))


def _stayed_alone(facts: Facts, alone: datetime) -> bool:
    """Whether you were on the list to the end of the case, or left late enough."""
    left = facts.listed.left
    if left and left < facts.give_up:
        return _left_late(facts, left) and alone >= left - facts.policy.list_age
    return alone >= facts.give_up - facts.policy.list_age


def _left_late(facts: Facts, moment: datetime) -> bool:
    """Whether you left, at this moment, when staying longer could not be asked of you."""
    left = {*facts.sound.leavings, facts.listed.left}
    return moment in left and moment >= facts.start + facts.policy.surely_absent_after


def _unlisted(facts: Facts) -> Facts:
    """Without the speech that a list contradicts: what was heard while it showed nobody else comes from elsewhere."""
    alone = alone_until(facts)
    if alone is None:
        return facts
    they = tuple(span for span in facts.sound.they if span.start > alone)
    return facts._replace(sound=facts.sound._replace(they=they))


def _by_ear(facts: Facts, after: datetime | None) -> Ruling | None:
    absent = max((moment for moment in (after, alone_until(facts)) if moment), default=None)
    heard, rang = _first(facts.sound.they, absent), _first_ring(facts, absent)
    if heard and (rang is None or heard <= rang):
        return _by_speech(facts, heard, absent)
    # A list without them says nothing of a call by phone before it was read.
    return _by_ring(facts, rang, after) if rang else _by_silence(facts)


def _by_speech(facts: Facts, heard: datetime, after: datetime | None) -> Ruling:
    joined = facts.came
    if heard <= facts.on_time_until:
        return arrived(facts, heard, Rule.SPEECH, Certainty.PRESUMED, "Speech was heard in the call in time.")
    if joined and joined > facts.on_time_until:
        if heard - joined <= facts.policy.prompt_speech:
            because = "They spoke within a minute of your joining, so they had been there."
            return Ruling(Outcome.ON_TIME, Rule.PROMPT, Certainty.PRESUMED, came=heard, seen=True, because=(because,))
        if joined > facts.start + facts.policy.surely_absent_after:
            return _joined_late_ruling(seen=True)
    since = max(facts.on_time_until, after or facts.on_time_until)
    if covers(_in_call(facts), since, heard):
        return arrived(facts, heard, Rule.SPEECH, Certainty.PRESUMED, "The first speech in the call was heard then.")
    because = "Speech was heard, but nobody was listening all the time before it."
    return Ruling(Outcome.UNKNOWN, Rule.GAP, came=heard, seen=True, because=(because,))


def _by_ring(facts: Facts, rang: datetime, after: datetime | None) -> Ruling:
    # It may have rung before without anybody to hear it, and a ring is over at once: any gap leaves that open.
    since = after or facts.start - facts.policy.window_before + facts.policy.settling
    if rang > facts.on_time_until and not covers(facts.phone_covered, since, rang):
        because = "The phone rang, but it was not watched all the time before."
        return Ruling(Outcome.UNKNOWN, Rule.GAP, seen=True, because=(because,))
    return arrived(facts, rang, Rule.RANG, Certainty.PRESUMED, "The phone rang then.")


def _by_silence(facts: Facts) -> Ruling | None:
    """You in the call from S + 5 to S + 15 or later, listened to all the time, and nobody spoke."""
    stretch = _silence(facts)
    if stretch is None or stretch.end < facts.start + facts.policy.surely_absent_after:
        return None
    if stretch.end < facts.give_up and not _left_late(facts, stretch.end):
        return None
    because = "You were in the call and nobody was heard until the end of the case or until you left."
    return Ruling(Outcome.NO_SHOW, Rule.SILENCE, Certainty.PRESUMED, because=(because,))


def _silence(facts: Facts) -> Span | None:
    """The stretch around S + 5 in which you were in the call and heard, with nobody noticed by any machine."""
    short = facts.give_up < facts.start + facts.policy.surely_absent_after
    if short or facts.missed or first_sign(facts) is not None:
        return None
    around = [span for span in _in_call(facts) if span.start <= facts.on_time_until < span.end]
    return around[0] if around else None


def _in_call(facts: Facts) -> tuple[Span, ...]:
    """When you were in the call and it was listened to; a reconnect of up to a minute is no gap."""
    return common(merged(facts.sound.you, facts.policy.reconnect), facts.sound.covered)


def _joined_too_late(facts: Facts, after: datetime | None) -> Ruling | None:
    """Nobody was noticed, but you came after S + 15: your own doing."""
    joined = facts.came
    if after is None and joined and joined > facts.start + facts.policy.surely_absent_after:
        return _joined_late_ruling(seen=False)
    return None


def _joined_late_ruling(*, seen: bool) -> Ruling:
    because = "You joined more than 15 minutes after the start."
    return Ruling(Outcome.EXCUSED, Rule.JOINED_LATE, Certainty.PRESUMED, seen=seen, because=(because,))


def _first(spans: tuple[Span, ...], after: datetime | None) -> datetime | None:
    """The first moment in the spans, later than `after`."""
    if after is None:
        return spans[0].start if spans else None
    return next((max(span.start, after) for span in spans if span.end > after), None)


def _first_ring(facts: Facts, after: datetime | None) -> datetime | None:
    return next((moment for moment in facts.rings if after is None or moment > after), None)
