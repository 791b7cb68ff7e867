"""What the page asks of the record, and what the person keeps beside it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from showup.core.paging import Order, Wanted
from showup.core.policy import Policy, Score
from showup.core.recognition.result import Decision, Employer
from showup.core.reliability import Label, reliability
from showup.core.remark import Colleagues, Feeling, Impression, Note, Room, joined, note
from showup.core.spans import Span
from showup.core.totals import Counted
from showup.core.verdict import Certainty, Outcome, Rule, Verdict
from showup.ports import Record
from showup.store.database import Database
from tests.store.contract import DETAILS, NO_SHOW, at, draft

ON_TIME = Verdict(Outcome.ON_TIME, Certainty.CONFIRMED, Rule.SETTLED, fault=0.0, counted=True)
PENDING = Verdict(Outcome.PENDING, None, Rule.PENDING)
UNSURE = Verdict(Outcome.UNKNOWN, None, Rule.NOTHING, ask=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "showup.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Database]:
    store = Database(path)
    yield store
    store.close()


def employer(record: Record, name: str, *verdicts: Verdict, start: float = 0) -> int:
    """An employer with these verdicts, an hour from one to the next."""
    number = record.identify(Employer(name, f"{name.lower().replace(' ', '-')}.example"))
    assert number is not None
    for place, verdict in enumerate(verdicts):
        added = record.add_appointment(draft(f"{name}-{place}", start + 60 * place, employer_id=number))
        record.save_verdict(added.id, verdict, Policy(), at(0))
    record.save_score(number, reliability(verdicts, Score()))
    return number


def names(record: Record, wanted: Wanted) -> list[str]:
    return [company.name for company in record.some_companies(wanted)]


@pytest.fixture
def several(store: Database) -> Iterator[Record]:
    with store.transaction() as record:
        employer(record, "Acme", NO_SHOW, NO_SHOW, start=600)
        employer(record, "Birchwood", *[ON_TIME] * 3)
        employer(record, "calder", NO_SHOW, ON_TIME, start=-600)
        employer(record, "Newly", PENDING, start=9000)
        employer(record, "Nobody")
        yield record


@pytest.mark.parametrize(
    ("order", "found"),
    [
        (Order.RELIABILITY, ["Acme", "calder", "Birchwood", "Newly"]),
        (Order.NAME, ["Acme", "Birchwood", "calder", "Newly"]),
        (Order.LATEST, ["Newly", "Acme", "Birchwood", "calder"]),
        (Order.WAITED, ["Acme", "calder", "Birchwood", "Newly"]),
        (Order.MISSES, ["Acme", "calder", "Newly", "Birchwood"]),
        (Order.APPOINTMENTS, ["Birchwood", "Acme", "calder", "Newly"]),
    ],
)
def test_employers_come_in_the_order_that_is_wanted(several: Record, order: Order, found: list[str]) -> None:
    assert names(several, Wanted(order=order)) == found
    assert names(several, Wanted(order=order, offset=1, limit=2)) == found[1:3]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted("ACM"), ["Acme"]),
        (Wanted("wood.exam"), ["Birchwood"]),
        (Wanted("%"), []),
        (Wanted("_"), []),
        (Wanted("\\"), []),
        (Wanted("'; DROP TABLE employers"), []),
        (Wanted(label=Label.PATTERN), ["Acme"]),
        (Wanted(label=Label.NO_HISTORY), ["Newly"]),
        (Wanted("b", Label.PATTERN), []),
    ],
)
def test_a_search_and_a_label_let_some_through(several: Record, wanted: Wanted, found: list[str]) -> None:
    assert names(several, wanted) == found
    assert several.count_companies(wanted) == len(found)
    assert several.count_companies(replace(wanted, offset=10, limit=1)) == len(found)


def test_an_employers_newest_are_its_marks(store: Database) -> None:
    with store.transaction() as record:
        number = employer(record, "Acme", ON_TIME, NO_SHOW, PENDING)
        marks = record.marks(number, 2)
        assert [(one.outcome, one.start, one.counted) for one in marks] == [
            (Outcome.NO_SHOW, at(60), True),
            (Outcome.PENDING, at(120), False),
        ]
        entries = record.some_entries(number, 1, 5)
        assert [(one.appointment.start, one.verdict) for one in entries] == [(at(60), NO_SHOW), (at(0), ON_TIME)]
        assert record.count_appointments(number) == 3
        assert record.faults(number) == [(at(0), 0.0), (at(60), 1.0)]
        assert sorted(record.stages(number)) == [
            ("panel", Outcome.NO_SHOW, 1),
            ("panel", Outcome.ON_TIME, 1),
            ("panel", Outcome.PENDING, 1),
        ]


def test_what_is_no_interview_is_nowhere(store: Database) -> None:
    with store.transaction() as record:
        number = employer(record, "Acme", ON_TIME._replace(outcome=Outcome.NOT_INTERVIEW))
        doubtful = record.add_appointment(
            replace(draft("b", employer_id=number), details=replace(DETAILS, decision=Decision.MAYBE))
        )
        record.save_verdict(doubtful.id, UNSURE, Policy(), at(0))
        assert names(record, Wanted()) == []
        assert not record.marks(number, 9)
        assert not record.some_entries(number, 0, 9)
        assert not record.asked_in(Span(at(-99), at(99)))
        assert (record.count_appointments(number), record.faults(number), record.stages(number)) == (0, [], [])


def test_what_counts_is_told_of_everybody(store: Database) -> None:
    with store.transaction() as record:
        employer(record, "Acme", ON_TIME, PENDING, UNSURE, ON_TIME._replace(outcome=Outcome.NOT_INTERVIEW))
        employer(record, "Birchwood", NO_SHOW._replace(waited=30.0), start=600)
        direct = replace(draft("b", 900), details=replace(DETAILS, employer=Employer("Calder"), stage=None))
        record.save_verdict(record.add_appointment(direct).id, ON_TIME, Policy(), at(0))
        assert sorted(record.counted(), key=lambda one: one.start) == [
            Counted(at(0), 0.0, True, 0.0, "panel", True),
            Counted(at(600), 1.0, False, 30.0, "panel", True),
            Counted(at(900), 0.0, True, 0.0, "", False),
        ]


def test_what_is_open_can_be_looked_up(store: Database) -> None:
    with store.transaction() as record:
        employer(record, "Acme", ON_TIME, PENDING, UNSURE, UNSURE)
        for ask, starts in ((record.pending_in, [at(60)]), (record.asked_in, [at(120)])):
            found = [record.appointment(number) for number in ask(Span(at(0), at(180)))]
            assert [one.start for one in found if one] == starts


def test_what_is_open_of_one_employer_can_be_looked_up(store: Database) -> None:
    with store.transaction() as record:
        acme = employer(record, "Acme", ON_TIME, PENDING, PENDING)
        employer(record, "Birchwood", PENDING, start=600)
        for until, starts in ((at(61), [at(60)]), (at(60), []), (at(999), [at(60), at(120)])):
            found = [record.appointment(number) for number in record.pending_of(acme, until)]
            assert [one.start for one in found if one] == starts


def test_what_took_its_place_can_be_looked_up(store: Database) -> None:
    with store.transaction() as record:
        first = record.add_appointment(draft("a"))
        assert record.follower(first.id) is None
        second = record.add_appointment(replace(draft("a", 90), follows=first.id))
        assert record.follower(first.id) == second


# ---------------------------------------------------------------- the person's own side
def test_a_note_is_kept_and_taken_away(store: Database) -> None:
    with store.transaction() as record:
        number = employer(record, "Acme", ON_TIME)
        assert record.note(number) is None
        for text in ("Kind.\nSmall team.", "Another."):
            record.save_note(number, Note(text, at(3)))
            assert record.note(number) == Note(text, at(3))
            assert record.notes() == {number: Note(text, at(3))}
        record.save_note(number, Note("", at(4)))
        assert record.note(number) is None
        assert record.notes() == {}


def test_an_impression_is_kept_and_taken_away(store: Database) -> None:
    with store.transaction() as record:
        number = employer(record, "Acme", ON_TIME, ON_TIME)
        one, _ = record.marks(number, 2)
        assert record.impression(one.id) is None
        for said in (Impression(feeling=Feeling.BAD), Impression(Room.LITTLE, Colleagues.NO, Feeling.MIXED)):
            record.save_impression(one.id, said)
            assert record.impression(one.id) == said
            assert record.impressions(number) == {one.id: said}
        record.save_impression(one.id, Impression())
        assert record.impression(one.id) is None
        assert record.impressions(number) == {}


def test_a_note_is_bounded_and_clean_and_two_become_one() -> None:
    assert note("a\x1b[31m\u202eb\r\nc\n\n\n\nd", at(0)).text == "ab\nc\n\nd"
    assert len(note("long " * 9000, at(0)).text) == 10_000
    assert joined(Note("one", at(2)), Note("two", at(1))) == Note("one\n\ntwo", at(2))
    assert joined(None, Note("two", at(1))) == joined(Note("two", at(1)), None) == Note("two", at(1))


# ---------------------------------------------------------------- questions
@pytest.mark.parametrize(
    ("ask", "used"),
    [
        (lambda record: record.marks(1, 20), "appointments_by_employer"),
        (lambda record: record.some_appointments(1, 20, 20), "appointments_by_employer"),
        (lambda record: record.follower(1), "appointments_by_followed"),
        (lambda record: record.pending_in(Span(at(0), at(9))), "appointments_by_start"),
        (lambda record: record.pending_of(1, at(9)), "appointments_by_employer"),
        (lambda record: record.asked_in(Span(at(0), at(9))), "appointments_by_start"),
        (lambda record: record.some_companies(Wanted(order=Order.LATEST)), "appointments_by_employer"),
        (lambda record: record.impressions(1), "appointments_by_employer"),
    ],
)
def test_no_question_goes_through_all_appointments(
    store: Database, path: Path, ask: Callable[[Record], object], used: str
) -> None:
    with store.transaction() as record:
        employer(record, "Acme", NO_SHOW)
    asked: list[str] = []
    store._driver.set_trace_callback(asked.append)
    with store.reading() as record:
        ask(record)
    with closing(sqlite3.connect(path)) as plain:
        plans = [row[3] for sql in asked if "SELECT" in sql for row in plain.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert any(used in step for step in plans), plans
    assert not [step for step in plans if step in {"SCAN appointments", "SCAN verdicts"}], plans
