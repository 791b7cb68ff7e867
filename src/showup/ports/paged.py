"""Parts of long lists: what a page shows of the record, and no more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from showup.core.appointment import Appointment
from showup.core.paging import Mark, Wanted
from showup.core.record import Company, Entry
from showup.core.reliability import Reliability
from showup.core.spans import Span
from showup.core.totals import Counted
from showup.core.verdict.result import Outcome

Scores = Mapping[int, Reliability]
"""Scores that hold in the place of those on record, by the employer's id."""


class Paged(Protocol):
    """The record in parts: what is shown of it, and no more."""

    def some_companies(self, wanted: Wanted, renewed: Scores | None = None) -> tuple[Company, ...]:
        """A part of the employers with an appointment on record, as wanted; some of them with other scores."""
        ...

    def count_companies(self, wanted: Wanted, renewed: Scores | None = None) -> int:
        """How many there are with this search and label, whatever part is wanted."""
        ...

    def marks(self, employer_id: int, limit: int) -> tuple[Mark, ...]:
        """The newest appointments on record of an employer in one mark each, oldest first."""
        ...

    def faults(self, employer_id: int) -> Sequence[tuple[datetime, float]]:
        """The starts (aware UTC) and faults (0..1) of an employer's counted appointments, oldest first."""
        ...

    def stages(self, employer_id: int) -> Sequence[tuple[str, Outcome, int]]:
        """How many of an employer's appointments of a stage (empty where not known) went how."""
        ...

    def counted(self) -> Iterator[Counted]:
        """All appointments on record that count, whosever they are, one after the other as they are read."""
        ...

    def some_entries(self, employer_id: int, offset: int, limit: int) -> tuple[Entry, ...]:
        """A part of an employer's appointments on record with their verdicts, newest first."""
        ...

    def count_appointments(self, employer_id: int) -> int:
        """How many appointments of an employer are on record."""
        ...

    def pending_in(self, span: Span) -> tuple[int, ...]:
        """The ids of appointments on record that start in the span and whose verdict is `pending`, by start."""
        ...

    def pending_of(self, employer_id: int, until: datetime) -> tuple[int, ...]:
        """The same of one employer's that started before a moment."""
        ...

    def asked_in(self, span: Span) -> tuple[int, ...]:
        """The same as in `pending_in`, of those of which only the person can tell."""
        ...

    def follower(self, appointment_id: int) -> Appointment | None:
        """The newest appointment that follows this one."""
        ...
