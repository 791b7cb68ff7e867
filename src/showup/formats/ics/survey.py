"""The first look at a calendar: what holds for all its events. Time zones may stand after the events that use them."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from showup.core.problem import Problem
from showup.formats.ics.lines import lines
from showup.formats.ics.scan import Block, Part, Source, blocks
from showup.formats.ics.texts import Properties
from showup.formats.ics.vevent import Calendar
from showup.formats.ics.zones import ZONE_LIMIT, ZONE_SIZE, Customs, Zones

CALENDAR_LIMIT = 100_000
"""VCALENDARs in one file."""
_ZONES_SIZE = 20_000_000
"""Bytes of time zones that are kept. Those beyond are left out: times in them are not known, and say so."""
_NAMES = frozenset({"X-WR-TIMEZONE", "X-WR-CALNAME", "NAME", "METHOD"})
_NAME_LIMIT = 200


class _Head(NamedTuple):
    """What the first lines of a VCALENDAR say."""

    zone: str
    name: str
    cancels: bool


class Survey:
    """One Calendar for each VCALENDAR of the file; equal ones are one and the same."""

    def __init__(self, zone: str | None) -> None:
        self._zone = zone
        self._made: dict[tuple[_Head, tuple[bytes, ...]], Calendar] = {}
        self._calendars: list[Calendar] = []
        self._customs = Customs()
        self._room = _ZONES_SIZE

    def through(self, source: Source, look: Callable[[Block], None]) -> Iterator[None]:
        """Look through the whole file, showing each event to `look`; it yields where one may pause.

        Raises:
            Problem: it is no calendar, empty, cut off, or holds too many.
        """
        head, zones = None, list[bytes]()
        for block in blocks(source):
            if block is None:
                yield
            elif block.part is Part.EVENT:
                look(block)
            elif block.part is Part.HEAD:
                self._add(head, zones)
                head, zones = _head(block.text), []
            elif len(zones) < ZONE_LIMIT and len(block.text) <= ZONE_SIZE:
                zones.append(block.text)
        self._add(head, zones)

    def events(self, source: Source) -> Iterator[tuple[Calendar, Block] | None]:
        """Look once more, and yield each event with what holds for it; None where one may pause."""
        calendars = iter(self._calendars)
        calendar = self._calendars[0]
        for block in blocks(source):
            if block is None:
                yield None
            elif block.part is Part.HEAD:
                calendar = next(calendars, calendar)  # more than before: it was written meanwhile, which its owner sees
            elif block.part is Part.EVENT:
                yield calendar, block

    def _add(self, head: _Head | None, zones: list[bytes]) -> None:
        if head is None:
            return
        if len(self._calendars) >= CALENDAR_LIMIT:
            raise Problem(f"The calendar file holds more than {CALENDAR_LIMIT:,} calendars.", "Choose a smaller one.")
        key = head, tuple(zones)
        if key not in self._made:
            self._room -= sum(map(len, zones))
            kept = zones if self._room >= 0 else []
            key = head, tuple(kept)
            self._made[key] = Calendar(Zones(kept, head.zone or self._zone, self._customs), head.name, head.cancels)
        self._calendars.append(self._made[key])


def _head(text: bytes) -> _Head:
    properties = Properties(list(lines(text, _NAMES)))
    return _Head(
        zone=properties.text("X-WR-TIMEZONE", _NAME_LIMIT),
        name=properties.text("X-WR-CALNAME", _NAME_LIMIT) or properties.text("NAME", _NAME_LIMIT),
        cancels=properties.raw("METHOD").upper() == "CANCEL",
    )
