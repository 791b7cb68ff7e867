"""A calendar in one file on this machine."""

import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from showup.formats.ics import PIECE, Parsed, steps
from showup.ports import SourceProblem, Window

SIZE_LIMIT = 300_000_000

Request = tuple[Window, frozenset[str]]
Visit = Generator[None, None, Parsed | None]
"""One reading of a place, which yields where it may pause; None where nothing has changed."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when a file does."""

    modified_ns: int
    size: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> Self:
        """Take it from what the system says of a file."""
        return cls(found.st_mtime_ns, found.st_size, found.st_ino)


def chunks(file: BinaryIO) -> Callable[[], Iterable[bytes]]:
    """Return how to read an open file from its start, as often as it is wanted."""

    def read() -> Iterator[bytes]:
        file.seek(0)
        while chunk := file.read(PIECE):
            yield chunk

    return read


class File:
    """One .ics file."""

    def __init__(self, path: Path, zone: str | None) -> None:
        self._path, self._zone = path, zone
        self._last: tuple[Stamp, Request] | None = None

    def read(self, window: Window, known: frozenset[str]) -> Visit:
        """Read it; None if nothing has changed since the last reading with an equal window and `known`.

        Who puts a new file in its place meanwhile is not in the way: the one that was opened is read to its end.

        Raises:
            Problem: it is not there, cannot be read, is no whole calendar, or was written meanwhile.
        """
        with opened(self._path) as (file, stamp):
            if self._last == (stamp, (window, known)):
                return None
            parsed = yield from steps(chunks(file), window.start, window.end, known, self._zone)
            if Stamp.of(os.fstat(file.fileno())) != stamp:
                raise SourceProblem(
                    f"The calendar file “{self._path.name}” was written while it was read.", "It is read again soon."
                )
        self._last = stamp, (window, known)
        return parsed


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, Stamp]]:
    """Open a calendar file; only a file, as a pipe or device could keep us waiting for ever."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise SourceProblem(f"The calendar “{path.name}” is no file.", "Choose an .ics file or a folder of them.")
        if found.st_size > SIZE_LIMIT:
            raise SourceProblem(f"The calendar file “{path.name}” is larger than 300 MB.", "Choose a smaller one.")
        with path.open("rb") as file:
            yield file, Stamp.of(os.fstat(file.fileno()))
    except FileNotFoundError:
        raise SourceProblem(
            f"The calendar file “{path.name}” is not there.", "Put it back, or name its new place in the settings."
        ) from None
    except OSError as problem:
        raise SourceProblem(
            f"The calendar file “{path.name}” cannot be read: {problem.strerror}.", "Check who may read it."
        ) from None
    except ValueError:
        raise SourceProblem("The path of a calendar is no path.", "Correct it in the settings.") from None
