"""The person's service manager, `systemd --user`, spoken to by its own commands, each within a time limit."""

import json
import os
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from showup.core.problem import Problem
from showup.core.text import plain
from showup.service.unit import NAME

_LIMIT = 10.0
STARTING = 200.0
"""Seconds that a start may take: longer than the unit's own TimeoutStartSec."""
_LINES = 10
_LEVELS = ("emergency", "alert", "critical", "error", "warning", "notice", "info", "debug")
_SHOWN = ("ActiveState", "SubState", "Result", "ExecMainStatus", "StatusText", "UnitFileState", "NeedDaemonReload")
_SINCE = ("ActiveEnterTimestamp", "StateChangeTimestamp")
_THERE = frozenset({"active", "reloading"})


class NoManager(Problem):
    """There is no `systemd --user` that could be asked."""

    def __init__(self) -> None:
        super().__init__(
            "There is no service manager (systemd --user) for you here.",
            "Have your desktop start `showup run` by itself (its settings call that autostart), or by cron: @reboot.",
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the journal; `level` is the name of its priority, by syslog(3)."""

    at: datetime
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the manager knows of the unit. `status` is the daemon's own line, `since` when it became what it is."""

    active: str
    detail: str
    result: str
    code: int
    status: str
    enabled: str
    stale: bool
    since: datetime | None

    @property
    def running(self) -> bool:
        """Whether the daemon is there and has said that it is ready."""
        return self.active in _THERE


class Manager:
    """`environ` is that of the person's session."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        runtime = environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"  # su and cron set none: logind's own
        self._environ = {**environ, "XDG_RUNTIME_DIR": runtime, "LC_ALL": "C", "TZ": "UTC", "SYSTEMD_PAGER": ""}

    def folders(self) -> tuple[Path, ...]:
        """Where it looks for units.

        Raises:
            NoManager: nobody answers.
        """
        found = self._run("systemctl", "--user", "show", "--property=UnitPath", "--value")
        if found is None or found.returncode:
            raise NoManager
        return tuple(Path(word) for word in found.stdout.split())

    def environment(self) -> dict[str, str]:
        """The variables that it gives to what it starts, as far as they are plain."""
        lines = self.call("show-environment").splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line and "=$'" not in line)

    def given(self) -> dict[str, str]:
        """The variables that the unit itself sets, drop-ins of the person included.

        Raises:
            Problem: it does not answer.
        """
        words = shlex.split(self.call("show", NAME, "--property=Environment", "--value"))
        return dict(word.split("=", 1) for word in words if "=" in word)

    def call(self, *words: str, limit: float = _LIMIT) -> str:
        """Have systemctl do something; what it printed.

        Raises:
            Problem: it could not, with its own words.
        """
        done = self._run("systemctl", "--user", *words, limit=limit)
        if done is None:
            raise Problem(f"`systemctl --user {words[0]}` did not answer.", "Try again in a moment.")
        if done.returncode:
            why = plain(done.stderr, 300) or f"exit code {done.returncode}"
            raise Problem(f"`systemctl --user {' '.join(words)}` failed: {why}", "Look at `showup service status`.")
        return done.stdout

    def start(self, how: str) -> bool:
        """`start` or `restart` the unit and wait until it is ready; whether it is."""
        done = self._run("systemctl", "--user", how, NAME, limit=STARTING)
        return done is not None and done.returncode == 0

    def known(self) -> Known:
        """What it knows of the unit.

        Raises:
            Problem: it does not answer.
        """
        asked = (*_SHOWN, *_SINCE)
        lines = self.call("show", NAME, f"--property={','.join(asked)}").splitlines()
        told = dict(line.split("=", 1) for line in lines if "=" in line)
        active, detail, result, code, status, enabled, stale = (told.get(name, "") for name in _SHOWN)
        since = _moment(told.get(_SINCE[active not in _THERE], ""))
        return Known(active, detail, result, int(code or 0), plain(status, 200), enabled, stale == "yes", since)

    def journal(self) -> tuple[Line, ...]:
        """The last lines of its journal, oldest first; none where there is no journal."""
        done = self._run(
            "journalctl", "--user", f"--unit={NAME}", f"--lines={_LINES}", "--output=json", "--quiet", "--no-pager"
        )
        read = () if done is None or done.returncode else map(_line, done.stdout.splitlines())
        return tuple(line for line in read if line)

    def _run(self, *command: str, limit: float = _LIMIT) -> subprocess.CompletedProcess[str] | None:
        """None where it is not installed, or does not answer in time."""
        try:
            return subprocess.run(  # noqa: S603 - no shell, and words of our own
                command,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=limit,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None


def _moment(text: str) -> datetime | None:
    """A time as systemctl prints it in UTC; None where there is none."""
    try:
        return datetime.strptime(text, "%a %Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC)
    except ValueError:
        return None


def _line(text: str) -> Line | None:
    """One entry of the journal, in journalctl's JSON; None for one that cannot be shown."""
    try:
        entry = json.loads(text)
        at = datetime.fromtimestamp(int(entry["__REALTIME_TIMESTAMP"]) / 1_000_000, UTC)
        level, said = _LEVELS[int(entry.get("PRIORITY", 6))], entry["MESSAGE"]
    except (ValueError, KeyError, IndexError, TypeError, OverflowError):
        return None
    return Line(at, level, plain(said, 300)) if isinstance(said, str) else None
