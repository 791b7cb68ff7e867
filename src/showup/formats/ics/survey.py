"""The first look at a calendar: what holds for all its events. Time zones may stand after the events that use them."""

from collections.abc import Callable, Iterator

from showup.formats.ics.lines import lines
from showup.formats.ics.scan import Block, Part, Source, blocks
from showup.formats.ics.texts import Properties
from showup.formats.ics.vevent import Calendar
from showup.formats.ics.zones import ZONE_LIMIT, Zones

_HEAD = frozenset({"X-WR-TIMEZONE", "X-WR-CALNAME", "NAME", "METHOD"})
_NAME_LIMIT = 200


class Survey:
    """One Calendar for each VCALENDAR of the file; equal ones are one and the same."""

    def __init__(self, source: Source, zone: str | None, look: Callable[[Block], None]) -> None:
        """Look through the whole file, showing each event to `look`.

        Raises:
            Problem: it is no calendar, empty, or cut off.
        """
        self._zone = zone
        self._made: dict[tuple[bytes, ...], Calendar] = {}
        self._calendars: list[Calendar] = []
        draft: list[bytes] = []
        for block in blocks(source):
            if block.part is Part.EVENT:
                look(block)
            elif block.part is Part.HEAD:
                self._add(draft)
                draft = [block.text]
            elif len(draft) <= ZONE_LIMIT:
                draft.append(block.text)
        self._add(draft)

    def events(self, source: Source) -> Iterator[tuple[Calendar, Block]]:
        """Look once more, and yield each event with what holds for it."""
        calendars = iter(self._calendars)
        for block in blocks(source):
            if block.part is Part.HEAD:
                calendar = next(calendars)
            elif block.part is Part.EVENT:
                yield calendar, block

    def _add(self, draft: list[bytes]) -> None:
        if draft:
            key = tuple(draft)
            if key not in self._made:
                self._made[key] = _calendar(draft[0], draft[1:], self._zone)
            self._calendars.append(self._made[key])


def _calendar(head: bytes, zones: list[bytes], zone: str | None) -> Calendar:
    properties = Properties(list(lines(head, _HEAD)))
    return Calendar(
        zones=Zones(zones, properties.text("X-WR-TIMEZONE", _NAME_LIMIT) or zone),
        name=properties.text("X-WR-CALNAME", _NAME_LIMIT) or properties.text("NAME", _NAME_LIMIT),
        cancels=properties.raw("METHOD").upper() == "CANCEL",
    )
