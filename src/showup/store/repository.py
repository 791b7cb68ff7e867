"""The port Record on one SQLAlchemy connection."""

from sqlalchemy import Connection

from showup.store.judged import Judged
from showup.store.outbox import Outbox
from showup.store.planned import Planned
from showup.store.seen import Seen


class Repository(Planned, Seen, Judged, Outbox):
    """All the parts together, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
