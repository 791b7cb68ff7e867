"""Employers in the record: by what they are known, renamed, made one and parted."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from showup.core.event import EventKey
from showup.core.identity import event_name
from showup.core.recognition.result import Employer
from showup.ports import Record
from showup.store.database import Database
from tests.store.contract import draft

ACME, BIRCH = Employer("Acme", "acme.example"), Employer("Birch", "birch.example")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    store = Database(tmp_path / "showup.sqlite")
    with store.transaction() as record:
        yield record
    store.close()


def known(record: Record, employer: Employer) -> int:
    number = record.identify(employer)
    assert number is not None
    return number


def name_of(record: Record, key: str) -> str:
    found = record.known_by(key)
    return found.name if found else ""


def test_a_new_name_is_shown_and_the_old_keys_stay(record: Record) -> None:
    acme, birch = known(record, ACME), known(record, BIRCH)
    theirs, other = (record.add_appointment(draft(uid, employer_id=of)) for uid, of in (("a", acme), ("b", birch)))
    record.rename(acme, "Zenith")
    assert (name_of(record, "acme"), name_of(record, "acme.example")) == ("Zenith", "Zenith")
    shown = [record.appointment(one.id) for one in (theirs, other)]
    assert [one.details.employer.name for one in shown if one] == ["Zenith", "Acme"]
    assert known(record, ACME) == acme
    assert record.memory().employers["acme.example"] == "Zenith"


def test_names_and_appointments_move(record: Record) -> None:
    acme, birch = known(record, ACME), known(record, BIRCH)
    one = record.add_appointment(draft("a", employer_id=acme))
    record.move_appointments([one.id], birch)
    record.move_names(acme, birch)
    record.forget_employer(acme)
    employer = replace(one.details.employer, name="Birch")
    assert record.appointment(one.id) == replace(
        one, employer_id=birch, details=replace(one.details, employer=employer)
    )
    assert [company.id for company in record.companies()] == [birch]
    assert record.company(acme) is None
    assert known(record, ACME) == birch


def test_a_key_leads_to_whom_it_was_given_last(record: Record) -> None:
    acme, birch = known(record, ACME), known(record, BIRCH)
    record.add_names(acme, ["cedar.example"])
    record.add_names(birch, ["cedar.example"])
    record.add_names(birch, [])
    assert name_of(record, "cedar.example") == "Birch"
    assert record.known_by("elm.example") is None


def test_what_was_said_of_an_event_comes_first_and_is_no_domain(record: Record) -> None:
    acme, birch = known(record, ACME), known(record, BIRCH)
    whole, slot = EventKey("x@google.com"), EventKey("x@google.com", "20260702T140000Z")
    record.add_names(birch, [event_name(slot)])
    assert record.identify(ACME, slot) == birch
    assert record.identify(Employer(), slot) == birch
    assert record.identify(ACME, whole) == acme
    assert set(record.memory().employers) == {"acme.example", "birch.example"}


def test_the_domain_goes_with_the_names_where_there_was_none(record: Record) -> None:
    acme, birch = (record.identify(Employer(*names)) for names in (("Acme", "acme.example"), ("Birch",)))
    assert acme is not None
    assert birch is not None
    record.move_names(acme, birch)
    record.forget_employer(acme)
    found = record.company(birch)
    assert found is not None
    assert found.domain == "acme.example"
