"""The real `showup run`, as a program of its own: with no desktop, and on a desktop with dunst."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from showup.clock import SystemClock
from tests.support.ics import calendar, vevent
from tests.support.owner import stamp
from tests.support.session import dunst, end, screen, session, wait_for

SETTINGS = """owner = ["sam@example.org"]
[[calendars]]
name = "mine"
type = "ics"
path = "{path}"
"""
PEOPLE = "ORGANIZER:mailto:hr@acme.example\nATTENDEE:mailto:sam@example.org\nATTENDEE:mailto:hr@acme.example"


@dataclass(frozen=True)
class Home:
    """A person's home folder, and the program run in it."""

    folder: Path
    env: Mapping[str, str]

    def __post_init__(self) -> None:
        (self.folder / "config/showup").mkdir(parents=True)
        (self.folder / "runtime").mkdir(mode=0o700)
        self.settings.write_text(SETTINGS.format(path=self.folder / "my.ics"))

    @property
    def settings(self) -> Path:
        return self.folder / "config/showup/config.toml"

    def plan(self, minutes: float) -> None:
        """An interview that starts in so many minutes."""
        start = SystemClock().now() + timedelta(minutes=minutes)
        times = f"DTSTART:{stamp(start)}\nDTEND:{stamp(start + timedelta(hours=1))}"
        event = vevent(f"{times}\n{PEOPLE}", "acme-1", "Interview with Acme – Editor")
        (self.folder / "my.ics").write_bytes(calendar(event))

    def environment(self) -> dict[str, str]:
        places = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data"}
        own = {name: str(self.folder / place) for name, place in places.items()}
        runtime = {"XDG_RUNTIME_DIR": str(self.folder / "runtime")}
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "TZ": "America/New_York",
            "LANG": "C.UTF-8",
            **runtime,
            **self.env,
            **own,
        }

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "showup", *arguments]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, timeout=30, check=False)

    def said(self) -> str:
        return (self.folder / "said").read_text()

    def asked(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "data/showup/showup.sqlite")) as record:
            return record.execute(query).fetchall()

    @contextmanager
    def daemon(self) -> Iterator[subprocess.Popen[bytes]]:
        """A running one, which has looked around; what it says is in `said`."""
        with (self.folder / "said").open("wb") as output:
            env = self.environment() | {"PYTHONUNBUFFERED": "1"}
            process = subprocess.Popen([sys.executable, "-m", "showup", "run"], env=env, stdout=output, stderr=output)
        try:
            wait_for(lambda: "next look" in self.said() or process.poll() is not None, 15)
            assert process.poll() is None, self.said()
            yield process
        finally:
            end(process)


def ends(process: subprocess.Popen[bytes], number: signal.Signals = signal.SIGTERM) -> int:
    process.send_signal(number)
    return process.wait(5)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "sam", {})


def test_a_day_without_a_desktop(home: Home) -> None:
    home.plan(9)
    with home.daemon() as process:
        wait_for(lambda: "Interview with Acme in" in home.said())
        assert "watching " in home.said()
        assert "with Acme" in home.said()
        assert "Traceback" not in home.said()

        second = home.command("run")
        assert (second.returncode, second.stdout) == (1, "")
        assert second.stderr == "showup is already running. `showup status` shows what it does.\n"

        answered = home.command("answer", "acme-1", "mine", "--note", "I am ill.")
        assert (answered.returncode, answered.stderr) == (0, "")
        assert home.asked("SELECT source, sign, detail FROM evidence") == [("answer", "mine", "I am ill.")]
        assert home.asked("SELECT outcome, counted FROM verdicts") == [("excused", 0)]
        assert home.asked("SELECT closed IS NULL FROM notices") == [(0,)]

        assert ends(process) == 0
    assert "Traceback" not in home.said()


def test_a_restart_says_no_notice_anew(home: Home) -> None:
    home.plan(9)
    with home.daemon() as process:
        wait_for(lambda: "Interview with Acme in" in home.said())
        before = home.asked("SELECT id, kind, shown FROM notices")
        assert ends(process, signal.SIGINT) == 0
    with home.daemon() as process:
        assert ends(process) == 0
    assert home.asked("SELECT id, kind, shown FROM notices") == before


def test_broken_settings_leave_the_old_ones(home: Home) -> None:
    home.plan(60)
    with home.daemon() as process:
        home.settings.write_text("owner = [")
        process.send_signal(signal.SIGHUP)
        wait_for(lambda: "The settings stay as they were." in home.said())
        home.settings.write_text(SETTINGS.format(path=home.folder / "my.ics"))
        process.send_signal(signal.SIGHUP)
        wait_for(lambda: "The settings were read again." in home.said())
        assert ends(process) == 0
    assert "Traceback" not in home.said()


def test_broken_settings_at_the_start_are_said(home: Home) -> None:
    home.settings.write_text("owner = [")
    done = home.command("run")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(home.settings) in done.stderr


def test_on_a_desktop(tmp_path: Path) -> None:
    """A real notice with a button; after a restart it stands under its old id, and its button still works."""
    with ExitStack() as stack:
        env = stack.enter_context(session(tmp_path))
        env["DISPLAY"] = stack.enter_context(screen(tmp_path))
        desktop = stack.enter_context(dunst(tmp_path, env))
        home = Home(tmp_path / "sam", {"DBUS_SESSION_BUS_ADDRESS": env["DBUS_SESSION_BUS_ADDRESS"]})
        home.plan(-6)
        with home.daemon() as process:
            wait_for(lambda: desktop.displayed() == 1)
            assert "Has Acme joined?" in desktop.control("history") + home.said()
            ((kind, shown_id),) = home.asked("SELECT kind, shown_id FROM notices")
            assert ends(process) == 0
        assert (kind, desktop.displayed()) == ("ask", 1)  # what is on the screen stays
        with home.daemon():
            assert home.asked("SELECT kind, shown_id FROM notices") == [("ask", shown_id)]
            assert desktop.displayed() == 1
            desktop.press("My side")
            wait_for(lambda: home.asked("SELECT sign FROM evidence") == [("mine",)], 15)
            wait_for(lambda: desktop.displayed() == 0)
            assert home.asked("SELECT outcome FROM verdicts") == [("excused",)]
