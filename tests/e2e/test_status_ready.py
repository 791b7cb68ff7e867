"""A real daemon keeps the status at hand, and an answer given beside it is shown at once."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from showup import ready
from showup.clock import SystemClock
from tests.support.ics import calendar, vevent
from tests.support.owner import stamp
from tests.support.session import wait_for

PEOPLE = "ORGANIZER:mailto:hr@acme.example\nATTENDEE:mailto:sam@example.org\nATTENDEE:mailto:hr@acme.example"
SETTINGS = 'owner = ["sam@example.org"]\n[[calendars]]\nname = "mine"\ntype = "ics"\npath = "{}"\n'


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A home with an interview that began seven minutes ago."""
    start = SystemClock().now() - timedelta(minutes=7, seconds=5)
    times = f"DTSTART:{stamp(start)}\nDTEND:{stamp(start + timedelta(hours=1))}"
    (tmp_path / "my.ics").write_bytes(calendar(vevent(f"{times}\n{PEOPLE}", "acme-1", "Interview with Acme – Editor")))
    (tmp_path / "config.toml").write_text(SETTINGS.format(tmp_path / "my.ics"))
    return {"PATH": os.environ["PATH"], "SHOWUP_HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "TZ": "UTC"}


@pytest.fixture
def daemon(environ: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "showup", "run"]
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, text=True) as running:
        wait_for(lambda: at_hand(environ), 30)
        yield running
        running.kill()


def at_hand(environ: dict[str, str]) -> bool:
    return ready.find(environ, SystemClock().now()) is not None


def showup(environ: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "showup", *words]
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=30, check=True).stdout


def bar(environ: dict[str, str]) -> tuple[list[str], str]:
    shown: dict[str, Any] = json.loads(showup(environ, "status", "--format", "waybar"))
    return shown["class"], shown["text"]


def test_it_is_at_hand_and_never_stale(environ: dict[str, str], daemon: "subprocess.Popen[str]") -> None:
    assert bar(environ) == (["ask"], "Has Acme joined?")
    before = showup(environ, "status")
    assert "Open: Has Acme joined?" in before
    showup(environ, "answer", "1", "waiting")
    (state,), text = bar(environ)
    assert (state, text.startswith("Acme "), text.endswith(" min late")) == ("late", True, True), text
    wait_for(lambda: at_hand(environ), 30)  # with its next beat the daemon has seen it, and written it down
    assert bar(environ)[0] == ["late"]
    daemon.kill()
    daemon.wait()
    classes, text = bar(environ)
    assert (classes, text.endswith(" min late")) == (["late", "stopped"], True)


def test_it_goes_with_the_daemon(environ: dict[str, str], daemon: "subprocess.Popen[str]") -> None:
    file = Path(environ["SHOWUP_HOME"]) / "run/status.json"
    assert file.exists()
    daemon.terminate()
    assert daemon.wait(20) == 0
    assert not file.exists()
