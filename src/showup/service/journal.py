"""Levels for the journal: sd-daemon(3)'s prefixes, where the output leads there."""

import os
from typing import IO

INFO, WARNING, ERROR = 6, 4, 3
"""Priorities of syslog(3)."""


def prefix(level: int, stream: IO[str]) -> str:
    """What to put before a line for `stream`; empty where that does not lead to the journal.

    systemd.exec(5): JOURNAL_STREAM names device and inode of the stream which it has connected to the journal.
    """
    told = os.environ.get("JOURNAL_STREAM", "")
    try:
        found = os.fstat(stream.fileno())
    except (OSError, ValueError):  # no real file, as in tests; or closed
        return ""
    return f"<{level}>" if told == f"{found.st_dev}:{found.st_ino}" else ""
