"""A calendar in many objects: each as it could be read last."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from showup.calendars.caldav.sync import Object, State
from showup.core.event import Event, EventKey
from showup.core.problem import Problem
from showup.formats.ics import Parsed, Steps, merged, steps
from showup.ports import Window

Request = tuple[Window, frozenset[str]]
_PACE = 100
"""Objects that are looked through between two pauses."""


@dataclass(frozen=True, slots=True)
class _Kept:
    data: bytes
    request: Request
    parsed: Parsed


class Pieces:
    """Objects to events. One that cannot be used is a warning, and what it held before still stands."""

    def __init__(self, zone: str | None) -> None:
        self._zone = zone
        self._kept: dict[str, _Kept] = {}

    def holding(self, uids: frozenset[str]) -> list[str]:
        """The paths of the objects that hold these UIDs."""
        found = self._kept.items() if uids else ()
        return [path for path, kept in found if any(event.key.uid in uids for event in kept.parsed.events)]

    def read(self, state: State, request: Request) -> Steps:
        """All that is in the calendar; it yields where it may pause.

        Where something cannot be used, a known event that is found nowhere may be in it: it is told without a time, so
        that nobody takes it for gone.
        """
        broken = dict.fromkeys(state.wanted, "it could not be fetched")
        for count, (path, held) in enumerate(state.objects.items(), 1):
            if count % _PACE == 0:
                yield
            try:
                yield from self._read(path, held, request)
            except Problem as problem:
                broken[path] = problem.sentence.rstrip(".")
        there = state.objects.keys() | state.wanted.keys()
        self._kept = {path: kept for path, kept in self._kept.items() if path in there}
        parts = [self._kept[path].parsed for path in sorted(self._kept)]
        if broken.keys() - self._kept.keys():
            parts.append(_perhaps(request[1], parts))
        return merged(parts, (_left_out(path, why) for path, why in sorted(broken.items())))

    def _read(self, path: str, held: Object, request: Request) -> Generator[None, None, None]:
        kept = self._kept.get(path)
        if kept is None or kept.data != held.data or kept.request != request:
            window, known = request
            parsed = yield from steps(held.data, window.start, window.end, known, self._zone)
            self._kept[path] = _Kept(held.data, request, parsed)


def _perhaps(known: frozenset[str], parts: Iterable[Parsed]) -> Parsed:
    seen = {event.key.uid for part in parts for event in part.events}
    return Parsed(tuple(Event(EventKey(uid), None, None, ical_uid=uid) for uid in sorted(known - seen)))


def _left_out(path: str, why: str) -> str:
    name = unquote(path.rpartition("/")[2])[:100]
    return f"The entry “{name}” of the calendar is left out: {why}."
