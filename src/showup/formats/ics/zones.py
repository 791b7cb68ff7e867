"""Which time zone a TZID means. What cannot be known is said to be unknown; it is never guessed."""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from showup.formats.ics.lines import lines
from showup.formats.ics.vtimezone import custom

ZONE_LIMIT = 500
ZONE_SIZE = 100_000
"""Bytes of one definition: none that is real is longer."""
CUSTOM_LIMIT = 50
"""Definitions of one file that are followed."""
_EXCHANGE_UTC = "tzone://Microsoft/Utc"


class Unknown(tzinfo):
    """Stands in for a zone that is not known, so that such times can still be ordered; they are never told."""

    def __init__(self, tzid: str) -> None:
        self.tzid = tzid[:100]

    def utcoffset(self, _: datetime | None) -> timedelta:
        """Return nothing that may be told."""
        return timedelta(0)

    dst = utcoffset

    def tzname(self, _: datetime | None) -> str:
        """Return the name as the calendar has it."""
        return self.tzid


class Customs:
    """The zones that one file defines itself: the first so many of them that are asked for."""

    def __init__(self) -> None:
        self._made: dict[bytes, tzinfo | None] = {}

    def find(self, text: bytes) -> tzinfo | None:
        """Return the zone of a VTIMEZONE, None where there is none to be had."""
        if text not in self._made and len(self._made) < CUSTOM_LIMIT:
            self._made[text] = custom(text)
        return self._made.get(text)


class Zones:
    """The time zones of one calendar: `floating` is that of times which name none."""

    def __init__(self, defined: Iterable[bytes], floating: str | None, customs: Customs | None = None) -> None:
        self._customs = customs or Customs()
        self._defined: dict[str, bytes] = {}
        self._known: dict[str, tzinfo] = {}
        for text in defined:
            tzid = next((line.value.strip() for line in lines(text, {"TZID"})), "")
            if tzid and len(self._defined) < ZONE_LIMIT:
                self._defined.setdefault(tzid, text)
        self.floating: tzinfo = self.find(floating) if floating else Unknown("")

    def find(self, tzid: str) -> tzinfo:
        """Return the zone: IANA name, Windows name, the calendar's own definition, an IANA name with a prefix.

        The prefix is that of RFC 5545, section 3.8.3.1 ("/example.org/Europe/Berlin").
        """
        tzid = tzid.strip()
        if tzid not in self._known:
            self._known[tzid] = self._find(tzid)
        return self._known[tzid]

    def _find(self, tzid: str) -> tzinfo:
        plain = tzid.strip("/")
        zone = iana("UTC" if tzid == _EXCHANGE_UTC else plain) or iana(_of_windows(plain))
        if not zone and tzid in self._defined:
            zone = self._customs.find(self._defined[tzid])
        parts = plain.split("/") if tzid.startswith("/") else []
        for start in range(1, min(len(parts), 10)):
            zone = zone or iana("/".join(parts[start:]))
        return zone or Unknown(tzid)


def iana(name: str) -> tzinfo | None:
    """Return the zone of the IANA database, None where it has no such name."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder, or too long for a file
        return None


def _of_windows(name: str) -> str:
    """The IANA name of a zone by its name in Windows; empty where there is none."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 - brings all of icalendar

    return WINDOWS_TO_OLSON.get(name, "")
