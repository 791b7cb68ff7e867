"""The record, where something of it is to be forgotten. The only port that takes away what was seen and said."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from showup.core.appointment import Appointment
from showup.core.spans import Span
from showup.ports.record import Record


class Oblivion(Record, Protocol):
    """The record with the power to forget, inside one transaction."""

    def ended_before(self, moment: datetime, most: int) -> tuple[Appointment, ...]:
        """The oldest appointments that were over by then, `most` of them at most."""
        ...

    def forget_appointments(self, numbers: Iterable[int]) -> None:
        """Appointments with all that hangs on them: evidence, coverage, checkpoints, verdicts, notices, occurrences."""
        ...

    def forget_sightings(self, span: Span) -> None:
        """What was seen in the span and is no appointment's own: sound, and the phone."""
        ...

    def forget_words(self, keys: Iterable[str]) -> None:
        """What the person said of these events and senders."""
        ...

    def forget_said(self, subjects: Iterable[str]) -> None:
        """Notices about these subjects."""
        ...

    def forget_before(self, moment: datetime) -> None:
        """Coverage, and sightings that are no appointment's own, that ended before this; notices closed before it."""
        ...

    def forget_strangers(self) -> None:
        """Employers without any appointment, with their names and scores."""
        ...

    def mentions(self, words: Iterable[str]) -> int:
        """In how many rows of whatever table a text holds one of these words, in upper or lower case."""
        ...
