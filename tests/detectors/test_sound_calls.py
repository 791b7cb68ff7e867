"""Real calls between two Chromium on this machine; the sound server knows no more of them than of any other call.

SHOWUP_CALLS=20 has so many of them instead of one, on each sound server, and prints how far off the times were.
"""

import os
import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from showup.core.evidence import Sign
from tests.support.sound_browser import Tab, browser, connect, served
from tests.support.sound_desk import Desk, talk
from tests.support.sound_servers import SERVERS, sound_server

CALLS = int(os.environ.get("SHOWUP_CALLS", "0"))
KINDS = sorted(SERVERS) if CALLS else ["pulseaudio"]
OF_THEIRS = ("--mute-audio", "--use-fake-device-for-media-stream", "--use-file-for-fake-audio-capture={}")


@dataclass
class Room:
    """A candidate whose machine is watched, a second tab of the same browser, and an interviewer elsewhere."""

    desk: Desk
    candidate: Tab
    beside: Tab
    interviewer: Tab


@pytest.fixture(params=KINDS)
def room(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    spoken = talk(tmp_path)
    with ExitStack() as stack:
        server = stack.enter_context(sound_server(request.param))
        for name in ("PULSE_SERVER", "DBUS_SESSION_BUS_ADDRESS"):
            monkeypatch.setenv(name, server.env[name])
        page = stack.enter_context(served(tmp_path)) + "/call.html"
        mine = stack.enter_context(browser(server.env, tmp_path / "mine", "--headless"))
        elsewhere = server.env | {"PULSE_SERVER": "unix:/nonexistent"}
        flags = [flag.format(spoken) for flag in OF_THEIRS]
        theirs = stack.enter_context(browser(elsewhere, tmp_path / "theirs", "--headless", *flags))
        made = Room(Desk(server), mine.open(page), mine.open(page), theirs.open(page))
        stack.callback(made.desk.detector.close)
        made.desk.watch()
        yield made


def test_a_call_with_a_podcast_in_another_tab_and_an_interviewer_who_is_late(room: Room) -> None:
    desk = room.desk
    joined = desk.now
    room.candidate.run("come()")
    assert desk.until(Sign.YOU_IN) == pytest.approx(joined, abs=5)
    room.beside.run("play(%s)", "talk.wav")
    desk.pass_time(3)
    watched = desk.covered[-1][1]
    assert watched < desk.now - 0.5
    room.beside.run("music.pause()")
    again = desk.until(Sign.YOU_IN, times=2)
    room.interviewer.run("come()")
    room.interviewer.run("speak(false)")
    connect(room.candidate, room.interviewer)
    desk.pass_time(2)
    spoke = desk.now
    room.interviewer.run("speak(true)")
    assert desk.until(Sign.THEY_IN, limit=25) == pytest.approx(spoke, abs=5)
    room.interviewer.run("leave()")
    left = desk.now
    room.candidate.run("leave()")
    assert desk.until(Sign.YOU_OUT) == pytest.approx(left, abs=5)
    you_and_they = [Sign.YOU_IN, Sign.YOU_IN, Sign.THEY_IN, Sign.THEY_OUT, Sign.YOU_OUT]
    assert [sign for sign, _at in desk.signs] == you_and_they
    assert desk.covered[-1][0] == again
    assert desk.said == []


@pytest.mark.skipif(not CALLS, reason="minutes of calls: set SHOWUP_CALLS=20")
def test_many_calls(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    desk, chance, wrong = room.desk, random.Random(6), list[float]()  # noqa: S311 - nothing secret
    for call in range(CALLS):
        kind = ("late", "muted at first", "never", "leaves early")[call % 4]
        desk.signs.clear()
        room.candidate.run("come()")
        desk.until(Sign.YOU_IN)
        desk.pass_time(chance.uniform(0.5, 6))
        if kind != "never":
            wrong.append(_come_and_speak(room, muted=kind == "muted at first"))
            desk.pass_time(1 if kind == "leaves early" else 4)
            room.interviewer.run("leave()")
        desk.pass_time(3)
        room.candidate.run("leave()")
        desk.until(Sign.YOU_OUT)
        assert (Sign.THEY_IN in {sign for sign, _at in desk.signs}) == (kind != "never")
        assert len(desk.covered) == 1
    with capsys.disabled():
        print(f"\n{desk.server.kind}: {CALLS} calls, off by", sorted(round(one, 2) for one in wrong))  # noqa: T201
    assert max(abs(one) for one in wrong) < 5


def _come_and_speak(room: Room, *, muted: bool) -> float:
    """The interviewer comes; gives by how many seconds the first word was dated wrongly."""
    room.interviewer.run("come()")
    room.interviewer.run("speak(%s)", not muted)
    spoke = room.desk.now
    connect(room.candidate, room.interviewer)
    if muted:
        room.desk.pass_time(3)
        spoke = room.desk.now
        room.interviewer.run("speak(true)")
    return room.desk.until(Sign.THEY_IN, limit=40) - spoke
