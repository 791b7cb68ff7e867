"""Absent: what is put down about stretches in which nobody was watching, so that it can be said honestly."""

from collections.abc import Sequence
from datetime import datetime

from showup.core.away import away, stopped
from showup.core.evidence import Sign
from showup.core.heartbeat import Gap
from showup.core.policy import Policy
from showup.core.recognition.result import Decision
from showup.core.spans import Span
from showup.flow.board import Slot, load
from showup.ports import Record


def note_sleep(record: Record, policy: Policy, gap: Gap, now: datetime) -> None:
    """The machine slept: a fact about every appointment that was near meanwhile."""
    slept = away(Sign.SLEPT, gap.start, gap.end)
    for slot in load(record, policy, now).slots:
        if slot.window.meets(Span(gap.start, gap.end)):
            record.add_evidence(slot.appointment.id, [slept])


def note_stop(record: Record, policy: Policy, slots: Sequence[Slot], now: datetime) -> None:
    """The program starts: a fact about every appointment that was known before, and not watched."""
    for slot in slots:
        one = slot.appointment
        if one.off_before_start or one.details.decision is not Decision.INTERVIEW:
            continue
        fact = stopped(one, policy, record.coverage(one.id, slot.window), now)
        if fact:
            record.add_evidence(one.id, [fact])
