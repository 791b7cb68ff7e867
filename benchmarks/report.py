"""What was measured, as a document."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("apscheduler", "google-api-python-client", "icalendar", "recurring-ical-events", "sqlalchemy")


@dataclass(frozen=True)
class Goal:
    """A line of the summary: what was measured, beside what, the goal in words, and whether it is met."""

    what: str
    measured: str
    beside: str
    goal: str
    met: bool

    @property
    def cells(self) -> tuple[str, ...]:
        return self.what, self.measured, self.beside, self.goal, "yes" if self.met else "**no**"


@dataclass(frozen=True)
class Section:
    """A part of the document: a table with its figures, what should be known of them, and the goals it speaks of."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    goals: Sequence[Goal] = ()
    note: str = ""

    @property
    def text(self) -> str:
        note = f"{self.note}\n\n" if self.note else ""
        return f"## {self.title}\n\n{note}{table(self.head, self.rows)}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def document(sections: Sequence[Section], *, peers: Sequence[str], rounds: int) -> str:
    """The whole of it."""
    goals = table(
        ("what", "measured", "beside", "goal", "met"), (goal.cells for part in sections for goal in part.goals)
    )
    parts = "\n".join(part.text for part in sections)
    return f"# How fast, and how small\n\n{_how(peers, rounds)}\n\n{goals}\n{parts}"


def _how(peers: Sequence[str], rounds: int) -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    load = os.getloadavg()[0]
    return (
        f"Made by `make bench` in one run, on {_processor()} ({os.cpu_count()} cores), {platform.system()} "
        f"{platform.release().partition('-')[0]}, Python {platform.python_version()}; load at the end {load:.1f}.\n"
        f"Medians of {rounds} runs of whole programs, in turn (A B A B), unless said otherwise. Other machines give "
        f"other seconds: the ratios count, and of them those of CPU time, which a busy machine changes least.\n\n"
        f"Beside it ran {', '.join(peers)}. It uses {libraries}."
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
