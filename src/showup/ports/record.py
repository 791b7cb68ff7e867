"""The record: what is kept, and where. Each of its parts is a file beside this one, as it is in the store."""

from contextlib import AbstractContextManager
from typing import Protocol

from showup.core.problem import Problem
from showup.core.record import Entry
from showup.ports.judged import Judged
from showup.ports.known import Known
from showup.ports.outbox import Outbox
from showup.ports.paged import Paged
from showup.ports.planned import Planned
from showup.ports.remarks import Remarks
from showup.ports.seen import Seen


class Replaced(Problem):
    """Under the record's name lies another file than the one that was opened: what is written now would be lost."""


class Record(Planned, Seen, Judged, Known, Outbox, Paged, Remarks, Protocol):
    """The record, inside one transaction: all of it is kept, or nothing."""

    def entry(self, appointment_id: int) -> Entry | None:
        """An appointment with its verdict; None where it has none yet."""
        ...


class Store(Protocol):
    """Where the record is kept."""

    def transaction(self) -> AbstractContextManager[Record]:
        """Change the record: kept when the block ends, undone when it raises.

        Raises:
            Problem: the record cannot be written now (disk full, read-only, locked by somebody else for long).
            Replaced: it is not there any more, for whoever holds it open for long; here and below.
        """
        ...

    def reading(self) -> AbstractContextManager[Record]:
        """Look at the record as it is at this moment."""
        ...

    def version(self) -> int:
        """A number that changes when somebody else changes the record."""
        ...

    def damage(self) -> Problem | None:
        """What to say where the record holds what the program never wrote: then an error in reading it is none of ours.

        It looks through all of it.

        Raises:
            Problem: it cannot be read at all.
        """
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...
