"""Calendars, occurrences and appointments."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, insert, select, tuple_, update

from showup.core.appointment import Appointment
from showup.core.change import Tracked
from showup.core.event import EventKey
from showup.core.recognition.result import Memory
from showup.core.record import CalendarState
from showup.core.spans import Span
from showup.store import rows
from showup.store.tables import appointments, calendars, employer_names, employers, memory, occurrences
from showup.store.upsert import upsert

_LONGEST = timedelta(days=2)
"""How long before a span an appointment that still meets it may have begun: no interview is longer."""


class Planned:
    """The part of the repository that knows what was planned."""

    _connection: Connection

    def calendar(self, name: str) -> CalendarState | None:
        """See the port Record, here and below."""
        row = self._connection.execute(select(calendars).where(calendars.c.name == name)).one_or_none()
        return rows.calendar_state(row) if row else None

    def calendars(self) -> tuple[CalendarState, ...]:
        """All of them, by name."""
        return tuple(map(rows.calendar_state, self._connection.execute(select(calendars).order_by(calendars.c.name))))

    def save_calendar(self, state: CalendarState) -> None:
        """Keep how reading went."""
        values = {column.name: getattr(state, column.name) for column in calendars.columns}
        self._connection.execute(upsert(calendars, values, ("name",)))

    def tracked(self, calendar: str) -> dict[EventKey, Tracked]:
        """What this calendar is known to have."""
        found = self._connection.execute(select(occurrences).where(occurrences.c.calendar == calendar))
        return {item.key: item for item in map(rows.tracked, found)}

    def foreign(self, calendar: str) -> frozenset[EventKey]:
        """What others are known to have."""
        keys = select(occurrences.c.uid, occurrences.c.recurrence_id).where(occurrences.c.calendar != calendar)
        return frozenset(EventKey(*row) for row in self._connection.execute(keys))

    def calendar_of(self, appointment_id: int) -> str:
        """Where its event stands."""
        query = select(occurrences.c.calendar).where(occurrences.c.appointment_id == appointment_id)
        return self._connection.execute(query).scalar() or ""

    def track(self, tracked: Tracked) -> None:
        """Keep an occurrence as it stands now."""
        self._connection.execute(upsert(occurrences, rows.of_tracked(tracked), ("uid", "recurrence_id")))

    def add_appointment(self, draft: Appointment) -> Appointment:
        """A new one."""
        result = self._connection.execute(insert(appointments).values(rows.of_appointment(draft)))
        return replace(draft, id=result.lastrowid)

    def save_appointment(self, appointment: Appointment) -> None:
        """A known one, as it is now."""
        values = rows.of_appointment(appointment)
        self._connection.execute(update(appointments).where(appointments.c.id == appointment.id).values(values))

    def appointment(self, number: int) -> Appointment | None:
        """By its id."""
        return self._one(select(appointments).where(appointments.c.id == number))

    def planned(self, key: EventKey, start: datetime) -> Appointment | None:
        """By occurrence and planned time."""
        same = tuple_(appointments.c.uid, appointments.c.recurrence_id) == (key.uid, key.recurrence_id)
        return self._one(select(appointments).where(same, appointments.c.start == start))

    def named(self, uid: str) -> tuple[Appointment, ...]:
        """All of an event."""
        return self._all(select(appointments).where(appointments.c.uid == uid))

    def around(self, span: Span) -> tuple[Appointment, ...]:
        """Those that meet the span."""
        early = appointments.c.start > span.start - _LONGEST
        found = self._all(select(appointments).where(appointments.c.start < span.end, early))
        return tuple(item for item in found if item.planned.end > span.start)

    def next_after(self, moment: datetime) -> Appointment | None:
        """The first that starts later."""
        later = appointments.c.start > moment
        return self._one(select(appointments).where(later).order_by(appointments.c.start).limit(1))

    def memory(self) -> Memory:
        """What the person said of events and senders, and the employers that are known by their domains."""
        said = {row.key: row.interview for row in self._connection.execute(select(memory))}
        named = select(employer_names.c.key, employers.c.name).join(employers).where(employer_names.c.key.like("%.%"))
        return Memory(said, {row.key: row.name for row in self._connection.execute(named)})

    def remember(self, key: str, *, interview: bool) -> None:
        """The person's word about a series, an event or a sender."""
        self._connection.execute(upsert(memory, {"key": key, "interview": interview}, ("key",)))

    def _one(self, query: Select[Any]) -> Appointment | None:
        row = self._connection.execute(query).first()
        return rows.appointment(row) if row else None

    def _all(self, query: Select[Any]) -> tuple[Appointment, ...]:
        ordered = query.order_by(appointments.c.start, appointments.c.id)
        return tuple(map(rows.appointment, self._connection.execute(ordered)))
