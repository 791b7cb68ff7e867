"""Calendars that are on this computer already, where other programs keep them."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from showup import private
from showup.core.lengths import times

_PLACES = (
    ".calendars/*",  # vdirsyncer's and khal's own examples
    ".calendars",
    ".local/share/vdirsyncer/calendars/*",
    ".local/share/vdirsyncer/*/*",
    ".local/share/khal/calendars/*",
    ".local/share/calendars/*",
    "calendars/*",
    ".local/share/evolution/calendar/*",  # GNOME's own ones
    ".local/share/korganizer/*.ics",
    ".local/share/gnome-calendar/*.ics",
)
_CONFIGS = (".config/vdirsyncer/config", ".vdirsyncer/config", ".config/khal/config")
"""Where these name their folders, in lines such as `path = "~/.calendars/"`."""
_PATH = re.compile(r"^[ \t]*path[ \t]*=[ \t]*[\"']?([^\"'#\n]{1,500})", re.MULTILINE)
_LOOKED_AT, _OFFERED, _COUNTED = 200, 6, 1000
"""How many places are looked at, how many of those are offered, and how many files of a folder are counted."""
_CONFIG = 50_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A calendar that could be watched: a file, or a folder with `files` of them."""

    path: Path
    files: int

    def told(self, home: Path) -> str:
        """How it is offered."""
        near = self.path.is_relative_to(home)
        name = f"~/{self.path.relative_to(home)}" if near else str(self.path)
        if self.path.is_file():
            return f"{name}, a file"
        many = "more than " if self.files >= _COUNTED else ""
        return f"{name}, a folder with {many}{times(self.files, 'file')}"


def candidates(home: Path, taken: Iterable[Path] = ()) -> list[Candidate]:
    """The calendars found below a home folder, the fullest first, without those that are `taken`."""
    known = {_real(path) for path in taken}
    seen: dict[Path, Candidate] = {}
    for path in islice(_places(home), _LOOKED_AT):
        real = _real(path)
        if real not in known and real not in seen:
            files = _files(path)
            if files:
                seen[real] = Candidate(path, files)
    return sorted(seen.values(), key=lambda one: (-one.files, str(one.path)))[:_OFFERED]


def client_file(home: Path) -> Path | None:
    """The client of the person's own that was loaded down last from Google's console, if there is one."""
    there = _glob(home, "Downloads/client_secret*.json")
    dated = [(path.stat().st_mtime, path) for path in there if path.is_file()]
    return max(dated)[1] if dated else None


def _places(home: Path) -> Iterator[Path]:
    for pattern in _PLACES:
        yield from _glob(home, pattern)
    for folder in _configured(home):
        yield folder
        yield from _glob(folder, "*")


def _configured(home: Path) -> list[Path]:
    """The folders that vdirsyncer and khal are told to keep calendars in."""
    found: list[str] = []
    for name in _CONFIGS:
        with suppress(OSError):
            text = private.read(home / name, _CONFIG).decode("utf-8", "replace")
            found += (path.strip().rstrip("*") for path in _PATH.findall(text))
    return [Path(home, path.removeprefix("~/")) for path in found]


def _glob(home: Path, pattern: str) -> list[Path]:
    """What is found; nothing where the folder cannot be looked into, or is no path."""
    with suppress(OSError, ValueError):
        return sorted(islice(home.glob(pattern), _LOOKED_AT))
    return []


def _files(path: Path) -> int:
    """How many calendar files there are: 1 for a file; 0 where it is something else."""
    with suppress(OSError, ValueError):
        if path.is_dir():
            shown = (one for one in path.iterdir() if not one.name.startswith("."))
            return sum(one.suffix.lower() == ".ics" and one.is_file() for one in islice(shown, _COUNTED))
        return int(path.suffix.lower() == ".ics" and path.is_file())
    return 0


def _real(path: Path) -> Path:
    with suppress(OSError, RuntimeError, ValueError):
        return path.resolve()
    return path
