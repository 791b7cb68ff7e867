"""How SQLite finds its answers: no method of the record goes through a long table that it need not read."""

import inspect
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Table

from showup.core.change import State, Tracked
from showup.core.checkpoints import Point
from showup.core.event import EventKey
from showup.core.notice import Kind
from showup.core.paging import Wanted
from showup.core.policy import Policy, Score
from showup.core.recognition.result import Employer
from showup.core.record import CalendarState
from showup.core.reliability import reliability
from showup.core.remark import Impression, Note
from showup.store.database import Database
from showup.store.repository import Repository
from showup.store.tables import metadata
from tests.store.contract import ASK, NO_SHOW, S, at, draft, fact, stretch

LONG = ("appointments", "evidence", "coverage", "notices")
KEY = EventKey("a", "")
SPAN = draft().planned
ONE = Tracked(KEY, "work", 1, S, None, State.STANDING, None)
ALL_OF_IT = {
    "entries",
    "notices",
    "dump",
    "mentions",
    "notes",
    "companies",
    "some_companies",
    "count_companies",
    "counted",
}
"""What is asked for by whoever wants all: an export, a page of employers or of totals, a search for a name."""
ONCE_A_DAY = {"ended_before", "forget_before", "forget_sightings", "forget_strangers"}
"""What is forgotten by its age, or by an hour: a command, and the daily upkeep."""
CALLS: dict[str, Callable[[Repository], object]] = {
    "add_appointment": lambda record: record.add_appointment(draft("new")),
    "add_evidence": lambda record: record.add_evidence(1, [fact(3)]),
    "add_names": lambda record: record.add_names(1, ["x"]),
    "appointment": lambda record: record.appointment(1),
    "around": lambda record: record.around(SPAN),
    "standing": lambda record: record.standing(SPAN, 100),
    "asked_in": lambda record: record.asked_in(SPAN),
    "calendar": lambda record: record.calendar("work"),
    "calendar_of": lambda record: record.calendar_of(1),
    "calendars": lambda record: record.calendars(),
    "candidates": lambda record: record.candidates(1),
    "close_notice": lambda record: record.close_notice(1, S),
    "close_notices_of": lambda record: record.close_notices_of(1, S),
    "company": lambda record: record.company(1),
    "company_named": lambda record: record.company_named("Acme"),
    "count_appointments": lambda record: record.count_appointments(1),
    "cover": lambda record: record.cover([stretch(0, 5), stretch(0, 5, 1)]),
    "coverage": lambda record: record.coverage(1, SPAN),
    "done": lambda record: record.done([1]),
    "entries": lambda record: record.entries(1),
    "entry": lambda record: record.entry(1),
    "evidence": lambda record: record.evidence(1, SPAN),
    "faults": lambda record: record.faults(1),
    "follower": lambda record: record.follower(1),
    "foreign": lambda record: record.foreign("work"),
    "forget_appointments": lambda record: record.forget_appointments([1]),
    "forget_employer": lambda record: record.forget_employer(1),
    "forget_notice": lambda record: record.forget_notice("x", Kind.ASK),
    "forget_said": lambda record: record.forget_said(["x"]),
    "forget_words": lambda record: record.forget_words(["x"]),
    "identify": lambda record: record.identify(Employer("Acme", "acme.example"), KEY),
    "impression": lambda record: record.impression(1),
    "impressions": lambda record: record.impressions(1),
    "known_by": lambda record: record.known_by("acme"),
    "mark_done": lambda record: record.mark_done(1, [Point.END], S),
    "mark_forwarded": lambda record: record.mark_forwarded(1, S),
    "mark_handed": lambda record: record.mark_handed(1, 7),
    "mark_shown": lambda record: record.mark_shown(1, S, 7),
    "marks": lambda record: record.marks(1, 5),
    "memory": lambda record: record.memory(),
    "move_appointments": lambda record: record.move_appointments([1], 1),
    "move_names": lambda record: record.move_names(1, 1),
    "named": lambda record: record.named("a"),
    "next_after": lambda record: record.next_after(S),
    "note": lambda record: record.note(1),
    "timeless": lambda record: record.timeless(),
    "foremost": lambda record: record.foremost(20),
    "handed": lambda record: record.handed(S),
    "pending_in": lambda record: record.pending_in(SPAN),
    "pending_of": lambda record: record.pending_of(1, S),
    "planned": lambda record: record.planned(KEY, S),
    "policy_of": lambda record: record.policy_of(1),
    "remember": lambda record: record.remember("x", interview=True),
    "rename": lambda record: record.rename(1, "Acme"),
    "reword": lambda record: record.reword(1, ASK),
    "save_appointment": lambda record: record.save_appointment(record.named("a")[0]),
    "save_calendar": lambda record: record.save_calendar(CalendarState("work")),
    "save_impression": lambda record: record.save_impression(1, Impression()),
    "save_note": lambda record: record.save_note(1, Note("x", S)),
    "save_score": lambda record: record.save_score(1, reliability((), Score())),
    "save_verdict": lambda record: record.save_verdict(1, NO_SHOW, Policy(), S),
    "say": lambda record: record.say("x", Kind.ASK, ASK, S),
    "some_appointments": lambda record: record.some_appointments(1, 0, 5),
    "some_companies": lambda record: record.some_companies(Wanted()),
    "some_entries": lambda record: record.some_entries(1, 0, 5),
    "stages": lambda record: record.stages(1),
    "track": lambda record: record.track(ONE),
    "tracked": lambda record: record.tracked("work"),
    "uncover": lambda record: record.uncover(at(9)),
    "undo_done": lambda record: record.undo_done(at(9)),
    "unfinished": lambda record: record.unfinished(SPAN),
    "verdict": lambda record: record.verdict(1),
    "verdicts_on": lambda record: record.verdicts_on(1),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "showup.sqlite"
    with closing(Database(path)) as store, store.transaction() as record:
        number = record.identify(Employer("Acme", "acme.example"))
        record.add_appointment(draft("a", employer_id=number))
        record.track(ONE)
        record.save_verdict(1, NO_SHOW, Policy(), S)
        record.say("appointment:1", Kind.ASK, ASK, S, 1)
    return path


def plan(path: Path, call: Callable[[Repository], object]) -> list[str]:
    """The steps in which SQLite does what the call asks of it."""
    asked: list[str] = []
    with closing(Database(path)) as store:
        store._driver.set_trace_callback(asked.append)
        with store.transaction() as record:
            call(record)
    found = [sql for sql in asked if re.match(r"SELECT|UPDATE|DELETE|INSERT", sql)]
    with closing(sqlite3.connect(path)) as plain:
        return [row[3] for sql in found for row in plain.execute(f"EXPLAIN QUERY PLAN {sql}")]


@pytest.mark.parametrize("name", CALLS)
def test_no_long_table_is_gone_through(path: Path, name: str) -> None:
    steps = plan(path, CALLS[name])
    whole = re.compile(rf"SCAN (?:{'|'.join(LONG)})$")
    assert [step for step in steps if whole.match(step)] == []


def test_every_method_is_looked_at() -> None:
    methods = {name for name, _ in inspect.getmembers(Repository, inspect.isfunction) if not name.startswith("_")}
    assert methods == set(CALLS) | ALL_OF_IT | ONCE_A_DAY


def test_what_hangs_on_a_row_is_found_by_an_index() -> None:
    """Or each row that is forgotten goes through all of every table that could name it."""
    without = [
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if column.foreign_keys and column.name not in _first_columns(table)
    ]
    assert without == ["verdicts.policy_id"]  # a policy is never forgotten


def _first_columns(table: Table) -> set[str]:
    kept = (table.primary_key.columns, *(index.columns for index in table.indexes))
    return {next(iter(columns)).name for columns in kept}
