"""What the fresh sounds are made from: recordings that lie in packages, and programs that read aloud."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.sounds import wave_parts as part
from tests.sounds.wave_parts import Wave

_TALKS = ("conf-", "vm-", "demo-", "privacy-", "agent-", "dir-", "priv-", "screen-", "spy-")
_ASKS = ("queue-thankyou", "queue-youarenext", "queue-periodic-announce", "conf-onlyperson", "conf-waitforleader")
_ENGLISH = (
    "Hi there, sorry, give me one second to close the door. Right. So, we have about forty minutes.",
    "Let me tell you how this works. I ask about three things, and at the end you ask whatever you like.",
    "First of all, why this job? And please be frank, we have heard every answer there is.",
    "That is interesting. When it broke at night, who was called, and what did you look at first?",
    "I see. We run everything on two sites, and moving between them takes longer than it should.",
)


class Studio:
    """What a sound is made from: chance, a folder to work in, and where the recordings lie."""

    def __init__(self, random: np.random.Generator, folder: Path, root: Path) -> None:
        self.random, self.folder, self._share = random, folder, root / "usr/share"

    def files(self, pattern: str) -> list[Path]:
        return sorted(self._share.glob(pattern))

    def one(self, pattern: str) -> Path:
        found = self.files(pattern)
        return found[int(self.random.integers(0, len(found)))]

    def between(self, low: float, high: float) -> float:
        return float(self.random.uniform(low, high))

    def cut(self, file: Path, length: float, *effects: str) -> Wave:
        """So much of a recording, from anywhere in it; a short one from its beginning."""
        told = subprocess.run(["soxi", "-D", str(file)], check=True, capture_output=True, timeout=30).stdout
        start = self.between(0, max(0.0, float(told) - length - 1))
        return part.loud(part.sox_file(file, self.folder, "trim", str(start), str(length), *effects), 0)

    def done(self, sound: Wave, low: float = -24, high: float = -2) -> Wave:
        return part.loud(sound, self.between(low, high))

    def spoken(self, *command: str) -> Wave:
        """What a program that reads aloud writes into a file."""
        file = self.folder / "said.wav"
        subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=60)
        heard = part.sox_file(file, self.folder)
        loud = np.flatnonzero(np.abs(heard) > 0.01)
        return np.asarray(heard[loud[0] : loud[-1]] / np.abs(heard).max())

    def person(self) -> Callable[[float], Wave]:
        """A real voice: gives so many seconds of sentences that it said, with short pauses between."""
        sentences = [one for one in sorted(self._voice().glob("*.wav")) if one.name.startswith(_TALKS)]

        def say(length: float) -> Wave:
            said = [part.quiet(0)]
            while sum(map(len, said)) < length * part.HZ:
                sentence = part.sox_file(sentences[int(self.random.integers(0, len(sentences)))], self.folder)
                said += [part.loud(sentence, -self.between(0, 4)), part.quiet(self.between(0.1, 0.8))]
            whole = np.concatenate(said)
            first = int(np.flatnonzero(np.abs(whole) > 0.02)[0])
            return whole[first : first + int(length * part.HZ)]

        return say

    def asking(self) -> list[Path]:
        """What one voice asks of those who wait."""
        voice = self._voice()
        return [voice / f"{name}.wav" for name in _ASKS]

    def reader(self) -> Callable[[float], Wave]:
        """A voice of flite, with a pace of its own."""
        voice, pace = str(self.random.choice(["awb", "rms", "slt", "kal16"])), self.between(0.8, 1.25)

        def say(length: float) -> Wave:
            text = " ".join(_ENGLISH[int(place)] for place in self.random.permutation(len(_ENGLISH)))
            said = self.spoken("flite", "-voice", voice, "--setf", f"duration_stretch={pace:.2f}", "-t", text, "-o")
            return said[: int(length * part.HZ)]

        return say

    def _voice(self) -> Path:
        """A folder of what one person said."""
        return self.one("asterisk/sounds/??_??_*")
