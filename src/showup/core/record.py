"""The rows of the record, as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from showup.core.appointment import Appointment
from showup.core.notice import Kind, Message
from showup.core.reliability import Reliability
from showup.core.verdict.result import Verdict


class CalendarState(NamedTuple):
    """How reading a calendar has gone. `complete` is the last complete read that was not empty; all aware UTC."""

    name: str
    kind: str = ""
    last_read: datetime | None = None
    complete: datetime | None = None
    problem: str = ""
    problem_since: datetime | None = None
    readable: bool = False
    """Whether the very last read was complete and not empty."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An appointment with its verdict as it stands in the record."""

    appointment: Appointment
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Company:
    """An employer as the record knows it, with its score."""

    id: int
    name: str
    domain: str
    score: Reliability


Issue = tuple[int, datetime]
"""A notice's number and when it was written."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A row of the outbox. `subject` is what it is about: an appointment, an event without one, or a calendar.

    It waits while `shown` is None, is open while `closed` is None, and is never shown again once closed.
    `shown_id` is the notification server's id; it outlives a restart of ours, for the notice to be issued again.
    """

    id: int
    subject: str
    kind: Kind
    message: Message
    created: datetime
    appointment_id: int | None = None
    shown: datetime | None = None
    shown_id: int = 0
    closed: datetime | None = None
    forwarded: datetime | None = None
    """When it went to the person's phone as well."""

    @property
    def issue(self) -> Issue:
        """What tells it from another one, which may get its number once it is forgotten."""
        return self.id, self.created


def about(appointment_id: int) -> str:
    """The subject of a notice about an appointment."""
    return f"appointment:{appointment_id}"


_EVENT = "event:"


def about_event(uid: str) -> str:
    """The subject of a notice about an event that is no appointment yet."""
    return _EVENT + uid


def event_of(subject: str) -> str | None:
    """The UID that a subject names, if it is an event."""
    return subject.removeprefix(_EVENT) if subject.startswith(_EVENT) else None
