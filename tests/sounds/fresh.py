"""Sounds that the rule was judged with once, after all of it was fixed, and never changed for.

`python -m tests.sounds.fresh [folder]` writes `fresh.txt` anew. But for some voices of espeak-ng nothing is made as the
other sets are: there are recordings of people and of instruments, and signals that programs bring. These come with
Debian packages, and are looked for below `folder`: asterisk-core-sounds-{en,es,fr,it,ru}-wav, asterisk-moh-opsound-wav,
drascula-music, flite, fluidsynth, linphone-common, lomiri-sounds, oxygen-sounds, planetblupi-music-midi,
sound-theme-freedesktop, timgm6mb-soundfont, wesnoth-1.16-music. Only the levels are kept.
"""

import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.sounds import make
from tests.sounds import wave_parts as part
from tests.sounds.fresh_studio import Studio
from tests.sounds.wave_parts import Wave

LENGTH, LINE, COMES = 30.0, 120.0, 60.0
_ESPEAK = {
    "da": "Godmorgen, og tak fordi du ville tale med os. Jeg vil gerne høre om dit arbejde. Hvad var svært ved det?",
    "el": "Καλημέρα και ευχαριστώ για τον χρόνο σας. Θα ήθελα να ακούσω για τη δουλειά σας. Τι ήταν δύσκολο;",
    "fi": "Hyvää huomenta ja kiitos ajastanne. Haluaisin kuulla viimeisestä työstänne. Mikä siinä oli vaikeaa?",
    "cs": "Dobré ráno, děkuji za váš čas. Rád bych slyšel o vaší poslední práci. Co na ní bylo nejtěžší?",
    "ro": "Bună dimineața și mulțumesc pentru timp. Aș vrea să aflu despre ultimul proiect. Ce a fost cel mai greu?",
    "uk": "Доброго ранку, дякую за ваш час. Хочу почути про вашу останню роботу. Що було найважчим?",
}
_VARIANTS = ("Andy", "Lee", "linda", "max", "belinda", "quincy", "anika", "zac", "robert", "Michael")


def human(at: Studio) -> Wave:
    """A person, close to the microphone."""
    return at.done(at.person()(at.between(12, 30)), -30)


def flite(at: Studio) -> Wave:
    """Another way of making voices."""
    return at.done(at.reader()(at.between(12, 30)), -30)


def espeak(at: Studio) -> Wave:
    """Languages, voices and paces of espeak-ng that no other set has."""
    language, voice = str(at.random.choice(list(_ESPEAK))), str(at.random.choice(_VARIANTS))
    how = ("-s", str(int(at.random.integers(110, 235))), "-p", str(int(at.random.integers(15, 85))))
    return at.done(at.spoken("espeak-ng", "-v", f"{language}+{voice}", *how, f"{_ESPEAK[language]} " * 2, "-w"), -30)


def turns(at: Studio) -> Wave:
    """One side of a conversation."""
    say, sound, now = at.person(), part.quiet(LENGTH), 0.0
    while now < LENGTH:
        length = at.between(2, 9)
        part.put(sound, say(length), now)
        now += length + at.between(0.6, 4)
    return at.done(sound)


