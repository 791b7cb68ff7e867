"""Overview: the employers on record in parts, as a page shows them. Nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from showup.core import views
from showup.core.paging import Mark, Wanted
from showup.core.record import Company, Entry
from showup.core.spans import Span
from showup.core.views import View
from showup.flow.review import Question, Review

_MARKS = 18
"""So many of an employer's newest appointments are shown each in a mark."""


@dataclass(frozen=True, slots=True)
class Row:
    """An employer: its figures (the keys of the JSON), and its newest appointments, oldest first."""

    id: int
    employer: View
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """`found` counts all employers that the filter lets through, `known` all there are."""

    questions: tuple[Question, ...]
    rows: tuple[Row, ...]
    found: int
    known: int


def overview(review: Review, wanted: Wanted) -> Overview:
    """The part of the employers that is wanted, with the open questions. It reads no more than that."""
    record, ended = review.record, ended_since(review)
    companies = record.some_companies(wanted)
    return Overview(
        review.questions(),
        tuple(_row(review, company, ended) for company in companies),
        record.count_companies(wanted),
        record.count_companies(Wanted()),
    )


def ended_since(review: Review) -> Mapping[int, Entry]:
    """The cases that ended while no daemon ran, judged in passing, by the appointment's id: few, if any."""
    earliest = datetime.min.replace(tzinfo=review.now.tzinfo)
    entries = (review.record.entry(number) for number in review.record.pending_in(Span(earliest, review.now)))
    judged = ((entry, review.current(entry)) for entry in entries if entry)
    return {entry.appointment.id: now for entry, now in judged if now is not entry}


def as_of_now(review: Review, company: Company, ended: Mapping[int, Entry]) -> Company:
    """An employer with the score that it has with the cases that ended since it was reckoned."""
    if not any(entry.appointment.employer_id == company.id for entry in ended.values()):
        return company
    return next(iter(review.scored(review.record.entries(company.id))), company)


def _row(review: Review, company: Company, ended: Mapping[int, Entry]) -> Row:
    marks = tuple(_mark(mark, ended) for mark in review.record.marks(company.id, _MARKS))
    return Row(company.id, views.employer(as_of_now(review, company, ended)), marks)


def _mark(mark: Mark, ended: Mapping[int, Entry]) -> Mark:
    entry = ended.get(mark.id)
    if entry is None:
        return mark
    verdict = entry.verdict
    return replace(mark, outcome=verdict.outcome, certainty=verdict.certainty, counted=verdict.counted)
