"""What was just said, with the way to take it back."""

from dataclasses import dataclass
from datetime import datetime

from showup.core import views
from showup.core.evidence import Evidence
from showup.core.record import Entry
from showup.core.verdict.result import Outcome
from showup.core.views import View
from showup.flow.answer import given
from showup.flow.review import Review


@dataclass(frozen=True, slots=True)
class Said:
    """The last answer to an interview that stands, and what the record makes of it now; None where it left it."""

    id: int
    who: str
    start: datetime
    interview: View | None
    answer: Evidence

    @property
    def of(self) -> str:
        """When it was said, as a form carries it."""
        return self.answer.at.isoformat()


def said(review: Review, number: str) -> Said | None:
    """The last thing said of the appointment with this number; None where there is nothing."""
    if not (number.isascii() and number.isdecimal() and len(number) < len(str(2**62))):
        return None
    entry = review.record.entry(int(number))
    answers = given(review.record, review.judge, entry.appointment) if entry else ()
    if entry is None or not answers:
        return None
    details = entry.appointment.details
    return Said(
        entry.appointment.id,
        details.employer.name or details.title,
        entry.appointment.start,
        _now(review, entry),
        answers[-1],
    )


def _now(review: Review, entry: Entry) -> View | None:
    if entry.verdict.outcome is Outcome.NOT_INTERVIEW:
        return None
    return views.interview(review.current(entry), {})
