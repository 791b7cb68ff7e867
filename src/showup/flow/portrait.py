"""Portrait: one employer, as a page shows it. Nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from showup.core import views
from showup.core.history import Step, history
from showup.core.problem import Problem
from showup.core.record import Entry
from showup.core.remark import Impression, Note
from showup.core.saying import saying
from showup.core.verdict.result import Outcome
from showup.core.views import View
from showup.flow.review import Review

_LOOKED_AT = 40
"""So many of the newest appointments are what the sentences are about."""


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment in the timeline: its keys of the JSON, what it follows and what follows it, by their ids."""

    interview: View
    follows: int | None
    followed_by: int | None
    impression: Impression | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """`visits` is the wanted part, the newest first, of all `count`; `stages` says how many of each went how."""

    id: int
    employer: View
    domain: str
    saying: tuple[str, str]
    steps: tuple[Step, ...]
    visits: tuple[Visit, ...]
    count: int
    stages: Mapping[str, Mapping[Outcome, int]]
    note: Note | None
    impressions: Sequence[Impression]


def portrait(review: Review, number: int, offset: int, limit: int) -> Portrait:
    """An employer with `limit` of its appointments from `offset`, the newest first.

    Raises:
        Problem: it is not on record, or has nothing on record.
    """
    record = review.record
    company, count = record.company(number), record.count_appointments(number)
    if company is None or not count:
        raise Problem("There is no such company on record.", "It may have been made one with another.")
    ended = review.ended(number)
    company = replace(company, score=review.renewed(ended).get(number, company.score))
    impressions = record.impressions(number)
    newest = [review.current(entry) for entry in record.some_entries(number, 0, _LOOKED_AT)]
    part = [review.current(entry) for entry in record.some_entries(number, offset, limit)]
    return Portrait(
        id=number,
        employer=views.employer(company),
        domain=company.domain,
        saying=saying(newest, company.score),
        steps=history(_faults(record.faults(number), ended), review.judge.policy.score),
        visits=tuple(_visit(review, entry, impressions) for entry in part),
        count=count,
        stages=_stages([*record.stages(number), *_moves(ended)]),
        note=record.note(number),
        impressions=tuple(impressions.values()),
    )


def _visit(review: Review, entry: Entry, impressions: Mapping[int, Impression]) -> Visit:
    appointment = entry.appointment
    follower = review.record.follower(appointment.id)
    followed_by = follower.id if follower else None
    return Visit(review.interview(entry), appointment.follows, followed_by, impressions.get(appointment.id))


def _faults(known: Sequence[tuple[datetime, float]], ended: Mapping[int, Entry]) -> list[tuple[datetime, float]]:
    """The faults on record, with those of the cases that ended since."""
    since = ((one.appointment.start, one.verdict.fault or 0.0) for one in ended.values() if one.verdict.counted)
    return sorted([*known, *since])


def _moves(ended: Mapping[int, Entry]) -> Iterator[tuple[str, Outcome, int]]:
    """Each of them counts as what it is, and no more as to come."""
    for one in ended.values():
        stage = one.appointment.details.stage or ""
        yield from ((stage, one.verdict.outcome, 1), (stage, Outcome.PENDING, -1))


def _stages(counts: Sequence[tuple[str, Outcome, int]]) -> dict[str, dict[Outcome, int]]:
    found: dict[str, dict[Outcome, int]] = {}
    for stage, outcome, count in counts:
        row = found.setdefault(stage, {})
        row[outcome] = row.get(outcome, 0) + count
    return {stage: {outcome: count for outcome, count in row.items() if count} for stage, row in found.items()}
