"""An idle daemon: the next interview is days away. Its memory, CPU and wake-ups, beside bare imports."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.harness import plain, tell
from benchmarks.home import Home
from benchmarks.living import daemon, desktop, plan
from benchmarks.report import Goal, Section
from benchmarks.size import Size
from showup.clock import SystemClock

_MB, _CPU, _WAKES = 60.0, 2.0, 4.0
_BARE = "import apscheduler.schedulers.background, sqlalchemy, sys; print(flush=True); sys.stdin.read()"
_AHEAD = timedelta(days=3)
_MEMORY = "/dev/shm"
"""Where the runtime folder lies in memory, as that of a session does: what is written there waits for no disk."""


def measure(size: Size, folder: Path) -> Iterator[Section]:
    """Two daemons at once, one that made its record just now and one that found it, and the bare imports."""
    tell(f"(an idle daemon is watched for {size.idle_minutes:g} minutes)")
    with desktop(folder / "desktop") as (address, _), TemporaryDirectory(dir=_MEMORY) as runtime:
        home = Home(folder / "idle", more=address | {"XDG_RUNTIME_DIR": runtime})
        plan(home, [SystemClock().now() + _AHEAD])
        with daemon(home) as first:
            new = Memory.of(first.pid)
        with daemon(home) as process:
            began = Used.of(process.pid)
            time.sleep(60 * size.idle_minutes)
            used, memory = Used.of(process.pid).since(began), Memory.of(process.pid)
    yield _section(new, memory, used, _bare(), size.idle_minutes)


def _section(new: "Memory", memory: "Memory", used: "Used", bare: "Memory", minutes: float) -> Section:
    hourly, wakes = used.cpu * 60 / minutes, used.wakes / minutes
    rows = [
        ("the daemon, started on its record", *memory.cells, f"{hourly:.2f}", f"{wakes:.1f}"),
        ("the same, when it had just made its record", *new.cells, "", ""),
        ("bare imports of apscheduler and sqlalchemy", *bare.cells, "", ""),
    ]
    worst = max(memory.rss, new.rss)
    goals = [
        Goal(
            "idle daemon, memory", f"{worst:.0f} MB", f"bare imports {bare.rss:.0f} MB", f"≤ {_MB:g} MB", worst <= _MB
        ),
        Goal("idle daemon, CPU an hour", f"{hourly:.2f} s", "–", f"≤ {_CPU:g} s", hourly <= _CPU),
        Goal("idle daemon, wake-ups a minute", f"{wakes:.1f}", "–", f"≤ {_WAKES:g}", wakes <= _WAKES),
    ]
    note = (
        f"Watched for {minutes:g} minutes, with a desktop, one `.ics` file and nothing to do; CPU is reckoned up to an "
        "hour. Wake-ups are the voluntary context switches of all threads. The goal is held against RSS, which counts "
        "what is shared with other programs as well; PSS counts its share of that."
    )
    return Section(
        "The idle daemon", ("", "RSS MB", "PSS MB", "CPU seconds an hour", "wake-ups a minute"), rows, goals, note
    )


@dataclass(frozen=True)
class Memory:
    """Megabytes."""

    rss: float
    pss: float

    @classmethod
    def of(cls, pid: int) -> "Memory":
        told = _fields(Path(f"/proc/{pid}/smaps_rollup"))
        return cls(*(int(told[name].split()[0]) / 1024 for name in ("Rss", "Pss")))

    @property
    def cells(self) -> tuple[str, str]:
        return f"{self.rss:.0f}", f"{self.pss:.0f}"


@dataclass(frozen=True)
class Used:
    """CPU seconds to the nanosecond, and voluntary context switches, of all threads that live."""

    cpu: float
    wakes: int

    @classmethod
    def of(cls, pid: int) -> "Used":
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        cpu = sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9
        return cls(cpu, sum(int(_fields(thread / "status")["voluntary_ctxt_switches"]) for thread in threads))

    def since(self, before: "Used") -> "Used":
        return Used(self.cpu - before.cpu, self.wakes - before.wakes)


def _fields(file: Path) -> Mapping[str, str]:
    return {name: rest.strip() for name, _, rest in (line.partition(":") for line in file.read_text().splitlines())}


def _bare() -> Memory:
    """Python with the two libraries imported, and nothing done with them."""
    command = [sys.executable, "-c", _BARE]
    with subprocess.Popen(command, env=plain(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        found = Memory.of(process.pid)
        process.communicate(b"")
    return found
