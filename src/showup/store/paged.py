"""Parts of long lists: what a page shows of the record, and no more."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)

from showup.core.appointment import Appointment
from showup.core.paging import Mark, Order, Wanted
from showup.core.recognition.result import Decision
from showup.core.record import Company
from showup.core.spans import Span
from showup.core.totals import Counted
from showup.core.verdict.result import Outcome
from showup.ports.paged import Scores
from showup.store import rows
from showup.store.prepared import Part
from showup.store.tables import appointments, employers, scores, verdicts

_ON_RECORD = and_(verdicts.c.outcome != Outcome.NOT_INTERVIEW, appointments.c.decision == Decision.INTERVIEW)
_OF_THIS = appointments.c.employer_id == bindparam("employer")
_NEWEST = (appointments.c.start.desc(), appointments.c.id.desc())

_THEIR_OWN = appointments.c.employer_id == employers.c.id
_HAS_ANY = exists().where(_THEIR_OWN, verdicts.c.appointment_id == appointments.c.id, _ON_RECORD)
_LATEST = select(func.max(appointments.c.start)).where(_THEIR_OWN).scalar_subquery()
_BY_NAME = func.lower(employers.c.name)
_FOUND = or_(
    employers.c.name.like(bindparam("text"), escape="\\"), employers.c.domain.like(bindparam("text"), escape="\\")
)

_RENEWED = func.json_each(bindparam("renewed")).table_valued("value")
"""Scores as they are now, one object each with the columns of the table."""


def _column(column: ColumnElement[Any]) -> ColumnElement[Any]:
    name = str(column.key)
    return type_coerce(func.json_extract(_RENEWED.c.value, f"$.{name}"), column.type).label(name)


@cache
def _current() -> FromClause:
    """The scores of the table, but for those that are renewed."""
    kept = select(scores).where(scores.c.employer_id.not_in(select(_column(scores.c.employer_id))))
    return union_all(kept, select(*map(_column, scores.c))).subquery("current")


def _filtered(score: FromClause) -> ColumnElement[bool]:
    return and_(_HAS_ANY, or_(bindparam("called") == "", score.c.label == bindparam("called")), _FOUND)


def _joined(score: FromClause) -> FromClause:
    return employers.join(score, score.c.employer_id == employers.c.id)


@cache
def _counted(score: FromClause) -> Select[Any]:
    return select(func.count()).select_from(_joined(score)).where(_filtered(score))


@cache
def _ordered(order: Order, score: FromClause) -> Select[Any]:
    keys: Mapping[Order, tuple[ColumnElement[Any], ...]] = {
        Order.RELIABILITY: (score.c.n == 0, score.c.low, _BY_NAME),
        Order.NAME: (_BY_NAME,),
        Order.LATEST: (_LATEST.desc(), _BY_NAME),
        Order.WAITED: (score.c.minutes_waited.desc(), _BY_NAME),
        Order.MISSES: (score.c.misses_in_a_row.desc(), score.c.low, _BY_NAME),
        Order.APPOINTMENTS: (score.c.appointments.desc(), _BY_NAME),
    }
    wanted = select(employers, score).select_from(_joined(score)).where(_filtered(score))
    return wanted.order_by(*keys[order], employers.c.id).offset(bindparam("skip")).limit(bindparam("most"))


_MARKS = (
    select(
        appointments.c.id,
        appointments.c.start,
        verdicts.c.outcome,
        verdicts.c.certainty,
        verdicts.c.minutes_late,
        verdicts.c.notice_minutes,
        verdicts.c.counted,
    )
    .join(verdicts)
    .where(_OF_THIS, _ON_RECORD)
    .order_by(*_NEWEST)
    .limit(bindparam("most"))
)
_FAULTS = (
    select(appointments.c.start, verdicts.c.fault)
    .join(verdicts)
    .where(_OF_THIS, _ON_RECORD, verdicts.c.counted)
    .order_by(appointments.c.start, appointments.c.id)
)
_STAGES = (
    select(appointments.c.stage, verdicts.c.outcome, func.count())
    .join(verdicts)
    .where(_OF_THIS, _ON_RECORD)
    .group_by(appointments.c.stage, verdicts.c.outcome)
)
_COUNTED = (
    select(
        appointments.c.start,
        verdicts.c.fault,
        verdicts.c.outcome,
        verdicts.c.waited,
        appointments.c.stage,
        (appointments.c.via != "").label("between"),
    )
    .join(verdicts)
    .where(_ON_RECORD, verdicts.c.counted)
)
_HOW_MANY = select(func.count()).select_from(appointments.join(verdicts)).where(_OF_THIS, _ON_RECORD)
_PLANNED = (
    select(appointments)
    .join(verdicts)
    .where(_OF_THIS, _ON_RECORD)
    .order_by(*_NEWEST)
    .offset(bindparam("skip"))
    .limit(bindparam("most"))
)
_BEFORE = (
    select(appointments.c.id)
    .join(verdicts)
    .where(appointments.c.start < bindparam("until"), _ON_RECORD)
    .order_by(appointments.c.start, appointments.c.id)
)
_IN_SPAN = _BEFORE.where(appointments.c.start > bindparam("early"))
_PENDING = _IN_SPAN.where(verdicts.c.outcome == Outcome.PENDING)
_PENDING_OF = _BEFORE.where(_OF_THIS, verdicts.c.outcome == Outcome.PENDING)
_ASKED = _IN_SPAN.where(verdicts.c.ask)
_FOLLOWER = select(appointments).where(appointments.c.follows == bindparam("number")).order_by(*_NEWEST).limit(1)


class Paged(Part):
    """The part of the repository that answers for a page."""

    def some_companies(self, wanted: Wanted, renewed: Scores | None = None) -> tuple[Company, ...]:
        """See the port Record, here and below."""
        part = {"skip": wanted.offset, "most": -1 if wanted.limit is None else wanted.limit}
        score, more = _renewed(renewed)
        found = self._all(_ordered(wanted.order, score), {**_filter(wanted), **part, **more})
        return tuple(map(rows.company, found))

    def count_companies(self, wanted: Wanted, renewed: Scores | None = None) -> int:
        """All that the filter lets through."""
        score, more = _renewed(renewed)
        return int(self._value(_counted(score), {**_filter(wanted), **more}))

    def marks(self, employer_id: int, limit: int) -> tuple[Mark, ...]:
        """The newest of an employer's, oldest first."""
        found = self._all(_MARKS, {"employer": employer_id, "most": limit})
        return tuple(map(rows.mark, reversed(found)))

    def faults(self, employer_id: int) -> Sequence[tuple[datetime, float]]:
        """What the score was reckoned from."""
        return [(row.start, row.fault or 0.0) for row in self._all(_FAULTS, {"employer": employer_id})]

    def stages(self, employer_id: int) -> Sequence[tuple[str, Outcome, int]]:
        """How appointments of each stage went."""
        found = self._all(_STAGES, {"employer": employer_id})
        return [(stage or "", Outcome(outcome), count) for stage, outcome, count in found]

    def counted(self) -> Iterator[Counted]:
        """In no order; what is seen of each is added up by whoever asks."""
        for row in self._each(_COUNTED):
            on_time = row.outcome == Outcome.ON_TIME
            yield Counted(row.start, row.fault or 0.0, on_time, row.waited, row.stage or "", row.between)

    def some_appointments(self, employer_id: int, offset: int, limit: int) -> tuple[Appointment, ...]:
        """A part of an employer's, newest first."""
        found = self._all(_PLANNED, {"employer": employer_id, "skip": offset, "most": limit})
        return tuple(map(rows.appointment, found))

    def count_appointments(self, employer_id: int) -> int:
        """All of an employer's."""
        return int(self._value(_HOW_MANY, {"employer": employer_id}))

    def pending_in(self, span: Span) -> tuple[int, ...]:
        """Those that are not over, or were not looked at since."""
        return tuple(row.id for row in self._all(_PENDING, {"early": span.start, "until": span.end}))

    def pending_of(self, employer_id: int, until: datetime) -> tuple[int, ...]:
        """The same of one employer's."""
        return tuple(row.id for row in self._all(_PENDING_OF, {"employer": employer_id, "until": until}))

    def asked_in(self, span: Span) -> tuple[int, ...]:
        """Those that only the person can tell of."""
        return tuple(row.id for row in self._all(_ASKED, {"early": span.start, "until": span.end}))

    def follower(self, appointment_id: int) -> Appointment | None:
        """What took its place."""
        return self._one(rows.appointment, _FOLLOWER, {"number": appointment_id})


def _renewed(given: Scores | None) -> tuple[FromClause, dict[str, str]]:
    """Where scores are looked up, and the values that it takes; the plain table where none is another."""
    if not given:
        return scores, {}
    told = [{"employer_id": number, **rows.of_score(score)} for number, score in given.items()]
    return _current(), {"renewed": json.dumps(told)}


def _filter(wanted: Wanted) -> dict[str, str]:
    """What is searched for is taken to the letter: LIKE's own signs are none."""
    text = "".join(f"\\{char}" if char in "%_\\" else char for char in wanted.search)
    return {"called": wanted.label or "", "text": f"%{text}%"}
