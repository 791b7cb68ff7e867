"""The calendar of a story: Google event resources that come, change and vanish."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from showup.core.event import Event, Status
from showup.core.problem import Problem
from showup.formats import google
from showup.formats.ics import occurrences
from showup.ports import Reading, SourceProblem, Window

_STATES = {"down": "down", "up": "whole", "truncated": "truncated", "whole": "whole", "empty": "empty", "full": "whole"}

_MARGIN = timedelta(days=14)


class StoryCalendar:
    """The port CalendarSource, on what the story put into it."""

    name = "story"

    def __init__(self, owner: frozenset[str]) -> None:
        self._owner = owner
        self._resources: dict[str, dict[str, Any]] = {}
        self._vanished: set[str] = set()
        self._events_of: dict[int, tuple[dict[str, Any], Event]] = {}
        self._spread: dict[str, tuple[dict[str, Any], Window, list[dict[str, Any]]]] = {}
        self._state = "whole"
        self._version = 0
        self._now: tuple[tuple[int, Window], list[Event]] | None = None
        self._read: tuple[int, Window, frozenset[str]] | None = None

    def step(self, what: str, rest: Mapping[str, Any], at: datetime) -> None:
        """The story does something to the calendar."""
        self._version += 1
        if what == "put":
            self._put(dict(rest.get("event", {})), at)
        elif what == "cancel":
            self._put({**self._resource(str(rest.get("id", ""))), "status": "cancelled", "updated": at.isoformat()}, at)
        elif what == "vanish":
            self._vanished.add(str(rest.get("id", "")))
        elif what in _STATES:
            self._state = _STATES[what]
        else:
            raise Problem(f"“calendar = {what}” is no step.", f"Use put, cancel, vanish, {', '.join(_STATES)}.")

    def read(self, window: Window, known: frozenset[str], due: frozenset[str] = frozenset()) -> Reading:  # noqa: ARG002
        """See the port. What changed is everything, or nothing."""
        if self._state in {"down", "truncated"}:
            self._read = None
            reason = "cannot be reached" if self._state == "down" else "broke off in the middle"
            raise SourceProblem(f"The calendar {reason}.", "It is read again in a minute.")
        if self._read == (self._version, window, known):
            return Reading(None)
        self._read = (self._version, window, known)
        return Reading(() if self._state == "empty" else tuple(self.events(window)))

    def events(self, window: Window) -> list[Event]:
        """Everything that stands in it now, series as their occurrences."""
        if self._now is None or self._now[0] != (self._version, window):
            self._now = ((self._version, window), self._events(window))
        return self._now[1]

    def _events(self, window: Window) -> list[Event]:
        single = [item for item in self._resources.values() if "recurrence" not in item]
        series = [item for item in self._resources.values() if "recurrence" in item]
        own = {item["id"] for item in single}
        spread = [one for item in series for one in self._occurrences(item, window) if one["id"] not in own]
        return [self._event(item) for item in (*spread, *single) if item["id"] not in self._vanished]

    def _event(self, resource: dict[str, Any]) -> Event:
        """Read once; a resource that changes is another one."""
        known = self._events_of.get(id(resource))
        if known is None or known[0] is not resource:
            known = (resource, google.event(resource, self._owner))
            self._events_of[id(resource)] = known
        return known[1]

    def _occurrences(self, master: dict[str, Any], window: Window) -> list[dict[str, Any]]:
        """Those that meet the window; they are followed once for all the windows of a story's days."""
        known = self._spread.get(master["id"])
        if known is None or known[0] is not master or not _holds(known[1], window):
            wide = Window(window.start - _MARGIN, window.end + _MARGIN)
            known = (master, wide, _occurrences(master, wide))
            self._spread[master["id"]] = known
        return [one for one in known[2] if _meets(one, window)]

    def forget(self) -> None:
        """A daemon that starts has read nothing yet."""
        self._read = None

    def planned(self, around: datetime) -> list[tuple[str, datetime, datetime]]:
        """What stands within a day of this moment: id, start, end."""
        day = around.replace(hour=0, minute=0, second=0, microsecond=0)
        window = Window(day - timedelta(days=1), day + timedelta(days=2))
        standing = (event for event in self.events(window) if event.status is not Status.CANCELLED)
        return [(event.key.uid, event.start, event.end or event.start) for event in standing if event.start]

    def _put(self, resource: dict[str, Any], at: datetime) -> None:
        _check(resource)
        name = str(resource["id"])
        self._vanished.discard(name)
        created = self._resources.get(name, {}).get("created", at.isoformat())
        self._resources[name] = {"created": created, "updated": at.isoformat(), **_exception(name, resource)}

    def _resource(self, name: str) -> dict[str, Any]:
        """What stands under this id: an event, or an occurrence of a series."""
        if name in self._resources:
            return self._resources[name]
        series, _, stamp = name.rpartition("_")
        master = self._resources.get(series)
        if master is None or _stamp(stamp) is None:
            return {"id": name}
        start, length = _stamp(stamp) or _moment(master["start"]), _moment(master["end"]) - _moment(master["start"])
        return _occurrence({key: value for key, value in master.items() if key != "recurrence"}, start, start + length)


