"""The contract of the port Detector, on every detector that comes with showup, and on somebody else's."""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

from showup.clock import SystemClock
from showup.core.recognition.result import Medium
from showup.detectors.apart import Apart
from showup.detectors.meet import MeetDetector
from showup.detectors.needs import GoogleAccount, Needs
from showup.detectors.phone import NAME, PhoneDetector
from showup.detectors.sound import SoundDetector
from showup.google.token import Token
from showup.ports import Detector
from tests.detectors.contract import DetectorContract
from tests.detectors.test_meet_detector import SAM, signed_in
from tests.detectors.test_plugs import EXAMPLE
from tests.support.bus_service import service
from tests.support.google_parts import Secrets
from tests.support.meet_server import SCOPE, Meeting, Person, serving
from tests.support.sound_servers import sound_server


class TestSound(DetectorContract):
    """Beside a real server."""

    @pytest.fixture
    def detector(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Detector]:
        with sound_server("pulseaudio") as server:
            monkeypatch.setenv("PULSE_SERVER", server.env["PULSE_SERVER"])
            made = SoundDetector(SystemClock(), pytest.fail)
            yield made
            made.close()


class TestPhone(DetectorContract):
    """With a phone that can be reached."""

    medium = Medium.PHONE

    @pytest.fixture
    def detector(self, env: dict[str, str]) -> Iterator[Detector]:
        with service(env, NAME, devices=("as", (["abc"],))):
            made = PhoneDetector(SystemClock(), every=0.05)
            yield made
            made.close()


class TestMeet(DetectorContract):
    """With a meeting that you are in."""

    medium = Medium.MEET

    @pytest.fixture
    def detector(self) -> Iterator[Detector]:
        now, secrets = SystemClock().now(), signed_in(SCOPE)
        token = Token.read(secrets.kept["google:sam@example.org"])
        secrets.put("google:sam@example.org", dataclasses.replace(token, expires=now + timedelta(hours=1)).text())
        with serving() as meet:
            begun = now - timedelta(minutes=1)
            meet.meetings.append(Meeting("abc-mnop-xyz", begun, None, [Person(SAM, "Sam", [(begun, None)])]))
            account = GoogleAccount("sam@example.org", meet.address)
            made = MeetDetector(Needs(SystemClock(), pytest.fail, secrets, accounts=(account,)))
            yield made
            made.close()


class TestExample(DetectorContract):
    """The package under examples/, as it stands."""

    @pytest.fixture
    def detector(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Detector]:
        monkeypatch.syspath_prepend(str(EXAMPLE / "src"))
        (tmp_path / "board").write_text("you\n")
        needs = Needs(SystemClock(), pytest.fail, Secrets(), options={"file": str(tmp_path / "board")})
        made: Detector = import_module("showup_whiteboard").make(needs)
        yield made
        made.close()


class TestApart(TestExample):
    """The same in a thread of its own, as showup runs it."""

    @pytest.fixture
    def detector(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Detector]:
        monkeypatch.syspath_prepend(str(EXAMPLE / "src"))
        (tmp_path / "board").write_text("you\n")
        needs = Needs(SystemClock(), pytest.fail, Secrets(), options={"file": str(tmp_path / "board")})
        made = Apart("whiteboard", lambda: import_module("showup_whiteboard").make(needs), needs)
        assert made.begun()
        yield made
        made.close()
