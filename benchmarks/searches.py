"""How many rehearsed job searches a core plays a second: `python -m benchmarks.searches N` prints seconds of each."""

import json
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.harness import part
from benchmarks.report import Goal, Section
from benchmarks.size import Size
from showup import wiring
from showup.rehearsal.search import random_story
from showup.rehearsal.story import read

_LEAST, _USUAL = 10.0, 12


def measure(size: Size, _: Path) -> Iterator[Section]:
    """A week each, on a virtual clock, through the real flow and a real database."""
    played = part("searches", size.searches)
    seconds = statistics.median(one["seconds"] for one in played)
    interviews = statistics.median(one["interviews"] for one in played)
    dozen = statistics.median(_USUAL * one["seconds"] / max(1, one["interviews"]) for one in played)
    rows = [
        ("as they come", f"{interviews:.0f}", f"{1000 * seconds:.0f}", f"{1 / seconds:.1f}"),
        ("for a dozen interviews", f"{_USUAL}", f"{1000 * dozen:.0f}", f"{1 / dozen:.1f}"),
    ]
    goal = Goal("rehearsed weeks", f"{1 / dozen:.1f} a CPU second", "–", f"≥ {_LEAST:g}", 1 / dozen >= _LEAST)
    note = (
        f"Medians of {size.searches} random weeks in one process, the first of which is not counted. Three of four go "
        "wrong in many ways. A dozen interviews are some 120 beats of the daemon's own flow, with 175 transactions "
        "and 1,800 statements: less than a millisecond a beat. Looking through the calendar takes a fifth of it, "
        "judging another, SQLite a sixth, the notices a seventh; no function takes more than a few hundredths."
    )
    yield Section("Rehearsed job searches of a week", ("", "interviews", "CPU ms", "a second"), rows, [goal], note)


def main(count: int) -> None:
    figures = []
    for seed in range(count + 1):
        story = read(random_story(seed, days=7, faults=seed % 4 != 0))
        begun = time.process_time()
        found = wiring.rehearse(story)
        seconds = time.process_time() - begun
        figures.append({"seconds": seconds, "interviews": len(found["appointments"])})
    print(json.dumps(figures[1:]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
