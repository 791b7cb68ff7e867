"""Small pieces that the sounds are made of: arrays of -1..1 at 16 kHz."""

import subprocess
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Wave = NDArray[np.float64]
HZ = 16_000


def seconds(length: float) -> Wave:
    """The moments of so many seconds."""
    return np.arange(int(length * HZ)) / HZ


def quiet(length: float) -> Wave:
    return np.zeros(int(length * HZ))


def fade(sound: Wave, rise: float, fall: float) -> Wave:
    """With a start and an end of so many seconds."""
    out = sound.copy()
    up, down = min(len(out), int(rise * HZ)), min(len(out), int(fall * HZ))
    out[:up] *= np.linspace(0, 1, up)
    out[len(out) - down :] *= np.linspace(1, 0, down)
    return out


def tone(pitch: float, length: float, timbre: tuple[float, ...] = (1.0,)) -> Wave:
    """A steady tone with overtones."""
    at = seconds(length)
    return np.asarray(sum(part * np.sin(2 * np.pi * pitch * (n + 1) * at) for n, part in enumerate(timbre)))


def struck(pitch: float, length: float, decay: float, timbre: tuple[float, ...] = (1.0, 0.5, 0.25)) -> Wave:
    """A plucked or struck tone that dies away, `decay` seconds to a third."""
    return fade(tone(pitch, length, timbre) * np.exp(-seconds(length) / decay), 0.003, 0.01)


def noise(random: np.random.Generator, length: float, colour: float = 0.0) -> Wave:
    """White (0), pink (0.5) or brown (1) noise."""
    count = int(length * HZ)
    spectrum = np.fft.rfft(random.standard_normal(count))
    steps = np.maximum(np.fft.rfftfreq(count, 1 / HZ), 20)
    return np.fft.irfft(spectrum / (steps / 20) ** colour, count)


def put(onto: Wave, sound: Wave, at: float) -> None:
    """Add `sound` at a moment; what would come after the end is left out."""
    start = int(at * HZ)
    part = sound[: max(0, len(onto) - start)]
    onto[start : start + len(part)] += part


def loud(sound: Wave, level: float) -> Wave:
    """At a peak of `level` dB of full scale."""
    top = float(np.abs(sound).max(initial=0.0))
    return sound if top == 0 else sound / top * 10 ** (level / 20)


def fit(sound: Wave, length: float) -> Wave:
    """Cut or filled with silence to a length."""
    count = int(length * HZ)
    return np.concatenate([sound[:count], np.zeros(max(0, count - len(sound)))])


def read(file: Path) -> Wave:
    with wave.open(str(file)) as opened:
        raw = np.frombuffer(opened.readframes(opened.getnframes()), dtype="<i2")
        return np.asarray(raw.reshape(-1, opened.getnchannels())[:, 0] / 32768.0)


def write(file: Path, sound: Wave) -> None:
    with wave.open(str(file), "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(HZ)
        opened.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


def sox(sound: Wave, folder: Path, *effects: str) -> Wave:
    """The sound after effects of sox, which is made to be repeatable."""
    before = folder / "before.wav"
    write(before, sound)
    return sox_file(before, folder, *effects)


def sox_file(before: Path, folder: Path, *effects: str) -> Wave:
    """The same for a file of any format and rate."""
    after = folder / "after.wav"
    subprocess.run(
        ["sox", "-R", "-D", str(before), "-r", str(HZ), "-b", "16", "-c", "1", str(after), *effects],
        check=True,
        timeout=30,
    )
    return read(after)


def levels(sound: Wave) -> list[float]:
    """The loudest moment of each tenth of a second in dB of full scale: what the sound server tells of it."""
    step = HZ // 10
    peaks = np.abs(sound[: len(sound) // step * step].reshape(-1, step)).max(axis=1)
    return [float(level) for level in 20 * np.log10(np.maximum(peaks, 1e-6))]


def apart(some: list[float], others: list[float]) -> float:
    """How far two series of levels are apart in dB (median), where they fit best: neither begins on the dot."""
    length = min(len(some), len(others)) - 20
    shifted = (np.abs(np.subtract(some[on : on + length], others[10 : 10 + length])) for on in range(20))
    return min(float(np.median(differences)) for differences in shifted)
