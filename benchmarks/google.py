"""Reading a Google calendar, beside Google's client alone (pages as they come, and nothing made of them)."""

import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.google_pages import Pages
from benchmarks.google_readers import ALONE, OURS, READERS
from benchmarks.harness import part
from benchmarks.report import Goal, Section
from benchmarks.size import Size

_MOST = 1.3


def measure(size: Size, _: Path) -> Iterator[Section]:
    """The first reading, one change, and no change."""
    runs: dict[str, list[Any]] = {reader: [] for reader in READERS}
    with Pages(size.google) as server:
        for _round in range(min(size.rounds, 5)):
            for reader, several in runs.items():
                several.append(part("google_readers", reader, server.address))
    rows = [_row(reader, several) for reader, several in runs.items()]
    first = _cpu(runs[OURS], "first") / _cpu(runs[ALONE], "first")
    requests = max(runs[OURS][0]["readings"][reading]["requests"] for reading in ("one change", "no change"))
    goals = [
        Goal(
            f"Google, first reading of {size.google:,} events",
            f"{_cpu(runs[OURS], 'first'):.2f} s CPU ({first:.2f} ×)",
            f"{ALONE} {_cpu(runs[ALONE], 'first'):.2f} s",
            f"≤ {_MOST:g} ×",
            first <= _MOST,
        ),
        Goal(
            "Google, one change",
            f"{1000 * _cpu(runs[OURS], 'one change'):.1f} ms CPU, {requests} request",
            f"{ALONE} {1000 * _cpu(runs[ALONE], 'one change'):.1f} ms",
            "one request",
            requests == 1,
        ),
    ]
    head = ("", "first, CPU s", "one change, CPU ms", "no change, CPU ms", "requests", "found", "peak MB")
    note = (
        f"{size.google:,} events on {len(server.whole)} pages. The client hands over what JSON holds. showup reads "
        "each event, checked and bounded, into what the rules know, and works out the occurrences of each series: "
        "that is most of its time, once for each calendar. Doing it in Python takes several times as long as the JSON."
    )
    yield Section("Google Calendar", head, rows, goals, note)


def _cpu(runs: Sequence[Any], reading: str) -> float:
    return statistics.median(float(run["readings"][reading]["cpu"]) for run in runs)


def _row(reader: str, runs: Sequence[Any]) -> tuple[str, ...]:
    requests = " + ".join(str(one["requests"]) for one in runs[0]["readings"].values())
    changed, quiet = (f"{1000 * _cpu(runs, reading):.1f}" for reading in ("one change", "no change"))
    memory = statistics.median(run["mb"] for run in runs)
    return reader, f"{_cpu(runs, 'first'):.2f}", changed, quiet, requests, f"{runs[0]['found']:,}", f"{memory:.0f}"
