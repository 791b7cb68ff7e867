"""The port Record on one SQLAlchemy connection."""

from sqlalchemy import Connection

from showup.core.record import Entry, Notice
from showup.store.judged import Judged
from showup.store.known import Known
from showup.store.outbox import Outbox
from showup.store.planned import Planned
from showup.store.seen import Seen


class Repository(Planned, Seen, Judged, Known, Outbox):
    """All the parts together, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def said(self) -> tuple[tuple[Notice, Entry], ...]:
        """See the port Record."""
        about = {item.id: item for item in self.notices(unclosed=True) if item.appointment_id is not None}
        numbers = sorted({item.appointment_id for item in about.values() if item.appointment_id is not None})
        if not numbers:
            return ()
        planned, judged = self._by_id(numbers), self._verdicts_of(numbers)
        return tuple(
            (item, Entry(planned[item.appointment_id], judged[item.appointment_id]))
            for item in about.values()
            if item.appointment_id in planned and item.appointment_id in judged
        )
