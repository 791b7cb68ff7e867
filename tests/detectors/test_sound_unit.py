"""The parts of the sound detector that need no sound server."""

import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from showup.clock import SystemClock
from showup.core.evidence import Sign
from showup.detectors.sound import SoundDetector
from showup.detectors.sound.account import Account
from showup.detectors.sound.ear import Ear
from showup.detectors.sound.programs import Program, program, words
from showup.detectors.sound.scene import Microphone, Playback, Scene, scene
from showup.detectors.sound.speech import SILENCE, WINDOW, Look, look, onset, repeats, shape
from showup.ports import Detector, Findings
from tests.sounds.make import clips

ZERO = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHROME = Program(words(["chrome", "Google Chrome"]), 0)
ZOOM = Program(words(["zoom", "ZOOM VoiceEngine"]), 0)
SPOTIFY = Program(words(["spotify", "Spotify"]), 0)
TALK = next(clip.levels for clip in clips() if clip.kind == "alone" and clip.set == "seen")


def at(seconds: float) -> datetime:
    return ZERO + timedelta(seconds=seconds)


def heard_in(account: Account, now: float) -> tuple[list[tuple[Sign, float]], list[tuple[float, float]]]:
    found = account.drain(at(now))
    spans = [one.covered.span for one in found.watched]
    signs = [(Sign(one.evidence.sign), _seconds(one.evidence.at)) for one in found.sightings]
    return signs, [(_seconds(span.start), _seconds(span.end)) for span in spans]


def _seconds(moment: datetime) -> float:
    return (moment - ZERO).total_seconds()


# ---------------------------------------------------------------- the detector


def test_it_costs_nothing_before_it_watches() -> None:
    look = "import sys; from showup.detectors.sound import SoundDetector; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", look], capture_output=True, check=True, text=True).stdout
    assert "'asyncio'" not in loaded
    assert "'pulsectl" not in loaded


def test_without_appointments_there_is_nothing_to_tell() -> None:
    detector: Detector = SoundDetector(SystemClock(), pytest.fail)
    detector.watch(())
    detector.restart()
    assert detector.drain() == Findings()
    detector.close()


# ---------------------------------------------------------------- programs


@pytest.mark.parametrize(
    ("properties", "calls"),
    [
        ({"application.process.binary": "chrome", "application.name": "Google Chrome input"}, True),
        ({"application.process.binary": "firefox-bin", "application.name": "Firefox"}, True),
        ({"application.name": "ZOOM VoiceEngine", "application.process.binary": "zoom"}, True),
        ({"application.id": "com.example.teams_for_linux", "application.process.binary": "teams-for-linux"}, True),
        ({"pipewire.access.portal.app_id": "com.slack.Slack"}, True),
        ({"application.process.binary": "obs", "application.name": "OBS Studio"}, False),
        ({"application.name": "PulseAudio Volume Control", "application.id": "org.PulseAudio.pavucontrol"}, False),
        ({"application.name": "showup", "application.process.binary": "python3.11"}, False),
        ({"application.process.binary": "parec", "application.name": "chromium"}, False),
        ({"application.process.binary": "x" * 100_000, "application.process.id": "9" * 5000}, False),
        ({}, False),
    ],
)
def test_which_programs_hold_calls(properties: dict[str, str], calls: bool) -> None:
    assert program(properties).holds_calls is calls


def test_processes_tell_one_program_from_another_of_the_same_name() -> None:
    names = words(["chromium"])
    here, parent, init = os.getpid(), os.getppid(), 1
    assert Program(names, here).is_same_as(Program(words(["other"]), parent))
    assert Program(names, parent).is_same_as(Program(words(["other"]), here))
    assert Program(words(["one"]), 4_000_000).is_same_as(Program(words(["other"]), 4_000_000))
    assert not Program(words(["one"]), here).is_same_as(Program(words(["other"]), init))


def test_where_processes_cannot_be_seen_names_tell() -> None:
    player = Program(words(["chromium.instance42"]), 0)
    assert CHROME.is_same_as(player)
    assert not ZOOM.is_same_as(player)
    assert not CHROME.is_same_as(SPOTIFY)
    assert not ZOOM.is_same_as(Program(words(["discord", "WEBRTC VoiceEngine"])))
    assert not SPOTIFY.is_same_as(SPOTIFY)


