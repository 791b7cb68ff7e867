"""Real calls between two browsers on this machine; the sound server knows no more of them than of any other call.

SHOWUP_CALLS=20 has so many of them, with each browser on each sound server, and prints how far off the times were.
"""

import os
import random
from pathlib import Path

import numpy as np
import pytest

from showup.core.evidence import Sign
from tests.sounds import music, wave_parts
from tests.support.sound_room import Room, room
from tests.support.sound_servers import SERVERS

CALLS = int(os.environ.get("SHOWUP_CALLS", "0"))
HEARD_OUT = 60
"""Seconds until a voice must have been told."""
ON_EACH = pytest.mark.parametrize("server", sorted(SERVERS))


def test_a_call_with_other_tabs_that_play_and_an_interviewer_who_is_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tune(tmp_path)
    with room("pulseaudio", "chromium", tmp_path, monkeypatch) as call:
        desk = call.desk
        joined = desk.now
        call.candidate.run("come()")
        assert desk.until(Sign.YOU_IN) == pytest.approx(joined, abs=5)
        call.beside.run("play(%s)", "talk.wav")
        desk.until_unknown()
        call.beside.run("music.pause()")
        desk.until(Sign.YOU_IN, times=2)
        call.beside.run("play(%s)", "tune.wav")
        masked = late(call)
        desk.pass_time(6)
        assert desk.covered[-1][1] < masked + 3
        call.interviewer.run("speak(false)")
        call.beside.run("music.pause()")
        again = desk.until(Sign.YOU_IN, times=3)
        desk.pass_time(1)
        spoke = desk.now
        call.interviewer.run("speak(true)")
        assert desk.until(Sign.THEY_IN, limit=HEARD_OUT) == pytest.approx(spoke, abs=5)
        call.interviewer.run("leave()")
        left = desk.now
        call.candidate.run("leave()")
        assert desk.until(Sign.YOU_OUT) == pytest.approx(left, abs=5)
        you_and_they = [*[Sign.YOU_IN] * 3, Sign.THEY_IN, Sign.THEY_OUT, Sign.YOU_OUT]
        assert [sign for sign, _at in desk.signs] == you_and_they
        assert desk.covered[-1][0] == again
        assert desk.said == []


def test_a_call_in_firefox_with_an_interviewer_who_is_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with room("pipewire", "firefox", tmp_path, monkeypatch) as call:
        desk = call.desk
        joined = desk.now
        call.candidate.run("come()")
        assert desk.until(Sign.YOU_IN) == pytest.approx(joined, abs=5)
        spoke = late(call)
        assert desk.until(Sign.THEY_IN, limit=HEARD_OUT) == pytest.approx(spoke, abs=5)
        tune(tmp_path)
        twice = desk.now
        call.beside.run("play(%s)", "tune.wav")  # Firefox has a stream for each tab
        desk.pass_time(2)
        assert desk.covered[-1][1] == pytest.approx(twice, abs=1)
        left = desk.now
        call.candidate.run("leave()")
        assert desk.until(Sign.YOU_OUT) == pytest.approx(left, abs=5)
        assert [sign for sign, _at in desk.signs if sign is not Sign.YOU_IN] == [Sign.THEY_IN, Sign.YOU_OUT]
        assert desk.said == []


def test_music_of_a_browser_that_hides_it_is_nobody_also_when_a_voice_joins_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tune(tmp_path)
    with room("pulseaudio", "chromium without MPRIS", tmp_path, monkeypatch) as call:
        desk = call.desk
        call.beside.run("play(%s)", "tune.wav")
        call.candidate.run("come()")
        desk.until(Sign.YOU_IN)
        desk.pass_time(30)
        assert len(desk.covered) == 1  # it was listened to
        spoke = late(call)  # the browser mixes both into one stream
        desk.pass_time(12)
        they = [at for sign, at in desk.signs if sign is Sign.THEY_IN]
        assert all(at > spoke - 1 for at in they)  # the music alone would have been told by now
        assert {sign for sign, _at in desk.signs} <= {Sign.YOU_IN, Sign.THEY_IN}


@pytest.mark.skipif(not CALLS, reason="minutes of calls: set SHOWUP_CALLS=20")
@pytest.mark.parametrize("which", ["chromium", "firefox"])
@ON_EACH
def test_many_calls(
    server: str, which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, wrong = random.Random(6), list[float]()  # noqa: S311 - nothing secret
    with room(server, which, tmp_path, monkeypatch) as call:
        desk = call.desk
        for count in range(CALLS):
            kind = ("late", "muted at first", "never", "leaves early")[count % 4]
            desk.signs.clear()
            call.candidate.run("come()")
            desk.until(Sign.YOU_IN)
            desk.pass_time(chance.uniform(0.5, 6))
            if kind != "never":
                wrong.append(_come_and_speak(call, muted=kind == "muted at first"))
                desk.pass_time(1 if kind == "leaves early" else 4)
                call.interviewer.run("leave()")
            desk.pass_time(3)
            call.candidate.run("leave()")
            desk.until(Sign.YOU_OUT)
            assert (Sign.THEY_IN in {sign for sign, _at in desk.signs}) == (kind != "never")
            assert len(desk.covered) == 1
    with capsys.disabled():
        off_by = sorted(round(one, 2) for one in wrong)
        print(f"\n{which} on {server}: {CALLS} calls, off by {off_by}")  # noqa: T201
    assert max(abs(one) for one in wrong) < 5


def late(call: Room) -> float:
    """The interviewer comes, and is silent for two seconds; gives when they began to speak."""
    call.interviewer.run("come()")
    call.interviewer.run("speak(false)")
    call.connect()
    call.desk.pass_time(2)
    spoke = call.desk.now
    call.interviewer.run("speak(true)")
    return spoke


def tune(folder: Path) -> None:
    """A band that plays for thirty seconds."""
    wave_parts.write(folder / "tune.wav", music.band(np.random.default_rng(1), "seen"))


def _come_and_speak(call: Room, *, muted: bool) -> float:
    """The interviewer comes; gives by how many seconds the first word was dated wrongly."""
    call.interviewer.run("come()")
    call.interviewer.run("speak(%s)", not muted)
    spoke = call.desk.now
    call.connect()
    if muted:
        call.desk.pass_time(3)
        spoke = call.desk.now
        call.interviewer.run("speak(true)")
    return call.desk.until(Sign.THEY_IN, limit=HEARD_OUT) - spoke
