"""Every reader on hostile text: each case that was ever found, and some new ones, made as the long run makes them.

`make fuzz` runs for hours, guided by what code is reached. Here it is seconds, and the same ones each time.
"""

import os
import sys
import time
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.mutate import mutated
from tests.fuzz.targets import targets

TARGETS = targets()
HOSTILE = Path(__file__).parents[1] / "hostile"
CASES = sorted(path for path in HOSTILE.glob("*/*") if path.is_file())
ROUNDS = int(os.environ.get("SHOWUP_EXAMPLES", "60"))
LONG = 2 if sys.gettrace() is None else 10  # seconds; measuring coverage takes its time
KEPT = 20


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_was_found_stays_mended(case: Path) -> None:
    checked(case.parent.name, case.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_new_hostile_texts(name: str) -> None:
    target = TARGETS[name]
    texts = [target.good, "\n".join(target.pieces).encode("utf-8", "replace")]
    for number in range(ROUNDS):
        chance = Random(number)  # noqa: S311 - the same each time
        texts.append(mutated(chance.choice(texts[-KEPT:]), target.pieces, chance))
        checked(name, texts[-1])


def checked(name: str, text: bytes) -> None:
    begun = time.process_time()
    TARGETS[name].check(text)
    assert time.process_time() - begun < LONG
