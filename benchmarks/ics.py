"""Reading .ics calendars, beside icalendar + recurring-ical-events and beside reading the bytes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.harness import Taken, middle, part
from benchmarks.ics_events import written
from benchmarks.ics_readers import BYTES, LIBRARIES, OURS, READERS, WINDOWS
from benchmarks.report import Goal, Section
from benchmarks.size import Size

_HEAD = ("", "seconds", "CPU seconds", "of showup's CPU", "peak MB", "occurrences")
_FASTER, _MB = 9.0, 80.0
_SLOW = 20_000
"""Above so many events the libraries, which take a minute then, read once."""
_GOAL_WINDOW = "14 days"


def measure(size: Size, folder: Path) -> Iterator[Section]:
    """Each size and each window."""
    for count in size.events:
        path = written(count, folder)
        for window in WINDOWS:
            yield _section(path, count, window, min(size.rounds, 5))


def _section(path: Path, count: int, window: str, rounds: int) -> Section:
    runs: dict[str, list[Any]] = {reader: [] for reader in READERS}
    for turn in range(rounds):
        for reader, several in runs.items():
            if turn == 0 or reader != LIBRARIES or count <= _SLOW:
                several.append(part("ics_readers", reader, path, window))
    taken = {
        reader: middle([Taken(one["seconds"], one["cpu"], one["mb"]) for one in several])
        for reader, several in runs.items()
    }
    first = {reader: several[0] for reader, several in runs.items()}
    same = first[OURS]["which"] == first[LIBRARIES]["which"]
    rows = [_row(reader, took, taken[OURS], first[reader]["count"]) for reader, took in taken.items()]
    megabytes = path.stat().st_size / 1e6
    title = f".ics: {count:,} events ({megabytes:.0f} MB), window of {window}"
    note = "" if window == _GOAL_WINDOW else "This is the window that the daemon reads: 7 days back, 120 ahead."
    goals = [_goal(count, taken, same=same)] if window == _GOAL_WINDOW else []
    return Section(title, _HEAD, rows, goals, note)


def _row(reader: str, took: Taken, ours: Taken, count: int) -> tuple[str, ...]:
    found = "–" if reader == BYTES else f"{count:,}"
    return reader, f"{took.seconds:.2f}", f"{took.cpu:.2f}", f"{took.cpu / ours.cpu:.2f}", f"{took.mb:.0f}", found


def _goal(count: int, taken: dict[str, Taken], *, same: bool) -> Goal:
    ours, libraries = taken[OURS], taken[LIBRARIES]
    bare = taken[BYTES].cpu
    faster = libraries.cpu / ours.cpu
    found = "same occurrences" if same else "**other occurrences**"
    return Goal(
        f".ics, {_GOAL_WINDOW}, {count:,} events",
        f"{ours.cpu:.2f} s CPU, {ours.mb:.0f} MB, {found}",
        f"{LIBRARIES} {libraries.cpu:.2f} s ({faster:.1f} ×), {libraries.mb:.0f} MB; the bytes {bare:.2f} s",
        f"≥ {_FASTER:g} × faster, ≤ {_MB:g} MB",
        faster >= _FASTER and ours.mb <= _MB and same,
    )
