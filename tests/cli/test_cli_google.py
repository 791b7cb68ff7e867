"""`showup calendar add google`: from a client file to a calendar that is read, with the parts of others in between."""

import json
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from showup.cli.calendar.google import steps
from showup.cli.main import commands
from showup.clock import SystemClock
from tests.support.google_browser import visit
from tests.support.google_emulate import emulated
from tests.support.google_server import Google, serving

Cli = Callable[..., Result]
ROOT = Path(__file__).parents[2]
BROWSER = f"{sys.executable} {ROOT}/tests/support/google_browser.py %s"
SOON = SystemClock().now().replace(microsecond=0) + timedelta(days=1)


@pytest.fixture
def google() -> Iterator[Google]:
    with serving() as server:
        server.world.now = datetime(2026, 11, 20, 9, tzinfo=UTC)
        server.world.primary.put("a", SOON, summary="Interview with Acme")
        yield server


@pytest.fixture
def client(google: Google, tmp_path: Path) -> Path:
    file = tmp_path / "client_secret.json"
    file.write_text(json.dumps(google.client_secrets()))
    return file


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody at the browser who agrees; what they have opened."""
    opened: list[str] = []

    def go(address: str) -> None:
        opened.append(address)
        threading.Thread(target=visit, args=(address,), daemon=True).start()

    monkeypatch.setattr("showup.calendars.google.consent._open", go)
    return opened


def real(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The real program, with a browser that agrees."""
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "HOME")
    env = {**os.environ, **dict.fromkeys(names, str(home)), "BROWSER": BROWSER}
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"):
        env.pop(name, None)
    return subprocess.run(
        [sys.executable, "-m", "showup", *arguments],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def table(home: Path) -> str:
    file = home / "showup/config.toml"
    return file.read_text("utf-8") if file.exists() else ""


def test_without_a_client_it_says_how_to_make_one(cli: Cli) -> None:
    done = cli("calendar", "add", "google")
    assert done.exit_code == 2
    assert done.stdout.strip() == steps().strip()
    assert re.findall(r"^ (\d)\. ", done.stdout, re.MULTILINE) == list("1234567")
    assert "“In production”" in done.stdout
    assert "--client-secrets FILE" in done.stderr


def test_the_document_has_the_same_steps() -> None:
    told = " ".join((ROOT / "docs/google.md").read_text("utf-8").replace("`", "").split())
    for step in re.split(r"^ \d\. ", steps(), flags=re.MULTILINE)[1:]:
        assert " ".join(step.split()) in told


def test_the_real_program_signs_in_and_reads(google: Google, client: Path, home: Path) -> None:
    """As a process of its own, with BROWSER, on a machine without a keyring."""
    done = real(home, "calendar", "add", "google", "--client-secrets", str(client), "--api-endpoint", google.address)
    assert done.returncode == 0, done.stderr
    assert f"{google.address}/auth?" in done.stdout
    assert "The sign-in is kept in the file " in done.stdout
    assert "Calendar google is added: 1 event, 1 interview coming" in done.stdout
    assert (
        table(home).strip()
        == f"""
[[calendars]]
name = "google"
type = "google"
account = "sam@example.org"
calendars = ["primary"]
api_endpoint = "{google.address}"
""".strip()
    )
    secrets = home / "showup/secrets/secrets.json"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert list(json.loads(secrets.read_text())) == ["google:sam@example.org"]
    told = done.stdout + done.stderr + table(home)
    for secret in (*google.tokens, *google.refreshing, google.client["client_secret"]):
        assert secret not in told


@pytest.mark.usefixtures("person")
def test_signing_in_again_needs_no_file_and_adds_no_calendar(
    google: Google, client: Path, home: Path, cli: Cli
) -> None:
    first = cli("calendar", "add", "google", "--client-secrets", str(client), "--api-endpoint", google.address)
    assert first.exit_code == 0, first.output
    before = table(home)
    google.revoke()
    broken = cli("calendar", "check")
    assert broken.exit_code == 1
    said = re.search(r"`showup (.*?)`", " ".join(broken.stdout.split()))
    assert said
    again = cli(*said[1].split())
    assert again.exit_code == 0, again.output
    assert "google: 1 event, 1 interview coming" in again.stdout
    assert table(home) == before
    assert cli("calendar", "check").exit_code == 0


@pytest.mark.usefixtures("person")
def test_another_account_than_before_is_refused(google: Google, client: Path, home: Path, cli: Cli) -> None:
    asked = ("calendar", "add", "google", "--client-secrets", str(client), "--api-endpoint", google.address)
    for account in ("", "ann@example.org"):
        done = cli(*asked, *(("--account", account) if account else ()))
        if account:
            assert done.exit_code == 1
            assert "You signed in as sam@example.org, not as ann@example.org." in done.stderr
    assert list(json.loads((home / "showup/secrets/secrets.json").read_text())) == ["google:sam@example.org"]
    assert table(home).count("[[calendars]]") == 1


@pytest.mark.usefixtures("person")
def test_a_name_for_a_sign_in_stays_with_its_account(google: Google, client: Path, cli: Cli) -> None:
    asked = ("calendar", "add", "google", "--account", "work")
    first = cli(*asked, "--client-secrets", str(client), "--api-endpoint", google.address)
    assert first.exit_code == 0, first.output
    google.world.account = "ann@example.org"
    google.world.calendars = {"ann@example.org": google.world.calendars["sam@example.org"]}
    google.world.primary.name = "ann@example.org"
    done = cli(*asked)
    assert done.exit_code == 1
    assert "You signed in as ann@example.org, not as sam@example.org." in done.stderr


@pytest.mark.usefixtures("person")
def test_calendars_are_chosen_by_number(
    google: Google, client: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("showup.cli.calendar.google._asking", lambda: True)
    google.world.add("team@group.example").put("t", SOON)
    google.world.add("private@group.example").put("p", SOON)
    arguments = ["calendar", "add", "google", "--client-secrets", str(client), "--api-endpoint", google.address]
    done = CliRunner().invoke(commands, arguments, input="9\n1, 2\n", prog_name="showup")
    assert done.exit_code == 0, done.output
    assert "  1  sam@example.org (the main one)\n  2  team@group.example" in done.stdout
    assert "give numbers from 1 to 3" in done.output
    assert 'calendars = ["primary", "team@group.example"]' in table(home)
    assert "2 events" in done.stdout


def test_calendars_that_are_named_need_no_list(
    google: Google, client: Path, home: Path, cli: Cli, person: list[str]
) -> None:
    google.world.add("team@group.example").put("t", SOON)
    asked = ("calendar", "add", "google", "--client-secrets", str(client), "--api-endpoint", google.address)
    done = cli(*asked, "--calendars", "team@group.example", "--account", "work", "--name", "team")
    assert done.exit_code == 0, done.output
    assert "calendarlist" not in person[0]
    assert "meetings" not in person[0]
    assert 'name = "team"' in table(home)
    assert 'calendars = ["team@group.example"]' in table(home)


def test_meet_is_asked_for_only_where_it_is_wanted(google: Google, client: Path, cli: Cli, person: list[str]) -> None:
    asked = ("calendar", "add", "google", "--client-secrets", str(client), "--api-endpoint", google.address)
    done = cli(*asked, "--meet")
    assert done.exit_code == 0
    assert "meetings.space.readonly" in person[0]
    assert "openid" in person[0]
    assert "meet = true under [detectors]" in done.stdout
    again = cli("calendar", "add", "google", "--account", "sam@example.org")
    assert again.exit_code == 0, again.output
    assert "meetings.space.readonly" in person[1]  # who wanted it once is asked for it again


@pytest.mark.usefixtures("person")
def test_a_calendar_that_cannot_be_read_is_not_added(google: Google, client: Path, home: Path, cli: Cli) -> None:
    google.fail("status", path="/events", code=403, times=-1)
    asked = ("calendar", "add", "google", "--client-secrets", str(client), "--api-endpoint", google.address)
    done = cli(*asked)
    assert done.exit_code == 1
    assert "cannot be found, or not be read by this account" in done.stderr
    assert table(home) == ""


@pytest.mark.usefixtures("person")
def test_a_name_that_is_taken_is_refused_before_anybody_signs_in(google: Google, client: Path, cli: Cli) -> None:
    asked = ("calendar", "add", "google", "--client-secrets", str(client), "--api-endpoint", google.address)
    assert cli(*asked, "--name", "mine").exit_code == 0
    seen = len(google.seen)
    done = cli(*asked, "--name", "mine")
    assert (done.exit_code, len(google.seen)) == (1, seen)
    assert "There is a calendar “mine” already." in done.stderr


def test_a_file_that_is_not_there_is_a_sentence(cli: Cli) -> None:
    done = cli("calendar", "add", "google", "--client-secrets", "nowhere.json")
    assert done.exit_code == 1
    assert "nowhere.json" in done.stderr


# ---------------------------------------------------------------- a server that nobody here wrote


def test_signing_in_with_a_foreign_server(home: Path, cli: Cli, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The sign-in, its renewal and a reading against the npm package `emulate`."""
    with emulated(tmp_path_factory, SOON) as address:
        file = home / "client.json"
        uris = {"auth_uri": f"{address}/o/oauth2/v2/auth", "token_uri": f"{address}/oauth2/token"}
        file.write_text(json.dumps({"installed": {"client_id": "lab", "client_secret": "planted", **uris}}))
        asked = ("--client-secrets", str(file), "--api-endpoint", address, "--account", "sam@example.org")
        done = real(home, "calendar", "add", "google", *asked)
        assert done.returncode == 0, done.stderr
        assert "Calendar google is added: 1 event," in done.stdout
        assert 'account = "sam@example.org"' in table(home)
        secrets = home / "showup/secrets/secrets.json"
        kept = json.loads(secrets.read_text())
        token = json.loads(kept["google:sam@example.org"])
        assert token["refresh"].startswith("google_refresh_")
        token["expires"] = "2020-01-01T00:00:00+00:00"
        secrets.write_text(json.dumps({"google:sam@example.org": json.dumps(token)}))
        assert cli("calendar", "check").exit_code == 0
        renewed = json.loads(json.loads(secrets.read_text())["google:sam@example.org"])
        assert renewed["access"] != token["access"]
        assert renewed["refresh"] == token["refresh"]
