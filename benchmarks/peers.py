"""The programs beside which showup is measured, in an environment of their own: `make bench` makes it."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.harness import ROOT, Program

BIN = ROOT / ".venv-peers" / "bin"
NAMES = ("gcalcli", "khal", "nextmeeting")
_KHAL = """[calendars]
[[work]]
path = {folder}/events
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""
_EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Calendar//EN
BEGIN:VEVENT
UID:{number}@calendar.example
DTSTAMP:{start:%Y%m%dT%H%M%SZ}
DTSTART:{start:%Y%m%dT%H%M%SZ}
DTEND:{end:%Y%m%dT%H%M%SZ}
SUMMARY:Interview with Company {company}
END:VEVENT
END:VCALENDAR
"""


def there() -> bool:
    return all((BIN / name).exists() for name in NAMES)


def versions() -> tuple[str, ...]:
    """Each with its version."""
    show = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))"
    done = subprocess.run([BIN / "python", "-c", show, *NAMES], stdout=subprocess.PIPE, text=True, check=True)
    return tuple(f"{name} {one}" for name, one in zip(NAMES, done.stdout.split(), strict=True))


def bare(does: str = "pass") -> Program:
    """Python itself, which does nothing or only this: ours, as what we run is measured against it."""
    return Program((sys.executable, "-c", does), {})


def helps(name: str) -> Program:
    return Program((str(BIN / name), "--help"), {})


class Khal:
    """khal with a calendar of so many events, three hours apart, the first of them now."""

    def __init__(self, folder: Path, count: int, now: datetime) -> None:
        (folder / "events").mkdir(parents=True)
        (folder / "config").write_text(_KHAL.format(folder=folder))
        self._folder, self._days = folder, str(count // 8 + 2)
        first = now.replace(minute=0, second=0, microsecond=0)
        for number in range(count):
            start = first + timedelta(hours=3 * number)
            text = _EVENT.format(number=number, start=start, end=start + timedelta(minutes=30), company=number // 20)
            (folder / f"events/{number}.ics").write_text(text, newline="\r\n")

    def list(self, *, whole: bool = False) -> Program:
        """`khal list`, which shows two days, or all events."""
        span = ("today", f"{self._days}d") if whole else ()
        command = (str(BIN / "khal"), "-c", str(self._folder / "config"), "list", *span)
        return Program(command, {"HOME": str(self._folder)})
