"""Tell a running showup something, by a signal."""

import os
import signal

from showup import private
from showup.cli.parts import running
from showup.config import Paths

_NUMBER = 20
"""Bytes of the number of a process."""


def reload(paths: Paths) -> str:
    """Tell a running showup to read the settings again; what is to be said about it, empty where none runs."""
    if not running(paths):
        return ""
    if not signalled(paths, signal.SIGHUP):
        return "A showup is running: `systemctl --user reload showup` has it read the settings again, or start it anew."
    return "The running showup reads the settings again."


def signalled(paths: Paths, number: signal.Signals) -> bool:
    """Whether a running showup got the signal: not while it is only just starting, or is another user's."""
    try:
        os.kill(int(private.read(paths.lock, _NUMBER)), number)
    except (OSError, ValueError, OverflowError):
        return False
    return True
