"""One event resource as the mirror keeps it: read once, when it comes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo

from showup.core.event import Event, EventKey, Status
from showup.core.problem import Problem
from showup.formats.google import event as read_event
from showup.formats.ics.lines import lines
from showup.formats.ics.texts import Properties
from showup.formats.ics.times import LIST_LIMIT, Period, When, dates
from showup.formats.ics.vevent import Vevent
from showup.formats.ics.zones import Unknown, Zones, iana

Resource = Mapping[str, object]

_INSTANCE = re.compile(r"(.{1,1000})_(\d{8}(?:T\d{6}Z)?)", re.ASCII | re.DOTALL)
_RECURRENCE = frozenset({"RRULE", "RDATE", "EXDATE"})
_LINES = 1_000
_EPOCH = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of a calendar. Its UID is Google's id, for an occurrence that of its series; see `EventKey`.

    `vevent` is what it is worked out from; None where it has no time that can be used: then `event` is all there is.
    """

    event: Event
    vevent: Vevent | None
    etag: str = ""
    warning: str = ""

    @property
    def uid(self) -> str:
        """The event's own id, or that of its series."""
        return self.event.key.uid

    def over(self, moment: datetime) -> bool:
        """Whether it is a single event, or a changed occurrence, that was over by then."""
        end = self.event.end or self.event.start
        return end is not None and end < moment and not (self.vevent and self.vevent.recurs)

    @property
    def cancelled(self) -> bool:
        """Whether it was deleted or called off."""
        return self.event.status is Status.CANCELLED


def id_of(resource: Resource) -> str:
    """The id; empty where there is none that can be used."""
    found = resource.get("id")
    return found if isinstance(found, str) and 0 < len(found) <= 1_024 else ""


def entry(resource: Resource, before: Entry | None = None) -> Entry:
    """Read a resource that has an id. `before` is what was known of it: a deleted event tells little more than its id.

    What cannot be read stays as it was, or becomes an entry without a time: it is there, after all. It has a warning.
    """
    etag = resource.get("etag")
    mark = etag if isinstance(etag, str) else ""
    try:
        told = _keyed(read_event(resource), resource)
        if told.status is Status.CANCELLED and before is not None:
            return replace(_cancelled(before, told.updated), etag=mark)
        return Entry(told, _vevent(told, resource), mark)
    except Problem as problem:
        if before is None:
            return Entry(Event(_key(resource), None, None), None, mark, problem.sentence)
        stays = _cancelled(before, None) if resource.get("status") == Status.CANCELLED else before
        return replace(stays, etag=mark, warning=problem.sentence)


def _keyed(told: Event, resource: Resource) -> Event:
    """An occurrence goes by its series' UID (RFC 5545), not by the id that Google gives it besides."""
    if not resource.get("recurringEventId"):
        return told._replace(series="") if told.series else told
    slot = told.key.recurrence_id or _key(resource).recurrence_id
    return told._replace(key=EventKey(told.series, slot)) if slot else told


def _key(resource: Resource) -> EventKey:
    """What can be known from the ids alone: that of an occurrence ends with its original start."""
    found = _INSTANCE.fullmatch(id_of(resource))
    return EventKey(found[1], found[2]) if found and resource.get("recurringEventId") else EventKey(id_of(resource))


def _cancelled(before: Entry, at: datetime | None) -> Entry:
    told = before.event._replace(status=Status.CANCELLED, updated=at or before.event.updated)
    return Entry(told, replace(before.vevent, event=told) if before.vevent else None)


def _vevent(told: Event, resource: Resource) -> Vevent | None:
    slot = _moment(resource.get("originalStartTime")) if told.key.recurrence_id else None
    start = _moment(resource.get("start")) or slot
    if start is None:
        return None
    repeated = _repeated(resource)
    zone = start.tzinfo if isinstance(start, datetime) else None
    if repeated and isinstance(start, datetime) and not _named(zone):
        raise Problem(f"The time zone of the series “{told.summary[:80] or told.key.uid[:80]}” is not known.")
    rules = Properties(list(lines("\n".join(repeated).encode("utf-8", "replace"), _RECURRENCE)))
    added, excepted = (_dates(rules, name, zone, told) for name in ("RDATE", "EXDATE"))
    return Vevent(
        event=told,
        start=start,
        end=_end(told, start, resource),
        recurrence_id=slot,
        this_and_future=False,
        rules=tuple(line.value.strip().upper() for line in rules.all("RRULE")[:10]),
        rdates=tuple(added),
        exdates=tuple(one for one in excepted if not isinstance(one, tuple)),
        version=(told.sequence, told.updated or _EPOCH, _EPOCH),
    )


def _moment(value: object) -> When | None:
    """A start that the format's reader has accepted, in the zone that it names."""
    if not isinstance(value, Mapping):
        return None
    if not isinstance(value.get("dateTime"), str):
        return date.fromisoformat(value["date"]) if isinstance(value.get("date"), str) else None
    moment = datetime.fromisoformat(value["dateTime"])
    name = value.get("timeZone")
    zone = iana(name) if isinstance(name, str) else None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone or Unknown(str(name)))
    return moment.astimezone(zone) if zone else moment


def _end(told: Event, start: When, resource: Resource) -> When | None:
    """The end; None where the length is unknown."""
    end = _moment(resource.get("end"))
    if not isinstance(start, datetime):
        return end if end is not None and not isinstance(end, datetime) and end > start else None
    return end if told.end is not None else None


def _repeated(resource: Resource) -> Sequence[str]:
    value = resource.get("recurrence")
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Problem(f"Event {id_of(resource)[:80]!r} has a `recurrence` that cannot be read.")
    return value[:_LINES]


def _dates(rules: Properties, name: str, zone: tzinfo | None, told: Event) -> list[When | Period]:
    found: list[When | Period] = []
    try:
        for line in rules.all(name):
            found += dates(line, Zones((), None), zone)
    except (ValueError, OverflowError) as problem:
        title = told.summary[:80] or told.key.uid[:80]
        raise Problem(f"The event “{title}” has added or excepted dates that cannot be read.") from problem
    return found[:LIST_LIMIT]


def _named(zone: tzinfo | None) -> bool:
    """Whether it is a zone with rules of its own, or UTC, and no mere offset of one day."""
    return zone is not None and getattr(zone, "key", None) is not None
