"""Have a running showup read the settings again."""

import os
import signal

from showup.cli.parts import running
from showup.config import Paths


def reload(paths: Paths) -> str:
    """Tell a running showup to read the settings again; what is to be said about it, empty where none runs."""
    if not running(paths):
        return ""
    try:
        os.kill(int(paths.lock.read_text("ascii")), signal.SIGHUP)
    except (OSError, ValueError, OverflowError):  # it is only just starting, ended meanwhile, or is another user's
        return "A showup is running: `systemctl --user reload showup` has it read the settings again, or start it anew."
    return "The running showup reads the settings again."
