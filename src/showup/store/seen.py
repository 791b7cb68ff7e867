"""Evidence and coverage."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, insert, or_, select, update

from showup.core.evidence import Covered, Evidence, Source
from showup.core.spans import Span
from showup.ports import Watched
from showup.store import rows
from showup.store.tables import coverage, evidence


class Seen:
    """The part of the repository that knows what was noticed, and when anybody was watching."""

    _connection: Connection

    def add_evidence(self, appointment_id: int | None, items: Iterable[Evidence]) -> None:
        """See the port Record, here and below."""
        for item in items:
            if item.source is Source.ANSWER or not self._known(appointment_id, item):
                self._connection.execute(insert(evidence).values(rows.of_evidence(appointment_id, item)))

    def evidence(self, appointment_id: int, window: Span) -> tuple[Evidence, ...]:
        """The appointment's own, and nobody's in the window."""
        mine = _belongs(evidence.c.appointment_id, appointment_id, evidence.c.at.between(window.start, window.end))
        return tuple(map(rows.evidence, self._connection.execute(select(evidence).where(mine))))

    def cover(self, watched: Watched) -> None:
        """Begin a stretch, or let the last one go on."""
        span, source = watched.covered.span, watched.covered.source
        going_on = and_(
            coverage.c.source == source,
            coverage.c.appointment_id.is_not_distinct_from(watched.appointment_id),
            coverage.c.start <= span.start,
            coverage.c.end >= span.start,
        )
        longer = update(coverage).where(going_on, coverage.c.end <= span.end).values(end=span.end)
        if (
            self._connection.execute(longer).rowcount == 0
            and not self._connection.execute(select(coverage.c.id).where(going_on, coverage.c.end > span.end)).first()
        ):
            values = {"source": source, "appointment_id": watched.appointment_id, "start": span.start, "end": span.end}
            self._connection.execute(insert(coverage).values(values))

    def uncover(self, after: datetime) -> None:
        """The clock was set back to this moment."""
        self._connection.execute(delete(coverage).where(coverage.c.start >= after))
        self._connection.execute(update(coverage).where(coverage.c.end > after).values(end=after))

    def coverage(self, appointment_id: int, window: Span) -> tuple[Covered, ...]:
        """Everything that was watched in the window, and this appointment's own meeting."""
        meets = and_(coverage.c.end >= window.start, coverage.c.start <= window.end)
        mine = _belongs(coverage.c.appointment_id, appointment_id, meets)
        return tuple(map(rows.covered, self._connection.execute(select(coverage).where(meets, mine))))

    def _known(self, appointment_id: int | None, item: Evidence) -> bool:
        same = and_(
            evidence.c.appointment_id.is_not_distinct_from(appointment_id),
            evidence.c.at == item.at,
            evidence.c.source == item.source,
            evidence.c.sign == item.sign,
        )
        return bool(self._connection.execute(select(exists().where(same))).scalar())


def _belongs(column: ColumnElement[int | None], appointment_id: int, when: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(column == appointment_id, and_(column.is_(None), when))
