"""One VEVENT as it stands in the file: when, how it repeats, which version it is, and what it says."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo
from typing import Self

from showup.core.event import Event, EventKey
from showup.formats.ics import texts
from showup.formats.ics.lines import Line, lines, unescape
from showup.formats.ics.scan import Block
from showup.formats.ics.texts import Properties
from showup.formats.ics.times import LIST_LIMIT, Period, When, basic, dates, duration, stamp, told, when
from showup.formats.ics.zones import Unknown, Zones

UID_LIMIT = 1_000
NAMES = texts.NAMES | {
    *("UID", "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE"),
    *("SEQUENCE", "LAST-MODIFIED", "DTSTAMP"),
}
_BAD_DATES = "Of the event “{}” some added or excepted dates cannot be read."
_EPOCH = datetime(1, 1, 1, tzinfo=UTC)


class UnreadableError(ValueError):
    """A VEVENT that cannot be used: why, and what is known of it."""

    def __init__(self, why: str, event: Event) -> None:
        super().__init__(why)
        self.event = event

    @property
    def sentence(self) -> str:
        """Say it, naming the event."""
        return unusable(self.event, str(self))


@dataclass(frozen=True, slots=True)
class Vevent:
    """A VEVENT. `end` is None where the length is unknown; `version` orders those with an equal key."""

    event: Event
    start: When
    end: When | None
    recurrence_id: When | None
    this_and_future: bool
    rules: tuple[str, ...]
    rdates: tuple[When | Period, ...]
    exdates: tuple[When, ...]
    version: tuple[int, datetime, datetime]

    @property
    def recurs(self) -> bool:
        """Whether it stands for more than one occurrence."""
        return bool(self.rules or self.rdates)

    @property
    def plain(self) -> bool:
        """Whether it is a changed occurrence that says nothing of any other."""
        return self.recurrence_id is not None and self.single and not self.this_and_future

    @property
    def single(self) -> bool:
        """Whether it stands for itself alone."""
        return not (self.recurs or self.exdates)

    @property
    def movable(self) -> bool:
        """Whether start and end can be put to another day without changing how long it lasts."""
        if isinstance(self.start, datetime) and isinstance(self.end, datetime):
            return self.start.tzinfo is self.end.tzinfo
        return self.recurrence_id is None

    def moved(self, start: When) -> Self:
        """Return it with another start and the same length, by the clock on the wall."""
        if start == self.start:
            return self
        apart = day_of(start) - day_of(self.start)
        return replace(self, start=start, end=None if self.end is None else self.end + apart)

    def once(self) -> Event:
        """Return it as one event at its own time."""
        event = self.event._replace(series=self.event.key.uid) if self.recurs else self.event
        return at(event, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What holds for all events of one VCALENDAR."""

    zones: Zones
    name: str = ""
    cancels: bool = False


def vevent(block: Block, calendar: Calendar) -> Vevent:
    """Read a VEVENT.

    Raises:
        UnreadableError: it has no end mark or no start, or its time is no time.
    """
    properties = Properties(list(lines(block.text, NAMES)))
    zones = calendar.zones
    event = texts.told(EventKey(uid_of(properties)), properties, zones, calendar.name)
    if calendar.cancels:
        event = texts.cancelled(event)
    try:
        if not block.whole:
            raise ValueError("it has no END:VEVENT")  # noqa: TRY301 - one way out for all that is wrong with it
        return _timed(event, properties, zones)
    except (ValueError, TypeError, OverflowError) as problem:
        raise UnreadableError(str(problem), event) from problem


def at(event: Event, start: When, end: When | None, key: EventKey | None = None) -> Event:
    """Return the event at a time, with a warning where its time zone is unknown; `key` if it is another one's."""
    zone = start.tzinfo if isinstance(start, datetime) else None
    key = key or event.key
    return event._replace(
        key=key,
        series=key.uid if key.recurrence_id else event.series,
        start=told(start),
        end=told(end),
        all_day=not isinstance(start, datetime),
        warnings=(*event.warnings, unknown_zone(zone)) if isinstance(zone, Unknown) else event.warnings,
    )


def unknown_zone(zone: Unknown) -> str:
    """Say that a zone is unknown."""
    if not zone.tzid:
        return "The time zone of this calendar is not known."
    return f"The time zone “{zone.tzid}” is not known."


