"""What one Google calendar holds, kept up by increments, and what of it meets a window."""

from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from showup.calendars.google.entry import Entry, Resource, entry, id_of
from showup.core.event import Event, EventKey, Status
from showup.formats.ics.series import Budget, Span, expand
from showup.formats.ics.vevent import Vevent
from showup.ports import SourceProblem, Window

EVENT_LIMIT, OCCURRENCE_LIMIT = 15_000, 20_000
"""Events of one calendar, deleted ones included, and occurrences in the window: more take longer than two seconds."""
_PACE = 250
"""Events and series that are worked out between two pauses."""
_NAMELESS = "An event has no id that can be used."

Shown = tuple[dict[EventKey, Event], list[str]]


class Mirror:
    """The events of one calendar by their ids. `zone` is that in which its days begin."""

    def __init__(self, zone: ZoneInfo | None = None) -> None:
        self._entries: dict[str, Entry] = {}
        self._zone = zone or ZoneInfo("UTC")
        self._looked_at: dict[str, Entry] = {}
        self._nameless = False

    def take(self, resources: Iterable[Resource], before: Mapping[str, Entry] | None = None) -> bool:
        """Take in what has come; whether anything is new. `before` is what was known, if it is not this mirror's own.

        Of deleted events what was known tells more.

        Raises:
            SourceProblem: there are too many events.
        """
        changed = False
        known = self._entries if before is None else before
        for resource in resources:
            name = id_of(resource)
            last = known.get(name)
            if not name:
                changed, self._nameless = changed or not self._nameless, True
                continue
            same = last is not None and last.etag and last.etag == resource.get("etag")
            self._entries[name] = fresh = last if last and same else entry(resource, last)
            if fresh != last:
                changed = True
                self._looked_at = {each: one for each, one in self._looked_at.items() if one.uid != fresh.uid}
        if len(self._entries) > EVENT_LIMIT:
            raise too_many(EVENT_LIMIT)
        return changed

    @property
    def entries(self) -> Mapping[str, Entry]:
        """What it holds, by ids."""
        return self._entries

    def keep(self, entries: Mapping[str, Entry], known: frozenset[str], bound: datetime) -> set[str]:
        """Of the known that were held and are not here, keep what was cancelled, or over before `bound`.

        Return the others: they may have been moved to before it, or be gone.
        """
        uids = {one.uid for one in self._entries.values()}
        doubtful = set()
        for name, one in entries.items():
            if one.uid in known and one.uid not in uids:
                if one.cancelled or one.over(bound):
                    self._entries[name] = one
                else:
                    doubtful.add(one.uid)
        return doubtful

    def look(self, resource: Resource) -> bool:
        """Take in what was asked for by its id; whether it is new.

        An occurrence that nobody has changed is none of the calendar's own events. It is believed until something is
        told of its series, and must not outlive a change of that.
        """
        name = id_of(resource)
        if name in self._entries or not resource.get("recurringEventId"):
            return self.take([resource])
        last = self._looked_at.get(name)
        self._looked_at[name] = entry(resource, last)
        return self._looked_at[name] != last

    def forget(self, name: str) -> bool:
        """The calendar says that it has no such event; whether it had one."""
        return (self._entries.pop(name, None) or self._looked_at.pop(name, None)) is not None

    def instances(self, uid: str, start: datetime, end: datetime) -> dict[str, Event]:
        """What stands for this UID: the event or the series by its id, and a series' occurrences in a stretch."""
        found = {uid: self._entries[uid].event} if uid in self._entries else {}
        group = [one for one in {**self._looked_at, **self._entries}.values() if one.uid == uid]
        for key, event in _occurrences(uid, group, Span(start, end), Budget(), known=True)[0].items():
            if key.recurrence_id and event.start is not None and start <= event.start < end:
                found[f"{uid}_{key.recurrence_id}"] = event
        return found

    def holds(self, uid: str) -> bool:
        """Whether it has this event, this series, or an occurrence of it."""
        return uid in self._entries or any(one.uid == uid for one in self._entries.values())

    def shown(self, window: Window, known: frozenset[str]) -> Generator[None, None, Shown]:
        """Every occurrence that meets the window, all that are known, and what could not be used.

        What was deleted or called off is shown where it is known. It yields where it may pause.

        Raises:
            SourceProblem: there are too many.
        """
        span = Span(window.start.astimezone(self._zone), window.end.astimezone(self._zone))
        events: dict[EventKey, Event] = {}
        warnings = [_NAMELESS] if self._nameless else []
        budget = Budget()
        for count, (uid, group) in enumerate(self._groups().items(), 1):
            if count % _PACE == 0:
                yield
            found, said = _occurrences(uid, group, span, budget, known=uid in known)
            events |= found
            warnings += said
            if len(events) > OCCURRENCE_LIMIT:
                raise too_many(OCCURRENCE_LIMIT)
        return events, warnings

    def _groups(self) -> dict[str, list[Entry]]:
        groups: defaultdict[str, list[Entry]] = defaultdict(list)
        for one in {**self._looked_at, **self._entries}.values():
            groups[one.uid].append(one)
        return groups


def _occurrences(
    uid: str, group: Sequence[Entry], span: Span, budget: Budget, *, known: bool
) -> tuple[dict[EventKey, Event], list[str]]:
    """What one UID stands for, and the warnings about it."""
    warnings = [one.warning for one in group if one.warning]
    master = next((one for one in group if not one.event.key.recurrence_id), None)
    versions = [version for one in group if (version := _standing(one, master))]
    try:
        expanded = expand(versions, span, budget, known=known)
    except Exception as problem:  # noqa: BLE001 - hostile rules can make the library fail in ways nobody can list
        title = versions[0].event.summary[:80] or uid[:80]
        why = f"its repetitions cannot be worked out ({type(problem).__name__})"
        warnings.append(f"The event “{title}” cannot be used: {why}.")
        return ({EventKey(uid): Event(EventKey(uid), None, None)} if known else {}), warnings
    found = {event.key: event for event in expanded.events if known or event.status is not Status.CANCELLED}
    for one in group:
        if one.vevent is None:  # it is there, but nobody knows when; one that is only said to be gone is not shown
            found.pop(one.event.key, None)
            found |= {one.event.key: one.event} if known and not one.cancelled else {}
    return found, [*warnings, *expanded.warnings, *(text for event in found.values() for text in _told(event))]


def _standing(one: Entry, series: Entry | None) -> Vevent | None:
    """An occurrence that was changed by itself goes with its series, unless it was written later than that went."""
    if one.vevent is None or one is series or series is None or not series.cancelled or one.cancelled:
        return one.vevent
    gone, written = series.event.updated, one.event.updated
    if gone and written and written > gone:
        return one.vevent
    return replace(one.vevent, event=one.event._replace(status=Status.CANCELLED, updated=gone or written))


def _told(event: Event) -> Iterable[str]:
    return (f"“{event.summary[:80] or event.key.uid[:80]}”: {text}" for text in event.warnings)


def too_many(limit: int) -> SourceProblem:
    """There is more than a calendar of appointments holds."""
    return SourceProblem(
        f"The calendar has more than {limit:,} events.", "Choose a calendar that holds your appointments only."
    )