# ---------------------------------------------------------------- scenes


def test_without_a_call_there_is_nothing_to_hear() -> None:
    microphones = [Microphone(SPOTIFY), Microphone(CHROME, monitor=True), Microphone(CHROME, running=False)]
    assert scene(microphones, [Playback(1, CHROME, "spk")], []) == Scene()


def test_the_stream_of_the_call_is_listened_to() -> None:
    mine, paused = Playback(1, CHROME, "spk"), Playback(2, CHROME, "spk", running=False)
    assert scene([Microphone(CHROME)], [mine, paused, Playback(3, SPOTIFY, "spk")], [SPOTIFY]) == Scene(True, mine)
    assert scene([Microphone(CHROME)], [paused], []) == Scene(you=True)


@pytest.mark.parametrize(
    ("microphones", "playbacks", "players"),
    [
        ([CHROME], [Playback(1, CHROME, "spk", muted=True)], []),
        ([CHROME], [Playback(1, CHROME, "spk", volume=0.1)], []),
        ([CHROME], [Playback(1, CHROME, "spk"), Playback(2, CHROME, "spk")], []),
        ([CHROME], [Playback(1, CHROME, "spk")], [CHROME]),
        ([CHROME, ZOOM], [Playback(1, CHROME, "spk")], []),
    ],
)
def test_what_makes_deaf(microphones: list[Program], playbacks: list[Playback], players: list[Program]) -> None:
    seen = scene([Microphone(one) for one in microphones], playbacks, players)
    assert (seen.you, seen.listen_to, bool(seen.deaf)) == (True, None, True)


# ---------------------------------------------------------------- speech


def clip(kind: str, number: int = 0) -> tuple[float, ...]:
    return next(one.levels for one in clips() if (one.set, one.kind, one.number) == ("seen", kind, number))


def told_by(ear: Ear, levels: Iterable[float], begin: float = 0) -> list[tuple[Sign, datetime]]:
    """What the ear says of these levels, and of half a minute of silence after them."""
    heard = (ear.hear(at(begin + place / 10), level) for place, level in enumerate((*levels, *[SILENCE] * 300)))
    return [one for one in heard if one]


def test_silence_and_a_tone_are_no_speech() -> None:
    assert look([SILENCE] * WINDOW) is Look.NOTHING
    assert look([-20.0] * WINDOW) is Look.NOTHING
    assert (shape([SILENCE] * WINDOW).run, shape([-20.0] * WINDOW).run) == (0, WINDOW)


def test_music_is_something_else() -> None:
    music = clip("orchestra")[100:200]
    assert look(music) is Look.OTHER
    assert look([*music[:80], *[SILENCE] * 20]) is Look.SOUND


def test_speech_is_told_at_any_level_that_can_be_heard() -> None:
    for softer in (0, 10, 20):
        told = told_by(Ear(), [max(SILENCE, level - softer) for level in TALK])
        assert [one for one in told if one[0] is Sign.THEY_IN] == [(Sign.THEY_IN, at(3))]


def test_a_voice_is_heard_out_before_it_is_told() -> None:
    ear = Ear()
    heard = [(place / 10, ear.hear(at(place / 10), level)) for place, level in enumerate((*TALK, *[SILENCE] * 100))]
    first = next(moment for moment, one in heard if one)
    assert 3 + 25 < first < 3 + 45


def test_a_few_words_are_too_little() -> None:
    assert look([*TALK[30:60], *[SILENCE] * 70]) is Look.NOTHING


def test_a_recorded_voice_amid_music_makes_unsure_and_a_person_after_it_does_not() -> None:
    ear, unsure = Ear(), list[bool]()
    for place, level in enumerate(clip("announced")):
        assert ear.hear(at(place / 10), level) is None
        unsure.append(ear.unsure)
    assert any(unsure)
    line, person = clip("after_hold")[:630], clip("after_hold")[630:]
    ear = Ear()
    told = [one for place, level in enumerate((*line, *person)) if (one := ear.hear(at(place / 10), level))]
    assert [one[0] for one in told] == [Sign.THEY_IN]
    assert told[0][1] >= at(60)
    assert not ear.unsure


