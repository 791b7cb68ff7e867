"""The real `showup run` with a Google calendar beside another: one that has ended is said once, the other goes on."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from showup.clock import SystemClock
from tests.support.google_parts import kept
from tests.support.google_server import Google, serving
from tests.support.ics import calendar, vevent
from tests.support.owner import stamp
from tests.support.session import end, wait_for

SETTINGS = """owner = ["sam@example.org"]
[[calendars]]
name = "google"
type = "google"
account = "sam@example.org"
api_endpoint = "{address}"
[[calendars]]
name = "mine"
type = "ics"
path = "{home}/my.ics"
"""


@pytest.fixture
def google() -> Iterator[Google]:
    with serving() as server:
        yield server


@pytest.fixture
def home(google: Google, tmp_path: Path) -> Path:
    """Somebody who has signed in, with an interview in each calendar."""
    soon = SystemClock().now() + timedelta(minutes=9)
    google.world.primary.put("a", soon, summary="Interview with Acme")
    times = f"DTSTART:{stamp(soon)}\nDTEND:{stamp(soon + timedelta(hours=1))}"
    (tmp_path / "my.ics").write_bytes(calendar(vevent(times, "b", "Interview with Birchwood")))
    token = json.loads(kept("sam@example.org", google.address, **google.client).kept["google:sam@example.org"])
    token["expires"] = (soon + timedelta(hours=1)).isoformat()
    secrets = tmp_path / "showup/secrets"
    secrets.mkdir(parents=True)
    (secrets / "secrets.json").write_text(json.dumps({"google:sam@example.org": json.dumps(token)}))
    (tmp_path / "showup/config.toml").write_text(SETTINGS.format(address=google.address, home=tmp_path))
    return tmp_path


@contextmanager
def running(home: Path) -> Iterator[Path]:
    """The daemon without a desktop and without a keyring; the file that it writes to."""
    places = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "HOME")
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC", **dict.fromkeys(places, str(home))}
    said = home / "said"
    with (
        said.open("wb") as output,
        subprocess.Popen([sys.executable, "-m", "showup", "run"], env=env, stdout=output, stderr=output) as daemon,
    ):
        try:
            wait_for(lambda: "Interview with Birchwood in" in said.read_text("utf-8"), 20)
            wait_for(lambda: "watching" in said.read_text("utf-8"), 20)
            yield said
        finally:
            end(daemon)


def test_it_watches_the_google_calendar(home: Path, google: Google) -> None:
    with running(home) as said:
        wait_for(lambda: "Interview with Acme in" in said.read_text("utf-8"), 20)
    assert {asked.path for asked in google.asked} == {"/calendar/v3/calendars/primary/events"}


def test_a_sign_in_that_has_ended_is_said_once_with_the_command_that_mends_it(home: Path, google: Google) -> None:
    google.revoke()
    with running(home) as said:
        wait_for(lambda: "Your calendar “google” cannot be read" in said.read_text("utf-8"), 20)
        told = " ".join(said.read_text("utf-8").split())
    assert told.count("Your calendar “google” cannot be read") == 1
    assert "Sign in with `showup calendar add google --account sam@example.org`." in told
    assert "Acme" not in told
    assert not [secret for secret in ("planted-access", "planted-refresh", "planted-client") if secret in told]
