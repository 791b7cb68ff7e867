"""The verdict about one appointment, rule by rule as the page tells them (DESIGN.md, section 3)."""

from dataclasses import replace

from tests.reference.case import Case, Change
from tests.reference.outcome import EXCUSED, NO_SHOW, ON_TIME, PENDING, THERE, UNKNOWN, Verdict, weighed
from tests.reference.world import MINUTE, Answer


def judge(case: Case) -> Verdict:
    """The pure function; `not_interview` is an outcome here and dropped by the caller."""
    return weighed(case, _settled(case) or _unsettled(case))


# ---------------------------------------------------------------- words that settle
def _settled(case: Case) -> Verdict | None:
    for place in range(len(case.answers) - 1, -1, -1):
        answer = case.answers[place]
        if answer.word == "yes":
            before = judge(replace(case, moment=answer.at, answers=case.answers[:place]))
            if before.certainty == "presumed" and before.outcome in {"on_time", "late", "no_show"}:
                return replace(before, certainty="confirmed", settled=True)
        elif answer.word not in {"here", "waiting", "told_late"}:
            return replace(_by_word(case, answer), certainty="confirmed", settled=True)
    return None


def _by_word(case: Case, answer: Answer) -> Verdict:
    match answer.word:
        case "late":
            minutes = answer.minutes
            arrived = None if minutes is None else case.one.start + MINUTE * minutes
            return Verdict("late", minutes_late=minutes, arrived=arrived, seen=True)
        case "moved" | "cancelled":
            return Verdict(answer.word, notice=_notice_by_word(case, answer))
        case "mine":
            return Verdict("excused")
        case "on_time":
            return replace(ON_TIME, arrived=case.one.start)
        case word:
            return Verdict(word)


def _notice_by_word(case: Case, answer: Answer) -> float | None:
    if answer.minutes is not None:
        return MINUTE * answer.minutes
    if case.change:
        return case.one.start - case.change.moment
    return case.one.start - answer.wall if answer.wall < case.one.start else None


# ---------------------------------------------------------------- facts
def _unsettled(case: Case) -> Verdict:
    change = case.change
    if change and not change.late and not case.said("here"):
        return _changed(case, change)
    facts = _facts(case)
    if change and change.late and not facts.seen:
        return _late_change(case, change, facts)
    return facts


def _changed(case: Case, change: Change) -> Verdict:
    if change.whose == "own":
        return replace(EXCUSED, certainty="confirmed")
    return Verdict(change.kind, "confirmed", notice=case.one.start - change.moment, theirs=change.whose == "theirs")


def _late_change(case: Case, change: Change, facts: Verdict) -> Verdict:
    """Changed after they should have come, and nobody has seen them."""
    if facts.outcome == "excused" or (facts.outcome, facts.certainty) == ("no_show", "confirmed"):
        return facts
    if change.whose == "own":
        return replace(EXCUSED, certainty="confirmed")
    if change.whose == "unclear":
        return UNKNOWN if facts.outcome == "pending" else facts
    absent = facts.outcome == "no_show" or waiting_alone(case) or _alone_at(case, change.moment)
    return NO_SHOW if absent else UNKNOWN


def _alone_at(case: Case, moment: float) -> bool:
    """The list shows you alone, after they should have come and before the change."""
    listed = case.participants()
    if not listed or any(a <= moment for a, _ in listed.they):
        return False
    return any(b > case.limit and a <= moment for a, b in listed.you)


def _facts(case: Case) -> Verdict:
    here, waiting = case.said("here"), case.said("waiting")
    if here and waiting and waiting[-1] > here[0]:
        return _contradiction(case, here, waiting)
    if here:
        return _here(case, here[0])
    if waiting:
        return _waiting(case, waiting[-1])
    machine = _machine(case)
    return machine or _nobody(case)


def _contradiction(case: Case, here: list[float], waiting: list[float]) -> Verdict:
    """A machine's sign decides between `here` and a later `waiting`, else the last word."""
    machine = _machine(case)
    if machine and machine.outcome != "unknown":
        return machine
    if list_absent(case):
        return NO_SHOW
    if waiting[-1] > here[-1]:
        return _waiting(case, waiting[-1])
    return _here(case, here[-1])


def _here(case: Case, here: float) -> Verdict:
    waited = max((at for at in case.said("waiting") if at < here), default=None)
    timed = _timed_before(case, here, float("-inf") if waited is None else waited)
    if timed:
        return replace(timed, certainty="confirmed") if waited is not None or timed.outcome == "on_time" else timed
    if here <= case.limit:
        return replace(ON_TIME, arrived=here)
    if waited is not None:
        return _late(case, here, "confirmed")
    first = case.answers[0].word == "here" and case.answers[0].wall == here
    if first and here <= case.one.start + case.policy.late + 10 * MINUTE:
        return replace(ON_TIME, arrived=here)
    return THERE


