"""Totals: how long was waited, and when interviews go as planned, over everybody. Nothing is written."""

from itertools import chain

from showup.core import totals as core
from showup.core.record import Entry
from showup.core.totals import Counted, Totals
from showup.core.verdict.result import Outcome
from showup.flow.review import Review


def totals(review: Review) -> Totals:
    """The totals of all that counts, with the cases that ended since anybody judged."""
    ended = (_counted(entry) for entry in review.ended().values() if entry.verdict.counted)
    return core.totals(chain(review.record.counted(), ended), review.judge.zone, review.judge.policy.score)


def _counted(entry: Entry) -> Counted:
    details, verdict = entry.appointment.details, entry.verdict
    return Counted(
        entry.appointment.start,
        verdict.fault or 0.0,
        verdict.outcome is Outcome.ON_TIME,
        verdict.waited,
        details.stage or "",
        bool(details.employer.via),
    )
