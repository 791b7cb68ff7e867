"""The ready state: what a running daemon keeps at hand, so that a status bar need not open the record to look.

It is a file beside the daemon's lock. Who reads it has 40 ms for everything: nothing is imported here that takes time.
"""

import fcntl
import json
import os
from collections.abc import Mapping

from showup import __version__, places

TYPE_CHECKING = False  # as in typing, which is not imported for it
if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from showup.core.spans import Span
    from showup.core.views import View

_HEADER = 48
"""Bytes of SQLite's WAL-index header, which every commit changes (sqlite.org/walformat.html, section 2.1)."""
_LATE, _EARLY = 5, 60
"""Seconds by which a state may be out of date, or from the future: then the daemon hangs, or the clock was set."""
_LARGEST = 5_000_000
"""Bytes of a state; it holds what is near."""


class Index:
    """The record's index, for whoever has the record open itself.

    It is opened once and never closed: who closes a file, by whatever descriptor, gives up all locks that the process
    has on it (fcntl, POSIX). SQLite's would go too; the next program to come would take itself for the only one, cut
    the index short, and kill this one by it (sqlite.org/howtocorrupt.html, section 2.2).
    """

    def __init__(self) -> None:
        self._descriptor: int | None = None

    def sign(self, record: str) -> str:
        """The same as `sign`."""
        try:
            if self._descriptor is None:
                self._descriptor = os.open(f"{record}-shm", os.O_RDONLY | os.O_CLOEXEC)
            return os.pread(self._descriptor, _HEADER, 0).hex()
        except OSError:
            return ""


def sign(record: str) -> str:
    """What is another one after each change of the record, by whomever; empty where nobody has it open.

    Not for a process that has the record open: that takes `Index`.
    """
    try:
        with open(f"{record}-shm", "rb", opener=_at_once) as index:
            return index.read(_HEADER).hex()
    except OSError:
        return ""


def _at_once(path: str, flags: int) -> int:
    """Opening a pipe waits for somebody to write, otherwise."""
    return os.open(path, flags | os.O_NONBLOCK)


def locked(lock: str) -> bool:
    """Whether a daemon runs: it holds its file locked as long as it lives, however it ends."""
    try:
        with open(lock, "rb", opener=_at_once) as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def write(file: "Path", record: "Path", sign: str, agenda: "View", span: "Span") -> None:
    """Keep the `agenda` of the `record` as it was when its sign was this one; it holds in this `span`.

    Raises:
        Problem: it cannot be written.
    """
    from showup import private  # noqa: PLC0415 - who reads does not pay for it

    state = {
        "version": __version__,
        "record": str(record),
        "sign": sign,
        "from": span.start.timestamp(),
        "until": span.end.timestamp(),
        "agenda": agenda,
    }
    private.write(file, json.dumps(state))


def find(environ: Mapping[str, str], now: "datetime") -> "View | None":
    """The agenda that a running daemon keeps of this person's record; None where the record has to be asked itself.

    That is so where no daemon runs, where the record was changed since (an answer given a moment ago), and where what
    was due has not been looked after.
    """
    folders = places.folders(environ)
    if folders is None or not locked(f"{folders[2]}/{places.LOCK}"):
        return None
    record = f"{folders[1]}/{places.RECORD}"
    try:
        with open(f"{folders[2]}/{places.READY}", "rb", opener=_at_once) as file:
            state = json.loads(file.read(_LARGEST))
        fits = state["version"] == __version__ and os.path.samefile(state["record"], record)  # noqa: PTH121 - as above
        timely = state["from"] - _EARLY <= now.timestamp() < state["until"] + _LATE
        agenda: View = state["agenda"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return agenda if fits and timely and state["sign"] == sign(record) != "" else None
