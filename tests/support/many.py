"""A record of ten thousand appointments, as it would be after many years: put together without being lived through."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from showup.core.appointment import Appointment, Details
from showup.core.event import EventKey
from showup.core.evidence import Evidence, Source, Word
from showup.core.policy import Policy, Score
from showup.core.recognition.result import Employer, Stage
from showup.core.reliability import reliability
from showup.core.verdict import Certainty, Outcome, Rule, Verdict
from showup.ports import Record
from showup.store.database import Database

NOW = datetime(2026, 7, 2, 14, tzinfo=UTC)
_OUTCOMES = (
    *(Outcome.ON_TIME, Outcome.ON_TIME, Outcome.ON_TIME, Outcome.LATE),
    *(Outcome.NO_SHOW, Outcome.MOVED, Outcome.UNKNOWN, Outcome.EXCUSED),
)
_FAULTS = {Outcome.ON_TIME: 0.0, Outcome.LATE: 0.3, Outcome.NO_SHOW: 1.0}


def many(database: Path, employers: Iterable[int]) -> None:
    """Employers with so many appointments each, the last of them not long ago."""
    random = Random(7)  # noqa: S311 - no secret is made of it
    store = Database(database, ("journal_mode=WAL", "foreign_keys=ON", "synchronous=OFF"))
    with store.transaction() as record:
        for place, count in enumerate(employers):
            _employer(record, f"Company {place}", count, random)
    store.close()


def _employer(record: Record, name: str, count: int, random: Random) -> None:
    employer = Employer(name, f"{name.lower().replace(' ', '-')}.example")
    number = record.identify(employer)
    verdicts = [_verdict(random.choice(_OUTCOMES)) for _ in range(count)]
    for place, verdict in enumerate(reversed(verdicts)):
        start = NOW - timedelta(hours=random.randrange(1, 24) + 30 * place)
        details = Details(f"Interview with {name}", employer, stage=random.choice(list(Stage)))
        key = EventKey(f"{name}-{place}")
        draft = Appointment(0, key, start, start + timedelta(hours=1), start - timedelta(days=3), details, number)
        added = record.add_appointment(draft)
        record.save_verdict(added.id, verdict, Policy(), start)
        record.add_evidence(added.id, [Evidence(start, Source.ANSWER, Word.HERE, start)])
    assert number is not None
    record.save_score(number, reliability(verdicts, Score()))


def _verdict(outcome: Outcome) -> Verdict:
    return Verdict(
        outcome,
        Certainty.CONFIRMED if outcome in _FAULTS else None,
        Rule.SETTLED,
        minutes_late=12 if outcome is Outcome.LATE else None,
        notice_minutes=90 * 24 if outcome is Outcome.MOVED else None,
        fault=_FAULTS.get(outcome),
        counted=outcome in _FAULTS,
        reasons=("You said so.",),
        ask=outcome is Outcome.UNKNOWN,
    )
