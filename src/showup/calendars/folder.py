"""A calendar in a folder of files (vdir)."""

import os
from dataclasses import dataclass
from pathlib import Path

from showup.calendars.files import Request, Stamp, Visit, chunks, opened
from showup.core.event import Event, EventKey
from showup.core.problem import Problem
from showup.formats.ics import PIECE, Parsed, Steps, merged, steps
from showup.ports import SourceProblem, Window

_TRIES = 3
_OPENING = 5_000
"""What it takes to open a file, in bytes that are read in that time."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a file held when it was read last."""

    stamp: Stamp
    request: Request
    parsed: Parsed


class Folder:
    """A folder of .ics files, as vdirsyncer keeps them; hidden files are somebody's work in progress."""

    def __init__(self, path: Path, zone: str | None) -> None:
        self._path, self._zone = path, zone
        self._files: dict[str, _Kept] = {}
        self._last: tuple[dict[str, Stamp], Request] | None = None

    def read(self, window: Window, known: frozenset[str]) -> Visit:
        """Read all files in it; None if nothing has changed since the last reading with an equal window and `known`.

        A file that cannot be used is a warning. What it held when it was read last still stands.

        Raises:
            Problem: the folder is not there, cannot be read, or does not come to rest.
        """
        for _ in range(_TRIES):
            stamps = self._list()
            if self._last == (stamps, (window, known)):
                return None
            parsed = yield from self._read(stamps, window, known)
            if self._list() == stamps:
                self._last = stamps, (window, known)
                return parsed
        raise SourceProblem(f"The folder “{self._path.name}” is changing all the time.", "It is read again soon.")

    def _list(self) -> dict[str, Stamp]:
        try:
            with os.scandir(self._path) as entries:
                return {
                    entry.name: Stamp.of(entry.stat())
                    for entry in entries
                    if entry.name.lower().endswith(".ics") and not entry.name.startswith(".") and entry.is_file()
                }
        except FileNotFoundError:
            raise SourceProblem(
                f"The calendar folder “{self._path.name}” is not there.",
                "Put it back, or name its new place in the settings.",
            ) from None
        except OSError as problem:
            raise SourceProblem(
                f"The calendar folder “{self._path.name}” cannot be read: {problem.strerror}.", "Check who may read it."
            ) from None

    def _read(self, stamps: dict[str, Stamp], window: Window, known: frozenset[str]) -> Steps:
        request, since = (window, known), 0
        broken: dict[str, str] = {}
        for name, stamp in sorted(stamps.items()):
            kept = self._files.get(name)
            if kept is None or (kept.stamp, kept.request) != (stamp, request):
                try:
                    self._files[name] = _Kept(stamp, request, (yield from self._file(name, window, known)))
                except Problem as problem:
                    broken[name] = f"The file “{name}” of a calendar folder is left out: {problem.sentence}"
                since += stamp.size + _OPENING
                if since >= PIECE:
                    since = 0
                    yield
        self._files = {name: kept for name, kept in self._files.items() if name in stamps}
        return self._merged(known, broken)

    def _file(self, name: str, window: Window, known: frozenset[str]) -> Steps:
        with opened(self._path / name) as (file, _):
            return (yield from steps(chunks(file), window.start, window.end, known, self._zone))

    def _merged(self, known: frozenset[str], broken: dict[str, str]) -> Parsed:
        """Put the files together.

        Where a file is broken, a known event that is found nowhere may be in it: it is told without a time, so that
        nobody takes it for gone.
        """
        parts = [self._files[name].parsed for name in sorted(self._files)]
        if broken.keys() - self._files.keys():
            seen = {event.key.uid for part in parts for event in part.events}
            parts.append(Parsed(tuple(Event(EventKey(uid), None, None, ical_uid=uid) for uid in known - seen)))
        return merged(parts, broken.values())
