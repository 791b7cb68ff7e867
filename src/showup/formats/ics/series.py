"""The occurrences of one UID, by recurring-ical-events: one UID at a time, so that none can spoil another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as Component
from icalendar.prop import vDDDLists, vDDDTypes, vRecur
from recurring_ical_events import CalendarQuery

from showup.core.event import Event, EventKey
from showup.formats.ics.rule import RefusedRuleError, usable
from showup.formats.ics.times import When, basic
from showup.formats.ics.vevent import Vevent, at, newest

_INDEX = "X-SHOWUP-INDEX"


@dataclass(frozen=True, slots=True)
class Span:
    """The window, in the zone in which the calendar's days begin; `end` exclusive."""

    start: datetime
    end: datetime

    def meets(self, start: When, end: When | None) -> bool:
        """Whether something from start to end (None: of no length, or of one day) has a part in the window."""
        first = self._moment(start)
        if end is not None:
            last = self._moment(end)
        else:
            last = first if isinstance(start, datetime) else self._moment(start + timedelta(days=1))
        return first < self.end and (last > self.start or first >= self.start)

    def _moment(self, moment: When) -> datetime:
        if isinstance(moment, datetime):
            return moment.astimezone(UTC)
        return datetime(moment.year, moment.month, moment.day, tzinfo=self.start.tzinfo).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Expanded:
    """The events of one UID, and what was wrong with its rules."""

    events: tuple[Event, ...]
    warnings: tuple[str, ...] = ()


def expand(group: Iterable[Vevent], span: Span, *, known: bool) -> Expanded:
    """Return the occurrences that meet the span; if `known`, single and overridden ones wherever they are as well.

    Raises:
        Exception: whatever the library raises on what nobody foresaw.
    """
    versions, warnings = _without_bad_rules(newest(group))
    if not any(version.recurs or version.exdates for version in versions):
        return Expanded(_singles(versions, span, known=known), warnings)
    found = {event.key: event for event in _occurrences(versions, span)}
    if known:
        dropped = {basic(day) for version in versions for day in version.exdates}
        for version in versions:
            event = version.once()
            if not version.recurs and event.key.recurrence_id not in dropped:
                found.setdefault(event.key, event)
    return Expanded(tuple(found.values()), warnings)


def _singles(versions: Sequence[Vevent], span: Span, *, known: bool) -> tuple[Event, ...]:
    return tuple(version.once() for version in versions if known or span.meets(version.start, version.end))


def _without_bad_rules(versions: Sequence[Vevent]) -> tuple[list[Vevent], tuple[str, ...]]:
    """Take away the rules that cannot be followed: what remains is the first occurrence, and what is listed."""
    good, warnings = [], []
    for version in versions:
        try:
            good.append(replace(version, rules=tuple(usable(rule) for rule in version.rules)))
        except RefusedRuleError as problem:
            title = version.event.summary[:80] or "without a title"
            warnings.append(f"Of the event “{title}” only the first occurrence is used: {problem}.")
            good.append(replace(version, rules=()))
    return good, tuple(warnings)


def _occurrences(versions: Sequence[Vevent], span: Span) -> Iterable[Event]:
    calendar = Calendar()
    for index, version in enumerate(versions):
        calendar.add_component(_component(version, index))
    for component in CalendarQuery(calendar).between(span.start, span.end):
        version = versions[int(component[_INDEX])]
        yield _event(version, component["DTSTART"].dt, component["DTEND"].dt)


def _component(version: Vevent, index: int) -> Component:
    """Return what the library needs to know of it, and nothing else."""
    made = Component()
    made["UID"] = version.event.key.uid
    made["SEQUENCE"] = version.event.sequence
    made["DTSTART"] = vDDDTypes(version.start)
    made[_INDEX] = index
    if version.end is not None:
        made["DTEND"] = vDDDTypes(version.end)
    if version.recurrence_id is not None:
        params = {"RANGE": "THISANDFUTURE"} if version.this_and_future else {}
        made["RECURRENCE-ID"] = vDDDTypes(version.recurrence_id, params)
    if version.rules:
        made["RRULE"] = [vRecur.from_ical(rule) for rule in version.rules]
    if version.rdates:
        made["RDATE"] = [vDDDLists(list(version.rdates))]
    if version.exdates:
        made["EXDATE"] = [vDDDLists(list(version.exdates))]
    return made


def _event(version: Vevent, start: When, end: date) -> Event:
    """Return one occurrence, under the RECURRENCE-ID that it has or would have."""
    lasts = None if version.end is None and end == start else end
    if version.end is None and not isinstance(start, datetime):
        lasts = None
    key = version.event.key
    if version.recurrence_id is not None and version.this_and_future:
        moved = _apart(version.start, version.recurrence_id)
        key = EventKey(key.uid, basic(start - moved))
    elif version.recurrence_id is None and version.recurs:
        key = EventKey(key.uid, basic(start))
    series = key.uid if key.recurrence_id else ""
    return replace(at(version.event, start, lasts), key=key, series=series)


def _apart(one: When, other: When) -> timedelta:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one - other
    return timedelta(0)
