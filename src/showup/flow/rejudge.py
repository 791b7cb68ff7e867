"""Rejudge: the whole record again, by the figures of today; nothing is kept before the person has seen it."""

from dataclasses import dataclass
from datetime import datetime

from showup.core.record import Company, Entry
from showup.core.reliability import Reliability, reliability
from showup.core.verdict import Verdict
from showup.core.verdict import judge as judged
from showup.flow.judge import Judge
from showup.ports import Record


@dataclass(frozen=True, slots=True)
class Rejudged:
    """One verdict that comes out otherwise: the entry as it stands, and what would stand instead."""

    entry: Entry
    after: Verdict


@dataclass(frozen=True, slots=True)
class Rescored:
    """One employer whose score comes out otherwise."""

    company: Company
    after: Reliability


@dataclass(frozen=True, slots=True)
class Rejudgement:
    """All that would change. Verdicts and scores that come out as they stand are not in it."""

    verdicts: tuple[Rejudged, ...]
    scores: tuple[Rescored, ...]


def rejudge(record: Record, judge: Judge, now: datetime) -> Rejudgement:
    """Judge every appointment again from its evidence; the record stays as it is."""
    verdicts: dict[int | None, list[Verdict]] = {}
    changes: list[Rejudged] = []
    for entry in record.entries():
        after = judged(judge.case(record, entry.appointment), judge.policy, now)
        # What is known of absence belongs to the moment of judging, and says nothing of the outcome.
        if after._replace(absence=entry.verdict.absence) != entry.verdict:
            changes.append(Rejudged(entry, after))
        verdicts.setdefault(entry.appointment.employer_id, []).append(after)
    afresh = [
        (one, reliability(verdicts[one.id], judge.policy.score)) for one in record.companies() if one.id in verdicts
    ]
    scores = (Rescored(one, score) for one, score in afresh if score != one.score)
    return Rejudgement(tuple(changes), tuple(scores))


def keep(record: Record, judge: Judge, found: Rejudgement, now: datetime) -> None:
    """Let it stand, with the figures that it was judged by. What is not in it is not touched."""
    for one in found.verdicts:
        record.save_verdict(one.entry.appointment.id, one.after, judge.policy, now)
    for scored in found.scores:
        record.save_score(scored.company.id, scored.after)
