"""What a calendar's events plan: one line per occurrence, read as plainly as can be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Planned:
    uid: str
    start: float
    end: float
    event: Event
    employer: str
    """Empty: no interview."""
    medium: str

    @property
    def cancelled(self) -> bool:
        return self.event.get("status") == "cancelled"


def planned(events: Iterable[Event]) -> list[Planned]:
    """Every timed occurrence of every event, cancelled ones included."""
    given = list(events)
    exceptions = {_replaces(event) for event in given if "recurringEventId" in event}
    found: list[Planned] = []
    for event in given:
        if "dateTime" not in event.get("start", {}):
            continue
        occurrences = _series(event) if "recurrence" in event else [_single(event)]
        found += [one for one in occurrences if "recurrence" not in event or one.uid not in exceptions]
    return found


def _single(event: Event) -> Planned:
    start, end = _time(event["start"]), _time(event.get("end", event["start"]))
    return _occurrence(event, str(event["id"]), start, end)


def _series(event: Event) -> list[Planned]:
    first = _time(event["start"])
    length = _time(event["end"]) - first
    rule = rrulestr("\n".join(event["recurrence"]), dtstart=first)
    return [
        _occurrence(event, f"{event['id']}_{start.astimezone(UTC):%Y%m%dT%H%M%SZ}", start, start + length)
        for start in islice(rule, 400)
    ]


def _occurrence(event: Event, uid: str, start: datetime, end: datetime) -> Planned:
    return Planned(uid, start.timestamp(), end.timestamp(), event, employer_of(event), medium_of(event))


def _replaces(event: Event) -> str:
    """The id that the occurrence would have had in the series."""
    if "originalStartTime" not in event:
        return str(event["id"])
    return f"{event['recurringEventId']}_{_time(event['originalStartTime']).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _time(value: Mapping[str, str]) -> datetime:
    moment = datetime.fromisoformat(value["dateTime"])
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def employer_of(event: Event) -> str:
    """NAME of "… interview … with NAME – ROLE"."""
    summary = str(event.get("summary", ""))
    _, found, rest = summary.partition(" with ")
    if not found or "interview" not in summary.lower():
        return ""
    return rest.partition(" – ")[0].strip()


def medium_of(event: Event) -> str:
    where = f"{event.get('hangoutLink', '')} {event.get('location', '')}"
    for sign, medium in {"meet.google.com": "meet", "zoom.us": "zoom", "teams.": "teams", "webex.": "webex"}.items():
        if sign in where:
            return medium
    return "phone" if "phone" in str(event.get("summary", "")).lower() else "other"


def owner_of_change(event: Event, before: Event, owner: frozenset[str]) -> str:
    """Whose a change is: own, theirs, or unclear (a scheduling service, or no organiser at all)."""
    organizer = event.get("organizer") or before.get("organizer") or {}
    address = str(organizer.get("email", "")).lower()
    if organizer.get("self") or address in owner or _declined(before, owner):
        return "own"
    scheduler = address.endswith(("@calendly.com", ".calendly.com"))
    return "unclear" if not address or scheduler else "theirs"


def _declined(event: Event, owner: frozenset[str]) -> bool:
    return any(
        one.get("responseStatus") == "declined" and (one.get("self") or str(one.get("email", "")).lower() in owner)
        for one in event.get("attendees", [])
    )


def created_of(event: Event, fallback: float) -> float:
    """When the event was made: its own word, else when it appeared."""
    value = event.get("created")
    return datetime.fromisoformat(str(value)).timestamp() if value else fallback