def _check(resource: Mapping[str, Any]) -> None:
    """What reading an event takes for granted; the rest is looked at as with any calendar.

    Raises:
        Problem: it has no id, or repeats and is not from one moment to another.
    """
    if not isinstance(resource.get("id"), str):
        raise Problem("An event of the story has no id.", "Give it one, a text in quotes.")
    if "recurrence" in resource:
        try:
            _moment(resource["start"]), _moment(resource["end"])
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise Problem(
                "An event of the story repeats, and has no start and end in `dateTime`.",
                'Write start = { dateTime = "2026-03-03T10:00:00-05:00", timeZone = "America/New_York" }.',
            ) from error


def _holds(wide: Window, window: Window) -> bool:
    return wide.start <= window.start and window.end <= wide.end


def _meets(occurrence: Mapping[str, Any], window: Window) -> bool:
    return _moment(occurrence["start"]) < window.end and _moment(occurrence["end"]) > window.start


def _occurrences(master: dict[str, Any], window: Window) -> list[dict[str, Any]]:
    """The occurrences of a recurring event, named and shaped as Google's API does with `singleEvents`."""
    start = _moment(master["start"])
    length = _moment(master["end"]) - start
    zone = str(master["start"].get("timeZone", ""))
    stamp = f";TZID={zone}:{start.astimezone(_zone(zone)):%Y%m%dT%H%M%S}" if zone else f":{start:%Y%m%dT%H%M%SZ}"
    rules = "\r\n".join(str(rule) for rule in master["recurrence"])
    text = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART{stamp}\r\n{rules}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    found = occurrences(text.encode(), window.start, window.end, frozenset(), None)
    plain = {key: value for key, value in master.items() if key != "recurrence"}
    return [_occurrence(plain, event.start, event.start + length) for event in found.events if event.start]


def _occurrence(master: dict[str, Any], start: datetime, end: datetime) -> dict[str, Any]:
    moment = {"dateTime": start.isoformat()}
    return {
        **master,
        "id": f"{master['id']}_{start:%Y%m%dT%H%M%SZ}",
        "recurringEventId": master["id"],
        "originalStartTime": moment,
        "start": moment,
        "end": {"dateTime": end.isoformat()},
    }


def _exception(name: str, resource: dict[str, Any]) -> dict[str, Any]:
    """An occurrence named by its id alone is told which one it is, as Google's API tells it."""
    series, _, stamp = name.rpartition("_")
    start = _stamp(stamp)
    if not series or start is None:
        return resource
    return {"recurringEventId": series, "originalStartTime": {"dateTime": start.isoformat()}, **resource}


def _stamp(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _moment(value: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(value["dateTime"])).astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Problem(f"“{name}” is no time zone.", "Use a name such as Europe/Berlin.") from error
