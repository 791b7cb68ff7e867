"""Cut a calendar into its components as the bytes come by, without holding more than one of them."""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from itertools import chain
from typing import NamedTuple

from showup.core.problem import Problem

Source = bytes | Callable[[], Iterable[bytes]]
"""A calendar's bytes, or how to read them from the start, in pieces of any size; it may be asked more than once."""

PIECE = 1 << 18
"""Bytes after which whoever looks through a calendar may pause: some milliseconds' work."""
COMPONENT_LIMIT = 4_000_000
"""Bytes of one component that are kept. What follows (attached files, mostly) is passed over."""
_LINE_LIMIT = 4_000_000

_MARK = re.compile(
    rb"\n(?:\xef\xbb\xbf)?(BEGIN|END):(VCALENDAR|VEVENT|VTIMEZONE)[ \t]*(?=\n|\Z)", re.IGNORECASE
)  # files put one after the other have their byte order marks in the middle
_FIRST = 1_000


class Part(Enum):
    """What a block is."""

    HEAD = b"VCALENDAR"
    EVENT = b"VEVENT"
    ZONE = b"VTIMEZONE"


_PARTS = {part.value: part for part in Part}


class Block(NamedTuple):
    """One component: the lines between its BEGIN and END, each begun by a line feed. `whole` is False without an END.

    However the calendar ends its lines, here they end by LF.
    """

    part: Part
    text: bytes
    whole: bool


def blocks(source: Source) -> Iterator[Block | None]:
    """Yield a calendar's heads (the properties before the first component), time zones and events, in their order.

    Between two pieces of its bytes None is yielded: there one may pause.

    Raises:
        Problem: at the end, where it was empty, no calendar, or had no END:VCALENDAR (RFC 5545, section 3.4).
    """
    scanner, pieces = _Scanner(), iter(_pieces(source))
    yield from scanner.feed(next(pieces))
    for piece in pieces:
        yield None
        yield from scanner.feed(piece)
    yield from scanner.feed(b"\n")
    scanner.check()


def _pieces(source: Source) -> Iterator[bytes]:
    """Yield the bytes, with line feeds where CR alone ends the lines, as it did on old Macs."""
    pieces = _cut(source) if isinstance(source, bytes) else iter(source())
    first = b""
    for piece in pieces:
        first += piece
        if len(first) >= _FIRST:
            break
    by_cr_alone = b"\r" in first and b"\n" not in first
    for piece in chain((first,), pieces):
        yield piece.replace(b"\r", b"\n") if by_cr_alone else piece


def _cut(data: bytes) -> Iterator[bytes]:
    return (data[at : at + PIECE] for at in range(0, len(data), PIECE))


class _Scanner:
    """Line ends decide: a mark counts only where it fills a line, so no text of an event can imitate one."""

    def __init__(self) -> None:
        self._rest = b"\n"
        self._open: Part | None = None
        self._kept: list[bytes] = []
        self._size = 0
        self._inside = False
        self._calendars = 0
        self._torn = False
        self._bytes = 0

    def feed(self, chunk: bytes) -> Iterator[Block]:
        """Take the next bytes and yield the components that they complete."""
        self._bytes += len(chunk.strip())
        data = self._rest + chunk
        cut = data.rfind(b"\n")
        if cut <= 0 and len(data) > _LINE_LIMIT:
            cut = len(data)
        whole, self._rest = _by_line_feeds(data[: max(cut, 0)]), data[max(cut, 0) :]
        at = 0
        for mark in _MARK.finditer(whole):
            self._keep(whole[at : mark.start()])
            at = mark.end()
            part = _PARTS[mark[2].upper()]
            done = self._begin(part) if mark[1][0] in b"Bb" else self._end(part)
            if done:
                yield done
        self._keep(whole[at:])

    def check(self) -> None:
        """Say what was wrong with the whole, once everything was fed."""
        if not self._bytes:
            raise Problem("The calendar file is empty.", "Export it again, or check that its download has finished.")
        if not self._calendars:
            raise Problem("This is no calendar file.", "Choose a file in the iCalendar format (.ics).")
        if self._inside or self._torn:
            raise Problem(
                "The calendar file is cut off: it has no END:VCALENDAR.",
                "Export it again, or wait until its download has finished.",
            )

    def _keep(self, data: bytes) -> None:
        if self._open and data and self._size < COMPONENT_LIMIT:
            data = data[: COMPONENT_LIMIT - self._size]
            self._kept.append(data)
            self._size += len(data)

    def _begin(self, part: Part) -> Block | None:
        done = self._close(whole=self._open is Part.HEAD)
        if part is Part.HEAD:
            self._torn |= self._inside
            self._inside = True
            self._calendars += 1
        self._open = part if self._calendars else None
        return done

    def _end(self, part: Part) -> Block | None:
        done = self._close(whole=part is self._open or self._open is Part.HEAD)
        if part is Part.HEAD:
            self._inside = False
        return done

    def _close(self, *, whole: bool) -> Block | None:
        done = Block(self._open, b"".join(self._kept), whole) if self._open else None
        self._open, self._size = None, 0
        self._kept.clear()
        return done


def _by_line_feeds(lines: bytes) -> bytes:
    """Return whole lines without CR at their ends, of which programs that write CRLF as text make two."""
    lines = lines.rstrip(b"\r").replace(b"\r\n", b"\n")
    return lines.replace(b"\r\n", b"\n") if b"\r" in lines else lines
