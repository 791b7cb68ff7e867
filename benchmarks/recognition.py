"""How many events a second are recognised: `python -m benchmarks.recognition N` prints it for both mixes."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from benchmarks.harness import ROOT, part
from benchmarks.report import Goal, Section
from benchmarks.size import Size
from showup.core.event import Event
from showup.core.recognition.result import Memory
from showup.formats.google import event
from showup.wiring import recognise

_CORPUS = ("tuned.jsonl", "held-out.jsonl")
Pair = tuple[Event, frozenset[str]]
_LEAST = 5_000
_OTHERS = 6
"""Events beside each interview in a calendar as people have it."""


def measure(size: Size, _: Path) -> Iterator[Section]:
    """The corpus as it is, and a calendar as people have it."""
    rows, goals = [], []
    for name, speed in part("recognition", size.recognised).items():
        rows.append((name, f"{speed:,.0f}", f"{1e6 / speed:.0f}"))
        goals.append(
            Goal(f"recognition, {name}", f"{speed:,.0f} events a second", "–", f"≥ {_LEAST:,}", speed >= _LEAST)
        )
    note = "CPU seconds of one process, after the files are read; the median of five rounds."
    yield Section("Recognition", ("", "events a CPU second", "µs each"), rows, goals, note)


def _corpus() -> tuple[list[Pair], list[Pair]]:
    """Interviews, and all others, each with its owner."""
    lines = [json.loads(line) for name in _CORPUS for line in (ROOT / "tests/corpus" / name).open(encoding="utf-8")]
    found: tuple[list[Pair], list[Pair]] = ([], [])
    for line in lines:
        found[0 if line["label"]["interview"] else 1].append((event(line["event"]), frozenset(line["owner"])))
    return found


def _speed(events: Sequence[Pair]) -> float:
    memory, speeds = Memory(), []
    for _ in range(5):
        begun = time.process_time()
        for one, owner in events:
            recognise(one, owner, memory)
        speeds.append(len(events) / (time.process_time() - begun))
    return sorted(speeds)[len(speeds) // 2]


def main(count: int) -> None:
    interviews, others = _corpus()
    recognise(*interviews[0], Memory())  # which reads the languages
    both = [*interviews, *others]
    whole = both * (count // len(both)) or both[:count]  # all of it each time, or there would be too many interviews
    mixed = (pair for several in zip(cycle(interviews), *[cycle(others)] * _OTHERS, strict=False) for pair in several)
    speeds = {
        f"the corpus, {100 * len(interviews) // (len(interviews) + len(others))} % of it interviews": _speed(whole),
        f"a calendar in which one of {_OTHERS + 1} is an interview": _speed(list(islice(mixed, count))),
    }
    print(json.dumps(speeds))


if __name__ == "__main__":
    main(int(sys.argv[1]))
