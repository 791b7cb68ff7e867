"""The ready state: kept by a daemon, used only while it holds, and read in next to no time."""

import fcntl
import json
import os
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from showup import ready
from showup.config import Settings, load
from showup.core.agenda import status
from showup.daemon.publisher import Publisher
from showup.rehearsal.narration import founding_tale
from showup.store.database import Database
from tests.support.played import play

NOW = datetime.fromisoformat("2026-03-06T14:00:00+00:00")
SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def tale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("tale") / "showup.sqlite"
    play(founding_tale(), file)
    return file


@pytest.fixture
def environ(tmp_path: Path, tale: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    shutil.copy(tale, tmp_path / "showup.sqlite")
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("SHOWUP_HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "America/New_York")
    return {"SHOWUP_HOME": str(tmp_path), "PATH": os.environ["PATH"], "TZ": "America/New_York"}


@pytest.fixture
def settings(environ: dict[str, str]) -> Settings:
    return load(environ)


@pytest.fixture
def store(settings: Settings) -> Iterator[Database]:
    """The daemon's own connection, with its lock."""
    database = Database(settings.paths.database)
    with settings.paths.lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield database
    database.close()


@pytest.fixture
def publisher(settings: Settings, store: Database) -> Publisher:
    """What has written the state once, to hold for an hour."""
    made = Publisher()
    made.look(settings, store, NOW, None)
    return made


def commit(database: Database) -> None:
    """Change the record."""
    with database.transaction() as record:
        record.close_notice(1, NOW)


@pytest.mark.usefixtures("publisher")
def test_it_holds_the_same_view_as_the_record(environ: dict[str, str], settings: Settings, store: Database) -> None:
    from showup import wiring
    from showup.flow.review import Review

    found = ready.find(environ, NOW)
    assert found is not None
    with store.reading() as record:
        assert status(found, NOW) == Review(record, wiring.judge(settings), NOW).status({})
    assert stat.S_IMODE(settings.paths.ready.stat().st_mode) == 0o600


@pytest.mark.usefixtures("publisher")
def test_it_is_left_aside_at_once_when_another_process_changed_the_record(
    environ: dict[str, str], settings: Settings
) -> None:
    assert ready.find(environ, NOW)
    done = subprocess.run([sys.executable, "-m", "showup", "answer", "1", "on_time"], env=environ, check=False)
    assert done.returncode == 0
    assert ready.find(environ, NOW) is None
    other = Database(settings.paths.database)
    assert ready.find(environ, NOW) is None  # also while that one is open
    other.close()


def test_it_is_made_anew_when_something_changed_and_not_before(
    environ: dict[str, str], settings: Settings, store: Database, publisher: Publisher
) -> None:
    first = settings.paths.ready.stat().st_ino
    publisher.look(settings, store, NOW + SECOND, None)
    assert settings.paths.ready.stat().st_ino == first
    commit(store)
    assert ready.find(environ, NOW) is None
    publisher.look(settings, store, NOW + SECOND, None)
    assert ready.find(environ, NOW + SECOND)


def test_it_is_made_anew_when_its_time_is_over(
    environ: dict[str, str], settings: Settings, store: Database, publisher: Publisher
) -> None:
    later = NOW + timedelta(hours=1, seconds=10)
    assert ready.find(environ, later) is None
    publisher.look(settings, store, later, None)
    assert ready.find(environ, later)


def test_it_does_not_outlive_what_is_due(environ: dict[str, str], settings: Settings, store: Database) -> None:
    Publisher().look(settings, store, NOW, NOW + 60 * SECOND)
    assert ready.find(environ, NOW + 60 * SECOND)
    assert ready.find(environ, NOW + 66 * SECOND) is None
    assert ready.find(environ, NOW - 61 * SECOND) is None  # the clock was set back


@pytest.mark.usefixtures("publisher")
def test_without_a_daemon_it_is_not_used(environ: dict[str, str], settings: Settings) -> None:
    settings.paths.lock.unlink()
    assert ready.find(environ, NOW) is None


@pytest.mark.usefixtures("publisher")
@pytest.mark.parametrize(
    ("key", "value"), [("version", "0.0.9"), ("record", "/etc/passwd"), ("sign", ""), ("until", None), ("from", "soon")]
)
def test_a_state_of_somebody_else_is_not_used(
    environ: dict[str, str], settings: Settings, key: str, value: object
) -> None:
    state = json.loads(settings.paths.ready.read_text())
    assert state[key] != value
    settings.paths.ready.write_text(json.dumps(state | {key: value}))
    assert ready.find(environ, NOW) is None


@pytest.mark.usefixtures("publisher")
@pytest.mark.parametrize("text", ["", "{", "[]", "\x00\xff", "null"])
def test_a_damaged_state_is_not_used(environ: dict[str, str], settings: Settings, text: str) -> None:
    settings.paths.ready.write_text(text)
    assert ready.find(environ, NOW) is None


@pytest.fixture
def at_hand(environ: dict[str, str], settings: Settings, store: Database) -> dict[str, str]:
    """The same for the real time."""
    from showup.clock import SystemClock

    Publisher().look(settings, store, SystemClock().now(), None)
    return environ


def test_it_is_shown_without_anything_that_takes_time(at_hand: dict[str, str]) -> None:
    code = """
import sys
before = set(sys.modules)
sys.argv = ["showup", "status", "--format", "waybar"]
from showup.__main__ import main
main()
print(*sorted({name.partition(".")[0] for name in set(sys.modules) - before}), file=sys.stderr)
"""
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path = {sys.path!r}{code}"]
    done = subprocess.run(command, env=at_hand, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["class"] == ["none"]
    heavy = {
        "click",
        "sqlalchemy",
        "sqlite3",
        "typing",
        "dataclasses",
        "inspect",
        "pathlib",
        "zoneinfo",
        "tomllib",
        "rich",
    }
    loaded = set(done.stderr.split())
    assert "json" in loaded
    assert loaded & heavy == set()


def test_it_takes_no_longer_than_a_few_bare_pythons(at_hand: dict[str, str]) -> None:
    """In processor time, which others on the machine do not lengthen; the least of several."""
    bare = min(spent([sys.executable, "-c", "pass"], at_hand) for _ in range(8))
    shown = min(spent([sys.executable, "-m", "showup", "status", "--format", "waybar"], at_hand) for _ in range(8))
    assert shown < 4 * bare


def spent(command: list[str], environ: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
