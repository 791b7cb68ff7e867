"""A Google account with its calendars, worked by a test as its owner, with the rules of events.list and its tokens.

Source: https://developers.google.com/calendar/api/v3/reference/events/list and /guides/sync.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.google_instances import instance_id, instances, moment, slot_of, span
from tests.support.google_schema import InvalidError

Resource = dict[str, Any]

_NOT_WITH_SYNC = {"iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax"}
_NOT_WITH_SYNC |= {"updatedMin"}
_FREE = {"pageToken", "syncToken", "timeMin", "timeMax", "alt", "fields", "prettyPrint", "key", "quotaUser"}
_MOST = 2_500


class GoneError(Exception):
    """410 fullSyncRequired."""


class NotFoundError(Exception):
    """404 notFound."""


class Calendar:
    """One calendar. `reveals` tells whether deleted events keep their details, as those that you organise do."""

    def __init__(self, world: "World", name: str, zone: str = "Europe/Berlin") -> None:
        self.world, self.name, self.zone = world, name, zone
        self.events: dict[str, Resource] = {}
        self.changed: dict[str, int] = {}
        self.count = 1
        self.oldest = 0
        self.odd: set[str] = set()
        self.reveals = True

    # ------------------------------------------------------------ what the owner does

    def put(self, name: str, start: datetime | date, end: datetime | date | None = None, **more: object) -> Resource:
        """Write an event, in the place of one with the same id."""
        lasts = timedelta(hours=1) if isinstance(start, datetime) else timedelta(days=1)
        body = {"summary": "Interview", "start": self.at(start), "end": self.at(end or start + lasts), **more}
        before = self.events.get(name, {})
        created = before.get("created", self.world.stamp())
        return self._store(
            {
                "kind": "calendar#event",
                "id": name,
                "status": "confirmed",
                "created": created,
                "iCalUID": f"{name}@google.com",
                "eventType": "default",
                "sequence": before.get("sequence", 0) + bool(before),
                "organizer": {"email": "hr@acme.example"},
                **body,
            }
        )

    def raw(self, resource: Resource) -> None:
        """Keep a resource as it is, whatever is in it; it is listed always."""
        name = str(resource["id"])
        self.events[name] = resource
        self.odd.add(name)
        self._touch(name)

    def change(self, name: str, **fields: object) -> Resource:
        """Change fields of an event."""
        return self._store({**self.events[name], **fields})

    def delete(self, name: str) -> None:
        """Delete an event, or a series with all of it."""
        parts = [each for each, one in self.events.items() if each == name or one.get("recurringEventId") == name]
        for each in parts:
            self._store({**self.events[each], "status": "cancelled"})

    def change_one(self, series: str, slot: datetime | date, **fields: object) -> Resource:
        """Change one occurrence of a series."""
        name = instance_id(series, slot)
        before = self.events.get(name) or self._instance(series, slot)
        return self._store({**before, **fields})

    def move_one(self, series: str, slot: datetime, start: datetime) -> Resource:
        """Move one occurrence of a series."""
        return self.change_one(series, slot, start=self.at(start), end=self.at(start + timedelta(hours=1)))

    def delete_one(self, series: str, slot: datetime | date) -> None:
        """Delete one occurrence of a series."""
        self.change_one(series, slot, status="cancelled")

    def expire(self) -> None:
        """Let all sync tokens be of no use any more."""
        self.count += 1
        self.oldest = self.count

    def forget_deleted(self) -> None:
        """Long deleted events disappear."""
        for name in [each for each, one in self.events.items() if one["status"] == "cancelled"]:
            del self.events[name], self.changed[name]

    def at(self, when: datetime | date) -> Resource:
        """A time as the API writes it."""
        if isinstance(when, datetime):
            local = when.astimezone(ZoneInfo(self.zone))
            return {"dateTime": local.isoformat(timespec="seconds"), "timeZone": self.zone}
        return {"date": when.isoformat()}

    def _store(self, resource: Resource) -> Resource:
        stamp = self.world.stamp()
        self.events[resource["id"]] = {**resource, "updated": stamp, "etag": f'"{self.count}"'}
        self._touch(resource["id"])
        return self.events[resource["id"]]

    def _touch(self, name: str) -> None:
        self.changed[name] = self.count
        self.count += 1

    def _instance(self, series: str, slot: datetime | date) -> Resource:
        master = self.events[series]
        for one in instances(master, self.events):
            if slot_of(one) == slot_of({"originalStartTime": self.at(slot)}):
                return one
        raise NotFoundError

    # ------------------------------------------------------------ what the server answers

    def get(self, name: str) -> Resource:
        """events.get"""
        if name in self.events:
            return self._shown(self.events[name], full=True)
        for one in instances(self.events.get(name.rpartition("_")[0], {}), self.events):
            if one["id"] == name:
                return self._shown(one, full=True)
        raise NotFoundError

    def list(self, query: Resource) -> Resource:
        """events.list: one page."""
        same = {key: value for key, value in query.items() if key not in _FREE}
        digest = hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()[:12]
        if "orderBy" in query and query["orderBy"] == "startTime" and not query.get("singleEvents"):
            raise InvalidError("orderBy startTime needs singleEvents")
        if "pageToken" in query:
            return self._page(query["pageToken"], digest, query)
        since = self._since(query, digest) if "syncToken" in query else None
        found = [self._shown(one, full=self.reveals) for one in self._found(query, since)]
        snapshot = {"items": found, "digest": digest, "token": self._token(digest), "sync": query.get("syncToken")}
        self.world.snapshots.append(snapshot)
        return self._cut(len(self.world.snapshots) - 1, 0, query)

    def _since(self, query: Resource, digest: str) -> int:
        if excluded := _NOT_WITH_SYNC & query.keys():
            raise InvalidError(f"{sorted(excluded)} cannot be given with syncToken")
        if query.get("showDeleted") is False:
            raise InvalidError("showDeleted cannot be false with syncToken")
        try:
            name, count, told = json.loads(base64.urlsafe_b64decode(query["syncToken"]))
        except ValueError as fault:
            raise InvalidError("sync token") from fault
        if name != self.name or told != digest:
            raise InvalidError("the sync token was given for other parameters")
        if count < self.oldest:
            raise GoneError
        return int(count)

    def _token(self, digest: str) -> str:
        return base64.urlsafe_b64encode(json.dumps([self.name, self.count, digest]).encode()).decode()

    def _page(self, token: str, digest: str, query: Resource) -> Resource:
        number, at, _ = token.removeprefix("page").split(".")
        snapshot = self.world.snapshots[int(number)]
        if snapshot["digest"] != digest or snapshot["sync"] != query.get("syncToken"):
            raise InvalidError("the page token was given for other parameters")
        return self._cut(int(number), int(at), query)

    def _cut(self, number: int, at: int, query: Resource) -> Resource:
        snapshot = self.world.snapshots[number]
        most = min(query.get("maxResults", 250), _MOST)
        size = min(max(self.world.page_size(most), 0), most)
        self.world.pages += 1
        self.world.empty_pages = self.world.empty_pages + 1 if size == 0 else 0
        if self.world.empty_pages > 3:
            size = most
        items = snapshot["items"][at : at + size]
        done = at + size >= len(snapshot["items"])
        token = (
            {"nextSyncToken": snapshot["token"]}
            if done
            else {"nextPageToken": f"page{number}.{at + size}.{self.world.pages}"}
        )
        head = {
            "kind": "calendar#events",
            "etag": f'"{self.count}"',
            "summary": self.name,
            "updated": self.world.stamp(),
        }
        return {**head, "timeZone": self.zone, "accessRole": "owner", "items": items, **token}

    def _found(self, query: Resource, since: int | None) -> Iterator[Resource]:
        single = query.get("singleEvents", False)
        for one in sorted(self.events.values(), key=lambda event: str(event.get("id"))):
            if since is not None and self.changed[str(one.get("id"))] < since:
                continue
            master = bool(one.get("recurrence"))
            for each in instances(one, self.events) if single and master else [one]:
                if self._wanted(each, query, since):
                    yield each

    def _wanted(self, one: Resource, query: Resource, since: int | None) -> bool:
        if one.get("status") == "cancelled" and since is None and not query.get("showDeleted"):
            return bool(one.get("recurringEventId")) and not query.get("singleEvents")
        if since is not None or str(one["id"]) in self.odd:
            return True
        low, high = (datetime.fromisoformat(query[key]) if key in query else None for key in ("timeMin", "timeMax"))
        parts = [one] if not one.get("recurrence") else instances(one, self.events, exceptions=False)
        return any((not low or span(part)[1] > low) and (not high or span(part)[0] < high) for part in parts)

    def _shown(self, one: Resource, *, full: bool) -> Resource:
        if one.get("status") != "cancelled" or full:
            return one
        kept = {"kind", "id", "status", "etag", "recurringEventId", "originalStartTime"}
        return {key: value for key, value in one.items() if key in kept}


class World:
    """An account. `now` is the server's clock; `page_size` says how many events come on a page of at most so many."""

    def __init__(self, account: str = "sam@example.org") -> None:
        self.account = account
        self.now = datetime(2026, 11, 20, 9, tzinfo=UTC)
        self.calendars: dict[str, Calendar] = {account: Calendar(self, account)}
        self.snapshots: list[Resource] = []
        self.page_size: Callable[[int], int] = lambda most: most
        self.empty_pages, self.pages = 0, 0

    def stamp(self) -> str:
        """The server's time, a little later each time."""
        self.now += timedelta(milliseconds=10)
        return f"{self.now:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"

    @property
    def primary(self) -> Calendar:
        """The account's main calendar."""
        return self.calendars[self.account]

    def add(self, name: str, zone: str = "Europe/Berlin") -> Calendar:
        """Another calendar."""
        self.calendars[name] = Calendar(self, name, zone)
        return self.calendars[name]

    def find(self, name: str) -> Calendar:
        """A calendar by its id."""
        try:
            return self.calendars[self.account if name == "primary" else name]
        except KeyError as fault:
            raise NotFoundError from fault

    def move(self, name: str, source: Calendar, target: Calendar) -> None:
        """Move an event to another calendar: what stays behind is a deleted event that tells nothing but its id."""
        target._store({**source.events[name]})
        source.raw({"kind": "calendar#event", "id": name, "status": "cancelled", "etag": f'"{source.count}"'})

    def listed(self) -> Resource:
        """calendarList.list"""
        entries = [
            {
                "kind": "calendar#calendarListEntry",
                "id": one.name,
                "summary": one.name,
                "timeZone": one.zone,
                "accessRole": "owner",
                **({"primary": True} if one is self.primary else {}),
            }
            for one in self.calendars.values()
        ]
        return {"kind": "calendar#calendarList", "etag": '"1"', "nextSyncToken": "list", "items": entries}


__all__ = ["Calendar", "GoneError", "NotFoundError", "World", "moment"]
