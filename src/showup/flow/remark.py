"""Remark: what the person keeps beside the record. It changes no verdict and no score."""

from datetime import datetime

from showup.core.problem import Problem
from showup.core.remark import Impression, joined, note
from showup.core.verdict.result import Outcome
from showup.ports import Record

_MET = frozenset({Outcome.ON_TIME, Outcome.LATE})


def write_note(record: Record, employer_id: int, text: str, now: datetime) -> None:
    """Put the person's words on an employer in place of what they wrote before; none take it away.

    Raises:
        Problem: the employer is not on record.
    """
    if record.company(employer_id) is None:
        raise Problem("There is no such company on record.", "`showup companies` lists them.")
    record.save_note(employer_id, note(text, now))


def keep_impression(record: Record, appointment_id: int, impression: Impression) -> None:
    """Keep how an interview was for the person, in place of what they said before.

    Raises:
        Problem: it is not on record, or nobody is known to have come to it.
    """
    verdict = record.verdict(appointment_id)
    if verdict is None or not can_impress(verdict.outcome):
        raise Problem("Nothing can be said of an interview that did not take place.", "Say first how it went.")
    record.save_impression(appointment_id, impression)


def can_impress(outcome: Outcome) -> bool:
    """Whether an interview took place, so that there is something to say of it."""
    return outcome in _MET


def join_notes(record: Record, employer_id: int, target: int) -> None:
    """Keep the note on an employer that becomes part of another."""
    ours, theirs = record.note(employer_id), record.note(target)
    both = joined(theirs, ours)
    if both:
        record.save_note(target, both)
