"""An event resource of the Google Calendar API v3, as the event that the rules know.

Source: https://developers.google.com/calendar/api/v3/reference/events.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from showup.core.event import Event, EventKey, Partstat, Person, Status
from showup.core.problem import Problem

NAME, TITLE, ADDRESS, TEXT = 256, 1_024, 2_048, 8_192
"""Characters kept of a name, of a title or place, of a link, of a description (Google's own limit)."""
GUESTS = 200
"""Attendees kept: Google's own limit for an invitation that is shown in full."""
LINKS = 20

_PARTSTAT = {
    "accepted": Partstat.ACCEPTED,
    "declined": Partstat.DECLINED,
    "tentative": Partstat.TENTATIVE,
}
_ENTRY_POINTS = ("video", "sip", "phone")
"""What one can join by, best first; `more` is a page with further numbers."""
_REMEDY = "The other events are read as usual."


def event(resource: Mapping[str, object], owner: frozenset[str] = frozenset()) -> Event:
    """Read one event resource. `owner` holds the person's own addresses in lower case, beside Google's `self`.

    A cancelled occurrence of a series comes with little more than its id: it has no start then.

    Raises:
        Problem: the resource has no id or no readable start, or a part of it is not what the API says it is.
    """
    if not isinstance(resource, Mapping):
        raise Problem("An event is not a JSON object.", _REMEDY)
    return _Reader(resource, owner).event()


@dataclass(slots=True)
class _Reader:
    """One resource being read, and what had to be left out of it."""

    resource: Mapping[str, object]
    owner: frozenset[str]
    warnings: list[str] = field(default_factory=list)

    def event(self) -> Event:
        uid = self._uid()
        status = self._status()
        all_day, start = self._moment("start", required=status is not Status.CANCELLED)
        return Event(
            key=EventKey(uid, self._recurrence_id()),
            start=start,
            end=self._end(start),
            all_day=all_day,
            status=status,
            summary=self._text("summary", TITLE),
            description=self._text("description", TEXT),
            location=self._text("location", TITLE),
            organizer=self._person("organizer"),
            creator=self._person("creator"),
            attendees=self._attendees(),
            conference=tuple(dict.fromkeys(self._conference()))[:LINKS],
            url=_clean(self._mapping("source").get("url"), ADDRESS),
            created=self._stamp("created"),
            updated=self._stamp("updated"),
            sequence=self._sequence(),
            series=self._text("recurringEventId", TITLE) or (uid if self.resource.get("recurrence") else ""),
            ical_uid=self._text("iCalUID", TITLE),
            kind=self._text("eventType", NAME) or "default",
            transparent=self.resource.get("transparency") == "transparent",
            private=self.resource.get("visibility") in ("private", "confidential"),
            warnings=tuple(self.warnings),
        )

    # ------------------------------------------------------------ what it is

    def _uid(self) -> str:
        uid = self.resource.get("id")
        if not isinstance(uid, str) or not uid.strip():
            raise Problem("An event has no id.", _REMEDY)
        return _clean(uid, TITLE)

    def _status(self) -> Status:
        try:
            return Status(self._text("status", NAME) or Status.CONFIRMED)
        except ValueError as fault:
            raise self._unreadable("status") from fault

    def _recurrence_id(self) -> str:
        """RECURRENCE-ID in the basic format: UTC "20260303T150000Z", or "20260303" in an all-day series."""
        if not self.resource.get("recurringEventId") or not self.resource.get("originalStartTime"):
            return ""
        all_day, start = self._moment("originalStartTime", required=True)
        if all_day:
            return f"{date.fromisoformat(str(self._mapping('originalStartTime')['date'])):%Y%m%d}"
        return f"{start:%Y%m%dT%H%M%SZ}" if start else ""

    def _sequence(self) -> int:
        value = self.resource.get("sequence")
        return value if isinstance(value, int) and 0 <= value < 2**31 else 0

    # ------------------------------------------------------------ when it is

    def _moment(self, key: str, *, required: bool) -> tuple[bool, datetime | None]:
        """Whether it is a whole day, and the moment in UTC: None for a day or where the zone is not known."""
        value = self._mapping(key)
        if value.get("dateTime") is not None:
            return False, self._utc(key, value["dateTime"], value.get("timeZone"))
        if value.get("date") is not None:
            self._day(key, value["date"])
            return True, None
        if required:
            raise Problem(f"Event {self._shown()} has no {key}.", _REMEDY)
        return False, None

    def _end(self, start: datetime | None) -> datetime | None:
        """The end; None where the length cannot be known, or where it would end before it began."""
        all_day, end = self._moment("end", required=False)
        if all_day or start is None or end is None or self.resource.get("endTimeUnspecified") is True:
            return None
        return end if end > start else None

    def _utc(self, key: str, text: object, zone: object) -> datetime | None:
        try:
            moment = datetime.fromisoformat(text if isinstance(text, str) else "")
            if moment.tzinfo is None:
                known = _zone(zone)
                if known is None:
                    self.warnings.append(
                        f"The time zone of its {key} is not known: {_clean(zone, 64) or 'none given'}."
                    )
                    return None
                moment = moment.replace(tzinfo=known)
            return moment.astimezone(UTC)
        except (ValueError, OverflowError) as fault:
            raise self._unreadable(key) from fault

    def _day(self, key: str, text: object) -> date:
        try:
            return date.fromisoformat(text if isinstance(text, str) else "")
        except ValueError as fault:
            raise self._unreadable(key) from fault

    def _stamp(self, key: str) -> datetime | None:
        """A moment that the event can do without."""
        if self.resource.get(key) is None:
            return None
        try:
            return self._utc(key, self.resource[key], "UTC")
        except Problem:
            self.warnings.append(f"Its {key} cannot be read.")
            return None

    # ------------------------------------------------------------ who and where

    def _person(self, key: str) -> Person | None:
        value = self._mapping(key)
        return self._one(value) if value else None

    def _attendees(self) -> tuple[Person, ...]:
        value = self.resource.get("attendees")
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            raise self._unreadable("attendees")
        if len(value) > GUESTS:
            self.warnings.append(f"Only {GUESTS} of its {len(value)} attendees were read.")
        return tuple(self._one(one) for one in value[:GUESTS])

    def _one(self, value: Mapping[str, object]) -> Person:
        email = _clean(value.get("email"), NAME).strip().lower()
        return Person(
            email=email,
            name=_clean(value.get("displayName"), NAME),
            partstat=_PARTSTAT.get(str(value.get("responseStatus")), Partstat.NEEDS_ACTION),
            you=value.get("self") is True or email in self.owner,
            resource=value.get("resource") is True,
            optional=value.get("optional") is True,
        )

    def _conference(self) -> Iterator[str]:
        points = self._mapping("conferenceData").get("entryPoints")
        known = [point for point in points if isinstance(point, Mapping)] if isinstance(points, list) else []
        for kind in _ENTRY_POINTS:
            if kind == "sip" and (link := self._text("hangoutLink", ADDRESS)):
                yield link
            for point in known[: 2 * LINKS]:
                if point.get("entryPointType") == kind and (uri := _clean(point.get("uri"), ADDRESS)):
                    yield uri

    # ------------------------------------------------------------ reading

    def _text(self, key: str, limit: int) -> str:
        value = self.resource.get(key)
        if value is not None and not isinstance(value, str):
            raise self._unreadable(key)
        return _clean(value, limit)

    def _mapping(self, key: str) -> Mapping[str, object]:
        value = self.resource.get(key)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise self._unreadable(key)
        return value

    def _unreadable(self, key: str) -> Problem:
        return Problem(f"Event {self._shown()} has a `{key}` that cannot be read.", _REMEDY)

    def _shown(self) -> str:
        return repr(_clean(self.resource.get("id"), 80))


def _clean(value: object, limit: int) -> str:
    """The text, bounded, without the halves of characters that JSON can carry and no file can hold."""
    if not isinstance(value, str):
        return ""
    text = value[:limit]
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _zone(name: object) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if isinstance(name, str) else None
    except (ValueError, OSError, KeyError):  # not a name, a folder of zones, not among them
        return None
