"""Answer: what the person says, now or later, becomes evidence; the verdict follows in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from showup.core.appointment import Appointment
from showup.core.evidence import MOMENTS, Evidence, Sign, Source, Word, standing
from showup.core.problem import Problem, Usage
from showup.core.recognition.result import Decision
from showup.core.text import plain
from showup.core.verdict import Verdict
from showup.flow.judge import Judge
from showup.ports import Record

_NOTE = 500
_WEEK = 7 * 24 * 60
_WITH_MINUTES = frozenset({Word.LATE, Word.MOVED, Word.CANCELLED})


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: `minutes` late by, or of notice given.

    `of` is, for `undo`, when what is to be taken back was said (aware UTC); None for whatever was said last.
    """

    word: Word
    minutes: int | None = None
    note: str = ""
    of: datetime | None = None


def answer(record: Record, judge: Judge, appointment: Appointment, said: Said, now: datetime) -> Verdict:
    """Keep an answer and judge anew. Its notices are closed: an answer given anywhere closes them everywhere.

    Raises:
        Usage: the minutes do not belong to this word, or make no sense.
        Problem: there is nothing to take back, or something else was said since.
    """
    _sensible(said)
    known = _recognised(record, appointment, _decision(record, judge, appointment, said))
    evidence = Evidence(now, Source.ANSWER, said.word, now, minutes=said.minutes, detail=plain(said.note, _NOTE))
    record.add_evidence(known.id, [evidence])
    record.close_notices_of(known.id, now)
    if known != appointment:
        judge.rejudge_beside(record, [known], now)
    return judge.rejudge(record, known, now)


def find(record: Record, name: str, start: datetime | None, now: datetime) -> Appointment:
    """The appointment meant by an id of ours or of an event; the one under way, else the newest.

    Raises:
        Problem: there is none.
    """
    found = record.named(name) or _by_number(record, name)
    if start is not None:
        found = tuple(item for item in found if item.start == start)
    if not found:
        raise Problem(f"There is no appointment “{plain(name, 80)}”.", "`showup interviews` lists them.")
    under_way = [item for item in found if item.start <= now < item.ends and not item.off_before_start]
    return (under_way or list(found))[-1]


def _by_number(record: Record, name: str) -> tuple[Appointment, ...]:
    number = int(name) if name.isascii() and name.isdecimal() and len(name) < len(str(2**62)) else 0
    appointment = record.appointment(number)
    return (appointment,) if appointment else ()


def _sensible(said: Said) -> None:
    if said.minutes is None:
        return
    if said.word not in _WITH_MINUTES:
        raise Usage(f"“{said.word}” takes no minutes.", "Only late, moved and cancelled do.")
    if abs(said.minutes) > 10 * _WEEK or (said.word is Word.LATE and said.minutes < 0):
        raise Usage(f"{said.minutes} minutes make no sense here.", "Give whole minutes, such as --minutes 12.")


def _decision(record: Record, judge: Judge, appointment: Appointment, said: Said) -> Decision:
    """Whether it is an interview at all, after what is said."""
    word: Sign | Word | None = said.word
    if said.word is Word.UNDO:
        word = _without_last(given(record, judge, appointment), said.of)
    return Decision.NO if word is Word.NOT_INTERVIEW else Decision.INTERVIEW


def given(record: Record, judge: Judge, appointment: Appointment) -> tuple[Evidence, ...]:
    """What the person said of an appointment and did not take back, oldest first."""
    evidence = judge.case(record, appointment).evidence
    answers = (item for item in evidence if item.source is Source.ANSWER)
    return standing(sorted(answers, key=lambda item: (item.at, item.order)))


def _without_last(answers: Sequence[Evidence], of: datetime | None) -> Sign | Word | None:
    """The word that settles the case once the last one is taken back.

    A second click on the same button must not take back more: so it may be told what is meant.
    """
    if not answers or (of is not None and answers[-1].at != of):
        raise Problem("There is nothing to take back.", "Look at what was said: something may have changed meanwhile.")
    settling = [item.sign for item in answers[:-1] if item.sign not in MOMENTS]
    return settling[-1] if settling else None


def _recognised(record: Record, appointment: Appointment, decision: Decision) -> Appointment:
    """The appointment as it is now: the person's word about it is remembered for the event and its series."""
    if decision is appointment.details.decision:
        return appointment
    record.remember(appointment.key.uid, interview=decision is Decision.INTERVIEW)
    known = replace(appointment, details=replace(appointment.details, decision=decision))
    record.save_appointment(known)
    return known
