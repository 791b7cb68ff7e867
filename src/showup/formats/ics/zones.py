"""Which time zone a TZID means. What cannot be known is said to be unknown; it is never guessed."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from io import StringIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.tz import tzical
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from showup.formats.ics.lines import lines
from showup.formats.ics.rule import Rule

ZONE_LIMIT = 500
_EXCHANGE_UTC = "tzone://Microsoft/Utc"
_OBSERVANCE = re.compile(rb"\nBEGIN:(STANDARD|DAYLIGHT)[ \t]*\n", re.IGNORECASE)
_OBSERVANCE_NAMES = frozenset({"DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"})
_EPOCH = date(1970, 1, 1)
_COSTS_LIMIT = 20_000


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


class Zones:
    """The time zones of one calendar: `floating` is that of times which name none."""

    def __init__(self, defined: Iterable[bytes], floating: str | None) -> None:
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
        zone = iana("UTC" if tzid == _EXCHANGE_UTC else plain) or iana(WINDOWS_TO_OLSON.get(plain, ""))
        if not zone and tzid in self._defined:
            zone = _custom(self._defined[tzid])
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


def _custom(text: bytes) -> tzinfo | None:
    """Make a zone of a VTIMEZONE; None where it says what no real zone does, or nothing usable."""
    head, *observances = _OBSERVANCE.split(text)
    del head
    made = ["BEGIN:VTIMEZONE", "TZID:custom"]
    for kind, body in zip(observances[:100:2], observances[1:100:2], strict=True):
        name = kind.decode().upper()
        rules = _observance(body.partition(b"\nEND:")[0])
        if rules is None:
            return None
        made += [f"BEGIN:{name}", *rules, f"END:{name}"]
    try:
        return tzical(StringIO("\n".join([*made, "END:VTIMEZONE"]))).get("custom")
    except (ValueError, IndexError, OverflowError):
        return None


def _observance(body: bytes) -> list[str] | None:
    """Return what is needed of a STANDARD or DAYLIGHT; None where its rule is not one of years.

    Exchange begins in 1601; the library would go through all those years.
    """
    properties = list(lines(body, _OBSERVANCE_NAMES))
    found = {line.name: line.value.strip().upper() for line in properties if line.name != "RDATE"}
    try:
        start: date = datetime.fromisoformat(found["DTSTART"])
        if text := found.get("RRULE"):
            rule = Rule.read(text, start)
            start = rule.nearer(start, _EPOCH)
            if rule.parts["FREQ"] != "YEARLY" or rule.costs(start, _EPOCH) > _COSTS_LIMIT:
                return None
    except (KeyError, ValueError, OverflowError):
        return None
    found["DTSTART"] = f"{start:%Y%m%dT%H%M%S}"
    dates = [f"RDATE:{line.value.strip()[:20_000]}" for line in properties[:100] if line.name == "RDATE"]
    return [*(f"{name}:{value}" for name, value in found.items()), *dates]
