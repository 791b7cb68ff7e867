"""A home of its own for each test, a clock that can be set, and records made by playing stories."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from showup.cli import parts
from showup.cli.main import commands
from showup.clock import SystemClock
from showup.rehearsal.narration import founding_tale
from tests.support.played import play

Cli = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where everything of this test lies; the person lives in New York."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("SHOWUP_HOME", "SHOWUP_DEBUG", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TZ", "America/New_York")
    parts.zone.cache_clear()  # a process of its own would not know of another
    (tmp_path / "showup").mkdir()
    return tmp_path


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the clock."""

    def set_to(moment: str) -> None:
        known = datetime.fromisoformat(moment).astimezone(UTC)
        monkeypatch.setattr(SystemClock, "now", lambda _self: known)

    return set_to


@pytest.fixture
def cli(home: Path) -> Cli:
    """Call a command."""

    def call(*arguments: str) -> Result:
        assert home.exists()
        return CliRunner().invoke(commands, arguments, prog_name="showup")

    return call


@pytest.fixture
def story(home: Path) -> Callable[[str], None]:
    """Make this home's record by playing a story."""
    return lambda text: play(text, home / "showup/showup.sqlite")


@pytest.fixture(scope="session")
def tale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the founding tale; to be copied, not touched."""
    database = tmp_path_factory.mktemp("tale") / "showup.sqlite"
    play(founding_tale(), database)
    return database


@pytest.fixture
def told(home: Path, tale: Path, at: Callable[[str], None]) -> Path:
    """A home with the record of the founding tale, the day after."""
    shutil.copy(tale, home / "showup/showup.sqlite")
    at("2026-03-06T09:00:00-05:00")
    return home