def test_amid_other_sounds_a_voice_must_speak_for_longer() -> None:
    music = clip("orchestra")[100:300]
    few, many = TALK[30:150], clip("after_hold")[630:]
    assert Sign.THEY_IN in {sign for sign, _at in told_by(Ear(), few)}
    assert told_by(Ear(), (*music, *music, *few)) == []
    assert Sign.THEY_IN in {sign for sign, _at in told_by(Ear(), (*music, *music, *many))}


def test_unsure_it_is_no_longer_than_there_is_something_like_a_voice() -> None:
    ear = Ear()
    for place, level in enumerate((*clip("announced"), *[SILENCE] * 450)):
        ear.hear(at(place / 10), level)
    assert not ear.unsure


def test_a_loop_comes_again_and_a_talk_does_not() -> None:
    loop = TALK[30:90]
    assert repeats([*loop, *loop, *loop, *loop[:20]])
    assert not repeats(TALK[30:230])
    assert not repeats([SILENCE] * 200)


def test_a_talk_begins_after_the_last_long_pause() -> None:
    assert onset([-20.0] * 20 + [SILENCE] * 40 + [-20.0] * 40) == 60
    assert onset([-20.0] * 20 + [SILENCE] * 20 + [-20.0] * 40) == 0


def test_levels_that_come_late_and_all_at_once_are_in_their_places() -> None:
    ear, told = Ear(), []
    for place, level in enumerate((*TALK, *[SILENCE] * 200)):
        told.append(ear.hear(at((place // 20 + 1) * 2), level))
    first = next(one for one in told if one)
    assert first[1] == pytest.approx(at(3), abs=timedelta(seconds=2))


def test_after_a_long_silence_they_have_ceased() -> None:
    ear, told = Ear(), []
    for place, level in enumerate(TALK):
        told.append(ear.hear(at(place / 10), level))
    told += [ear.quiet(at(33 + second / 2)) for second in range(100)]
    assert [one[0] for one in told if one] == [Sign.THEY_IN, Sign.THEY_OUT]
    assert [one[1] for one in told if one][1] < at(34)


# ---------------------------------------------------------------- the account


def test_a_stretch_goes_on_as_one() -> None:
    account = Account()
    account.hear(at(0))
    account.you(True, at(0), at(0))
    assert heard_in(account, 0.5) == ([(Sign.YOU_IN, 0)], [(0, 0.5)])
    account.hear(at(1))
    account.they(Sign.THEY_IN, at(0.2), at(1))
    assert heard_in(account, 1) == ([(Sign.THEY_IN, 0.2)], [(0, 1)])


def test_a_sign_of_life_vouches_for_a_second_and_a_half() -> None:
    account = Account()
    account.hear(at(0))
    assert heard_in(account, 1.4)[1] == [(0, 1.4)]
    assert heard_in(account, 2.8)[1] == [(0, 1.4)]
    assert heard_in(account, -5)[1] == [(0, 1.4)]


def test_whoever_is_there_is_told_again_after_a_gap() -> None:
    account = Account()
    account.hear(at(0))
    account.you(True, at(0), at(0))
    account.they(Sign.THEY_IN, at(0), at(1))
    account.deafen(at(2))
    account.they(Sign.THEY_IN, at(2), at(3))
    account.hear(at(4))
    signs, covered = heard_in(account, 4)
    assert signs == [(Sign.YOU_IN, 0), (Sign.THEY_IN, 0), (Sign.YOU_IN, 4)]
    assert covered == [(0, 0), (4, 4)]


def test_where_it_began_deaf_a_stretch_of_no_length_marks_it() -> None:
    account = Account()
    account.deafen(at(0))
    account.you(True, at(0), at(0))
    account.deafen(at(1))
    assert heard_in(account, 1) == ([(Sign.YOU_IN, 0)], [(0, 0)])
    account.you(False, at(3), at(4))
    account.anew()
    account.hear(at(9))
    assert heard_in(account, 9) == ([(Sign.YOU_OUT, 3)], [(9, 9)])


def test_nothing_is_dated_before_the_stretch_in_which_it_was_heard() -> None:
    account = Account()
    account.hear(at(5))
    account.you(True, at(5), at(5))
    account.they(Sign.THEY_IN, at(1), at(9))
    assert heard_in(account, 9)[0] == [(Sign.YOU_IN, 5), (Sign.THEY_IN, 5)]
