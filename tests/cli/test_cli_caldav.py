"""calendar add caldav and calendar password, on a real Radicale."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from showup.cli.calendar import trial
from showup.cli.calendar.trial import look
from showup.cli.main import commands
from showup.config import load
from showup.ports import Reading, Window
from showup.secrets import KeyringSecrets
from tests.support.front import Front, Told, front
from tests.support.keyring import gnome_keyring
from tests.support.radicale import PASSWORD, USER, Shelf, radicale
from tests.support.session import session

NOBODY = "There is no calendar “Nowhere” there."


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("radicale")
    with radicale(folder) as found:
        for name, kinds in (("Work", "VEVENT"), ("Private", "VEVENT"), ("To do", "VTODO")):
            Shelf(found, kinds, name)
        yield found


@pytest.fixture
def server(port: int, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert home.exists()
    with front(port) as found:
        yield found


def say(told: str, *arguments: str) -> Result:
    """Call a command and type this."""
    return CliRunner().invoke(commands, ["calendar", *arguments], input=told, prog_name="showup")


def add(server: Front, told: str, *arguments: str) -> Result:
    return say(told, "add", "caldav", server.address, "--user", USER, *arguments)


def names() -> list[str]:
    return [one.name for one in load().calendars]


def kept(home: Path) -> list[str]:
    file = home / "showup/secrets/secrets.json"
    return list(json.loads(file.read_text()).values()) if file.exists() else []


def test_one_is_chosen_from_those_with_events(server: Front, home: Path) -> None:
    result = add(server, f"{PASSWORD}\n2\n")
    assert result.exit_code == 0, result.output
    assert "  1  Private\n  2  Work\nWhich ones? Numbers, or all [all]: 2\n" in result.stdout
    assert "Calendar Work is added: 0 events, 0 interviews coming; read " in result.stdout
    assert result.stdout.endswith(
        f"The password is kept in the file {home}/showup/secrets/secrets.json, which only you can read.\n"
    )
    assert (names(), kept(home)) == (["Work"], [PASSWORD])
    (one,) = load().calendars
    assert (one.type, one.user) == ("caldav", USER)
    assert one.url.startswith(f"{server.address}/")
    assert PASSWORD not in result.output + (home / "showup/config.toml").read_text()


def test_with_a_keyring_no_file_is_made(
    server: Front, home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("keyring")
    with session(folder) as env, gnome_keyring(folder, env):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", env["DBUS_SESSION_BUS_ADDRESS"])
        result = add(server, f"{PASSWORD}\n2\n")
        assert result.stdout.endswith("The password is kept in the desktop's keyring.\n")
        assert say("", "check").exit_code == 0
        assert say("", "remove", "Work").exit_code == 0
        assert KeyringSecrets().get(f"caldav {server.address} {USER}") is None
    assert not (home / "showup/secrets").exists()


def test_all_are_chosen_and_named(server: Front, home: Path) -> None:
    assert add(server, f"{PASSWORD}\n0\n9\nall\n", "--name", "my").exit_code == 0
    assert names() == ["my Private", "my Work"]
    assert say("", "check").exit_code == 0
    assert say("", "remove", "my Work").exit_code == 0
    assert kept(home) == [PASSWORD]
    assert say("", "remove", "my Private").exit_code == 0
    assert kept(home) == []


def test_nothing_is_asked_of_a_script(server: Front) -> None:
    assert add(server, f"{PASSWORD}\n", "--password-stdin").stderr == (
        "There are several calendars: “Private”, “Work”. Choose by --calendar NAME.\n"
    )
    assert add(server, f"{PASSWORD}\n", "--password-stdin", "--calendar", "Nowhere").stderr.startswith(NOBODY)
    assert add(server, "\n", "--password-stdin").exit_code == 2
    result = add(server, f"{PASSWORD}\n", "--password-stdin", "--calendar", "Work", "--name", "work")
    assert result.exit_code == 0, result.stderr
    assert names() == ["work"]
    again = add(server, f"{PASSWORD}\n", "--password-stdin", "--calendar", "Work", "--name", "work")
    assert again.stderr.startswith("There is a calendar “work” already.")


def test_a_wrong_password_leaves_nothing_behind(server: Front, home: Path) -> None:
    result = add(server, "5ecre7 wrong\n", "--password-stdin")
    assert result.exit_code == 1
    assert result.stderr == (
        "127.0.0.1 does not accept this user with this password. Many services want a password made for this one app: "
        "docs/caldav.md says where to make it.\n"
    )
    assert (names(), kept(home)) == ([], [])


def test_one_that_cannot_be_read_leaves_nothing_behind(server: Front, home: Path) -> None:
    server.answers = lambda asked: Told(403) if b"getctag" in asked.body else None
    result = add(server, f"{PASSWORD}\n", "--password-stdin", "--calendar", "Work")
    assert (result.exit_code, names(), kept(home)) == (1, [], [])
    assert result.stderr.startswith(f"127.0.0.1 does not let {USER} read this calendar.")


def test_another_host_gets_the_password_only_if_one_agrees(server: Front) -> None:
    with front(server.behind) as other:
        there = other.address
        server.answers = lambda asked: Told(302, headers={"Location": f"{there}{asked.path}"})
        refused = add(server, f"{PASSWORD}\nn\n")
        assert refused.exit_code == 1, refused.stderr
        assert f"Your calendars are at {there}, says the server. Send the password there, too?" in refused.stdout
        assert refused.stderr.startswith("127.0.0.1 sends on to 127.0.0.1, and the password is not sent there.")
        assert add(server, f"{PASSWORD}\n", "--password-stdin").exit_code == 1
        assert other.asked == []
        assert add(server, f"{PASSWORD}\ny\n1\n").exit_code == 0
        assert load().calendars[0].url.startswith(there)
        server.answers = lambda _: None


def test_a_new_password_is_tried_before_it_is_kept(server: Front, home: Path) -> None:
    add(server, f"{PASSWORD}\n", "--password-stdin", "--calendar", "Work")
    result = say("5ecre7 wrong\n", "password", "Work", "--password-stdin")
    assert result.stderr.startswith(f"The password for {USER} at 127.0.0.1 is not accepted (any more).")
    assert kept(home) == [PASSWORD]
    result = say(f"{PASSWORD}\n", "password", "Work")
    assert result.exit_code == 0
    assert "Work: 0 events" in result.stdout
    assert say("", "password", "none").exit_code == 1


def test_only_caldav_has_one(cli: Callable[..., Result], server: Front, home: Path) -> None:
    (home / "a.ics").write_text("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    cli("calendar", "add", "ics", "file", str(home / "a.ics"))
    assert server.asked == []
    assert "has no password" in say(f"{PASSWORD}\n", "password", "file").stderr


@dataclass
class Slow:
    """A calendar that comes in several readings."""

    left: int
    name: str = "large"

    def read(self, window: Window, known: frozenset[str], due: frozenset[str] = frozenset()) -> Reading:
        assert window.start < window.end
        assert not known | due
        self.left -= 1
        if self.left >= 0:
            return Reading(None, unfinished=True)
        return Reading(())


def test_a_large_one_is_waited_for(home: Path) -> None:
    assert home.exists()
    assert look(Slow(500), "caldav", load()).problem is None


def test_one_that_never_ends_is_not_waited_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home.exists()
    monkeypatch.setattr(trial, "_PATIENCE", 0)
    told = str(look(Slow(5), "caldav", load()).problem)
    assert told == "The calendar “large” has not come whole in 0 seconds. Choose one that holds your appointments only."
