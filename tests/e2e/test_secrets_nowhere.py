"""Secrets of every kind are planted, everything is made to fail, and what comes of it is looked through for them."""

import json
import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from showup.calendars.caldav import secret_key
from showup.clock import SystemClock
from tests.support import manager
from tests.support.front import Asked, Front, Told, front
from tests.support.google_parts import kept
from tests.support.google_server import Google, serving
from tests.support.home import Home, ends
from tests.support.installed import PYTHON, install
from tests.support.parts import need
from tests.support.session import wait_for

PLANTED = {
    "the private address of a calendar": "5ecre7-address",
    "a password within an address": "5ecre7-in-address",
    "a CalDAV password": "5ecre7-password",
    "Google's refresh token": "planted-refresh",
    "Google's access token": "planted-access",
    "the secret of the client": "planted-client-secret",
    "a channel to the phone": "5ecre7-channel",
    "the topic of an ntfy channel": "5ecre7-topic",
    "the token of an ntfy channel": "tk_5ecre7ntfytoken",
    "the password of a mail channel": "5ecre7-mail",
    "the token of a Telegram bot": "AAF5ecre7TelegramBotToken",
    "the path of a webhook": "5ecre7-hook",
    "the path of a webhook that leads on": "5ecre7-onward",
}
SETTINGS = """owner = ["sam@example.org"]
[push]
after_minutes = 0
kinds = ["brief"]
urls = [
    "ntfy://:tk_5ecre7ntfytoken@{host}/5ecre7-topic?auth=token",
    "json://sam:5ecre7-hook@{host}/5ecre7-hook/500?key=5ecre7-hook",
    "json://{host}/5ecre7-onward/elsewhere",
    "xml://{host}/5ecre7-hook/404",
    "mailto://sam:5ecre7-mail@localhost:1/?smtp=127.0.0.1&to=sam@example.org",
    "tgram://123456789:AAF5ecre7TelegramBotToken/12315544/",
]
[[calendars]]
name = "failing"
type = "ics"
url = "{front}/5ecre7-address/500.ics?key=5ecre7-address"
[[calendars]]
name = "elsewhere"
type = "ics"
url = "{front}/5ecre7-address/elsewhere.ics"
[[calendars]]
name = "named"
type = "ics"
url = "http://sam:5ecre7-in-address@{host}/5ecre7-address/404.ics"
[[calendars]]
name = "nobody"
type = "ics"
url = "http://nowhere.invalid/5ecre7-address.ics"
[[calendars]]
name = "team"
type = "caldav"
url = "{front}/dav/"
user = "sam"
[[calendars]]
name = "google"
type = "google"
account = "sam@example.org"
api_endpoint = "{google}"
[[calendars]]
name = "mine"
type = "ics"
path = "{folder}/my.ics"
"""


def answer(asked: Asked) -> Told:
    """As a server that fails, and quotes what it was asked with."""
    quoted = f"You asked for {asked.path} with {asked.headers}".encode()
    if "elsewhere" in asked.path:
        return Told(302, quoted, {"Location": "/5ecre7-address/portal"})
    if "portal" in asked.path:
        return Told(200, b"<!DOCTYPE html>" + quoted)
    if asked.method == "CONNECT":  # the way to a service for phones that is not on this machine
        return Told(403, quoted)
    return Told(
        500 if "500" in asked.path else 404 if "404" in asked.path else 401, quoted, {"WWW-Authenticate": "Basic"}
    )


@pytest.fixture
def google() -> Iterator[Google]:
    with serving() as server:
        server.revoke()
        yield server


