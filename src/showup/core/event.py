"""A calendar event as the calendar tells it (RFC 5545), before anybody asks whether it is an interview."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """STATUS of RFC 5545, section 3.8.1.11."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


class Partstat(StrEnum):
    """PARTSTAT of RFC 5545, section 3.2.12."""

    NEEDS_ACTION = "needs-action"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


class Person(NamedTuple):
    """An organiser, creator or attendee. `email` is lower case and may be empty; `you` is the calendar's own claim."""

    email: str
    name: str = ""
    partstat: Partstat = Partstat.NEEDS_ACTION
    you: bool = False
    resource: bool = False
    optional: bool = False


class EventKey(NamedTuple):
    """What identifies one occurrence: UID, and RECURRENCE-ID for an occurrence of a series (else empty)."""

    uid: str
    recurrence_id: str = ""


class Event(NamedTuple):
    """One occurrence of a calendar event.

    `start` and `end` are aware UTC. `start` is None for an all-day event and where the time zone cannot be known;
    `end` is None where the length is unknown. Texts are hostile: bounded when read, escaped where they are shown.
    """

    key: EventKey
    start: datetime | None
    end: datetime | None
    all_day: bool = False
    status: Status = Status.CONFIRMED
    summary: str = ""
    description: str = ""
    location: str = ""
    organizer: Person | None = None
    creator: Person | None = None
    attendees: tuple[Person, ...] = ()
    conference: tuple[str, ...] = ()
    """Addresses of the conference, as the calendar itself names them (Google conferenceData, RFC 7986 CONFERENCE)."""
    url: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    """LAST-MODIFIED, or Google's `updated`."""
    sequence: int = 0
    series: str = ""
    """The UID of the recurring event that this is an occurrence of; empty for a single event."""
    ical_uid: str = ""
    calendar_name: str = ""
    kind: str = "default"
    """Google's eventType: default, focusTime, outOfOffice, workingLocation, birthday, fromGmail."""
    transparent: bool = False
    private: bool = False
    warnings: tuple[str, ...] = ()
