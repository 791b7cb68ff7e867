"""Random searches, played on a real record, with all that is left in it afterwards."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from showup import wiring
from showup.config.options import settings_from
from showup.core.evidence import Evidence
from showup.core.policy import Policy
from showup.core.record import Company, Entry
from showup.core.verdict import Verdict, judge
from showup.flow.judge import Judge
from showup.rehearsal import report
from showup.rehearsal.search import random_story
from showup.rehearsal.story import read
from showup.store.database import Database, temporary

Table = Mapping[str, Any]
STILL = {"sleep": "wake", "crash": "start"}


@dataclass(frozen=True)
class Case:
    """An appointment of the record: its verdict as it stands, its evidence, and what that evidence says afresh."""

    entry: Entry
    evidence: tuple[Evidence, ...]
    afresh: Verdict


@dataclass(frozen=True)
class Played:
    outcome: dict[str, Any]
    cases: list[Case]
    companies: tuple[Company, ...]
    policy: Policy
    dump: dict[str, list[tuple[Any, ...]]]


def told(seed: int) -> dict[str, Any]:
    """Two to four days; every fourth is one in which no machine fails."""
    return random_story(seed, days=2 + seed % 3, faults=seed % 4 != 0)


def played(table: Table) -> Played:
    story = read(table)
    settings = settings_from(story.config)
    with TemporaryDirectory(prefix="showup-") as folder:
        record = temporary(Path(folder))
        wiring.play(story, record)
        one = Judge(settings.policy, wiring.zone())
        found = Played(
            outcome=report.outcome(record),
            cases=list(_cases(record, one, story.end)),
            companies=_companies(record),
            policy=settings.policy,
            dump=_dump(Path(folder, "record.sqlite")),
        )
        record.close()
        return found


def without_crashes(table: Table) -> dict[str, Any]:
    steps = [step for step in table["step"] if step.get("machine") not in {"crash", "start"}]
    return {**table, "step": steps}


def off(table: Table) -> list[tuple[datetime, datetime]]:
    """When nothing ran: from a sleep or a crash to what ended it."""
    return _between(table, "machine", STILL)


def dark(table: Table) -> list[tuple[datetime, datetime]]:
    """When nothing could be shown."""
    return _between(table, "desktop", {"gone": "back"})


def _between(table: Table, kind: str, pairs: Mapping[str, str]) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    begun: dict[str, datetime] = {}
    for step in table["step"]:
        what = step.get(kind)
        if what in pairs:
            begun[pairs[what]] = step["at"]
        elif what in begun:
            found.append((begun.pop(what), step["at"]))
    return found + [(since, table["end"]) for since in begun.values()]


def _cases(record: Database, one: Judge, now: datetime) -> Iterator[Case]:
    with record.reading() as reading:
        for entry in reading.entries():
            window = entry.appointment.window(one.policy)
            evidence = reading.evidence(entry.appointment.id, window)
            yield Case(entry, evidence, judge(one.case(reading, entry.appointment), one.policy, now))


def _companies(record: Database) -> tuple[Company, ...]:
    with record.reading() as reading:
        return reading.companies()


def _dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with sqlite3.connect(path) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}  # noqa: S608 - its own
    connection.close()
    return rows
