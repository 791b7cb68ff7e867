"""Is this event an interview, and with whom? A sum of weighed signals; every one that counts gives its reason."""

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from showup.core.event import Event
from showup.core.recognition import links
from showup.core.recognition.employer import employer
from showup.core.recognition.knowledge import Knowledge, Weight
from showup.core.recognition.medium import medium
from showup.core.recognition.reading import BODY, Reading, read
from showup.core.recognition.result import Decision, Employer, Memory, Recognition
from showup.core.recognition.signals import signals
from showup.core.recognition.stage import stage
from showup.core.text import plain

_Weighed = tuple[Weight, str]
"""What a signal weighs, and what was seen."""
_NOTHING = Memory()
_SHOWN = 60
"""Characters of what was seen that a reason repeats."""
_NAME = 256


def recognise(event: Event, owner: frozenset[str], knowledge: Knowledge, memory: Memory = _NOTHING) -> Recognition:
    """Say whether the owner is interviewed for a job in this event, by whom, how, and at which stage.

    `owner` holds the person's own addresses; those marked `you` count as well. The person's word in `memory` beats
    every rule. An event of a whole day, or without a time that can be known, is at most `maybe`: there is nothing to
    be on time for. A cancelled, declined or tentative interview is an interview.
    """
    reading = read(event, owner, knowledge)
    said = _said(event, memory)
    if said is False:
        return Recognition(Decision.NO, confidence=1.0, reasons=("You said that this is no interview.",))
    found = signals(reading, memory)
    heavy = sorted(_weighed(found, knowledge), key=lambda one: -abs(one[0].points))
    score = sum(weight.points for weight, _ in heavy)
    decision = Decision.INTERVIEW if said else _decision(score, found, knowledge)
    reasons = ("You said that this is an interview.",) if said else tuple(_reasons(heavy, score, decision, knowledge))
    if decision is Decision.NO:
        return Recognition(decision, confidence=_certainty(score, decision), reasons=reasons)
    if decision is Decision.INTERVIEW and event.start is None:
        decision, reasons = Decision.MAYBE, (*reasons, "It has no time that one could be late for.")
    return _answer(reading, memory, decision, 1.0 if said else _certainty(score, decision), reasons)


def _answer(
    reading: Reading, memory: Memory, decision: Decision, confidence: float, reasons: tuple[str, ...]
) -> Recognition:
    how = medium(reading)
    room = links.room(reading.knowledge, reading.event.location, reading.event.description[:BODY])
    return Recognition(decision, _shown(employer(reading, memory)), how, stage(reading, how), confidence, reasons, room)


def _shown(found: Employer) -> Employer:
    """Whom it names, as it may be kept and shown."""
    return Employer(*(plain(text, _NAME) for text in (found.name, found.domain, found.via)))


def _said(event: Event, memory: Memory) -> bool | None:
    """What the person said of this event, its series, or its sender: the narrowest first."""
    sender = event.organizer.email if event.organizer else ""
    keys = (event.key.uid, event.ical_uid, event.series, sender)
    return next((memory.interviews[key] for key in keys if key and key in memory.interviews), None)


def _decision(score: float, found: Iterable[str], knowledge: Knowledge) -> Decision:
    """What the sum says, as far as the signs allow.

    Without a sign of hiring it is no `interview`; with one, and nothing that settles it, it is no `no`.
    """
    signs = knowledge.signs
    if score >= knowledge.thresholds.interview and not signs.hiring.isdisjoint(found):
        return Decision.INTERVIEW
    torn = not signs.speaking.isdisjoint(found) and signs.settling.isdisjoint(found)
    return Decision.MAYBE if torn or score >= knowledge.thresholds.maybe else Decision.NO


def _reasons(heavy: Iterable[_Weighed], score: float, decision: Decision, knowledge: Knowledge) -> Iterator[str]:
    """What was weighed, and what overruled the sum."""
    yield from map(_reason, filter(_tells, heavy))
    if decision is Decision.MAYBE and score >= knowledge.thresholds.interview:
        yield "Nothing in it speaks of a job."
    elif decision is Decision.MAYBE and score < knowledge.thresholds.maybe:
        yield "Still, it speaks of a job."


def _certainty(score: float, decision: Decision) -> float:
    """How sure the answer is: the logistic function of the score, turned round for a `no`."""
    likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    return round(1 - likely if decision is Decision.NO else likely, 3)


def _weighed(found: Mapping[str, str], knowledge: Knowledge) -> Iterator[_Weighed]:
    for name, seen in found.items():
        weight = knowledge.weights.get(name)
        if weight is not None:
            yield weight, seen


def _tells(weighed: _Weighed) -> bool:
    return bool(weighed[0].reason and weighed[0].points)


def _reason(weighed: _Weighed) -> str:
    weight, seen = weighed
    told = weight.reason.format(plain(seen, _SHOWN)) if "{" in weight.reason else weight.reason
    return told + _signed(weight.points)


@cache
def _signed(points: float) -> str:
    """What a signal weighs, as a reason ends with it; there are but some dozens of weights."""
    return f" ({points:+.1f})"
