"""`showup detect`: a line for each change, of what is really seen."""

import json
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from showup.cli.main import commands
from showup.detectors.phone import NAME
from tests.support.bus_service import service
from tests.support.session import wait_for

DOCUMENT = Path(__file__).parents[2] / "docs/json.md"
Settings = Callable[[str], None]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Write this home's settings."""
    monkeypatch.setenv("SHOWUP_HOME", str(tmp_path / "sam"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "sam").mkdir()

    def write(text: str) -> None:
        (tmp_path / "sam/config.toml").write_text(text)

    return write


def detected(*arguments: str) -> str:
    done = CliRunner().invoke(commands, ["detect", *arguments], prog_name="showup")
    assert done.exit_code == 0, done.output
    return done.stdout


def lines(told: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told.splitlines()]


def test_a_phone_that_rings_is_shown_while_it_rings(env: dict[str, str], settings: Settings) -> None:
    settings("[detectors]\nsound = false\nphone = true")
    with service(env, NAME, devices=("as", (["abc"],))) as kde:

        def ring() -> None:
            wait_for(lambda: bool(kde.calls))
            path = "/modules/kdeconnect/devices/abc/telephony"
            threading.Event().wait(0.2)
            kde.emit(path, f"{NAME}.device.telephony", "callReceived", "sss", "callReceived", "+15550100", "Acme HR")

        ringing = threading.Thread(target=ring)
        ringing.start()
        told = detected("--for", "2", "--json")
        ringing.join()
    found = lines(told)
    events = [(line["detector"], line["event"], line["they"]) for line in found]
    assert ("phone", "rang", "yes") in events
    assert ("phone", "watching", None) in events
    assert events[:2] == [("sound", "off", None), ("meet", "off", None)]
    assert found[-1]["event"] == "summary"
    assert "5550100" not in told
    assert "Acme" not in told
    known = set(re.findall(r"[`\"]([a-z_]+)[`\"]", DOCUMENT.read_text("utf-8")))
    assert {key for line in found for key in line} <= known
    assert {line["event"] for line in found} <= known


def test_what_is_missing_is_said_in_plain_lines(settings: Settings) -> None:
    settings('[detectors]\nsound = false\nmeet = true\nplugs = ["nosuch"]')
    told = detected("--for", "1")
    assert re.fullmatch(r"(?:\d\d:\d\d:\d\d  .*\n)+", told)
    assert "phone  is off in the settings." in told
    assert "There is no detector “nosuch”." in told
    assert "meet  reads a list only during an interview by Meet, and there is none now." in told
    assert "meet  watched 0 of 1 seconds; noticed: nothing." in told


def test_nothing_is_stored(settings: Settings, tmp_path: Path) -> None:
    settings("[detectors]\nsound = false")
    detected("--for", "1")
    assert [file.name for file in (tmp_path / "sam").iterdir()] == ["config.toml"]


@pytest.mark.parametrize("seconds", ["0", "-1", "x"])
def test_a_time_that_is_none_is_refused(settings: Settings, seconds: str) -> None:
    settings("")
    assert CliRunner().invoke(commands, ["detect", "--for", seconds]).exit_code == 2
