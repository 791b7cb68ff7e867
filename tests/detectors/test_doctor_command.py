"""`showup doctor`: every part tried for real, and the exit code of what matters."""

import dataclasses
import gc
import json
import re
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from showup.cli.main import commands
from showup.detectors import plugs
from showup.detectors.machine import NAME as LOGIND
from showup.detectors.phone import NAME as KDE
from showup.google.token import Token
from showup.secrets import FileSecrets
from tests.desktop.test_push import Phone, phone
from tests.detectors.test_detect_command import DOCUMENT
from tests.support import google_signin
from tests.support.bus_service import service
from tests.support.google_parts import signed_in
from tests.support.google_server import LIST, READ
from tests.support.google_server import serving as google_serving
from tests.support.ics import GOOD, calendar
from tests.support.keyring import gnome_keyring
from tests.support.meet_server import SCOPE
from tests.support.meet_server import serving as meet_serving
from tests.support.session import NOTIFICATIONS, session

__all__ = ["phone"]

WAYS = [(name, name.lower()) for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")]
MINE = '[[calendars]]\nname = "mine"\ntype = "ics"\npath = "{}"\n'


class Home:
    """A person's home, and the doctor's visit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "my.ics").write_bytes(calendar(GOOD))

    def settings(self, text: str = "") -> None:
        (self.folder / "config.toml").write_text(text + MINE.format(self.folder / "my.ics"))

    def visit(self, *options: str) -> tuple[int, dict[str, dict[str, Any]]]:
        done = CliRunner().invoke(commands, ["doctor", "--json", *options], prog_name="showup")
        told = json.loads(done.stdout)
        assert told["healthy"] is (done.exit_code == 0)
        return done.exit_code, {check["name"]: check for check in told["checks"]}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    folder = tmp_path / "sam"
    for name in (
        "DBUS_SESSION_BUS_ADDRESS",
        "XDG_RUNTIME_DIR",
        "PULSE_SERVER",
        *(way for both in WAYS for way in both),
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    monkeypatch.setenv("SHOWUP_HOME", str(folder))
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("TZ", "Europe/Lisbon")
    return Home(folder)


def test_without_a_desktop_it_is_well_and_says_what_is_not_there(home: Home) -> None:
    home.settings()
    code, checks = home.visit()
    assert code == 0
    assert {name for name, check in checks.items() if check["state"] == "ok"} == {"settings", "calendar mine", "clock"}
    assert {check["state"] for check in checks.values()} == {"ok", "not there"}
    assert "1 event" in checks["calendar mine"]["text"]
    assert "Europe/Lisbon" in checks["clock"]["text"]
    assert next(iter(checks)) == "settings"


def test_for_people_it_is_a_line_for_each(home: Home) -> None:
    home.settings()
    done = CliRunner().invoke(commands, ["doctor"], prog_name="showup")
    assert done.exit_code == 0
    assert re.fullmatch(r"(?:(?:ok|not there|broken) +[\w -]+: [A-Za-z0-9/].*\n)+", done.stdout), done.stdout


def test_what_is_needed_and_broken_makes_it_fail(home: Home) -> None:
    home.settings()
    (home.folder / "my.ics").unlink()
    code, checks = home.visit()
    assert (code, checks["calendar mine"]["state"]) == (1, "broken")
    (home.folder / "my.ics").write_bytes(calendar(GOOD))
    (home.folder / "showup.sqlite").write_bytes(b"no database" * 100)
    code, checks = home.visit()
    assert (code, checks["record"]["state"], checks["calendar mine"]["state"]) == (1, "broken", "ok")
    assert (home.folder / "showup.sqlite").read_bytes() == b"no database" * 100


def test_without_a_calendar_there_is_nothing_to_watch(home: Home) -> None:
    code, checks = home.visit()
    assert (code, checks["settings"]["state"], checks["calendars"]["state"]) == (1, "not there", "broken")


def test_settings_that_cannot_be_used_are_all_that_is_told(home: Home) -> None:
    home.settings("owner = 5\n")
    code, checks = home.visit()
    assert (code, list(checks)) == (1, ["settings"])
    assert "line 1" in checks["settings"]["text"]


def test_on_a_desktop_each_part_answers(home: Home, env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert env
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"):
        monkeypatch.setenv(name, env["DBUS_SESSION_BUS_ADDRESS"])
    home.settings("[detectors]\nphone = true\nsound = false\n")
    told = {"GetServerInformation": ("ssss", ("dunst\x1b[0m", "x", "1", "1.2"))}
    abilities = {"GetCapabilities": ("as", (["body", "actions"],))}
    with (
        service(env, NOTIFICATIONS, **told, **abilities),
        service(env, LOGIND),
        service(env, KDE, devices=("as", (["abc"],))) as kde,
    ):
        code, checks = home.visit()
        assert code == 0
        assert {name for name, check in checks.items() if check["state"] == "ok"} >= {"notices", "phone", "sleep"}
        assert "buttons" in checks["notices"]["text"]
        kde.answers["devices"] = ("as", ([],))
        code, checks = home.visit()
        assert (code, checks["phone"]["text"]) == (1, "No paired phone can be reached.")
    code, checks = home.visit()
    assert (code, checks["phone"]["text"]) == (1, "KDE Connect does not run.")


def test_a_sign_in_is_renewed_for_real_and_a_list_asked_for(home: Home) -> None:
    kept = FileSecrets(home.folder / "secrets")
    with google_serving() as google, meet_serving() as meet:
        token = Token.read(signed_in(google).kept["google:sam@example.org"])
        good = dataclasses.replace(token, scopes=(READ, LIST, SCOPE), number=google_signin.NUMBER)
        ends = f'api_endpoint = "{google.address}"\nmeet_endpoint = "{meet.address}"\n'
        table = f'[[calendars]]\nname = "g"\ntype = "google"\naccount = "sam@example.org"\n{ends}'
        home.settings(f"[detectors]\nmeet = true\n{table}")
        for each, code, says in ((good, 0, "lists of participants as well"), (token, 1, "does not allow lists")):
            kept.put("google:sam@example.org", each.text())
            google.refreshing["planted-refresh"] = list(each.scopes)
            found, checks = home.visit()
            assert (found, says in checks["sign-in sam@example.org"]["text"]) == (code, True), checks
        assert "--meet" in checks["sign-in sam@example.org"]["remedy"]
        assert meet.asked == ["/v2/conferenceRecords"]
        google.revoke()
        found, checks = home.visit()
        assert (found, checks["sign-in sam@example.org"]["state"]) == (1, "broken")


def push(*urls: str) -> str:
    return f"[push]\nurls = {json.dumps(urls)}\n"


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")  # a plugin of Apprise that we do not use
def test_the_addresses_of_a_phone_are_understood_and_a_notice_sent_only_if_wanted(home: Home, phone: Phone) -> None:
    home.settings(push(phone.url))
    code, checks = home.visit()
    assert (code, checks["push"]["state"], phone.got) == (0, "ok", [])
    code, checks = home.visit("--push")
    assert (code, checks["push"]["state"]) == (0, "ok")
    assert [one["title"] for one in phone.got] == ["showup can reach you here"]
    phone.status = 500
    code, checks = home.visit("--push")
    assert (code, checks["push"]["state"]) == (1, "broken")
    home.settings(push(phone.url, "nosuchservice://5ecre7"))
    code, checks = home.visit()
    assert (code, "does not understand" in checks["push"]["text"]) == (1, True)
    assert "5ecre7" not in json.dumps(checks)
    home.settings()
    code, checks = home.visit("--push")
    assert (code, checks["push"]["state"]) == (0, "not there")


def test_without_the_extra_nothing_goes_to_a_phone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    home.settings(push("ntfy://topic"))
    code, checks = home.visit()
    assert (code, checks["push"]["remedy"]) == (1, "Install showup[push].")


def systemctl(folder: Path, environment: str, unit: str) -> str:
    """A service manager in which showup is installed; gives the folder of the program."""
    program = folder / "programs/systemctl"
    program.parent.mkdir()
    known = "UnitFileState=enabled\nExecMainStatus=0\n"
    program.write_text(
        f"#!/bin/sh\ncase \"$*\" in *show-environment*) printf '{environment}';; "
        f"*--property=Environment*) printf '{unit}';; *) printf '{known}';; esac\n"
    )
    program.chmod(0o755)
    return str(program.parent)


def test_a_proxy_of_the_shell_that_the_service_lacks(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.settings()
    assert "proxy" not in home.visit()[1]
    monkeypatch.setenv("HTTPS_PROXY", "http://p.example:3128")
    monkeypatch.setenv("SSL_CERT_FILE", "/etc/my.pem")
    monkeypatch.setenv("PATH", str(tmp_path))  # nobody manages services here
    assert home.visit()[1]["proxy"]["state"] == "ok"
    for environment, unit, missing in (
        ("LANG=C\\n", "", "HTTPS_PROXY, SSL_CERT_FILE of this shell does not reach the service."),
        ("HTTPS_PROXY=http://p.example:3128\\n", 'X=1 "SSL_CERT_FILE=/etc/my.pem"', ""),
        (
            "HTTPS_PROXY=http://other:1\\n",
            "SSL_CERT_FILE=/etc/my.pem",
            "HTTPS_PROXY of this shell does not reach the service.",
        ),
    ):
        folder = tmp_path / str(len(environment))
        folder.mkdir()
        monkeypatch.setenv("PATH", f"{systemctl(folder, environment, unit)}:/usr/bin:/bin")
        code, checks = home.visit()
        assert (code, checks["proxy"]["state"]) == (0, "not there" if missing else "ok")
        assert checks["proxy"]["text"] == (missing or "HTTPS_PROXY, SSL_CERT_FILE is set.")
        assert "p.example" not in json.dumps(checks)  # it may hold a password


def test_a_plug_that_hangs_while_it_is_loaded(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "stuck-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stuck\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[showup.detectors]\nstuck = plug_stuck:make\n")
    (tmp_path / "plug_stuck.py").write_text("import threading\nthreading.Event().wait(3)\nmake = None\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(plugs, "installed", partial(plugs.installed, seconds=0.2))
    home.settings('[detectors]\nplugs = ["stuck"]\n')
    code, checks = home.visit()
    assert (code, checks["plug stuck"]["text"]) == (1, "The detector “stuck” hangs while it is loaded.")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the library leaves its socket open
def test_a_keyring_that_is_locked_or_was_never_set_up(
    tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = '[[calendars]]\nname = "c"\ntype = "caldav"\nurl = "https://nowhere.invalid/"\nuser = "sam"\n'
    with session(tmp_path) as env:
        for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
            monkeypatch.setenv(name, env[name])
        home.settings()
        with gnome_keyring(tmp_path, env, locked=True):
            _code, checks = home.visit()
            assert (checks["keyring"]["state"], checks["keyring"]["text"]) == (
                "not there",
                "The desktop's keyring was never set up.",
            )
            assert str(home.folder) in checks["keyring"]["remedy"]
        with gnome_keyring(tmp_path, env):
            assert home.visit()[1]["keyring"]["state"] == "ok"
        with gnome_keyring(tmp_path, env, locked=True):
            _code, checks = home.visit()
            assert (checks["keyring"]["state"], "locked" in checks["keyring"]["text"]) == ("ok", True)
            home.settings(server)
            _code, checks = home.visit()
            assert (checks["keyring"]["state"], checks["keyring"]["text"]) == ("broken", "The keyring is locked.")
    gc.collect()  # so that it is this test which is told of the socket


def test_every_key_is_documented(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://p.example")
    home.settings('[detectors]\nplugs = ["nosuch"]\n' + push("ntfy://topic"))
    code, checks = home.visit()
    assert (code, checks["plug nosuch"]["state"]) == (1, "broken")
    text = DOCUMENT.read_text("utf-8")
    for key in ("healthy", "checks", *next(iter(checks.values()))):
        assert f"`{key}`" in text or f'"{key}"' in text
    for name in checks:
        assert f"`{name.split()[0]}" in text
