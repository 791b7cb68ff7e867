"""The labelled set: makes the sounds, and keeps of them what the sound server would tell, their levels.

`python -m tests.sounds.make` writes `levels.txt` anew, one line for each sound: the set, the kind, its number, where
the speech begins (in tenths of a second, or "-"), and a letter for each tenth of a second, from " " (silence) to "z".
"""

import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.sounds import music, noises, speaking, waiting
from tests.sounds import wave_parts as part
from tests.sounds.wave_parts import Wave

FILE = Path(__file__).parent / "levels.txt"
FRESH = FILE.with_name("fresh.txt")
"""The levels of tests/sounds/fresh.py."""
SETS = {"seen": 12, "held": 8, "new": 8}
"""How many of each kind."""
LEAD = 3.0
"""Seconds of silence before each."""
_LOWEST = -90

Voiced = Callable[[np.random.Generator, str, Path], Wave]
_SPEAKING: tuple[Voiced, ...] = (speaking.alone, speaking.turns, speaking.gated, speaking.far, speaking.in_noise)
SPEECH = {one.__name__: one for one in (*_SPEAKING, speaking.two, waiting.after_hold)}
RECORDED = {waiting.announced.__name__: waiting.announced}
"""A voice, but nobody."""
SOUNDS: dict[str, Callable[[np.random.Generator, str], Wave]] = {
    one.__name__: one
    for one in (
        *(music.chords, music.arpeggio, music.drums, music.drum_and_pluck, music.melody, music.piano),
        *(music.orchestra, music.band, music.techno, music.hold),
        *(noises.chime, noises.ringing, noises.marimba, noises.beeps, noises.dial_tone, noises.steady_noise),
        *(noises.fan, noises.typing, noises.knocks, noises.applause, noises.silence),
    )
}


OTHERS = (*SOUNDS, *RECORDED)
_LENGTHS = dict.fromkeys((*RECORDED, "after_hold"), waiting.LENGTH)
_BEGINS = {"after_hold": LEAD + waiting.COMES}


@dataclass(frozen=True, slots=True)
class Clip:
    """One sound of the set. `begins` is the tenth of a second in which the speech begins, None where there is none."""

    set: str
    kind: str
    number: int
    begins: int | None
    levels: tuple[float, ...]


def make(set_: str, kind: str, number: int) -> Wave:
    """One sound, the same each time."""
    random = np.random.default_rng(zlib.crc32(f"{set_} {kind} {number}".encode()))
    if kind in SOUNDS:
        sound = SOUNDS[kind](random, set_)
    else:
        with tempfile.TemporaryDirectory() as folder:
            sound = (SPEECH | RECORDED)[kind](random, set_, Path(folder))
    return part.fit(np.concatenate([part.quiet(LEAD), sound]), LEAD + _LENGTHS.get(kind, speaking.LENGTH))


def clips(file: Path = FILE) -> Iterator[Clip]:
    """The set as it is kept."""
    for line in file.read_text("ascii").splitlines():
        set_, kind, number, begins, told = line.split("|")
        heard = tuple(float(_LOWEST + ord(one) - ord(" ")) if one != " " else -120.0 for one in told)
        yield Clip(set_, kind, int(number), None if begins == "-" else int(begins), heard)


def line(set_: str, kind: str, number: int) -> str:
    """A sound as it is kept."""
    begins = _BEGINS.get(kind, LEAD) if kind in SPEECH else None
    return kept(set_, kind, number, begins, part.levels(make(set_, kind, number)))


def kept(set_: str, kind: str, number: int, begins: float | None, heard: list[float]) -> str:
    """Levels as they are kept; the speech begins after so many seconds."""
    letters = "".join(chr(ord(" ") + max(0, round(level) - _LOWEST)) for level in heard)
    return "|".join([set_, kind, str(number), "-" if begins is None else str(round(begins * 10)), letters])


if __name__ == "__main__":
    kinds = [*SPEECH, *OTHERS]
    lines = [line(set_, kind, number) for set_, many in SETS.items() for kind in kinds for number in range(many)]
    FILE.write_text("\n".join(lines) + "\n", "ascii")
    sys.stdout.write(f"{len(lines)} sounds\n")
