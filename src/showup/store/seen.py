"""Evidence and coverage."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, exists, insert, literal, or_, select, update

from showup.core.evidence import Covered, Evidence, Source
from showup.core.spans import Span
from showup.ports import Watched
from showup.store import rows
from showup.store.tables import coverage, evidence


def _belongs(column: ColumnElement[int | None], when: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(column == bindparam("number"), and_(column.is_(None), when))


_ADD = insert(evidence)
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
_GOING_ON = and_(
    coverage.c.source == bindparam("origin"),
    coverage.c.appointment_id.is_not_distinct_from(bindparam("number")),
    coverage.c.start <= bindparam("since"),
    coverage.c.end >= bindparam("since"),
)
_LONGER = update(coverage).where(_GOING_ON, coverage.c.end <= bindparam("until")).values(end=bindparam("until"))
_COVERED = select(literal(1)).where(_GOING_ON, coverage.c.end > bindparam("until"))
_BEGIN = insert(coverage)
_FORGET = delete(coverage).where(coverage.c.start >= bindparam("since"))
_CUT = update(coverage).where(coverage.c.end > bindparam("since")).values(end=bindparam("since"))
_MEETS = and_(coverage.c.end >= bindparam("early"), coverage.c.start <= bindparam("until"))
_COVERAGE = select(coverage).where(_MEETS, _belongs(coverage.c.appointment_id, _MEETS))


class Seen:
    """The part of the repository that knows what was noticed, and when anybody was watching."""

    _connection: Connection

    def add_evidence(self, appointment_id: int | None, items: Iterable[Evidence]) -> None:
        """See the port Record, here and below."""
        for item in items:
            if item.source is Source.ANSWER or not self._known(appointment_id, item):
                self._connection.execute(_ADD, rows.of_evidence(appointment_id, item))

    def evidence(self, appointment_id: int, window: Span) -> tuple[Evidence, ...]:
        """The appointment's own, and nobody's in the window."""
        params = {"number": appointment_id, "early": window.start, "until": window.end}
        return tuple(map(rows.evidence, self._connection.execute(_EVIDENCE, params)))

    def cover(self, watched: Watched) -> None:
        """Begin a stretch, or let the last one go on."""
        span, source = watched.covered.span, watched.covered.source
        params: dict[str, Any] = {
            "origin": source,
            "number": watched.appointment_id,
            "since": span.start,
            "until": span.end,
        }
        if self._connection.execute(_LONGER, params).rowcount or self._connection.execute(_COVERED, params).first():
            return
        row = {"source": source, "appointment_id": watched.appointment_id, "start": span.start, "end": span.end}
        self._connection.execute(_BEGIN, row)

    def uncover(self, after: datetime) -> None:
        """The clock was set back to this moment."""
        self._connection.execute(_FORGET, {"since": after})
        self._connection.execute(_CUT, {"since": after})

    def coverage(self, appointment_id: int, window: Span) -> tuple[Covered, ...]:
        """Everything that was watched in the window, and this appointment's own meeting."""
        params = {"number": appointment_id, "early": window.start, "until": window.end}
        return tuple(map(rows.covered, self._connection.execute(_COVERAGE, params)))

    def _known(self, appointment_id: int | None, item: Evidence) -> bool:
        params = {"number": appointment_id, "moment": item.at, "origin": item.source, "said": item.sign}
        return bool(self._connection.execute(_KNOWN, params).scalar())
