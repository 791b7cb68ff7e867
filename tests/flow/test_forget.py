"""Forget: nothing is left of an employer, others keep what is theirs, and nothing comes back by itself."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from showup.core.appointment import Appointment
from showup.core.event import EventKey
from showup.core.evidence import Covered, Evidence, Sign, Source, Word
from showup.core.forgotten import horizon, mark
from showup.core.notice import Kind
from showup.core.policy import Policy
from showup.core.problem import Problem
from showup.core.recognition.result import Employer
from showup.core.record import about, about_event
from showup.core.spans import Span
from showup.flow.forget import expire, find, forget
from showup.flow.judge import Judge
from showup.ports import Watched
from showup.store.database import Database
from showup.store.repository import Repository
from showup.store.tables import metadata
from tests.store.contract import ASK, DETAILS, S, at, fact

JUDGE = Judge(Policy(), UTC)
NEEDLES = ("zyxcorp", "needle")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    store = Database(tmp_path / "showup.sqlite")
    yield store
    store.close()


def company(record: Repository, name: str, uid: str, start: datetime, **more: object) -> Appointment:
    """An interview with all that can hang on one, its name and a needle in every text."""
    domain = f"{name.lower()}.example"
    employer = record.identify(Employer(name, domain))
    details = replace(
        DETAILS,
        employer=Employer(name, domain),
        title=f"Interview with {name}",
        contact=f"hr@{domain}",
        join=f"https://{domain}/join",
        reasons=(name,),
    )
    draft = Appointment(0, EventKey(uid, ""), start, start + timedelta(hours=1), start - timedelta(days=9), details)
    one = record.add_appointment(replace(draft, employer_id=employer, **more))  # type: ignore[arg-type]  # fields of it
    record.add_evidence(one.id, [Evidence(start, Source.ANSWER, Word.WAITING, start, detail=f"{name} again")])
    record.cover([Watched(Covered(Span(start, start + timedelta(minutes=9)), Source.MEET), one.id)])
    record.add_evidence(None, [Evidence(start + timedelta(minutes=1), Source.SOUND, Sign.YOU_IN, start)])
    record.say(about(one.id), Kind.ASK, ASK._replace(title=f"Has {name} joined?"), start, one.id)
    record.say(about_event(f"timeless-{uid}"), Kind.RECOGNISE, ASK._replace(title=f"Is {name} one?"), start)
    record.remember(uid, interview=True)
    record.remember(f"hr@{domain}", interview=True)
    JUDGE.rejudge(record, one, start + timedelta(hours=2))
    return one


def counts(store: Database) -> dict[str, int]:
    with closing(sqlite3.connect(store._path)) as plain:
        return {name: plain.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in metadata.tables}  # noqa: S608 - names of ours


def test_all_of_it_goes_and_all_of_others_stays(store: Database) -> None:
    with store.transaction() as record:
        company(record, "Acme", "acme-1", S)
    before = counts(store)
    with store.transaction() as record:
        company(record, "Zyxcorp", "zyxcorp-1", at(300))
        company(record, "Zyxcorp", "needle-2", at(600))
    with store.transaction() as record:
        forget(record, JUDGE, find(record, "zyxcorp.example"))
    after = counts(store)
    assert after.pop("memory") == before.pop("memory") + 4  # sums: two events, and two that have no time
    assert after == before
    with store.reading() as record:
        assert record.mentions(NEEDLES) == 0
        assert record.company_named("Zyxcorp") is None
        (entry,) = record.entries()
    assert entry.appointment.details.employer.name == "Acme"


def test_no_byte_is_left_of_it_in_the_folder(store: Database) -> None:
    with store.transaction() as record:
        company(record, "Acme", "acme-1", S)
        company(record, "Zyxcorp", "needle-1", at(300))
    folder = store._path.parent
    assert any(word.encode() in file.read_bytes().lower() for file in folder.iterdir() for word in NEEDLES)
    with store.transaction() as record:
        forget(record, JUDGE, find(record, "Zyxcorp"))
    store.scrub()
    for file in folder.iterdir():
        for word in NEEDLES:
            assert word.encode() not in file.read_bytes().lower(), (file, word)


def test_what_was_heard_while_another_was_on_stays(store: Database) -> None:
    with store.transaction() as record:
        other = company(record, "Acme", "acme-1", S)
        company(record, "Zyxcorp", "zyxcorp-1", at(30))
        forget(record, JUDGE, find(record, "Zyxcorp"))
        heard = [one.at for one in record.evidence(other.id, other.window(Policy())) if one.source is Source.SOUND]
    assert heard == [at(1), at(31)]  # Acme was to go on until the sixtieth minute


def test_one_that_took_its_place_no_longer_says_so(store: Database) -> None:
    with store.transaction() as record:
        first = company(record, "Zyxcorp", "zyxcorp-1", S)
        second = company(record, "Acme", "acme-1", at(600), follows=first.id)
        forget(record, JUDGE, find(record, "Zyxcorp"))
        known = record.appointment(second.id)
    assert known
    assert known.follows is None


def test_one_that_nobody_knows_is_one_sentence(store: Database) -> None:
    with store.reading() as record, pytest.raises(Problem, match="There is no company “Nobody” on record"):
        find(record, "Nobody")


def test_what_is_still_watched_of_it_is_not_kept(store: Database) -> None:
    """A detector of the running daemon does not know yet that it was forgotten."""
    with store.transaction() as record:
        gone = company(record, "Zyxcorp", "zyxcorp-1", S)
        forget(record, JUDGE, find(record, "Zyxcorp"))
    before = counts(store)
    with store.transaction() as record:
        record.add_evidence(gone.id, [fact(5)])
        record.cover([Watched(Covered(Span(S, at(5)), Source.MEET), gone.id)])
    assert counts(store) == before


def test_a_sum_tells_nothing_of_an_event() -> None:
    assert mark("acme-1@acme.example").startswith("forgotten:")
    assert "acme" not in mark("acme-1@acme.example")
    assert mark("a") != mark("b")
    assert mark("\ud800")


# ---------------------------------------------------------------- what is old
def test_what_is_old_goes_and_the_score_follows(store: Database) -> None:
    years = timedelta(days=365)
    with store.transaction() as record:
        for year in range(3):
            company(record, "Acme", f"acme-{year}", S - year * years)
        company(record, "Zyxcorp", "zyxcorp-1", S - 3 * years)
    with store.transaction() as record:
        assert not expire(record, JUDGE, S - years / 2)
    with store.reading() as record:
        (known,) = record.companies()
        assert (known.name, known.score.appointments) == ("Acme", 1)
        assert [entry.appointment.key.uid for entry in record.entries()] == ["acme-0"]
    left = counts(store)
    assert {left[name] for name in ("appointments", "evidence", "coverage", "employers")} <= {1, 2}
    assert left["notices"] == 2
    with store.transaction() as record:
        assert not expire(record, JUDGE, S - years / 2)
    assert counts(store) == left


def test_it_goes_a_little_at_a_time(store: Database) -> None:
    with store.transaction() as record:
        for number in range(45):
            company(record, "Acme", f"acme-{number}", at(number * 200))
    more, rounds = True, 0
    while more:
        with store.transaction() as record:
            more = expire(record, JUDGE, at(10**6))
        rounds += 1
    assert rounds == 3
    assert counts(store)["appointments"] == counts(store)["employers"] == 0


@pytest.mark.parametrize(("months", "days"), [(1, 30.436875), (24, 730.485), (1200, 36524.25)])
def test_months_are_those_of_a_mean_year(months: int, days: float) -> None:
    assert horizon(S, months) == S - timedelta(days=days)
