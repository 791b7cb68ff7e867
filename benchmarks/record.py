"""A record with as many appointments as wanted, written by the store itself: `python -m benchmarks.record FILE N`.

The interviews lie three hours apart and end now, but for one that is to come. Each employer has twenty. Most were on
time; what was seen of them is judged by the judge.
"""

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from showup.clock import SystemClock
from showup.core.appointment import Appointment, Details, Side
from showup.core.change import Tracked
from showup.core.event import EventKey
from showup.core.evidence import Case, Covered, Evidence, Sign, Source, Word
from showup.core.policy import Policy
from showup.core.recognition.result import Employer, Medium, Stage
from showup.core.record import CalendarState
from showup.core.reliability import reliability
from showup.core.spans import Span
from showup.core.verdict import Verdict, judge
from showup.ports import Record, Watched
from showup.store.database import Database

EACH = 20
"""Interviews of one employer."""
_APART, _LONG = timedelta(hours=3), timedelta(minutes=30)
_MINUTE = timedelta(minutes=1)
_POLICY = Policy()
_QUICK = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=OFF")


def write(path: Path, count: int, now: datetime) -> None:
    """Make the record. `now` is aware UTC."""
    store = Database(path, _QUICK)
    with store.transaction() as record:
        record.save_calendar(CalendarState("work", "ics", now, now, readable=True))
        employers = [_employer(number) for number in range(max(1, count // EACH))]
        numbers = [record.identify(employer) or 0 for employer in employers]
        verdicts: dict[int, list[Verdict]] = {number: [] for number in numbers}
        for place, start in enumerate(_starts(count, now)):
            employer, number = employers[place % len(employers)], numbers[place % len(employers)]
            verdicts[number].append(_interview(record, _draft(place, start, employer, number), now))
        for number, several in verdicts.items():
            record.save_score(number, reliability(several, _POLICY.score))
    store.close()


def _starts(count: int, now: datetime) -> Iterator[datetime]:
    hour = now.replace(minute=0, second=0, microsecond=0)
    return (hour + _APART * (number - count + 2) for number in range(count))


def _employer(number: int) -> Employer:
    return Employer(f"Company {number}", f"company{number}.example")


def _draft(place: int, start: datetime, employer: Employer, number: int) -> Appointment:
    details = Details(
        title=f"Interview with {employer.name}",
        employer=employer,
        medium=Medium.MEET,
        stage=Stage.TECHNICAL,
        organiser=Side.THEIRS,
        join="https://meet.google.com/abc-defg-hij",
        contact=f"talent@{employer.domain}",
        reasons=("“interview” in the title",),
    )
    key = EventKey(f"{place:08}@calendar.example")
    return Appointment(place, key, start, start + _LONG, start - timedelta(days=7), details, number)


def _interview(record: Record, draft: Appointment, now: datetime) -> Verdict:
    """Keep it with all that belongs to it; its verdict."""
    appointment, start = record.add_appointment(draft), draft.start
    record.track(Tracked(draft.key, "work", appointment.id, start, draft.end))
    seen = _seen(appointment.id, start) if start < now else ()
    watched = (Covered(Span(start - 10 * _MINUTE, start + 40 * _MINUTE), Source.MACHINE),) if seen else ()
    record.add_evidence(appointment.id, seen)
    record.cover(Watched(one) for one in watched)
    verdict = judge(Case(appointment, seen, watched), _POLICY, now)
    record.save_verdict(appointment.id, verdict, _POLICY, now)
    return verdict


def _seen(place: int, start: datetime) -> tuple[Evidence, ...]:
    """Two of fifteen did not come, two were late."""
    if place % 15 in {3, 10}:
        return (_fact(start + 29 * _MINUTE, Source.ANSWER, Word.NO_SHOW),)
    came = start + (12 if place % 7 == 0 else 2) * _MINUTE
    return (
        _fact(start - _MINUTE, Source.MEET, Sign.YOU_IN),
        _fact(came, Source.MEET, Sign.THEY_IN),
        _fact(start + 29 * _MINUTE, Source.MEET, Sign.YOU_OUT),
    )


def _fact(at: datetime, source: Source, sign: Sign | Word) -> Evidence:
    return Evidence(at, source, sign, noted=at)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), SystemClock().now())