def _timed_before(case: Case, here: float, after: float) -> Verdict | None:
    """The time that a list or speech gives for their coming."""
    found = _by_list(case, after) or _by_speech(case, after)
    if found is None or found.outcome == "unknown":
        return None
    return found if found.arrived is None or found.arrived <= here else None


def _waiting(case: Case, waiting: float) -> Verdict:
    machine = _machine(case, waiting)
    if machine:
        return machine
    if case.calls(missed=True, after=waiting):
        return UNKNOWN
    if case.now < case.give_up:
        return PENDING
    if waiting >= min(case.nudge, case.give_up) or list_absent(case):
        return NO_SHOW
    return replace(NO_SHOW, certainty="presumed")


def _nobody(case: Case) -> Verdict:
    """No sign of them at all."""
    if case.now < case.give_up:
        return PENDING
    came, known = case.you_came()
    if came is not None and known and came > case.nudge:
        return EXCUSED
    if list_absent(case):
        return NO_SHOW
    if sound_absent(case) and not case.calls(missed=True):
        return replace(NO_SHOW, certainty="presumed")
    return UNKNOWN


# ---------------------------------------------------------------- machines
def _machine(case: Case, after: float = float("-inf")) -> Verdict | None:
    """By the first sign after a moment: a list before sound and phone."""
    listed = _by_list(case, after)
    if listed:
        return listed
    found = [one for one in (_by_speech(case, after), _by_ring(case, after)) if one]
    return min(found, key=lambda one: one.arrived or 0.0, default=None)


def _by_list(case: Case, after: float = float("-inf")) -> Verdict | None:
    listed = case.participants()
    they = [(max(a, after), b) for a, b in listed.they if b > after] if listed else []
    if not they:
        return None
    arrived = they[0][0]
    came, known = case.you_came()
    if came is not None and known and came > case.limit:
        if any(a <= came < b for a, b in they):
            return replace(ON_TIME, arrived=came)
        if all(b <= came for _, b in they):
            return replace(EXCUSED, certainty="confirmed", seen=True)
        if arrived > case.limit and came > case.nudge:
            return replace(EXCUSED, certainty="confirmed", seen=True)
    return _late(case, arrived, "confirmed")


def _by_speech(case: Case, after: float = float("-inf")) -> Verdict | None:
    heard = case.heard(after)
    if not heard:
        return None
    first = heard[0][0]
    if first <= case.limit:
        return _late(case, first, "presumed")
    came, known = case.you_came()
    if came is not None and known and came > case.limit:
        if first - came <= MINUTE:
            return replace(ON_TIME, certainty="presumed", arrived=first)
        if came > case.nudge:
            return replace(EXCUSED, seen=True, arrived=first)
    if not case.heard_all(max(case.limit, after), first):
        return replace(THERE, arrived=first)
    return _late(case, first, "presumed")


def _by_ring(case: Case, after: float = float("-inf")) -> Verdict | None:
    rings = case.calls(missed=False, after=after)
    if not rings:
        return None
    if rings[0] > case.limit and not case.phone_covered(max(case.window[0], after), rings[0]):
        return replace(THERE, arrived=rings[0])
    return _late(case, rings[0], "presumed")


def _late(case: Case, arrived: float, certainty: str) -> Verdict:
    if arrived <= case.limit:
        return replace(ON_TIME, certainty=certainty, arrived=arrived)
    minutes = int((arrived - case.one.start) // MINUTE)
    return Verdict("late", certainty, arrived=arrived, minutes_late=minutes, seen=True)


# ---------------------------------------------------------------- absence
def list_absent(case: Case) -> bool:
    """You alone on the list to the end of the case, or until you left at S + 15 or later."""
    listed = case.participants()
    if not listed or listed.they:
        return False
    alone = listed.you[-1][1]
    return alone >= case.give_up or (alone < listed.read and alone >= case.nudge)


def sound_absent(case: Case) -> bool:
    """You in the call from S + 5 or before to S + 15 or later, the detector working, and nobody heard."""
    if case.give_up < case.nudge or case.heard():
        return False
    for start, end in case.in_call():
        until = min(end, case.give_up)
        if until < case.give_up and not case.seen_by_sound(end):
            continue
        if start <= case.limit and until >= case.nudge and case.heard_all(case.limit, until):
            return True
    return False


def waiting_alone(case: Case) -> bool:
    """Your `waiting`, and nothing seen or said against it since."""
    waiting, here = case.said("waiting"), case.said("here")
    if not waiting or (here and here[-1] > waiting[-1]):
        return False
    return not _machine(case, waiting[-1]) and not case.calls(missed=True, after=waiting[-1])


def alone_now(case: Case) -> bool:
    """The list shows you, and nobody else, at this moment."""
    listed = case.participants()
    if not listed or listed.they or listed.read < case.now - MINUTE:
        return False
    return listed.you[-1][1] >= listed.read
