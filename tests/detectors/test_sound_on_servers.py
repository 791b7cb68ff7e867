"""The sound detector on real sound servers, with programs that call themselves by a browser's name."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen

import pytest

from showup.core.evidence import Sign
from tests.sounds import make, wave_parts
from tests.support.parts import need
from tests.support.sound_desk import TALK, Desk, talk
from tests.support.sound_servers import SERVERS, SoundServer, sound_server

ON_ONE = pytest.mark.parametrize("server", ["pulseaudio"], indirect=True)
"""For what does not depend on the server; it takes seconds."""


@pytest.fixture(params=sorted(SERVERS))
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with sound_server(request.param) as running:
        use(running, monkeypatch)
        yield running


@pytest.fixture
def desk(server: SoundServer) -> Iterator[Desk]:
    made = Desk(server)
    yield made
    made.detector.close()


@pytest.fixture
def desks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Desk]]:
    """One on each server and one more, watched at the same time: what takes half a minute is waited for once."""
    with ExitStack() as stack:
        made = []
        for kind in (*sorted(SERVERS), "pulseaudio"):
            made.append(Desk(stack.enter_context(sound_server(kind))))
            stack.callback(made[-1].detector.close)
            use(made[-1].server, monkeypatch)
            made[-1].watch()
            made[-1].pass_time(0.5)
            assert made[-1].covered  # it has connected to this server, and not to the next
        yield made


def use(server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """For what connects from now on."""
    for name in ("PULSE_SERVER", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, server.env[name])


def test_calls_from_joining_to_leaving_and_a_line_on_which_one_waits(desks: list[Desk], tmp_path: Path) -> None:
    need("sox")
    file, line = talk(tmp_path, " ".join([TALK] * 6)), tmp_path / "line.wav"
    wave_parts.write(line, make.make("seen", "announced", 11)[8 * wave_parts.HZ :])  # four seconds before the voice
    *calls, waiting = desks
    microphones, spoke = [joined(desk) for desk in desks], []
    worked, begun = time.process_time(), waiting.now
    waiting.play(line)
    for desk in calls:
        desk.server.pactl("set-sink-mute", "spk", "1")  # a loudspeaker that is off hides nothing
        spoke.append(desk.now)
        desk.play(file)
    for desk, at in zip(calls, spoke, strict=True):
        # A device that PulseAudio only makes believe plays in pieces of 2 s until a program asks for less.
        assert desk.until(Sign.THEY_IN, limit=45) == pytest.approx(at, abs=2.5)
        assert len(desk.covered) == 1
    assert waiting.until_unknown(limit=20) > begun + 25
    assert [sign for sign, _at in waiting.signs] == [Sign.YOU_IN]
    busy = (time.process_time() - worked) / (waiting.now - begun)
    assert busy < 0.04 * len(desks)  # docs/sound.md: 1.6 %, and what asks it here
    for desk, microphone in zip(calls, microphones, strict=False):
        muted_and_left(desk, microphone)


def joined(desk: Desk) -> Popen[bytes]:
    at = desk.now
    microphone = desk.microphone()
    assert desk.until(Sign.YOU_IN) == pytest.approx(at, abs=0.5)
    desk.pass_time(1)
    return microphone


def muted_and_left(desk: Desk, microphone: Popen[bytes]) -> None:
    stream = desk.server.pactl("list", "short", "sink-inputs").split()[0]
    desk.look()
    muted = desk.now
    desk.server.pactl("set-sink-input-mute", stream, "1")
    desk.pass_time(0.7)
    unmuted = desk.now
    desk.server.pactl("set-sink-input-mute", stream, "0")
    assert desk.until(Sign.YOU_IN, times=2) == pytest.approx(unmuted, abs=0.5)
    assert desk.gap() == pytest.approx((muted, unmuted), abs=0.5)
    left = desk.now
    microphone.kill()
    assert desk.until(Sign.YOU_OUT) == pytest.approx(left, abs=0.5)
    assert [sign for sign, _at in desk.signs] == [Sign.YOU_IN, Sign.THEY_IN, Sign.YOU_IN, Sign.YOU_OUT]
    assert desk.said == []


def test_a_stream_that_gives_no_levels_is_not_silence(desk: Desk, tmp_path: Path) -> None:
    file = talk(tmp_path)
    desk.watch()
    desk.microphone()
    desk.until(Sign.YOU_IN)
    desk.play(file)
    desk.pass_time(1)
    froze = desk.now
    if desk.server.kind == "pulseaudio":
        desk.server.pactl("suspend-sink", "spk", "1")
    else:  # what answers in PulseAudio's place lives on, but nothing flows
        desk.server.parts[0].send_signal(signal.SIGSTOP)
    desk.pass_time(4.5)
    assert desk.covered[-1][1] == pytest.approx(froze, abs=2)
    if desk.server.kind == "pulseaudio":
        desk.server.pactl("suspend-sink", "spk", "0")
    else:
        desk.server.parts[0].send_signal(signal.SIGCONT)
    assert desk.until(Sign.YOU_IN, times=2) > froze + 4


@ON_ONE
def test_two_streams_of_the_call_are_too_many(desk: Desk, tmp_path: Path) -> None:
    file = talk(tmp_path)
    desk.watch()
    desk.microphone()
    desk.play(file)
    desk.until(Sign.YOU_IN)
    twice = desk.now
    desk.play(file)
    desk.pass_time(1)
    assert desk.covered[-1][1] == pytest.approx(twice, abs=0.5)


@ON_ONE
def test_a_microphone_that_is_opened_anew_was_never_closed(desk: Desk) -> None:
    desk.watch()
    first = desk.microphone()
    desk.until(Sign.YOU_IN)
    first.kill()
    desk.pass_time(1)
    desk.microphone()
    desk.pass_time(2.5)
    assert [sign for sign, _at in desk.signs] == [Sign.YOU_IN]


def test_a_server_that_dies_and_comes_back(desk: Desk) -> None:
    desk.watch()
    desk.microphone()
    desk.until(Sign.YOU_IN)
    died = desk.now
    desk.server.end()
    desk.pass_time(2.5)
    assert desk.covered[-1][1] == pytest.approx(died, abs=0.3)
    assert len(desk.said) == 1
    back = desk.now
    desk.server.begin()
    desk.microphone()
    assert desk.until(Sign.YOU_IN, times=2) > back
    assert len(desk.said) == 1


@ON_ONE
def test_a_frozen_server_hears_nothing(desk: Desk) -> None:
    desk.watch()
    desk.microphone()
    desk.until(Sign.YOU_IN)
    froze = desk.now
    desk.server.signal(signal.SIGSTOP)
    desk.pass_time(4)
    assert desk.covered[-1][1] < froze + 2
    thawed = desk.now
    desk.server.signal(signal.SIGCONT)
    assert desk.until(Sign.YOU_IN, times=2) >= thawed


def test_nothing_runs_while_there_is_nothing_to_watch(desk: Desk) -> None:
    def threads() -> list[str]:
        return [one.name for one in threading.enumerate() if one.name.startswith("showup-sound")]

    def clients() -> str:
        return desk.server.pactl("list", "clients")

    assert (threads(), "showup" in clients()) == ([], False)
    desk.watch()
    desk.pass_time(0.7)
    assert (threads(), "showup" in clients()) == (["showup-sound"], True)
    desk.detector.watch(())
    assert (threads(), "showup" in clients()) == ([], False)
    desk.detector.drain()
    assert desk.detector.drain().watched == ()
    desk.watch()
    desk.pass_time(0.7)
    assert len(desk.covered) == 2
