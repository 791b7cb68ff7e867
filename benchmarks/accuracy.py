"""From the moment a checkpoint is due to the moment its notice is on the screen, with a real daemon."""

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.harness import tell
from benchmarks.home import SETTINGS, Home
from benchmarks.living import daemon, desktop, plan
from benchmarks.report import Goal, Section
from benchmarks.size import Size
from showup.clock import SystemClock
from showup.core.notice import Kind
from showup.store.database import Database

_MOST = 1.0
_SETTINGS = """
[checkpoints]
brief_before_minutes = 1
late_after_minutes = 1
"""
_DUE = {Kind.BRIEF: timedelta(minutes=-1), Kind.ASK: timedelta(minutes=1)}
"""From the start of an interview to its checkpoints."""
_BEFORE, _AFTER, _APART = timedelta(seconds=8), timedelta(seconds=3), timedelta(seconds=2)


def measure(size: Size, folder: Path) -> Iterator[Section]:
    """One interview begins every other second, and each has two checkpoints within minutes (a single one has one)."""
    kinds = list(_DUE)[: size.checkpoints]
    with desktop(folder / "screen") as (address, server):
        home = Home(folder / "accurate", SETTINGS.format(path=folder / "accurate/work.ics") + _SETTINGS, address)
        first = SystemClock().now().replace(microsecond=0) + _BEFORE - _DUE[kinds[0]]
        starts = [first + _APART * number for number in range(size.checkpoints // len(kinds))]
        until = starts[-1] + _DUE[kinds[-1]] + _AFTER
        tell(f"(checkpoints are waited for until {until.astimezone():%H:%M:%S})")
        plan(home, starts)
        with daemon(home):
            time.sleep(max(0.0, (until - SystemClock().now()).total_seconds()))
        late = sorted(_late(home, server.first))
    if len(late) != len(kinds) * len(starts):
        raise RuntimeError(f"{len(late)} notices for {len(kinds) * len(starts)} checkpoints")
    yield _section(late)


def _late(home: Home, shown: Mapping[str, datetime]) -> Iterator[float]:
    """Seconds from due to shown, of each checkpoint."""
    with closing(Database(home.folder / "data/showup/showup.sqlite")) as store, store.reading() as record:
        for notice in record.notices():
            appointment = record.appointment(notice.appointment_id or 0)
            if appointment and notice.kind in _DUE and notice.message.title in shown:
                due = appointment.start + _DUE[notice.kind]
                yield (shown[notice.message.title] - due).total_seconds()


def _section(late: Sequence[float]) -> Section:
    def part(share: float) -> float:
        return late[math.ceil(share * len(late)) - 1]

    figures = [part(0.5), part(0.9), part(0.99), late[-1]]
    rows = [(f"{len(late)} checkpoints", *(f"{1000 * one:.0f}" for one in figures))]
    goal = Goal(
        "from due to shown, p99",
        f"{1000 * part(0.99):.0f} ms",
        "the clock",
        f"≤ {_MOST:g} s",
        late[0] >= 0 and part(0.99) <= _MOST,
    )
    note = (
        "A real daemon, with a notification server's stand-in on a real bus that notes when it is called. The calendar "
        "is read again before each, and all these interviews are open at once, as no person's are."
    )
    return Section("From due to shown", ("", "median, ms", "p90", "p99", "worst"), rows, [goal], note)
