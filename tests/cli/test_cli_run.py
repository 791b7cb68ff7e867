"""run: which calendars the daemon is given, and the sample."""

import fcntl
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from showup import daemon
from showup.cli import sample
from showup.config import Settings
from showup.core.event import Event
from showup.core.problem import Problem
from showup.core.recognition.recognise import recognise
from showup.core.recognition.result import Decision
from showup.formats.ics import vevents
from showup.knowledge import load
from showup.rehearsal.sample import OWNER, calendar

Cli = Callable[..., Result]
Say = Callable[[str], None]


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """What the daemon was started with; it ends at once, with exit code 3."""
    found: list[Settings] = []

    def run(settings: Settings, *, say: Say, warn: Say, again: Callable[[], Settings]) -> int:
        assert warn != say
        assert again().paths == settings.paths
        say("A word\x1b[31m from the daemon.\n  More\u202e.\n")
        found.append(settings)
        return 3

    monkeypatch.setattr(daemon, "run", run)
    return found


def test_without_anything_it_watches_what_is_set_up(cli: Cli, home: Path, given: list[Settings]) -> None:
    (home / "showup/config.toml").write_text('[[calendars]]\nname = "work"\ntype = "ics"\npath = "/a.ics"')
    result = cli("run")
    assert (result.stdout, result.exit_code) == ("A word from the daemon.\n  More.\n", 3)
    assert [one.name for one in given[0].calendars] == ["work"]
    assert given[0].paths.database == home / "showup/showup.sqlite"


def test_with_no_calendar_it_says_so(cli: Cli, home: Path, given: list[Settings]) -> None:
    assert cli("run").stdout.startswith(
        f"No calendar is set up in {home}/showup/config.toml. `showup run --calendar FILE` watches one.\n"
    )
    assert given[0].calendars == ()


@pytest.mark.usefixtures("home")
def test_a_file_or_folder_is_named_by_its_name(cli: Cli, tmp_path: Path, given: list[Settings]) -> None:
    (tmp_path / "interviews.ics").touch()
    (tmp_path / "folder").mkdir()
    for name in ("interviews.ics", "folder"):
        cli("run", "--calendar", str(tmp_path / name))
    assert [one.calendars[0].path for one in given] == [tmp_path / "interviews.ics", tmp_path / "folder"]
    assert [one.calendars[0].name for one in given] == ["interviews", "folder"]
    assert {one.calendars[0].poll_minutes for one in given} == {1}


def test_of_an_address_only_the_host_is_shown(cli: Cli, given: list[Settings]) -> None:
    cli("run", "--calendar", "https://calendar.example.org/secret/basic.ics")
    (watched,) = given[0].calendars
    assert (watched.name, watched.type, watched.path, watched.poll_minutes) == ("calendar.example.org", "ics", None, 5)
    assert watched.url == "https://calendar.example.org/secret/basic.ics"
    assert "secret" not in repr(given)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--calendar", "absent.ics"], "There is no file or folder"),
        (["--calendar", "https://"], "The calendar's address names no host."),
        (["--calendar", "https://["], "The calendar's address names no host."),
        (["--home", "x"], "--home belongs to --sample."),
    ],
)
def test_what_cannot_be_watched_is_a_wrong_call(
    cli: Cli, given: list[Settings], arguments: list[str], said: str
) -> None:
    result = cli("run", *arguments)
    assert (result.exit_code, given) == (2, [])
    assert result.stderr.startswith(said)


def test_the_sample_has_a_folder_of_its_own(cli: Cli, tmp_path: Path, given: list[Settings]) -> None:
    place = tmp_path / "demo"
    result = cli("run", "--sample", "--home", str(place))
    assert result.exit_code == 3
    assert f"export SHOWUP_HOME='{place}'; showup status" in result.stdout
    (settings,) = given
    assert (settings.paths.database, settings.paths.runtime) == (place / "showup.sqlite", place / "run")
    assert (settings.detectors.sound, settings.detectors.meet, settings.detectors.phone) == (False, False, False)
    assert [(one.name, one.path) for one in settings.calendars] == [("sample", place / "sample.ics")]
    assert settings.owner == (OWNER,)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert not (tmp_path / "showup/showup.sqlite").exists()


def test_a_sample_begins_anew_but_never_takes_another_s_record(cli: Cli, tmp_path: Path, given: list[Settings]) -> None:
    place = tmp_path / "demo"
    place.mkdir()
    (place / "showup.sqlite").write_text("mine")
    result = cli("run", "--sample", "--home", str(place))
    assert (result.exit_code, given) == (1, [])
    assert result.stderr == f"{place} holds a record that is no sample's. Name another folder by --home.\n"
    assert (place / "showup.sqlite").read_text() == "mine"
    (place / "sample.ics").touch()
    assert cli("run", "--sample", "--home", str(place)).exit_code == 3
    assert not (place / "showup.sqlite").exists()


def test_a_sample_that_runs_is_left_alone(cli: Cli, tmp_path: Path, given: list[Settings]) -> None:
    (tmp_path / "demo/run").mkdir(parents=True)
    with (tmp_path / "demo/run/daemon.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = cli("run", "--sample", "--home", str(tmp_path / "demo"))
    assert (result.exit_code, given) == (1, [])
    assert "is running in" in result.stderr


def test_a_folder_that_cannot_be_written_is_one_sentence(cli: Cli, tmp_path: Path, given: list[Settings]) -> None:
    (tmp_path / "file").touch()
    result = cli("run", "--sample", "--home", str(tmp_path / "file/demo"))
    assert (result.exit_code, given) == (1, [])
    assert result.stderr.startswith(f"The sample cannot be written to {tmp_path}/file/demo: Not a directory.")


def test_the_sample_moves_its_third_interview_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moves: list[Callable[[], None]] = []

    class Timer:
        daemon = False

        def __init__(self, seconds: float, move: Callable[[], None]) -> None:
            assert seconds == sample.MOVE_AFTER
            moves.append(move)

        def start(self) -> None:
            assert self.daemon

    monkeypatch.setattr("threading.Timer", Timer)
    sample.begin(tmp_path, lambda _line: None, move=True)
    before = events((tmp_path / "sample.ics").read_text())
    moves[0]()
    after = events((tmp_path / "sample.ics").read_text())
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [(old.start and new.start and new.start - old.start) for old, new in changed] == [timedelta(days=1)]
    sample.begin(tmp_path, lambda _line: None, move=False)
    assert len(moves) == 1


def test_the_sample_is_three_interviews_and_a_dentist() -> None:
    begun = datetime.fromisoformat("2026-03-03T15:00:30+00:00")
    found = {
        event.summary: (event, recognise(event, frozenset({OWNER}), load()))
        for event in events(calendar(begun, moved=False))
    }
    running, soon, moved = (event for event, answer in found.values() if answer.decision is Decision.INTERVIEW)
    starts = [one.start - begun for one in (running, soon, moved) if one.start]
    assert starts == [timedelta(minutes=minutes, seconds=-30) for minutes in (-3, 12, 90)]
    assert found["Dentist"][1].decision is Decision.NO
    assert [answer.employer.name for _, answer in found.values()][:2] == ["Fernwood", "Birchwood"]


def events(text: str) -> list[Event]:
    found = list(vevents(text.encode(), None))
    assert not [one for one in found if isinstance(one, Problem)]
    return [one for one in found if isinstance(one, Event)]
