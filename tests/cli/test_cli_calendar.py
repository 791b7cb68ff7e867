"""calendar: add, list, check, remove; and a running showup is told."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from showup.cli.main import commands
from tests.support.ics import calendar, timed
from tests.support.session import wait_for
from tests.support.web import Web, serving

Cli = Callable[..., Result]
INTERVIEW = timed(":20260312T150000Z", uid="i@x", more="ORGANIZER:mailto:hr@acme.example").replace(
    "SUMMARY:Interview", "SUMMARY:Interview with Acme"
)
DENTIST = timed(":20260310T090000Z", uid="d@x").replace("SUMMARY:Interview", "SUMMARY:Dentist")
OVER = timed(":20260302T090000Z", uid="o@x", more="ORGANIZER:mailto:hr@acme.example")
BROKEN = "BEGIN:VEVENT\nUID:b@x\nSUMMARY:Broken\x1b[31m\nEND:VEVENT\n"


@pytest.fixture
def file(home: Path, at: Callable[[str], None]) -> Path:
    at("2026-03-06T09:00:00-05:00")
    path = home / "work.ics"
    path.write_bytes(calendar(INTERVIEW, DENTIST, OVER))
    return path


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        found.body = calendar(INTERVIEW)
        yield found


def config(home: Path) -> str:
    path = home / "showup/config.toml"
    return path.read_text() if path.exists() else ""


def test_a_file_is_added_and_said_to_be_readable(cli: Cli, home: Path, file: Path) -> None:
    result = cli("calendar", "add", "ics", "work", str(file))
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Calendar work is added: 3 events, 1 interview coming; read ")
    assert config(home) == f'[[calendars]]\nname = "work"\ntype = "ics"\npath = "{file}"\n'


def test_an_address_is_a_secret(cli: Cli, web: Web, at: Callable[[str], None]) -> None:
    at("2026-03-06T09:00:00-05:00")
    secret = f"{web.address}/private-5ecre7/basic.ics"
    added = CliRunner().invoke(commands, ["calendar", "add", "ics", "mine", "-"], input=f"{secret}\n")
    assert added.exit_code == 0, added.output
    shown = [added, cli("calendar", "list"), cli("calendar", "list", "--json"), cli("calendar", "check")]
    web.fault = "status 404"
    shown += [cli("calendar", "check", "--json"), cli("calendar", "remove", "mine")]
    shown += [cli("calendar", "add", "ics", "mine", secret)]
    assert all("5ecre7" not in result.output for result in shown)
    assert [result.exit_code for result in shown] == [0, 0, 0, 0, 1, 0, 1]
    assert "127.0.0.1" in shown[1].stdout


def test_what_cannot_be_read_is_not_added(cli: Cli, home: Path, file: Path) -> None:
    file.write_text("no calendar")
    result = cli("calendar", "add", "ics", "work", str(file))
    assert (result.exit_code, result.stdout, config(home)) == (1, "", "")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("location", "said", "code"),
    [
        ("nowhere.ics", "There is no file or folder nowhere.ics.", 2),
        ("file:///a.ics", "Give its path.", 2),
        ("gopher://5ecre7.example/", "is no address that can be read", 1),
        ("https://", "is no address that can be read", 1),
    ],
)
def test_what_is_no_place(cli: Cli, home: Path, location: str, said: str, code: int) -> None:
    result = cli("calendar", "add", "ics", "work", location)
    assert (result.exit_code, config(home)) == (code, "")
    assert said in result.stderr
    assert "5ecre7" not in result.stderr


def test_two_of_one_name_are_one_too_many(cli: Cli, home: Path, file: Path) -> None:
    cli("calendar", "add", "ics", "work", str(file))
    before = config(home)
    result = cli("calendar", "add", "ics", "work", str(file))
    assert (result.exit_code, config(home)) == (1, before)
    assert result.stderr == "There is a calendar “work” already. Give another name, or remove that one first.\n"


def test_a_broken_file_of_settings_stays(cli: Cli, home: Path, file: Path) -> None:
    (home / "showup/config.toml").write_text("owner = 5\n")
    for arguments in (["add", "ics", "work", str(file)], ["remove", "work"], ["list"], ["check"]):
        result = cli("calendar", *arguments)
        assert (result.exit_code, config(home)) == (1, "owner = 5\n")
        assert "line 1: owner is 5" in result.stderr


def test_list(cli: Cli, file: Path) -> None:
    assert cli("calendar", "list").stdout == "No calendar is set up. `showup calendar add` adds one.\n"
    cli("calendar", "add", "ics", "work", str(file))
    lines = cli("calendar", "list").stdout.splitlines()
    assert lines[0].split() == ["Calendar", "Type", "Where", "Every"]
    assert lines[2].split()[:2] == ["work", "ics"]
    assert json.loads(cli("calendar", "list", "--json").stdout) == {
        "calendars": [{"name": "work", "type": "ics", "where": str(file), "poll_minutes": 1}]
    }


def test_check_reads_all_or_the_one_that_is_named(cli: Cli, home: Path, file: Path) -> None:
    cli("calendar", "add", "ics", "work", str(file))
    other = home / "other.ics"
    other.write_bytes(calendar(DENTIST, BROKEN))
    cli("calendar", "add", "ics", "other", str(other))
    result = cli("calendar", "check")
    assert result.exit_code == 0
    assert "3 events, 1 interview coming; read " in result.stdout
    assert "1 event, 0 interviews coming; read " in result.stdout
    assert result.stderr == "other: The event “Broken” cannot be used: it has no start.\n"
    file.unlink()
    result = cli("calendar", "check")
    assert result.exit_code == 1
    assert "is not there." in " ".join(result.stdout.split())
    assert cli("calendar", "check", "other").exit_code == 0
    assert cli("calendar", "check", "none").stderr == (
        "There is no calendar “none”. The settings have “work”, “other”.\n"
    )


def test_check_as_json(cli: Cli, file: Path) -> None:
    cli("calendar", "add", "ics", "work", str(file))
    found = json.loads(cli("calendar", "check", "--json").stdout)["calendars"][0]
    assert found.pop("seconds") < 5
    assert found == {"name": "work", "type": "ics", "events": 3, "interviews": 1, "warnings": [], "problem": None}
    file.unlink()
    found = json.loads(cli("calendar", "check", "--json").stdout)["calendars"][0]
    assert (found["events"], found["interviews"]) == (None, None)
    assert "is not there" in found["problem"]


def test_remove(cli: Cli, home: Path, file: Path) -> None:
    (home / "showup/config.toml").write_text("# mine\n")
    cli("calendar", "add", "ics", "work", str(file))
    result = cli("calendar", "remove", "work")
    assert result.stdout == "Calendar work is removed. What is on record of its interviews stays.\n"
    assert config(home).strip() == "# mine"
    assert cli("calendar", "remove", "work").stderr == "There is no calendar “work”. There is none at all.\n"


@contextmanager
def watching(home: Path) -> Iterator[Path]:
    """A real daemon; gives the file in which stands what it says."""
    log = home / "log"
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    env.pop("DBUS_SESSION_BUS_ADDRESS", None)
    with (
        log.open("wb") as output,
        subprocess.Popen([sys.executable, "-m", "showup", "run"], env=env, stdout=output, stderr=output) as daemon,
    ):
        try:
            yield log
        finally:
            daemon.terminate()


def test_a_running_showup_is_told(cli: Cli, home: Path, file: Path) -> None:
    lock = home / "showup/daemon.lock"
    with watching(home) as log:
        wait_for(lambda: lock.exists() and lock.read_text() != "", 20)
        result = cli("calendar", "add", "ics", "work", str(file))
        assert result.stdout.endswith("\nThe running showup reads the settings again.\n")
        wait_for(lambda: "The settings were read again." in log.read_text(), 20)


@pytest.mark.parametrize("process", ["", "x", str(2**31)])
def test_one_that_cannot_be_told(cli: Cli, home: Path, file: Path, process: str) -> None:
    with (home / "showup/daemon.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(process)
        lock.flush()
        assert "`systemctl --user reload showup`" in cli("calendar", "add", "ics", "work", str(file)).stdout
