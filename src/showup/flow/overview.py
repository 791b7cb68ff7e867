"""Overview: the employers on record in parts, as a page shows them. Nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from showup.core import views
from showup.core.paging import Mark, Wanted
from showup.core.record import Company, Entry
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
    record, ended = review.record, review.ended()
    renewed = review.renewed(ended)
    companies = record.some_companies(wanted, renewed)
    return Overview(
        review.questions(),
        tuple(_row(review, company, ended) for company in companies),
        record.count_companies(wanted, renewed),
        record.count_companies(Wanted()),
    )


def _row(review: Review, company: Company, ended: Mapping[int, Entry]) -> Row:
    marks = tuple(_mark(mark, ended) for mark in review.record.marks(company.id, _MARKS))
    return Row(company.id, views.employer(company), marks)


def _mark(mark: Mark, ended: Mapping[int, Entry]) -> Mark:
    entry = ended.get(mark.id)
    if entry is None:
        return mark
    verdict = entry.verdict
    return replace(
        mark,
        outcome=verdict.outcome,
        certainty=verdict.certainty,
        minutes_late=verdict.minutes_late,
        notice_minutes=verdict.notice_minutes,
        counted=verdict.counted,
    )
