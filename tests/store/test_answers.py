"""What was read once is read again as soon as it can have changed, and not before."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showup.core.appointment import Appointment
from showup.core.checkpoints import Point
from showup.core.notice import Kind
from showup.core.policy import Policy
from showup.core.recognition.result import Employer
from showup.core.record import about
from showup.core.spans import Span
from showup.ports import Record
from showup.store import tables
from showup.store.answers import Answers
from showup.store.database import Database, temporary
from tests.store.contract import ASK, NO_SHOW, S, at, draft, fact, stretch

ALL = Span(at(-600), at(600))


def everything(record: Record) -> list[object]:
    """One answer of each kind, more or less."""
    return [
        [record.appointment(number) for number in (1, 2)],
        [record.entry(number) for number in (1, 2)],
        [record.verdict(number) for number in (1, 2)],
        [record.evidence(number, ALL) for number in (1, 2)],
        [record.coverage(number, ALL) for number in (1, 2)],
        [record.verdicts_on(number) for number in (1, 2)],
        [record.candidates(number) for number in (1, 2)],
        [record.company(number) for number in (1, 2)],
        record.companies(),
        record.around(ALL),
        record.unfinished(ALL),
        record.named("a"),
        record.next_after(at(-1)),
        record.foremost(20),
        record.notices(),
        record.memory(),
        record.company_named("acme.example"),
        record.calendar_of(1),
        record.entries(),
    ]


def rename(record: Record, one: Appointment) -> None:
    record.save_appointment(replace(one, details=replace(one.details, title="Another")))


STEPS: dict[str, Callable[[Record], object]] = {
    "add": lambda record: record.add_appointment(draft("b", 120)),
    "rename": lambda record: rename(record, record.named("a")[0]),
    "fact": lambda record: record.add_evidence(1, [fact(len(record.evidence(1, ALL)))]),
    "cover": lambda record: record.cover([stretch(0, 5)]),
    "uncover": lambda record: record.uncover(at(2)),
    "judge": lambda record: record.save_verdict(1, NO_SHOW, Policy(), S),
    "done": lambda record: record.mark_done(1, [Point.END], S),
    "undo": lambda record: record.undo_done(at(-1)),
    "identify": lambda record: record.identify(Employer("Acme", "acme.example")),
    "call": lambda record: record.rename(1, "Other"),
    "forget": lambda record: record.forget_employer(1),
    "remember": lambda record: record.remember("a", interview=False),
    "say": lambda record: record.say(about(1), Kind.ASK, ASK, S, 1),
    "shown": lambda record: record.mark_shown(1, S, 7),
    "close": lambda record: record.close_notice(1, S),
    "unsay": lambda record: record.forget_notice(about(1), Kind.ASK),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    made = temporary(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records")


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.sampled_from(sorted(set(STEPS) - {"add"})), max_size=12))
def test_answers_are_those_of_a_reader_that_remembers_nothing(folder: Path, steps: list[str]) -> None:
    store = temporary(folder)
    other = Database(folder / "record.sqlite")
    try:
        with store.transaction() as record:
            record.identify(Employer("Acme", "acme.example"))
            record.add_appointment(draft(employer_id=1))
        for step in ("add", *steps):
            with store.transaction() as record:
                everything(record)
                STEPS[step](record)
                seen = everything(record)
            with other.reading() as fresh:
                assert everything(fresh) == seen
            other._answers.clear()
    finally:
        store.close()
        other.close()


def test_what_another_connection_wrote_is_seen(tmp_path: Path) -> None:
    store, other = Database(tmp_path / "a.sqlite"), Database(tmp_path / "a.sqlite")
    with store.transaction() as record:
        assert everything(record)[9] == ()
    with other.transaction() as record:
        record.add_appointment(draft())
    with store.reading() as record:
        assert len(record.around(ALL)) == 1
    store.close()
    other.close()


def test_what_was_undone_was_never_there(store: Database) -> None:
    with suppress(ZeroDivisionError), store.transaction() as record:
        record.add_appointment(draft())
        assert len(record.around(ALL)) == 1
        raise ZeroDivisionError
    with store.reading() as record:
        assert record.around(ALL) == ()


def test_a_question_is_asked_once(store: Database) -> None:
    with store.reading() as record:
        assert record.around(ALL) is record.around(ALL)


def test_there_is_an_end_to_what_is_remembered() -> None:
    answers = Answers()
    for number in range(5000):
        answers.keep(number, (), "so")
    assert len(answers.known) < 5000


def test_a_question_of_a_table_that_is_written_to_often_leaves_nothing_at_the_other() -> None:
    often, rarely = tables.coverage, tables.policies
    answers = Answers()
    for number in range(1_000):
        answers.keep(("question", number), (often, rarely), number)
        answers.forget((often,))
    assert not any(answers._of.values())
    assert not answers.known
