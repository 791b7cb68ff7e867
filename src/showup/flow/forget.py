"""Forget: what the person wants gone, and what is older than they want it kept, leaves the record for good."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from showup.core.appointment import Appointment
from showup.core.forgotten import mark
from showup.core.problem import Problem
from showup.core.record import Company, about_event, event_of
from showup.core.spans import without
from showup.core.text import plain
from showup.flow.judge import Judge
from showup.ports.forgetting import Oblivion

_AT_ONCE = 20
"""Appointments that are forgotten in one transaction: a beat may wait for it."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What is to be forgotten of an employer."""

    company: Company
    appointments: tuple[Appointment, ...]

    def coming(self, now: datetime) -> int:
        """How many of them are still to come."""
        return sum(one.start > now and not one.changed for one in self.appointments)

    @property
    def words(self) -> tuple[str, ...]:
        """What the employer is called: in the texts of others it would stand like this."""
        return tuple(filter(None, (self.company.name, self.company.domain)))


def find(record: Oblivion, name: str) -> Marked:
    """An employer with all that is known of it, also what the person said is no interview.

    Raises:
        Problem: it is not on record.
    """
    company = record.company_named(name)
    if company is None:
        raise Problem(f"There is no company “{plain(name, 80)}” on record.", "`showup companies` lists them.")
    found = (record.appointment(one.id) for one in record.candidates(company.id))
    return Marked(company, tuple(one for one in found if one))


def forwarded(record: Oblivion, marked: Marked) -> int:
    """How many notices of them went to the person's phone, from where nothing can be taken back."""
    numbers, subjects = {one.id for one in marked.appointments}, set(_told(record, marked))
    theirs = (one for one in record.notices() if one.appointment_id in numbers or one.subject in subjects)
    return sum(one.forwarded is not None for one in theirs)


def forget(record: Oblivion, judge: Judge, marked: Marked) -> None:
    """Forget an employer. Its events are not read again: of each nothing but a sum of its UID is kept.

    Verdicts on others stand as they were judged, though one that was beside them is gone.
    """
    _unsee(record, judge, marked.appointments)
    told = _told(record, marked)
    uids = {one.key.uid for one in marked.appointments} | {uid for subject in told if (uid := event_of(subject))}
    for uid in sorted(uids):
        record.remember(mark(uid), interview=False)
    record.forget_words({*uids, *(one.details.contact for one in marked.appointments)} - {""})
    record.forget_said([*told, *map(about_event, sorted(uids))])
    record.forget_appointments([one.id for one in marked.appointments])
    record.forget_employer(marked.company.id)


def expire(record: Oblivion, judge: Judge, before: datetime) -> bool:
    """Forget some of what ended before this moment, the oldest first; whether there may be more."""
    old = record.ended_before(before, _AT_ONCE)
    _unsee(record, judge, old)
    record.forget_words({one.key.uid for one in old})
    record.forget_appointments([one.id for one in old])
    record.forget_strangers()
    for number in sorted({one.employer_id for one in old if one.employer_id is not None}):
        if record.company(number):
            judge.rescore(record, number)
    if len(old) < _AT_ONCE:
        record.forget_before(before)
        return False
    return True


def _unsee(record: Oblivion, judge: Judge, gone: Iterable[Appointment]) -> None:
    """What was heard while these were on, and bears on no other."""
    leaving = tuple(gone)
    numbers = {one.id for one in leaving}
    for one in leaving:
        window = one.window(judge.policy)
        others = [other.window(judge.policy) for other in record.around(window) if other.id not in numbers]
        for span in without([window], others):
            record.forget_sightings(span)


def _told(record: Oblivion, marked: Marked) -> list[str]:
    """The subjects of notices that name the employer and are about no appointment."""
    words = [word.casefold() for word in marked.words]
    return [
        notice.subject
        for notice in record.notices()
        if notice.appointment_id is None
        and any(word in f"{notice.message.title} {notice.message.body}".casefold() for word in words)
    ]
