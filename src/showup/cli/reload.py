"""Have a running showup read the settings again."""

import os
import signal
from pathlib import Path

from showup.cli.parts import running
from showup.config import Paths

_LOCKS = Path("/proc/locks")


def reload(paths: Paths) -> str:
    """Tell a running showup to read the settings again; what is to be said about it, empty where none runs."""
    if not running(paths):
        return ""
    process = _holder(paths.lock)
    try:
        if process and _listens(process):
            os.kill(process, signal.SIGHUP)
            return "The running showup reads the settings again."
    except OSError:  # it ended meanwhile, or is another user's
        pass
    return "A showup is running: `systemctl --user reload showup` has it read the settings again, or start it anew."


def _holder(file: Path) -> int:
    """The process that holds a file locked, as proc(5) lists them; 0 if it cannot be known for certain.

    The number of a file is its own on its file system only, so the process must have this very file open as well.
    """
    try:
        number = str(file.stat().st_ino)
        rows = [line.split() for line in _LOCKS.read_text("ascii").splitlines()]
    except (OSError, ValueError):
        return 0
    for row in rows:
        if row[1:2] == ["FLOCK"] and row[3] == "WRITE" and row[5].rpartition(":")[2] == number and row[4].isdecimal():
            process = int(row[4])
            if process > 1 and _has_open(process, file):
                return process
    return 0


def _listens(process: int) -> bool:
    """Whether it catches SIGHUP: one that is only just starting would end of it."""
    rows = Path(f"/proc/{process}/status").read_text("ascii", "replace").splitlines()
    caught = next((row.split()[1] for row in rows if row.startswith("SigCgt:")), "0")
    return bool(int(caught, 16) >> (signal.SIGHUP - 1) & 1)


def _has_open(process: int, file: Path) -> bool:
    try:
        return any(one.exists() and one.samefile(file) for one in Path(f"/proc/{process}/fd").iterdir())
    except OSError:
        return False