@pytest.fixture(autouse=True)
def cores() -> Iterator[None]:
    """A session in which a crash leaves the memory of a program on the disk."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


@contextmanager
def planted(folder: Path, google: Google) -> Iterator[tuple[Home, Front]]:
    with front() as server:
        server.answers = answer
        address = f"http://127.0.0.1:{port(server)}"
        home = Home(folder / "sam", {"HTTPS_PROXY": address, "SHOWUP_DEBUG": "1"})
        home.plan(9)
        host = address.removeprefix("http://")
        settings = SETTINGS.format(front=address, host=host, google=google.address, folder=home.folder)
        home.settings.write_text(settings)
        keep(home, f"{address}/dav/", google)
        yield home, server


def port(server: Front) -> int:
    return int(server.server_address[1])


def keep(home: Home, dav: str, google: Google) -> None:
    token = json.loads(kept("sam@example.org", google.address, **google.client).kept["google:sam@example.org"])
    token["expires"] = (SystemClock().now() - timedelta(hours=1)).isoformat()
    token["client"]["client_secret"] = "planted-client-secret" if "client" in token else ""
    secrets = {
        "google:sam@example.org": json.dumps(token),
        secret_key(dav, "sam"): "5ecre7-password",
        "channel:phone": "ntfy://5ecre7-channel",
    }
    folder = home.folder / "config/showup/secrets"
    folder.mkdir(mode=0o700)
    (folder / "secrets.json").write_text(json.dumps(secrets))


ADD = ("calendar", "add", "ics", "x", "http://sam:5ecre7-in-address@nowhere.invalid/5ecre7-address")
COMMANDS = (("status", "--json"), ("calendar", "list"), ("doctor", "--json"), ("export",), ("why", "1"), ADD)


def test_no_secret_is_in_anything_that_is_produced(tmp_path: Path, google: Google) -> None:
    with planted(tmp_path, google) as (home, server):
        produced: dict[str, bytes] = {}
        with home.daemon() as process:
            wait_for(lambda: list((home.folder / "data/showup/backups").glob("showup-*.sqlite")), 20)
            wait_for(lambda: "could not be sent to your phone" in home.said(), 20)
            for name in ("cmdline", "environ", "limits"):
                produced[f"its {name}"] = Path(f"/proc/{process.pid}/{name}").read_bytes()
            for arguments in COMMANDS:
                done = home.command(*arguments)
                produced[" ".join(arguments)] = (done.stdout + done.stderr).encode()
            told = home.command("calendar", "check", SHOWUP_DEBUG="1")
            produced["a traceback"] = (told.stdout + told.stderr).encode()
            assert ends(process) == 0
        produced |= {str(file): file.read_bytes() for file in left_by(home)}
    found = {
        (what, where) for where, text in produced.items() for what, word in PLANTED.items() if word.encode() in text
    }
    assert found == set()
    assert len(produced) >= 15
    assert b"Max core file size        0 " in produced["its limits"]  # memory holds them, and is never written out
    problems = [one["problem"] for one in json.loads(produced["status --json"])["calendars"] if one["name"] != "mine"]
    assert all(problems), problems  # every one of them was tried, and failed
    assert len(problems) == 6
    pushed = {asked.path for asked in server.asked if asked.method in {"POST", "CONNECT"}}
    assert {"/", "/5ecre7-hook/500", "/5ecre7-onward/elsewhere", "/5ecre7-hook/404"} <= {
        path.partition("?")[0] for path in pushed
    }
    assert "api.telegram.org:443" in pushed


AS_A_SERVICE = r"""
export PATH="$HOME/.local/bin:/usr/bin:/bin"
mkdir -p ~/.config/systemd/user/showup.service.d
printf '[Service]\nEnvironment=SHOWUP_DEBUG=1 HTTPS_PROXY=PROXY\n' >~/.config/systemd/user/showup.service.d/mine.conf
showup service install
for _ in $(seq 100); do journalctl --user -u showup -q | grep -q 'sent to your phone' && break; sleep .2; done
systemctl --user reload showup
showup service status --json
systemctl --user show showup
for of in $(systemctl --user show showup -p MainPID --value) $(pgrep -u "$(id -u)"); do
    tr '\0' '\n' <"/proc/$of/cmdline" && tr '\0' '\n' <"/proc/$of/environ" || true
done
journalctl --user -o export
"""


def test_none_is_in_the_journal_of_the_service(google: Google) -> None:
    """Nor in what the manager knows of it, or in what its processes show to others."""
    need("systemctl", "/lib/systemd/systemd-journald", PYTHON)
    with manager.home() as folder, planted(folder, google) as (home, server):
        install(folder)
        for name, place in (("sam/my.ics", "my.ics"), ("sam/config/showup", ".config/showup")):
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).rename(folder / place)
        settings = folder / ".config/showup/config.toml"
        # Google's part needs descriptions that are left out there to save time.
        text = settings.read_text().replace(str(home.folder), "/home/sam")
        settings.write_text(
            "".join(re.split(r"\[\[calendars\]\]\nname = \"google\".*?(?=\[\[)", text, flags=re.DOTALL))
        )
        done = manager.run(folder, AS_A_SERVICE.replace("PROXY", f"http://127.0.0.1:{port(server)}"))
    assert done.returncode == 0, done.stderr
    assert [what for what, word in PLANTED.items() if word in done.stdout + done.stderr] == []
    for shown in ("MESSAGE=A notice could not be sent to your phone.", "SHOWUP_DEBUG=1", "MainPID="):
        assert shown in done.stdout


def left_by(home: Home) -> Iterator[Path]:
    """Every file there is, but those in which the person put them."""
    own = {home.settings, home.folder / "config/showup/secrets/secrets.json"}
    return (file for file in home.folder.rglob("*") if file.is_file() and file not in own)