def unusable(event: Event, why: str) -> str:
    """Say that an event cannot be used, and why."""
    return f"The event “{event.summary[:80] or event.key.uid[:80]}” cannot be used: {why}."


def uid_of(properties: Properties) -> str:
    """Return the UID, bounded; where there is none, one made of the start and the title, so that it stays the same."""
    uid = unescape(properties.raw("UID"))
    if not uid:
        made = f"{properties.raw('DTSTART')}\n{properties.raw('RECURRENCE-ID')}\n{properties.raw('SUMMARY')}"
        return f"no-uid-{_digest(made)}"
    return uid if len(uid) <= UID_LIMIT else f"long-uid-{_digest(uid)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _timed(event: Event, properties: Properties, zones: Zones) -> Vevent:
    line = properties.first("DTSTART")
    if not line:
        raise ValueError("it has no start")
    start = when(line, zones)
    told(start)  # a moment that has no UTC is no moment
    zone = start.tzinfo if isinstance(start, datetime) else None
    recurrence_id = None
    if line := properties.first("RECURRENCE-ID"):
        recurrence_id = when(line, zones, zone)
        event = event._replace(key=EventKey(event.key.uid, basic(recurrence_id)), series=event.key.uid)
    rdates, bad = _dates(properties.all("RDATE"), zones, zone)
    exdates, worse = _dates(properties.all("EXDATE"), zones, zone)
    if bad or worse:
        event = event._replace(warnings=(_BAD_DATES.format(event.summary[:80] or "without a title"),))
    return Vevent(
        event=event,
        start=start,
        end=_end(properties, start, zones),
        recurrence_id=recurrence_id,
        this_and_future=bool(line) and line.params.get("RANGE", "").upper() == "THISANDFUTURE",
        rules=tuple(rule.value.strip().upper() for rule in properties.all("RRULE")[:10]),
        rdates=tuple(rdates),
        exdates=tuple(found for found in exdates if not isinstance(found, tuple)),
        version=_version(properties, event, zones),
    )


def _dates(found: Sequence[Line], zones: Zones, zone: tzinfo | None) -> tuple[list[When | Period], bool]:
    """Return the dates of several properties, and whether one of these could not be read."""
    good: list[When | Period] = []
    bad = False
    for line in found[:LIST_LIMIT]:
        try:
            good += dates(line, zones, zone)
        except (ValueError, OverflowError):
            bad = True
    return good[:LIST_LIMIT], bad


def _end(properties: Properties, start: When, zones: Zones) -> When | None:
    """Return DTEND, or DTSTART and DURATION; None where there is none, or where it lies before the start."""
    if line := properties.first("DTEND"):
        end = _like(when(line, zones, start.tzinfo if isinstance(start, datetime) else None), start)
    elif length := properties.raw("DURATION"):
        end = start + duration(length)
    else:
        return None
    return end if _moment(end) >= _moment(start) else None


def _like(end: When, start: When) -> When:
    """Return a day for a day, a moment for a moment: both must be of one kind (RFC 5545, section 3.8.2.2)."""
    if isinstance(start, datetime):
        return end if isinstance(end, datetime) else datetime.combine(end, time(), start.tzinfo)
    return day_of(end)


def _moment(moment: When) -> datetime:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC)
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def _version(properties: Properties, event: Event, zones: Zones) -> tuple[int, datetime, datetime]:
    """Return what orders versions: SEQUENCE, LAST-MODIFIED, then DTSTAMP (RFC 5546, section 2.1.5)."""
    line = properties.first("DTSTAMP")
    return event.sequence, event.updated or _EPOCH, (stamp(line, zones) if line else None) or _EPOCH


def newest(events: Iterable[Vevent]) -> list[Vevent]:
    """Return the newest of those with an equal key, in their order; of equal versions the first."""
    best: dict[EventKey, Vevent] = {}
    for event in events:
        best[event.event.key] = newer(best.get(event.event.key), event)
    return list(best.values())


def newer(one: Vevent | None, other: Vevent) -> Vevent:
    """Return the newer of two versions, the first of equal ones."""
    return other if one is None or other.version > one.version else one


def day_of(moment: When) -> date:
    """Return the day as written."""
    return moment.date() if isinstance(moment, datetime) else moment
