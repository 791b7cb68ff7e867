"""The real daemon, killed again and again: what was known stays known, and nothing is said twice or left out.

Four interviews each come to a checkpoint some seconds after the beginning, and one is cancelled meanwhile. One daemon
is left in peace, another is killed at random moments; in the end both know and have said the same.
SHOWUP_KILL_ROUNDS names how often that is done, with ten kills each (once; `make soak` does it ten times).
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

ROUNDS = int(os.environ.get("SHOWUP_KILL_ROUNDS", "1"))
KILLS = 10
FIRST = 9
"""Seconds until the first checkpoint: by then a daemon has read the calendar, also on a busy machine."""
PATIENCE = 90.0
"""A file is read each minute: what is written after the last checkpoint is seen within that."""
EVENTS = {"brief": 10 * 60, "late": -5 * 60, "nudge": -15 * 60, "give-up": -30 * 60, "cancelled": 3 * 3600}
"""How many seconds after its first checkpoint each begins."""
COMPANIES = dict(zip(EVENTS, ("Acme", "Borealis", "Cormorant", "Dunmore", "Elmwood"), strict=True))
ASKED = {("late", "brief"), ("nudge", "ask"), ("give-up", "ask")}
EXPECTED = ASKED | {
    ("brief", "brief"),
    ("late", "ask"),
    ("nudge", "nudge"),
    ("give-up", "no_show"),
    ("cancelled", "cancelled"),
}


class Home:
    """A person's folders, a calendar in them, and the daemon that watches it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "showup").mkdir(parents=True)
        (folder / "showup/config.toml").write_text('owner = ["sam@example.org"]\n')
        names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME", "HOME")
        self._environment = {"PATH": os.environ["PATH"], "TZ": "UTC", **dict.fromkeys(names, str(folder))}
        self._environment |= {key: os.environ[key] for key in ("PYTHONPATH",) if key in os.environ}
        self._calendar = folder / "interviews.ics"
        self.record = folder / "showup/showup.sqlite"
        self._begun = datetime.fromtimestamp(int(time.clock_gettime(time.CLOCK_REALTIME)), UTC)
        self.write(cancelled=False)

    def write(self, *, cancelled: bool) -> None:
        """The calendar as it is now, put in place at once."""
        events = (self._event(name, after, cancelled=cancelled) for name, after in EVENTS.items())
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *events, "END:VCALENDAR", ""]
        draft = self._calendar.with_suffix(".new")
        draft.write_bytes("\r\n".join(lines).encode())
        draft.replace(self._calendar)

    def _event(self, name: str, after: int, *, cancelled: bool) -> str:
        start = self._begun + timedelta(seconds=FIRST + 1.0 * list(EVENTS).index(name) + after)
        off = cancelled and name == "cancelled"
        return "\r\n".join(
            [
                "BEGIN:VEVENT",
                f"UID:{name}",
                f"DTSTAMP:{self._begun:%Y%m%dT%H%M%SZ}",
                f"SUMMARY:Interview with {COMPANIES[name]} – Editor",
                f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
                f"DTEND:{start + timedelta(hours=1):%Y%m%dT%H%M%SZ}",
                f"ORGANIZER:mailto:hr@{COMPANIES[name].lower()}.example",
                "ATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@example.org",
                f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:hr@{COMPANIES[name].lower()}.example",
                *(["STATUS:CANCELLED", f"LAST-MODIFIED:{self._begun:%Y%m%dT%H%M%SZ}", "SEQUENCE:1"] if off else []),
                "END:VEVENT",
            ]
        )

    def start(self) -> "subprocess.Popen[bytes]":
        return self._call("run", "--calendar", str(self._calendar))

    def _call(self, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "showup", *arguments]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, env=self._environment, stdin=quiet, stdout=quiet, stderr=quiet)

    def answer(self, name: str, word: str) -> None:
        assert self._call("answer", name, word).wait(PATIENCE) == 0

    def interviews(self) -> list[dict[str, Any]]:
        command = [sys.executable, "-m", "showup", "interviews", "--json"]
        printed = subprocess.run(command, env=self._environment, capture_output=True, check=True).stdout
        found: list[dict[str, Any]] = json.loads(printed)["interviews"]
        return found

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        if not self.record.exists():
            return []
        with closing(sqlite3.connect(f"file:{self.record}?mode=ro", uri=True)) as connection:
            try:
                return connection.execute(query).fetchall()
            except sqlite3.OperationalError:
                return []  # its tables are being made

    def said(self) -> list[tuple[str, str]]:
        """Every notice that was shown: the event and the kind."""
        return self.rows(
            "SELECT a.uid, n.kind FROM notices n JOIN appointments a ON a.id = n.appointment_id"
            " WHERE n.shown IS NOT NULL ORDER BY 1, 2"
        )

    def sound(self) -> str:
        """SQLite's own check, of a copy, so that the next daemon finds everything as it was left."""
        copy = self._folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for file in self.record.parent.glob("showup.sqlite*"):
            shutil.copy(file, copy)
        with closing(sqlite3.connect(copy / self.record.name)) as connection:
            return str(connection.execute("PRAGMA integrity_check").fetchone()[0])

    def knows(self) -> list[dict[str, Any]]:
        """What the record says in the end, without ids and times of this run."""
        keys = ("uid", "employer", "outcome", "certainty", "minutes_late", "counted", "fault", "reasons")
        return sorted(({key: row[key] for key in keys} for row in self.interviews()), key=lambda row: row["uid"])


def until(holds: Callable[[], bool], what: str) -> None:
    ends = time.perf_counter() + PATIENCE
    while not holds():
        assert time.perf_counter() < ends, f"not within {PATIENCE:.0f} s: {what}"
        time.sleep(0.1)


@contextmanager
def running(home: Home) -> Iterator["subprocess.Popen[bytes]"]:
    daemon = home.start()
    try:
        yield daemon
    finally:
        daemon.terminate()
        daemon.wait(PATIENCE)


def prepared(folder: Path) -> Home:
    """The calendar is known, and the person is waiting in two of the meetings."""
    home = Home(folder)
    with running(home):
        until(lambda: set(home.said()) >= ASKED, "what has come already is said")
        home.answer("give-up", "waiting")
        home.answer("nudge", "waiting")
    return home


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_killed_daemon_ends_where_one_left_in_peace_does(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    peaceful, killed = prepared(tmp_path / "peaceful"), prepared(tmp_path / "killed")
    with running(peaceful):
        for number in range(KILLS):
            daemon = killed.start()
            time.sleep(chance.uniform(0.05, 2.0))
            daemon.send_signal(signal.SIGKILL)
            assert daemon.wait(PATIENCE) == -signal.SIGKILL
            assert killed.sound() == "ok"
            if number == KILLS // 3:
                killed.write(cancelled=True)
                peaceful.write(cancelled=True)
        with running(killed):
            until(lambda: set(peaceful.said()) & set(killed.said()) >= EXPECTED, "all is said")
            time.sleep(1)  # for what should not be said
    assert peaceful.said() == killed.said() == sorted(EXPECTED)
    assert killed.knows() == peaceful.knows()
    assert killed.sound() == "ok"
