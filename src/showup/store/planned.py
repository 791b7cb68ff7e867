"""Calendars, occurrences and appointments."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, insert, or_, select, update

from showup.core.appointment import UNKNOWN_LENGTH, Appointment, planned
from showup.core.change import Tracked
from showup.core.checkpoints import Point
from showup.core.event import EventKey
from showup.core.identity import EVENT
from showup.core.recognition.result import Decision, Memory
from showup.core.record import CalendarState
from showup.core.spans import Span
from showup.store import rows, tables
from showup.store.answers import reads, writes
from showup.store.prepared import Part
from showup.store.tables import appointments, calendars, checkpoints, employer_names, employers, memory, occurrences
from showup.store.upsert import upsert

_LONGEST = timedelta(days=2)
"""How long before a span an appointment that still meets it may have begun: no interview is longer."""

# Statements are built once: SQLAlchemy takes several times longer to build one than SQLite to answer it.
_CALENDARS = select(calendars).order_by(calendars.c.name)
_CALENDAR = select(calendars).where(calendars.c.name == bindparam("calendar"))
_SAVE_CALENDAR = upsert(calendars)
_TRACKED = select(occurrences).where(occurrences.c.calendar == bindparam("calendar"))
_FOREIGN = select(occurrences.c.uid, occurrences.c.recurrence_id).where(occurrences.c.calendar != bindparam("calendar"))
_CALENDAR_OF = select(occurrences.c.calendar).where(occurrences.c.appointment_id == bindparam("number"))
_TRACK = upsert(occurrences)
_ADD = insert(appointments)
_SAVE = update(appointments).where(appointments.c.id == bindparam("number"))
_BY_ID = select(appointments).where(appointments.c.id == bindparam("number"))
_PLANNED = select(appointments).where(
    appointments.c.uid == bindparam("uid"),
    appointments.c.recurrence_id == bindparam("recurrence"),
    appointments.c.start == bindparam("at"),
)
_IN_ORDER = (appointments.c.start, appointments.c.id)
_NAMED = select(appointments).where(appointments.c.uid == bindparam("uid")).order_by(*_IN_ORDER)
_AROUND = (
    select(appointments)
    .where(appointments.c.start < bindparam("until"), appointments.c.start > bindparam("early"))
    .order_by(*_IN_ORDER)
)
_UNFINISHED = _AROUND.where(
    ~exists().where(checkpoints.c.appointment_id == appointments.c.id, checkpoints.c.point == Point.END)
)
_MEETS = or_(
    appointments.c.start >= bindparam("begin"),
    appointments.c.end > bindparam("begin"),
    and_(appointments.c.end.is_(None), appointments.c.start > bindparam("short")),
)
_MEETING = _AROUND.where(_MEETS)
_STANDING = (
    _MEETING.with_only_columns(appointments.c.id, appointments.c.start, appointments.c.end)
    .where(
        appointments.c.decision == Decision.INTERVIEW,
        or_(appointments.c.changed.is_(None), appointments.c.changed >= appointments.c.start),
    )
    .limit(bindparam("most"))
)
_NEXT = select(appointments).where(appointments.c.start > bindparam("at")).order_by(appointments.c.start).limit(1)
_SAID = select(memory)
_REMEMBER = upsert(memory)
_DOMAINS = (
    select(employer_names.c.key, employers.c.name)
    .join(employers)
    .where(*(employer_names.c.key.not_like(start) for start in ("=%", f"{EVENT}%")), employer_names.c.key.like("%.%"))
)


class Planned(Part):
    """The part of the repository that knows what was planned."""

    @reads(tables.calendars)
    def calendar(self, name: str) -> CalendarState | None:
        """See the port Record, here and below."""
        return self._one(rows.calendar_state, _CALENDAR, {"calendar": name})

    @reads(tables.calendars)
    def calendars(self) -> tuple[CalendarState, ...]:
        """All of them, by name."""
        return tuple(map(rows.calendar_state, self._all(_CALENDARS)))

    @writes(tables.calendars)
    def save_calendar(self, state: CalendarState) -> None:
        """Keep how reading went."""
        self._write(_SAVE_CALENDAR, rows.of_calendar_state(state))

    @reads(tables.occurrences)
    def tracked(self, calendar: str) -> Mapping[EventKey, Tracked]:
        """What this calendar is known to have."""
        found = self._all(_TRACKED, {"calendar": calendar})
        return MappingProxyType({item.key: item for item in map(rows.tracked, found)})

    @reads(tables.occurrences)
    def foreign(self, calendar: str) -> frozenset[EventKey]:
        """What others are known to have."""
        return frozenset(EventKey(*row) for row in self._all(_FOREIGN, {"calendar": calendar}))

    @reads(tables.occurrences)
    def calendar_of(self, appointment_id: int) -> str:
        """Where its event stands."""
        return self._value(_CALENDAR_OF, {"number": appointment_id}) or ""

    @writes(tables.occurrences)
    def track(self, tracked: Tracked) -> None:
        """Keep an occurrence as it stands now."""
        self._write(_TRACK, rows.of_tracked(tracked))

    @writes(tables.appointments)
    def add_appointment(self, draft: Appointment) -> Appointment:
        """A new one."""
        return replace(draft, id=self._write(_ADD, rows.of_appointment(draft)))

    @writes(tables.appointments)
    def save_appointment(self, appointment: Appointment) -> None:
        """A known one, as it is now."""
        self._write(_SAVE, {"number": appointment.id, **rows.of_appointment(appointment)})

    @reads(tables.appointments)
    def appointment(self, number: int) -> Appointment | None:
        """By its id."""
        return self._appointment(_BY_ID, number=number)

    @reads(tables.appointments)
    def planned(self, key: EventKey, start: datetime) -> Appointment | None:
        """By occurrence and planned time."""
        return self._appointment(_PLANNED, uid=key.uid, recurrence=key.recurrence_id, at=start)

    @reads(tables.appointments)
    def named(self, uid: str) -> tuple[Appointment, ...]:
        """All of an event."""
        return self._appointments(_NAMED, uid=uid)

    @reads(tables.appointments)
    def around(self, span: Span) -> tuple[Appointment, ...]:
        """Those that meet the span."""
        return tuple(item for item in self._appointments(_MEETING, **_meeting(span)) if item.planned.end > span.start)

    @reads(tables.appointments)
    def standing(self, span: Span, most: int) -> Mapping[int, Span]:
        """When those are planned that take room in the span."""
        rows = self._all(_STANDING, {**_meeting(span), "most": most})
        times = {number: planned(start, end) for number, start, end in rows}
        return MappingProxyType({number: time for number, time in times.items() if time.end > span.start})

    @reads(tables.appointments, tables.checkpoints)
    def unfinished(self, span: Span) -> tuple[Appointment, ...]:
        """Those that are not over."""
        return self._appointments(_UNFINISHED, until=span.end, early=span.start)

    @reads(tables.appointments)
    def next_after(self, moment: datetime) -> Appointment | None:
        """The first that starts later."""
        return self._appointment(_NEXT, at=moment)

    @reads(tables.memory, tables.employer_names, tables.employers)
    def memory(self) -> Memory:
        """What the person said of events and senders, and the employers that are known by their domains."""
        said = {row.key: row.interview for row in self._all(_SAID)}
        return Memory(said, {row.key: row.name for row in self._all(_DOMAINS)})

    @writes(tables.memory)
    def remember(self, key: str, *, interview: bool) -> None:
        """The person's word about a series, an event or a sender."""
        self._write(_REMEMBER, {"key": key, "interview": interview})

    def _appointment(self, query: Select[Any], **params: object) -> Appointment | None:
        return self._one(rows.appointment, query, params)

    def _appointments(self, query: Select[Any], **params: object) -> tuple[Appointment, ...]:
        return self._many(rows.appointment, query, params)


def _meeting(span: Span) -> dict[str, datetime]:
    """The moments by which what meets a span is found."""
    begin = span.start
    return {"until": span.end, "early": begin - _LONGEST, "begin": begin, "short": begin - UNKNOWN_LENGTH}
