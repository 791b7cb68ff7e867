"""Music of several kinds."""

import numpy as np

from tests.sounds import wave_parts as part
from tests.sounds.wave_parts import Wave

LENGTH = 30.0
_SCALES = {"seen": (0, 2, 4, 5, 7, 9, 11), "held": (0, 2, 3, 5, 7, 8, 10), "new": (0, 2, 3, 5, 7, 8, 11)}
_TEMPI = {"seen": (70, 140), "held": (60, 170), "new": (55, 180)}
_TIMBRES = {
    "seen": ((1.0,), (1.0, 0.5, 0.25), (1.0, 0.0, 0.4, 0.0, 0.2)),
    "held": ((1.0, 0.8, 0.6, 0.4), (1.0, 0.3), (0.6, 1.0, 0.3, 0.3)),
    "new": ((1.0, 0.2, 0.6), (0.7, 0.9, 0.2), (1.0, 0.4, 0.4, 0.4)),
}


class Player:
    """A tempo, a key, an instrument: as chance has it."""

    def __init__(self, random: np.random.Generator, set_: str) -> None:
        self.random = random
        self.beat = 60 / random.uniform(*_TEMPI[set_])
        self.key = random.uniform(110, 220)
        self.scale = _SCALES[set_]
        self.timbre = _TIMBRES[set_][int(random.integers(0, 3))]

    def pitch(self, step: int) -> float:
        octave, place = divmod(step, len(self.scale))
        return float(self.key * 2 ** (octave + self.scale[place] / 12))

    def chord(self, step: int, length: float) -> Wave:
        return np.asarray(sum(part.tone(self.pitch(step + more), length, self.timbre) for more in (0, 2, 4)))


def _done(sound: Wave, random: np.random.Generator) -> Wave:
    return part.loud(sound, -float(random.uniform(3, 24)))


def chords(random: np.random.Generator, set_: str) -> Wave:
    """Pads that change each bar."""
    player, sound = Player(random, set_), part.quiet(LENGTH)
    for bar in range(int(LENGTH / player.beat / 4) + 1):
        held = part.fade(player.chord(int(random.integers(0, 7)), player.beat * 4), 0.2, 0.3)
        part.put(sound, held, bar * player.beat * 4)
    return _done(sound, random)


