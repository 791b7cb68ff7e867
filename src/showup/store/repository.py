"""The port Record on one connection."""

from typing import Any

from showup.core.record import Entry
from showup.store import tables
from showup.store.answers import reads
from showup.store.forgetting import Forgetting
from showup.store.judged import Judged
from showup.store.known import Known
from showup.store.outbox import Outbox
from showup.store.paged import Paged
from showup.store.planned import Planned
from showup.store.remarks import Remarks
from showup.store.seen import Seen
from showup.store.transfer import dump


class Repository(Planned, Seen, Judged, Known, Outbox, Paged, Remarks, Forgetting):
    """All the parts together, inside one transaction."""

    def dump(self) -> dict[str, Any]:
        """The whole record, table by table, as `transfer.build` takes it."""
        return dump(self._driver)

    @reads(tables.appointments, tables.verdicts)
    def entry(self, appointment_id: int) -> Entry | None:
        """See the port Record."""
        planned, judged = self.appointment(appointment_id), self.verdict(appointment_id)
        return Entry(planned, judged) if planned and judged else None

    def some_entries(self, employer_id: int, offset: int, limit: int) -> tuple[Entry, ...]:
        """See the port Record."""
        found = self.some_appointments(employer_id, offset, limit)
        return tuple(Entry(one, verdict) for one in found if (verdict := self.verdict(one.id)))
