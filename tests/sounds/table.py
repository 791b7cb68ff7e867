"""How well the ear tells the sounds of the set: `python -m tests.sounds.table held` prints what docs/sound.md shows."""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from showup.core.evidence import Sign
from showup.detectors.sound.ear import Ear
from tests.sounds.make import OTHERS, SPEECH, Clip, clips

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class Table:
    """For each kind how many there were, and in how many somebody was said to speak."""

    of: Counter[str] = field(default_factory=Counter)
    heard: Counter[str] = field(default_factory=Counter)
    wrong_by: list[float] = field(default_factory=list)
    """Seconds between where the speech began and where it was said to."""
    after: list[float] = field(default_factory=list)
    """Seconds from there until it was said."""

    @property
    def missed(self) -> int:
        return sum(self.of[kind] - self.heard[kind] for kind in SPEECH)

    @property
    def false_alarms(self) -> int:
        return sum(self.heard[kind] for kind in OTHERS)


def first_words(levels: Iterable[float]) -> tuple[float, float] | None:
    """When they began to speak, and when that was said: in seconds."""
    ear = Ear()
    for place, level in enumerate(levels):
        at = BEGIN + timedelta(seconds=place / 10)
        told = ear.hear(at, level)
        if told and told[0] is Sign.THEY_IN:
            return (told[1] - BEGIN).total_seconds(), (at - BEGIN).total_seconds()
    return None


def table(chosen: Iterable[Clip]) -> Table:
    made = Table()
    for clip in chosen:
        made.of[clip.kind] += 1
        told = first_words(clip.levels)
        made.heard[clip.kind] += told is not None
        if told and clip.begins is not None:
            made.wrong_by.append(abs(told[0] - clip.begins / 10))
            made.after.append(told[1] - clip.begins / 10)
    return made


if __name__ == "__main__":
    made = table(clip for clip in clips() if clip.set == sys.argv[1])
    for kind, count in made.of.items():
        sys.stdout.write(f"| {kind} | {'speech' if kind in SPEECH else 'other'} | {made.heard[kind]} of {count} |\n")
    for name, figures in (("wrong by", sorted(made.wrong_by)), ("said after", sorted(made.after))):
        middle, most = figures[len(figures) // 2], figures[-1]
        sys.stdout.write(
            f"{name}: {middle:.1f} s (median), {figures[int(0.9 * len(figures))]:.1f} (90 %), {most:.1f}\n"
        )
