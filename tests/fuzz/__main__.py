"""A long run, guided by what code is reached: `python -m tests.fuzz TARGET [an option of libFuzzer …]`.

Finds are written as files; one that is mended goes into `tests/hostile/TARGET`, where a test replays it.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["showup", "icalendar", "recurring_ical_events", "dateutil", "tomllib"]):
    from tests.fuzz.targets import Target, targets

from tests.fuzz.mutate import mutated

SLOW = 2.0
"""Seconds of computing; it goes several times slower when what is reached is counted."""
SLOWER = 3
OWN = 0.8
"""How often a text is changed by its lines, and not by its bytes."""
HOSTILE = Path(__file__).parents[1] / "hostile"
USUAL = ("-timeout=30", "-rss_limit_mb=600", "-max_len=20000", "-print_final_stats=1")


def watched(target: Target) -> Callable[[bytes], None]:
    """The check, with its time."""

    def check(data: bytes) -> None:
        begun = time.process_time()
        target.check(data)
        took = time.process_time() - begun
        assert took < SLOW * SLOWER, f"it took {took:.1f} s"

    return check


def main() -> None:
    """Fuzz one target until something is found or the time is over."""
    name, *options = sys.argv[1:]
    target = targets()[name]
    seeds, grown = HOSTILE / name, Path(".fuzz") / name
    grown.mkdir(parents=True, exist_ok=True)
    (grown / "good").write_bytes(target.good)

    def change(data: bytes, longest: int, seed: int) -> bytes:
        chance = Random(seed)  # noqa: S311 - to be repeated, not to be secret
        if chance.random() < OWN:
            return mutated(data, target.pieces, chance)[:longest]
        return bytes(atheris.Mutate(data, longest))

    found = f"-artifact_prefix={grown}/../{name}-"
    atheris.Setup(
        [sys.argv[0], *USUAL, found, *options, str(grown), *([str(seeds)] if seeds.is_dir() else [])],
        watched(target),
        custom_mutator=change,
    )
    atheris.Fuzz()


main()