def gated(at: Studio) -> Wave:
    """With pauses of digital silence."""
    sound = at.person()(at.between(12, 30))
    step = part.HZ // 50
    peaks = np.abs(sound[: len(sound) // step * step].reshape(-1, step)).max(axis=1)
    opened = np.repeat(np.convolve(peaks > 0.06 * peaks.max(), np.ones(6), "same") > 0, step)
    return at.done(np.asarray(sound[: len(opened)] * opened))


def far(at: Studio) -> Wave:
    """Across a room."""
    room = ("reverb", str(int(at.random.integers(30, 90))), "50", str(int(at.random.integers(40, 100))))
    heard = part.sox(part.loud(at.person()(at.between(12, 30)), -6), at.folder, *room, "lowpass", "3400")
    return at.done(heard, -34, -16)


def in_noise(at: Studio) -> Wave:
    """With a street or a fan behind."""
    sound = part.fit(part.loud(at.person()(at.between(15, 30)), -6), LENGTH)
    return sound + part.loud(noise(at), -6 - at.between(14, 30))


def two(at: Studio) -> Wave:
    """Two people, of whom one is read by a program, who interrupt each other."""
    sound = part.quiet(LENGTH)
    for say in (at.person(), at.reader()):
        now = at.between(0, 2)
        while now < LENGTH:
            length = at.between(1.5, 8)
            part.put(sound, say(length) * at.between(0.3, 1), now)
            now += length + at.between(0.5, 5)
    return at.done(sound[int(np.flatnonzero(np.abs(sound) > 0.01)[0]) :])


def after_hold(at: Studio) -> Wave:
    """Somebody comes to the line on which one waited, and the music ends."""
    sound = part.quiet(LINE)
    part.put(sound, _line(at, COMES - 1), 0)
    part.put(sound, part.loud(at.person()(LINE - COMES), 0), COMES)
    return at.done(sound)


def hold_music(at: Studio) -> Wave:
    """Recorded for lines on which one waits, as a telephone passes it on."""
    return at.done(at.cut(at.one("asterisk/moh/*.wav"), LENGTH, "lowpass", "3400", "highpass", "300"))


def orchestra(at: Studio) -> Wave:
    """Recordings of real instruments, and of good imitations."""
    return at.done(at.cut(at.one("games/wesnoth/*/data/core/music/*[a-z].ogg"), LENGTH))


def soundtrack(at: Studio) -> Wave:
    return at.done(at.cut(at.one("scummvm/drascula/audio/*.ogg"), LENGTH))


def soundfont(at: Studio) -> Wave:
    """Notes that a synthesiser plays with recorded instruments."""
    file = at.folder / "played.wav"
    fonts, notes = str(at.one("sounds/sf2/TimGM6mb.sf2")), str(at.one("planetblupi/music/*.mid"))
    command = ["fluidsynth", "-n", "-i", "-q", "-r", "16000", "-F", str(file), fonts, notes]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return at.done(at.cut(file, LENGTH))


def plucked(at: Studio) -> Wave:
    """Strings that sox plucks, at a pace that wavers."""
    sound, now = part.quiet(LENGTH), 0.0
    pace = at.between(0.18, 0.9)
    while now < LENGTH:
        note = str(int(at.random.choice([-17, -14, -12, -9, -5, -2, 0, 3, 7])))
        string = at.folder / "string.wav"
        command = ["sox", "-R", "-n", "-r", "16000", "-c", "1", str(string), "synth", "2", "pluck", f"%{note}"]
        subprocess.run([*command, "fade", "0", "2", "0.3"], check=True, capture_output=True, timeout=30)
        part.put(sound, part.sox_file(string, at.folder) * at.between(0.3, 1), now)
        now += pace * float(at.random.choice([0.5, 1, 1, 2])) * at.between(0.9, 1.1)
    return at.done(sound)


def ringtone(at: Studio) -> Wave:
    """Of a telephone, over and over as it rings."""
    return _again(at, at.one("sounds/lomiri/ringtones/*.ogg"), at.between(0, 1))


def phone(at: Studio) -> Wave:
    """What programs for calls play while they ring."""
    wanted = ("sounds/freedesktop/stereo/phone-*", "sounds/linphone/ring*.wav", "sounds/linphone/rings/*.wav")
    found = [one for pattern in (*wanted, "sounds/Oxygen-Im-Phone-Ring.ogg") for one in at.files(pattern)]
    return _again(at, found[int(at.random.integers(0, len(found)))], at.between(0, 2))


def notifications(at: Studio) -> Wave:
    """One after another, as on a busy morning."""
    wanted = ("sounds/freedesktop/stereo/[m-s]*.oga", "sounds/Oxygen-Im-*.ogg", "sounds/lomiri/notifications/*.ogg")
    sound, now = part.quiet(LENGTH), at.between(0, 1)
    while now < LENGTH:
        played = at.cut(at.one(str(at.random.choice(wanted))), 6)
        part.put(sound, played * at.between(0.4, 1), now)
        now += len(played) / part.HZ + float(at.random.choice([0.2, 0.8, 2, 6]))
    return at.done(sound)


def noise(at: Studio) -> Wave:
    """The sea, the wind, a street: noise that swells."""
    colour, swells = str(at.random.choice(["pinknoise", "brownnoise"])), f"{at.between(0.1, 2):.2f}"
    file = at.folder / "noise.wav"
    command = ["sox", "-R", "-n", "-r", "16000", "-c", "1", str(file), "synth", str(LENGTH), colour]
    swell = ["tremolo", swells, str(int(at.random.integers(10, 90)))]
    subprocess.run([*command, *swell], check=True, capture_output=True, timeout=30)
    return at.done(part.sox_file(file, at.folder))


def announced(at: Studio) -> Wave:
    """Recorded music, and a recorded voice now and then; nobody comes."""
    return at.done(_line(at, LINE))


def greeted(at: Studio) -> Wave:
    """A recorded welcome, and then music; nobody comes."""
    said = at.person()(at.between(5, 12))
    sound = part.quiet(LINE)
    part.put(sound, said, 0)
    part.put(sound, part.loud(_music(at, LINE), -at.between(0, 6)), len(said) / part.HZ + 0.5)
    return at.done(sound)


def bare(at: Studio) -> Wave:
    """A recorded sentence each half minute or so, and silence between."""
    voice, sound, now = at.asking(), part.quiet(LINE), 0.0
    while now < LINE:
        said = part.sox_file(voice[int(at.random.integers(0, len(voice)))], at.folder)
        part.put(sound, said, now)
        now += len(said) / part.HZ + at.between(12, 35)
    return at.done(sound)


def _again(at: Studio, file: Path, rest: float) -> Wave:
    once = np.concatenate([at.cut(file, LENGTH), part.quiet(rest)])
    return at.done(part.fit(np.tile(once, int(LENGTH * part.HZ / len(once)) + 1), LENGTH))


def _music(at: Studio, length: float) -> Wave:
    pattern = str(
        at.random.choice(["asterisk/moh/*.wav", "asterisk/moh/*.wav", "scummvm/drascula/audio/track[1-9].ogg"])
    )
    tune = at.cut(at.one(pattern), length, "lowpass", "3800")
    return np.tile(tune, int(length * part.HZ / len(tune)) + 1)[: int(length * part.HZ)]


def _line(at: Studio, length: float) -> Wave:
    """The music stops or is turned down while the voice speaks; the voice comes each 12 to 40 seconds."""
    sound, voice, now = part.loud(_music(at, length), 0), at.asking(), at.between(2, 25)
    lowered = float(at.random.choice([0, 0, 0.15, 0.3]))
    while True:
        said = part.sox_file(voice[int(at.random.integers(0, len(voice)))], at.folder)
        first, last = int(now * part.HZ), int((now + 0.6) * part.HZ) + len(said)
        if last > len(sound):
            return sound
        sound[first:last] *= lowered
        part.put(sound, part.loud(said, -at.between(0, 6)), now + 0.3)
        now = last / part.HZ + at.between(12, 40)


SPEECH = {human: 12, flite: 8, espeak: 8, turns: 8, gated: 8, far: 8, in_noise: 8, two: 8, after_hold: 8}
"""How many there are of each kind."""
OTHERS = {
    hold_music: 12,
    orchestra: 12,
    soundtrack: 10,
    soundfont: 10,
    plucked: 8,
    ringtone: 12,
    phone: 8,
    notifications: 10,
    noise: 8,
    announced: 16,
    greeted: 8,
    bare: 8,
}
RECORDED = (announced, greeted, bare)
"""A voice, but nobody."""


def sound(kind: Callable[[Studio], Wave], number: int, root: Path) -> Wave:
    """One sound, the same each time."""
    random = np.random.default_rng(zlib.crc32(f"fresh {kind.__name__} {number}".encode()))
    with tempfile.TemporaryDirectory() as folder:
        made = kind(Studio(random, Path(folder), root))
    length = LINE if kind in (after_hold, *RECORDED) else LENGTH
    return part.fit(np.concatenate([part.quiet(make.LEAD), made]), make.LEAD + length)


def lines(root: Path) -> list[str]:
    """The set as it is kept."""
    kept = []
    for kind, many in (SPEECH | OTHERS).items():
        begins = make.LEAD + (COMES if kind is after_hold else 0) if kind in SPEECH else None
        for number in range(many):
            heard = part.levels(sound(kind, number, root))
            kept.append(make.kept("fresh", kind.__name__, number, begins, heard))
    return kept


if __name__ == "__main__":
    make.FRESH.write_text("\n".join(lines(Path(*sys.argv[1:2] or "/"))) + "\n", "ascii")
