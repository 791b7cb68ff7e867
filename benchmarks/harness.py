"""Programs measured as wholes, in turn: A B A B, so that what else the machine does meets all of them alike.

hyperfine and pyperf measure one program after the other, and the latter knows no CPU time of other programs.
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_CLOCKED = Path(__file__).with_name("clocked.py")
_TROUBLING = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONHASHSEED", "PYTHONPATH", "NO_COLOR", "SHOWUP_HOME")
"""What a tester's shell may have set, and a person's has not."""


@dataclass(frozen=True)
class Taken:
    """What one run took: seconds by the clock, seconds of CPU, megabytes at the peak."""

    seconds: float
    cpu: float
    mb: float


@dataclass(frozen=True)
class Program:
    """A command line, and what its environment has beside the usual."""

    command: Sequence[str]
    env: Mapping[str, str]

    def run(self) -> Taken:
        """Run it to its end. What it prints is not looked at; that it failed is an error."""
        command = [sys.executable, "-I", "-S", str(_CLOCKED), *self.command]
        done = subprocess.run(command, env=plain() | dict(self.env), capture_output=True, text=True, check=True)
        code, *figures = json.loads(done.stdout)
        if code:
            raise RuntimeError(f"{' '.join(self.command)}: {done.stderr[-500:]}")
        return Taken(*figures)


def plain() -> dict[str, str]:
    """The environment without what would make Python another one."""
    return {name: value for name, value in os.environ.items() if name not in _TROUBLING}


def in_turn(programs: Mapping[str, Program], rounds: int) -> dict[str, Taken]:
    """The medians of so many rounds, after one that is not counted (it compiles, and fills the disk's cache)."""
    for program in programs.values() if rounds > 1 else ():
        program.run()
    runs: dict[str, list[Taken]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, program in programs.items():
            runs[name].append(program.run())
    return {name: middle(several) for name, several in runs.items()}


def middle(runs: Sequence[Taken]) -> Taken:
    """The median of each figure."""
    return Taken(*(statistics.median(getattr(run, one.name) for run in runs) for one in fields(Taken)))


def part(module: str, *arguments: object, **env: str) -> Any:  # noqa: ANN401 - whatever the part prints
    """What a module of this folder prints as JSON, run as a program of its own."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=plain() | env, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def peak_mb() -> float:
    """The most that this process weighed. (What getrusage tells counts its parent as well.)"""
    status = Path("/proc/self/status").read_text("utf-8").split()
    return int(status[status.index("VmHWM:") + 1]) / 1024


def tell(line: str) -> None:
    """Say what is being done; the figures go into the file."""
    print(line, file=sys.stderr, flush=True)
