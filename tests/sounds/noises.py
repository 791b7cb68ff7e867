"""Signals and noises that are neither speech nor music."""

import numpy as np

from tests.sounds import wave_parts as part
from tests.sounds.wave_parts import Wave

LENGTH = 30.0


def _done(sound: Wave, random: np.random.Generator) -> Wave:
    return part.loud(sound, -float(random.uniform(3, 24)))


def chime(random: np.random.Generator, _set: str) -> Wave:
    """Notifications: two or three struck tones, now and then."""
    sound, at = part.quiet(LENGTH), 0.5
    while at < LENGTH:
        for note in range(int(random.integers(1, 4))):
            part.put(sound, part.struck(float(random.uniform(500, 1300)), 1.2, 0.25), at + note * 0.18)
        at += float(random.choice([0.9, 1.5, 3, 6, 11]))
    return _done(sound, random)


def ringing(random: np.random.Generator, set_: str) -> Wave:
    """A ring-back tone or a ring tone, in the cadence of some country or program."""
    cadences = {
        "seen": ((2.0, 4.0), (1.0, 4.0), (0.4, 0.2, 0.4, 2.0), (1.5, 1.5)),
        "held": ((1.0, 3.0), (0.4, 0.2, 0.4, 1.6), (1.2, 2.0), (0.8, 0.8)),
        "new": ((1.0, 5.0), (0.5, 0.4, 0.5, 1.8), (1.6, 2.6), (0.7, 1.1)),
    }
    cadence = cadences[set_][int(random.integers(0, 4))]
    warble, pitch = float(random.choice([0, 8, 13, 20])), float(random.uniform(380, 900))
    sound, at = part.quiet(LENGTH), 0.3
    while at < LENGTH:
        for place, length in enumerate(cadence):
            if place % 2 == 0:
                ring = part.tone(pitch, length) + part.tone(pitch * 1.12, length)
                ring *= 1 - 0.5 * (np.sin(2 * np.pi * warble * part.seconds(length)) > 0)
                part.put(sound, part.fade(ring, 0.01, 0.01), at)
            at += length
    return _done(sound, random)


def marimba(random: np.random.Generator, _set: str) -> Wave:
    """A ring tone of a few struck tones in a quick pattern, over and over."""
    sound, at = part.quiet(LENGTH), 0.2
    pattern = [float(random.choice([0.12, 0.18, 0.24, 0.36])) for _note in range(int(random.integers(5, 12)))]
    pitches = [float(random.uniform(500, 1100)) for _note in pattern]
    rest = float(random.uniform(0.3, 2))
    while at < LENGTH:
        for step, pitch in zip(pattern, pitches, strict=True):
            part.put(sound, part.struck(pitch, 0.5, 0.1), at)
            at += step
        at += rest
    return _done(sound, random)


def beeps(random: np.random.Generator, _set: str) -> Wave:
    """The beep of a held or busy line."""
    length, rest = float(random.choice([0.2, 0.25, 0.5, 1])), float(random.choice([0.25, 0.5, 2, 5, 10]))
    sound, at, pitch = part.quiet(LENGTH), 0.2, float(random.uniform(350, 1000))
    while at < LENGTH:
        part.put(sound, part.fade(part.tone(pitch, length), 0.005, 0.005), at)
        at += length + rest
    return _done(sound, random)


def dial_tone(random: np.random.Generator, _set: str) -> Wave:
    return _done(part.tone(350, LENGTH) + part.tone(440, LENGTH), random)


def steady_noise(random: np.random.Generator, _set: str) -> Wave:
    return _done(part.noise(random, LENGTH, float(random.choice([0, 0.5, 1]))), random)


def fan(random: np.random.Generator, _set: str) -> Wave:
    """A hum that beats slowly."""
    hum = part.tone(float(random.uniform(50, 120)), LENGTH, (1.0, 0.5, 0.3))
    slow = 1 + 0.3 * np.sin(2 * np.pi * float(random.uniform(0.1, 1)) * part.seconds(LENGTH))
    return _done(hum * slow + part.noise(random, LENGTH, 0.5) * 0.2, random)


def typing(random: np.random.Generator, _set: str) -> Wave:
    """Keys in bursts, as people type."""
    sound, at = part.quiet(LENGTH), 0.2
    while at < LENGTH:
        for _key in range(int(random.integers(3, 30))):
            click = part.noise(random, 0.03) * np.exp(-part.seconds(0.03) / 0.006) * random.uniform(0.3, 1)
            part.put(sound, click, at)
            at += float(random.gamma(4, 0.04))
        at += float(random.uniform(0.3, 3))
    return _done(sound + part.noise(random, LENGTH, 0.5) * float(random.choice([0, 0.005])), random)


def knocks(random: np.random.Generator, _set: str) -> Wave:
    """Things that are put down, doors, a chair."""
    sound, at = part.quiet(LENGTH), 0.4
    while at < LENGTH:
        length = float(random.uniform(0.05, 0.4))
        thud = part.noise(random, length, 1.0) * np.exp(-part.seconds(length) / (length / 4))
        part.put(sound, thud * random.uniform(0.2, 1), at)
        at += float(random.gamma(1.5, 0.9))
    return _done(sound, random)


def applause(random: np.random.Generator, _set: str) -> Wave:
    swell = 0.4 + 0.6 * np.abs(np.sin(np.pi * part.seconds(LENGTH) / float(random.uniform(3, 9))))
    grain = np.abs(part.noise(random, LENGTH, 0.8))
    return _done(part.noise(random, LENGTH) * swell * (0.2 + grain / grain.max()), random)


def silence(_random: np.random.Generator, _set: str) -> Wave:
    return part.quiet(LENGTH)
