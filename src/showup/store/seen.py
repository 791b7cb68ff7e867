"""Evidence and coverage."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from showup.core.evidence import Covered, Evidence, Source
from showup.core.spans import Span
from showup.ports import Watched
from showup.store import rows, tables
from showup.store.answers import reads, writes
from showup.store.prepared import Part
from showup.store.tables import appointments, coverage, evidence


def _belongs(column: ColumnElement[int | None], when: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(column == bindparam("number"), and_(column.is_(None), when))


_ADD = insert(evidence)
_THERE = select(exists().where(appointments.c.id == bindparam("number")))
_KNOWN = select(
    exists().where(
        evidence.c.appointment_id.is_not_distinct_from(bindparam("number")),
        evidence.c.at == bindparam("moment"),
        evidence.c.source == bindparam("origin"),
        evidence.c.sign == bindparam("said"),
    )
)
_EVIDENCE = select(evidence).where(
    _belongs(evidence.c.appointment_id, evidence.c.at.between(bindparam("early"), bindparam("until")))
)
_BEGIN = insert(coverage)
_LONGER = {"end": func.max(coverage.c.end, _BEGIN.excluded.end)}
_COVER_ONE = _BEGIN.on_conflict_do_update(
    index_elements=[coverage.c.source, coverage.c.appointment_id, coverage.c.start], set_=_LONGER
)
_COVER_ALL = _BEGIN.on_conflict_do_update(
    index_elements=[coverage.c.source, coverage.c.start], index_where=text("appointment_id IS NULL"), set_=_LONGER
)
# No stretch ends before it starts: saying so lets the index by the end find them.
_FORGET = delete(coverage).where(coverage.c.end >= bindparam("since"), coverage.c.start >= bindparam("since"))
_CUT = update(coverage).where(coverage.c.end > bindparam("since")).values(end=bindparam("since"))
_MEETS = and_(coverage.c.end >= bindparam("early"), coverage.c.start <= bindparam("until"))
_COVERAGE = select(coverage).where(_MEETS, _belongs(coverage.c.appointment_id, _MEETS))


class Seen(Part):
    """The part of the repository that knows what was noticed, and when anybody was watching."""

    @writes(tables.evidence)
    def add_evidence(self, appointment_id: int | None, items: Iterable[Evidence]) -> None:
        """See the port Record, here and below."""
        if not self._there(appointment_id):
            return
        for item in items:
            if item.source is Source.ANSWER or not self._known(appointment_id, item):
                self._write(_ADD, rows.of_evidence(appointment_id, item))

    @reads(tables.evidence)
    def evidence(self, appointment_id: int, window: Span) -> tuple[Evidence, ...]:
        """The appointment's own, and nobody's in the window."""
        params = {"number": appointment_id, "early": window.start, "until": window.end}
        return self._many(rows.evidence, _EVIDENCE, params)

    @writes(tables.coverage)
    def cover(self, watched: Iterable[Watched]) -> None:
        """One row for each stretch, known by its start."""
        values = [{"appointment_id": one.appointment_id, **rows.of_covered(one.covered)} for one in watched]
        everybody = [row for row in values if row["appointment_id"] is None]
        meetings = [row for row in values if row["appointment_id"] is not None and self._there(row["appointment_id"])]
        for statement, stretches in ((_COVER_ALL, everybody), (_COVER_ONE, meetings)):
            self._write_all(statement, stretches)

    @writes(tables.coverage)
    def uncover(self, after: datetime) -> None:
        """The clock was set back to this moment."""
        self._write(_FORGET, {"since": after})
        self._write(_CUT, {"since": after})

    @reads(tables.coverage)
    def coverage(self, appointment_id: int, window: Span) -> tuple[Covered, ...]:
        """Everything that was watched in the window, and this appointment's own meeting."""
        params = {"number": appointment_id, "early": window.start, "until": window.end}
        return self._many(rows.covered, _COVERAGE, params)

    def _there(self, appointment_id: int | None) -> bool:
        """Not where it was forgotten while somebody was still watching it."""
        return appointment_id is None or bool(self._value(_THERE, {"number": appointment_id}))

    def _known(self, appointment_id: int | None, item: Evidence) -> bool:
        params = {"number": appointment_id, "moment": item.at, "origin": item.source, "said": item.sign}
        return bool(self._value(_KNOWN, params))
