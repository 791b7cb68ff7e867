"""The lock that a running daemon holds, and whoever must not be disturbed by one."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from showup import private
from showup.core.problem import Problem

_TRIES, _A_MOMENT = 5, 0.1
"""A command that looks whether a daemon runs holds the lock for a moment, too."""


@contextmanager
def alone(lock: Path, remedy: str) -> Iterator[IO[str]]:
    """Hold the lock file, emptied, as long as the block lasts, however it ends.

    Raises:
        Problem: somebody else holds it, with this `remedy`; or there is no place for it.
    """
    pause = threading.Event()
    with _opened(lock) as file:
        if not any(_locked(file) or pause.wait(_A_MOMENT) for _ in range(_TRIES)):
            raise Problem("showup is already running.", remedy)
        file.truncate(0)
        yield file


def _opened(lock: Path) -> IO[str]:
    try:
        private.own(lock.parent)
        # No link is followed: the file is emptied, and what it leads to may be precious.
        file = os.fdopen(os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+")
        private.tighten(lock)
    except OSError as error:
        raise Problem(
            f"The folder {lock.parent} cannot be used: {error.strerror or error}.",
            "Make it writable, or set XDG_RUNTIME_DIR.",
        ) from error
    return file


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
