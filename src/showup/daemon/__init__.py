"""The daemon: the beat and what sets it off, what is said of it, and what it keeps in order beside it."""

from showup.daemon.loop import run

__all__ = ["run"]
