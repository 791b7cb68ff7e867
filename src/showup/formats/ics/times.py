"""Dates, times, durations and periods (RFC 5545, section 3.3) as Python's own; every time is aware."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from showup.formats.ics.lines import Line
from showup.formats.ics.zones import Unknown, Zones

When = date | datetime
"""A day, or an aware moment in the zone in which it was written."""
Period = tuple[datetime, datetime | timedelta]
"""A start, and an end or a length."""

LIST_LIMIT = 10_000
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)[Tt](\d\d)(\d\d)(\d\d)([Zz]?)", re.ASCII)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?", re.ASCII
)


def when(line: Line, zones: Zones, floating: tzinfo | None = None) -> When:
    """Read a DATE or DATE-TIME; one that names no zone is in `floating`, else in the calendar's own.

    A trailing Z wins over a TZID (RFC 5545, section 3.2.19: TZID must not be applied to UTC).

    Raises:
        ValueError: it is neither.
    """
    return _when(line.value.rpartition(":")[2], _zone(line, zones, floating))


def dates(line: Line, zones: Zones, floating: tzinfo | None = None) -> list[When | Period]:
    """Read the list of an EXDATE or RDATE, periods included; at most 10,000 of it.

    Raises:
        ValueError: something in it is no date, time or period.
    """
    zone = _zone(line, zones, floating)
    found: list[When | Period] = []
    for value in line.value.rpartition(":")[2].split(",")[:LIST_LIMIT]:
        start, slash, end = value.partition("/")
        if slash:
            found.append(_period(start, end, zone))
        elif value.strip():
            found.append(_when(value, zone))
    return found


def duration(value: str) -> timedelta:
    """Read a DURATION (section 3.3.6).

    Raises:
        ValueError: it is none.
    """
    found = _DURATION.fullmatch(value.strip().upper())
    if not found or not any(found.groups()[1:]):
        raise ValueError(f"“{value[:40]}” is no duration")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length


def stamp(line: Line, zones: Zones) -> datetime | None:
    """Read CREATED, LAST-MODIFIED or DTSTAMP as UTC; None where it cannot be read."""
    try:
        return told(when(line, zones))
    except (ValueError, OverflowError):
        return None


def told(moment: When | None) -> datetime | None:
    """Return a moment as UTC; None for a day, and where its zone is unknown."""
    if not isinstance(moment, datetime) or isinstance(moment.tzinfo, Unknown):
        return None
    return moment.astimezone(UTC)


def basic(moment: When) -> str:
    """Return the form for keys: "20260303T150000Z", "20260303" for a day, without Z where the zone is unknown."""
    if not isinstance(moment, datetime):
        return moment.isoformat().replace("-", "")
    unknown = isinstance(moment.tzinfo, Unknown)
    local = moment if unknown else moment.astimezone(UTC)
    text = local.replace(tzinfo=None).isoformat(timespec="seconds").replace("-", "").replace(":", "")
    return text if unknown else f"{text}Z"


def _zone(line: Line, zones: Zones, floating: tzinfo | None) -> tzinfo:
    tzid = line.params.get("TZID")
    rest = line.value.rpartition(":")[0]
    if tzid and rest:  # Exchange writes TZID=tzone://Microsoft/Utc without the quotes that a colon needs
        tzid = f"{tzid}:{rest}"
    return zones.find(tzid) if tzid else floating or zones.floating


def _when(value: str, zone: tzinfo) -> When:
    value = value.strip()
    if found := _DATE.fullmatch(value):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if not (found := _TIME.fullmatch(value)):
        raise ValueError(f"“{value[:40]}” is no date or time")
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    second = min(second, 59)  # 60 is a leap second
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC if found[7] else zone)


def _period(start: str, end: str, zone: tzinfo) -> Period:
    first = _when(start, zone)
    last = duration(end) if "P" in end.upper() else _when(end, zone)
    if not isinstance(first, datetime) or not isinstance(last, datetime | timedelta):
        raise ValueError(f"“{start[:40]}” is no period")  # noqa: TRY004 - the text is wrong, not its type
    return first, last
