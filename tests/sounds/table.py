"""How well the ear tells the sounds of the set: `python -m tests.sounds.table held` prints what docs/sound.md shows."""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat

from showup.core.evidence import Sign
from showup.detectors.sound.ear import Ear
from showup.detectors.sound.speech import SILENCE
from tests.sounds.make import FILE, FRESH, Clip, clips

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_AFTER = 300


@dataclass
class Table:
    """For each kind how many there were, and in how many somebody was said to speak."""

    of: Counter[str] = field(default_factory=Counter)
    spoken: set[str] = field(default_factory=set)
    """The kinds in which somebody speaks."""
    heard: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    """In so many it could not be told to the end; where somebody was said to speak none of this counts."""
    too_early: int = 0
    """So often somebody was said to speak before anybody did, in a sound in which somebody did."""
    wrong_by: list[float] = field(default_factory=list)
    """Seconds between where the speech began and where it was said to."""
    after: list[float] = field(default_factory=list)
    """Seconds from there until it was said."""

    @property
    def missed(self) -> int:
        """How many speakers were said to be nobody."""
        return sum(self.of[kind] - self.heard[kind] - self.unknown[kind] for kind in self.spoken) - self.too_early

    @property
    def false_alarms(self) -> int:
        return sum(self.heard[kind] for kind in self.of if kind not in self.spoken) + self.too_early

    def cell(self, kind: str) -> str:
        """As docs/sound.md shows it."""
        unknown = f", {self.unknown[kind]} unknown" if self.unknown[kind] else ""
        return f"{self.heard[kind]} of {self.of[kind]}{unknown}"


def listened(levels: Iterable[float]) -> tuple[tuple[float, float] | None, bool]:
    """When they began to speak and when that was said, in seconds; and whether it was ever unsure.

    After the sound there is silence for as long as anything could be said of it.
    """
    ear, unsure = Ear(), False
    for place, level in enumerate(chain(levels, repeat(SILENCE, _AFTER))):
        at = BEGIN + timedelta(seconds=place / 10)
        told = ear.hear(at, level)
        unsure |= ear.unsure
        if told and told[0] is Sign.THEY_IN:
            return ((told[1] - BEGIN).total_seconds(), (at - BEGIN).total_seconds()), unsure
    return None, unsure


def table(chosen: Iterable[Clip]) -> Table:
    made = Table()
    for clip in chosen:
        made.of[clip.kind] += 1
        told, unsure = listened(clip.levels)
        begins = clip.begins / 10 if clip.begins is not None else None
        if begins is not None:
            made.spoken.add(clip.kind)
        if told and begins is not None and told[1] < begins:
            made.too_early += 1
        elif told:
            made.heard[clip.kind] += 1
            if begins is not None and not unsure:
                made.wrong_by.append(abs(told[0] - begins))
                made.after.append(told[1] - begins)
        else:
            made.unknown[clip.kind] += unsure
    return made


if __name__ == "__main__":
    made = table(clip for file in (FILE, FRESH) for clip in clips(file) if clip.set == sys.argv[1])
    for kind in made.of:
        sys.stdout.write(f"| {kind} | {'speech' if kind in made.spoken else 'other'} | {made.cell(kind)} |\n")
    sys.stdout.write(f"missed {made.missed}, false alarms {made.false_alarms}, of these too early {made.too_early}\n")
    for name, figures in (("wrong by", sorted(made.wrong_by)), ("said after", sorted(made.after))):
        middle, most = figures[len(figures) // 2], figures[-1]
        sys.stdout.write(
            f"{name}: {middle:.1f} s (median), {figures[int(0.9 * len(figures))]:.1f} (90 %), {most:.1f}\n"
        )
