"""Portrait: one employer, as a page shows it. Nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    company = review.as_of_now(company, review.ended())
    impressions = record.impressions(number)
    newest = [review.current(entry) for entry in record.some_entries(number, 0, _LOOKED_AT)]
    part = [review.current(entry) for entry in record.some_entries(number, offset, limit)]
    return Portrait(
        id=number,
        employer=views.employer(company),
        domain=company.domain,
        saying=saying(newest, company.score),
        steps=history(record.faults(number), review.judge.policy.score),
        visits=tuple(_visit(review, entry, impressions) for entry in part),
        count=count,
        stages=_stages(record.stages(number)),
        note=record.note(number),
        impressions=tuple(impressions.values()),
    )


def _visit(review: Review, entry: Entry, impressions: Mapping[int, Impression]) -> Visit:
    appointment = entry.appointment
    follower = review.record.follower(appointment.id)
    followed_by = follower.id if follower else None
    return Visit(review.interview(entry), appointment.follows, followed_by, impressions.get(appointment.id))


def _stages(counts: Sequence[tuple[str, Outcome, int]]) -> dict[str, dict[Outcome, int]]:
    found: dict[str, dict[Outcome, int]] = {}
    for stage, outcome, count in counts:
        found.setdefault(stage, {})[outcome] = count
    return found