def arpeggio(random: np.random.Generator, set_: str) -> Wave:
    """Broken chords, one struck tone each half or quarter beat."""
    player, sound = Player(random, set_), part.quiet(LENGTH)
    step, decay = player.beat / float(random.choice([2, 3, 4])), float(random.uniform(0.15, 0.6))
    for count in range(int(LENGTH / step)):
        tone = part.struck(player.pitch((0, 2, 4, 7, 4, 2)[count % 6] + count // 24 % 4), 1.2, decay, player.timbre)
        part.put(sound, tone, count * step)
    return _done(sound, random)


def drums(random: np.random.Generator, set_: str) -> Wave:
    """A kit: low drum, snare, hi-hat."""
    player, sound = Player(random, set_), part.quiet(LENGTH)
    snare = part.noise(random, 0.25) * np.exp(-part.seconds(0.25) / float(random.uniform(0.04, 0.09)))
    hat = part.noise(random, 0.06) * np.exp(-part.seconds(0.06) / 0.02)
    for beat in range(int(LENGTH / player.beat)):
        if beat % 2 == 0 or random.random() < 0.2:
            part.put(sound, part.struck(55, 0.4, 0.12) * 1.6, beat * player.beat)
        else:
            part.put(sound, snare / np.abs(snare).max(), beat * player.beat)
        for half in (0.0, 0.5):
            part.put(sound, hat / np.abs(hat).max() * 0.3, (beat + half) * player.beat)
    return _done(sound, random)


def drum_and_pluck(random: np.random.Generator, set_: str) -> Wave:
    """Plucked strings with a sparse drum."""
    player, sound = Player(random, set_), part.quiet(LENGTH)
    for count in range(int(LENGTH / player.beat * 2)):
        if random.random() < 0.7:
            string = part.struck(player.pitch(int(random.integers(0, 12))), 1.0, float(random.uniform(0.08, 0.3)))
            part.put(sound, string * random.uniform(0.4, 1), count * player.beat / 2)
        if count % 4 == 0:
            part.put(sound, part.struck(60, 0.3, 0.08) * 1.3, count * player.beat / 2)
    return _done(sound, random)


def melody(random: np.random.Generator, set_: str) -> Wave:
    """One sustained instrument, phrases with rests between."""
    player, sound, at, step = Player(random, set_), part.quiet(LENGTH), 0.0, 7
    while at < LENGTH:
        for _note in range(int(random.integers(4, 10))):
            length = player.beat * float(random.choice([0.5, 1, 1, 2]))
            step = int(np.clip(step + random.integers(-3, 4), 0, 14))
            tone = part.tone(player.pitch(step), length, player.timbre) * random.uniform(0.5, 1)
            part.put(sound, part.fade(tone, 0.04, 0.08), at)
            at += length
        at += player.beat * float(random.choice([0, 1, 2]))
    return _done(sound, random)


def piano(random: np.random.Generator, set_: str) -> Wave:
    """A slow solo without a strict beat."""
    player, sound, at = Player(random, set_), part.quiet(LENGTH), 0.0
    while at < LENGTH:
        force = float(random.uniform(0.15, 1))
        for _voice in range(int(random.integers(1, 4))):
            pitch = player.pitch(int(random.integers(0, 15)))
            part.put(sound, part.struck(pitch, 3.0, float(random.uniform(0.4, 1.2)), player.timbre) * force, at)
        at += float(random.choice([0.25, 0.4, 0.5, 0.8, 1.2, 2.0])) * random.uniform(0.85, 1.2)
    return _done(sound, random)


def orchestra(random: np.random.Generator, set_: str) -> Wave:
    """Many instruments that swell and fall."""
    player, sound = Player(random, set_), part.quiet(LENGTH)
    for _instrument in range(8):
        at = 0.0
        while at < LENGTH:
            length = float(random.uniform(0.4, 3))
            tone = part.tone(player.pitch(int(random.integers(0, 18))), length, player.timbre)
            part.put(sound, part.fade(tone, length / 3, length / 3) * random.uniform(0.1, 1), at)
            at += length * random.uniform(0.9, 1.5)
    swell = 0.25 + 0.75 * np.abs(np.sin(np.pi * part.seconds(LENGTH) / float(random.uniform(4, 11))))
    return _done(sound * swell + part.noise(random, LENGTH, 0.5) * 0.02, random)


def band(random: np.random.Generator, set_: str) -> Wave:
    """Drums, chords and a tune together."""
    parts = (drums, chords, melody)
    mixed = np.asarray(sum(part.loud(one(random, set_), -float(random.uniform(0, 9))) for one in parts))
    return _done(mixed, random)


def techno(random: np.random.Generator, set_: str) -> Wave:
    """A bass drum on each beat that pushes everything else down."""
    player = Player(random, set_)
    phase = part.seconds(LENGTH) % player.beat / player.beat
    pad = player.chord(0, LENGTH) * np.clip(phase * float(random.uniform(1, 2.5)), 0.02, 1)
    for beat in range(int(LENGTH / player.beat)):
        part.put(pad, part.struck(50, 0.35, 0.1) * 4, beat * player.beat)
    return _done(pad, random)


def hold(random: np.random.Generator, set_: str) -> Wave:
    """A loop of a few seconds, narrow, over and over, with a rest."""
    made = (arpeggio, melody, piano)[int(random.integers(0, 3))](random, set_)
    loop = part.fade(made[: int(float(random.uniform(5, 9)) * part.HZ)], 0.05, 0.5)
    rest = part.quiet(float(random.uniform(0.2, 1.5)))
    return _done(part.fit(np.tile(np.concatenate([loop, rest]), 7), LENGTH), random)
