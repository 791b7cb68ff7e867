"""A person's home folder, with a calendar and the real program in it."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from showup.clock import SystemClock
from tests.support.ics import calendar, vevent
from tests.support.owner import stamp
from tests.support.session import end, wait_for

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
        (self.folder / "config/showup").mkdir(parents=True, exist_ok=True)
        (self.folder / "runtime").mkdir(mode=0o700, exist_ok=True)
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

    def command(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command, env = [sys.executable, "-m", "showup", *arguments], self.environment() | more
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=30, check=False)

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
