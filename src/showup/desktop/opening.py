"""Opening a link of an invitation with the desktop's own program, and only links of a harmless kind."""

import os
import shutil
import subprocess

from showup.core.link import checked
from showup.core.problem import Problem

_LIMIT = 5.0
"""Seconds that handing over may take. The program that opens the link lives on without us."""


def open_link(url: str) -> bool:
    """Have the desktop open `url`, and say whether it was handed over. Returns within seconds.

    Raises:
        Problem: it is no link that may be opened, or there is no program to open it with.
    """
    link = checked(url)
    if not shutil.which("xdg-open"):
        raise Problem("There is no xdg-open to open links with.", "Install xdg-utils.")
    return any(_run([*launcher, "xdg-open", link]) for launcher in _launchers())


def _launchers() -> list[list[str]]:
    """Ways to start a program that is not our child.

    A browser started inside the service would die with it, and could not set up its own sandbox inside ours.
    """
    beside = [["setsid", "--fork", "--"]]
    if "INVOCATION_ID" in os.environ:  # set by systemd for everything it starts: systemd.exec(5)
        return [["systemd-run", "--user", "--quiet", "--collect", "--"], *beside]
    return beside


def _run(command: list[str]) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and the link was checked
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_LIMIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
