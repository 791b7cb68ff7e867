"""One calendar kept up with the server: all of it once, then only what has changed.

Source: https://developers.google.com/calendar/api/guides/sync.
"""

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from showup.calendars.google.api import Api
from showup.calendars.google.entry import Resource
from showup.calendars.google.mirror import EVENT_LIMIT, Mirror, too_many
from showup.core.event import Event
from showup.formats.ics.zones import iana
from showup.google.refusal import Expired, Missing
from showup.ports import SourceProblem, Window

_BEFORE = timedelta(days=30)
"""How much farther back than the window the first listing reaches: for what was moved to before it."""
_PAGE = 500
"""Events asked for at once: more in one answer take Google several seconds, which is all the time there is."""
_PAGES = 2_000
_PACE = 250
"""Events that are taken in between two pauses."""
_NEAR = timedelta(hours=12)
_NEARBY = 4
_SAME = {"singleEvents": False, "showDeleted": True, "maxResults": _PAGE}
"""What has to be the same in every request of a calendar, as the sync token stands for it.

Series come as they are written and are worked out here: so the window may move without a request, and a series
without end is one event and not hundreds. Deleted events come with the moment at which they were deleted.
"""

Changed = Generator[None, None, bool]
"""What tells in the end whether anything has changed; it yields where it may pause."""


@dataclass(slots=True)
class _Listing:
    """Pages that have come. Where one does not, what has come is kept, and the next reading goes on from there."""

    parameters: dict[str, str | int | bool]
    bound: datetime | None
    page: str = ""
    count: int = 0
    zone: ZoneInfo | None = None
    found: list[Resource] = field(default_factory=list)


class Sync:
    """One calendar of an account."""

    def __init__(self, api: Api, calendar: str) -> None:
        self._api, self.calendar = api, calendar
        self.mirror = Mirror()
        self.missing = False
        self._token = ""
        self._bound: datetime | None = None
        self._listing: _Listing | None = None

    @property
    def listed(self) -> bool:
        """Whether all of it was read once."""
        return self._bound is not None

    def update(self, window: Window, known: frozenset[str]) -> Changed:
        """Bring it up to now; whether anything has changed. What is `known` does not get lost where all is read anew.

        Raises:
            SourceProblem: it did not come, or not whole. The mirror is as it was.
        """
        was = self.missing
        try:
            changed = yield from self._update(window, known)
            self.missing = False
        except Missing:
            self.forget()
            changed, self.missing = False, True
        return changed or was != self.missing

    def look(self, uid: str, now: datetime) -> bool:
        """Read an event anew by its id, of a series also the occurrences near `now`; whether anything is new.

        Raises:
            SourceProblem: it did not come.
        """
        changed = False
        near = self.mirror.instances(uid, now - _NEAR, now + _NEAR)
        names = [uid, *sorted(near.keys() - {uid}, key=lambda name: _apart(near[name], now))[:_NEARBY]]
        for name in names:
            changed |= self._ask(self.mirror, name)
        return changed

    def forget(self) -> None:
        """Begin anew with the next reading. What is shown until then stays."""
        self._token, self._listing = "", None

    def _update(self, window: Window, known: frozenset[str]) -> Changed:
        if self._bound and window.start < self._bound:
            self.forget()  # the clock was set back
        try:
            return (yield from self._read(window, known))
        except Expired:
            self.forget()
        try:
            return (yield from self._read(window, known))
        except Expired as again:
            self.forget()
            raise _refused() from again

    def _read(self, window: Window, known: frozenset[str]) -> Changed:
        listing = self._listing = self._listing or self._begin(window)
        token = yield from self._pages(listing)
        if listing.bound is None:
            changed = yield from self._take(self.mirror, listing)
        else:
            fresh = Mirror(listing.zone)
            yield from self._take(fresh, listing)
            for uid in sorted(fresh.keep(self.mirror.entries, known, listing.bound)):
                self._ask(fresh, uid)
            self.mirror, self._bound, changed = fresh, listing.bound, True
        self._token, self._listing = token, None
        return changed

    def _take(self, mirror: Mirror, listing: _Listing) -> Changed:
        changed = False
        for start in range(0, len(listing.found), _PACE):
            if start:
                yield
            changed |= mirror.take(listing.found[start : start + _PACE], self.mirror.entries)
        return changed

    def _ask(self, mirror: Mirror, name: str) -> bool:
        """Take one event from the server, which may have none of that id any more; whether anything is new."""
        try:
            return mirror.look(self._api.event(self.calendar, name))
        except Missing as gone:
            if gone.forbidden:
                raise _refused() from gone
            return mirror.forget(name)
        except Expired:
            return mirror.forget(name)

    def _begin(self, window: Window) -> _Listing:
        if self._token:
            return _Listing({**_SAME, "syncToken": self._token}, None)
        bound = window.start - _BEFORE
        return _Listing({**_SAME, "timeMin": f"{bound:%Y-%m-%dT%H:%M:%SZ}"}, bound)

    def _pages(self, listing: _Listing) -> Generator[None, None, str]:
        """Take pages to the last one, which may all be short or empty; return its sync token."""
        while True:
            page = {"pageToken": listing.page} if listing.page else {}
            answer = self._api.events(self.calendar, **listing.parameters, **page)
            listing.found += _items(answer)
            listing.zone = _zone(answer) or listing.zone
            if len(listing.found) > EVENT_LIMIT:
                raise too_many(EVENT_LIMIT)
            following = _text(answer, "nextPageToken")
            if not following:
                return _text(answer, "nextSyncToken")
            listing.count += 1
            if following == listing.page or listing.count > _PAGES:
                self._listing = None
                raise SourceProblem("Google's list of events comes to no end.", "It is tried again soon.")
            listing.page = following
            if self._api.over:
                yield


def _items(answer: Resource) -> list[Resource]:
    """The events of a page; what is none is left without an id, to be named later."""
    items = answer.get("items", [])
    return [item if isinstance(item, dict) else {} for item in items] if isinstance(items, list) else [{}]


def _refused() -> SourceProblem:
    return SourceProblem("Google refuses to tell of the calendar's events.", "It is tried again soon.")


def _apart(event: Event, now: datetime) -> timedelta:
    return abs(event.start - now) if event.start else _NEAR


def _zone(answer: Resource) -> ZoneInfo | None:
    found = iana(_text(answer, "timeZone"))
    return found if isinstance(found, ZoneInfo) else None


def _text(answer: Resource, key: str) -> str:
    found = answer.get(key)
    return found if isinstance(found, str) else ""
