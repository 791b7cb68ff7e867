"""What systemd is told about the service, by sd_notify(3). Without systemd nothing is said and nothing fails."""

import os
import socket
from contextlib import suppress

from showup.core.text import plain

_LIMIT = 1.0
"""Seconds a full socket may hold us up."""


def ready() -> None:
    """The service has started, or has finished reloading."""
    _tell("READY=1")


def status(text: str) -> None:
    """One line that `systemctl status` shows."""
    _tell(f"STATUS={plain(text, 200)}")


def watchdog() -> None:
    """A sign of life; due more often than each `watchdog_period()`."""
    _tell("WATCHDOG=1")


def reloading() -> None:
    """The configuration is being read again; `ready()` must follow."""
    _tell("RELOADING=1")


def stopping() -> None:
    """The service is about to end."""
    _tell("STOPPING=1")


def managed() -> bool:
    """Whether a service manager listens; else somebody runs it by hand."""
    return bool(os.environ.get("NOTIFY_SOCKET"))


def watchdog_period() -> float | None:
    """Seconds within which systemd expects a sign of life from this process; None where it expects none.

    sd_watchdog_enabled(3) recommends half of it between two signs.
    """
    microseconds, process = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID", "")
    ours = process in ("", str(os.getpid()))
    if not (ours and microseconds.isascii() and microseconds.isdigit()):
        return None
    return int(microseconds) / 1_000_000 or None


def _tell(line: str) -> None:
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address.startswith("@"):
        address = "\0" + address[1:]  # an abstract socket: unix(7)
    if not address.startswith(("/", "\0")):
        return
    # sd_notify(3) advises to ignore errors: it only informs, and the service works without.
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.settimeout(_LIMIT)
        channel.sendto(line.encode(), address)
