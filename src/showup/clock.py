"""The machine's clocks and its time zone: the one place that may read them.

A status bar asks for the time every few seconds, so what only the zone needs is imported where that is looked for.
"""

import os
import time
from datetime import UTC, datetime


class SystemClock:
    """Time as the machine has it (the port Clock)."""

    def now(self) -> datetime:
        """Return the wall clock: aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one Clock

    def monotonic(self) -> float:
        """Return the seconds that the machine was awake (CLOCK_MONOTONIC)."""
        return time.clock_gettime(time.CLOCK_MONOTONIC)

    def boottime(self) -> float:
        """Return the seconds since boot, sleep included (CLOCK_BOOTTIME)."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)


def machine_zone(etc: str | os.PathLike[str] = "/etc") -> str | None:
    """Return the IANA name of the machine's time zone, None where it has none that can be told.

    TZ comes first: a name, a name after a colon, or the path of a zone's file (tzset(3)); a rule such as "CET-1CEST"
    has no name. Then the link localtime(5), then the file timezone (Debian). Without any of them it is UTC, as for
    the C library.
    """
    told = os.environ.get("TZ")
    if told is not None:
        return _name(told.removeprefix(":")) if told else "UTC"
    local, zone = (os.path.join(etc, name) for name in ("localtime", "timezone"))  # noqa: PTH118 - see above
    if not os.path.exists(local):  # noqa: PTH110 - see above
        return "UTC"
    return _name(os.path.realpath(local)) or _name(_first_line(zone))


def _name(told: str) -> str | None:
    """Return a zone's name, also where its file was named."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - see above

    try:
        return ZoneInfo(told.rpartition("zoneinfo/")[2]).key
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder
        return None


def _first_line(file: str) -> str:
    try:
        with open(file, encoding="utf-8") as opened:  # noqa: PTH123 - see above
            return opened.readline().strip()
    except (OSError, UnicodeDecodeError):
        return ""
