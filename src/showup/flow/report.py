"""Report: the record for the person's own file, with or without what is personal in it. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from showup.core import views
from showup.core.history import Step, history
from showup.core.paging import Wanted
from showup.core.problem import Problem
from showup.core.record import Company, Entry
from showup.core.reliability import reliability
from showup.core.saying import saying
from showup.core.text import plain
from showup.core.totals import Totals
from showup.core.verdict.explain import explain
from showup.core.views import View
from showup.flow.review import Review
from showup.flow.totals import totals

UNNAMED = "Company not known"


@dataclass(frozen=True, slots=True)
class Part:
    """An employer: its keys of the JSON, what is said of it, and its interviews by start, each with an `explanation`.

    What is personal is empty where it is left out: the `title` and `contact` of an interview, and the `note`.
    """

    employer: View
    domain: str
    saying: tuple[str, str]
    steps: tuple[Step, ...]
    interviews: tuple[View, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Report:
    """All of it, as it was when it was `made` (aware UTC); the totals only where it is about everybody."""

    made: datetime
    personal: bool
    parts: tuple[Part, ...]
    totals: Totals | None

    @property
    def count(self) -> int:
        """How many interviews it tells of."""
        return sum(len(part.interviews) for part in self.parts)


def report(review: Review, employer: str | int | None = None, *, personal: bool = True) -> Report:
    """The report on everybody, or on one employer by its name or number.

    Raises:
        Problem: that employer is not on record.
    """
    if employer is None:
        companies = _everybody(review)
        parts = tuple(_part(review, company, personal=personal) for company in companies)
        return Report(review.now, personal, (*parts, *_nobodys(review, personal=personal)), totals(review))
    company = review.record.company(employer) if isinstance(employer, int) else review.record.company_named(employer)
    if company is None or not review.record.count_appointments(company.id):
        name = f" “{plain(employer, 80)}”" if isinstance(employer, str) else ""
        raise Problem(f"There is no company{name} on record.", "`showup companies` lists them.")
    return Report(review.now, personal, (_part(review, review.scored(company), personal=personal),), None)


def _everybody(review: Review) -> Sequence[Company]:
    return review.record.some_companies(Wanted(limit=None), review.renewed(review.ended()))


def _part(review: Review, company: Company, *, personal: bool) -> Part:
    entries = [review.current(entry) for entry in review.record.entries(company.id)]
    note = review.record.note(company.id) if personal else None
    return _told(review, company, entries, note.text if note else "", personal=personal)


def _nobodys(review: Review, *, personal: bool) -> tuple[Part, ...]:
    """The interviews of which nobody knows whose they are, if there are any."""
    entries = [review.current(one) for one in review.record.entries() if one.appointment.employer_id is None]
    company = Company(0, UNNAMED, "", reliability((), review.judge.policy.score))
    return (_told(review, company, entries, "", personal=personal),) if entries else ()


def _told(review: Review, company: Company, entries: Sequence[Entry], note: str, *, personal: bool) -> Part:
    faults = [(one.appointment.start, one.verdict.fault or 0.0) for one in entries if one.verdict.counted]
    return Part(
        employer=views.employer(company),
        domain=company.domain,
        saying=saying(entries[::-1], company.score),
        steps=history(faults, review.judge.policy.score) if company.id else (),
        interviews=tuple(_interview(entry, personal=personal) for entry in entries),
        note=note,
    )


def _interview(entry: Entry, *, personal: bool) -> View:
    """An interview without what names anybody but companies, where that is wanted; never the link to join."""
    details, told = entry.appointment.details, views.interview(entry, {})
    kept = {"title": details.title, "contact": details.contact} if personal else {"title": "", "contact": ""}
    return {**told, **kept, "explanation": explain(entry.verdict.rule)}
