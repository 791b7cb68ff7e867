"""What was planned: calendars, their events, and the appointments that they became."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from showup.core.appointment import Appointment
from showup.core.change import Tracked
from showup.core.event import EventKey
from showup.core.recognition.result import Memory
from showup.core.record import CalendarState
from showup.core.spans import Span


class Planned(Protocol):
    """What was planned."""

    def calendar(self, name: str) -> CalendarState | None:
        """How reading this calendar has gone; None for one that was never read."""
        ...

    def calendars(self) -> tuple[CalendarState, ...]:
        """The same for all of them, by name."""
        ...

    def save_calendar(self, state: CalendarState) -> None:
        """Keep how reading a calendar went."""
        ...

    def tracked(self, calendar: str) -> Mapping[EventKey, Tracked]:
        """The occurrences that a calendar is known to have."""
        ...

    def foreign(self, calendar: str) -> frozenset[EventKey]:
        """The occurrences that belong to other calendars: an event that stands in two is one appointment."""
        ...

    def calendar_of(self, appointment_id: int) -> str:
        """The name of the calendar in which an appointment's event stands; empty where none shows it now."""
        ...

    def track(self, tracked: Tracked) -> None:
        """Keep an occurrence as it stands in its calendar now."""
        ...

    def add_appointment(self, draft: Appointment) -> Appointment:
        """Keep a new appointment; its `id` is given here."""
        ...

    def save_appointment(self, appointment: Appointment) -> None:
        """Keep a known appointment as it is now."""
        ...

    def appointment(self, number: int) -> Appointment | None:
        """The appointment with this id."""
        ...

    def planned(self, key: EventKey, start: datetime) -> Appointment | None:
        """The appointment of an occurrence at a planned time."""
        ...

    def named(self, uid: str) -> tuple[Appointment, ...]:
        """All appointments of an event, by start."""
        ...

    def around(self, span: Span) -> tuple[Appointment, ...]:
        """The appointments whose planned time meets the span, by start."""
        ...

    def standing(self, span: Span, most: int) -> Mapping[int, Span]:
        """The planned times, by their ids, of interviews that meet the span; `most` at most.

        Those that were off before they began are left out.
        """
        ...

    def unfinished(self, span: Span) -> tuple[Appointment, ...]:
        """Those of them that were not judged at their end yet."""
        ...

    def next_after(self, moment: datetime) -> Appointment | None:
        """The first appointment that starts later than this."""
        ...

    def memory(self) -> Memory:
        """What the person said of events and senders, and the employers known so far."""
        ...

    def remember(self, key: str, *, interview: bool) -> None:
        """Keep what the person said of a series, an event or a sender."""
        ...
