"""A person's home: settings, a calendar and a record, and the commands run in it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import record
from benchmarks.harness import Program, plain
from showup.clock import SystemClock

SETTINGS = """owner = ["sam@example.org"]

[[calendars]]
name = "work"
type = "ics"
path = "{path}"
"""
SHOWUP = str(Path(sys.executable).with_name("showup"))


@dataclass(frozen=True)
class Home:
    """All lies in `folder`; `more` goes into the environment."""

    folder: Path
    settings: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in ("config/showup", "data/showup", "run"):
            (self.folder / place).mkdir(parents=True, mode=0o700)
        text = self.settings or SETTINGS.format(path=self.calendar)
        (self.folder / "config/showup/config.toml").write_text(text)

    @property
    def calendar(self) -> Path:
        return self.folder / "work.ics"

    @property
    def env(self) -> dict[str, str]:
        places = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_RUNTIME_DIR": "run"}
        own = {name: str(self.folder / at) for name, at in places.items()}
        return {"HOME": str(self.folder), **own, **self.more}

    @property
    def whole_env(self) -> dict[str, str]:
        """The environment of a program that is started by itself, without the tester's own desktop."""
        desktop = ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY")
        return {name: value for name, value in plain().items() if name not in desktop} | self.env

    def showup(self, *arguments: str) -> Program:
        return Program((SHOWUP, *arguments), self.env)

    def remember(self, appointments: int) -> "Home":
        """Give it a record of so many interviews."""
        record.write(self.folder / "data/showup/showup.sqlite", appointments, SystemClock().now())
        return self
