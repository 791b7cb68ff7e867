"""What the record says of an employer in two sentences: honest, plain, and never more than is known."""

from datetime import UTC, datetime, timedelta

import pytest

from showup.core.appointment import Appointment
from showup.core.event import EventKey
from showup.core.history import history, prior
from showup.core.policy import Score
from showup.core.record import Entry
from showup.core.reliability import reliability
from showup.core.saying import saying
from showup.core.verdict import Certainty, Outcome, Rule, Verdict

S = datetime(2026, 7, 2, 14, tzinfo=UTC)


def entry(told: str, number: int = 1) -> Entry:
    """`no_show`, `no_show@12` (changed after so many minutes), `late 20`, `moved 60`, `unknown`, with their faults."""
    words, _, changed = told.partition("@")
    outcome, _, figure = words.partition(" ")
    minutes = int(figure) if figure else None
    start = S + timedelta(days=number)
    fault = {"on_time": 0.0, "late": ((minutes or 0) - 5) / 25, "no_show": 1.0}.get(outcome)
    if outcome in {"moved", "cancelled"} and minutes is not None and minutes < 24 * 60:
        fault = 1.0 if minutes <= 0 else 0.5 if minutes < 120 else 0.25
    verdict = Verdict(
        Outcome(outcome),
        Certainty.CONFIRMED,
        Rule.SETTLED,
        minutes_late=minutes if outcome == "late" else None,
        notice_minutes=minutes if outcome in {"moved", "cancelled"} else None,
        fault=fault,
        counted=fault is not None,
        waited=30.0 if outcome == "no_show" else 0.0,
    )
    moved = start + timedelta(minutes=int(changed)) if changed else None
    planned = Appointment(number, EventKey(str(number)), start, None, S, changed=moved)
    return Entry(planned, verdict)


def said(*oldest_first: str) -> str:
    entries = [entry(told, number) for number, told in enumerate(oldest_first, 1)]
    score = reliability([one.verdict for one in entries], Score())
    return " ".join(saying(entries[::-1], score)).strip()


@pytest.mark.parametrize(
    ("record", "sentences"),
    [
        ((), "Nothing counts yet, so nothing is known of how reliable they are."),
        (("pending",), "Nothing counts yet, so nothing is known of how reliable they are."),
        (
            ("unknown", "unknown"),
            (
                "Nothing counts yet, so nothing is known of how reliable they are. "
                "How two more went is not known, and counts against nobody."
            ),
        ),
        (("on_time",), "Came on time to the one interview that counts."),
        (("on_time", "on_time"), "Came on time to both interviews that count."),
        (("on_time", "excused"), "Came on time to the one interview that counts."),
        (("no_show@5", "no_show@20"), "Missed two in a row. Told you after the start both times."),
        (("no_show", "no_show", "no_show"), "Missed three in a row. The calendar said nothing of it, every time."),
        (
            ("on_time", "no_show@9", "unknown", "no_show"),
            (
                "Missed two in a row, of three that count. "
                "Told you once after the start; once the calendar said nothing of it."
            ),
        ),
        (
            ("moved 30", "no_show"),
            (
                "The last two did not go as planned: one missed and one moved or called off at short notice. "
                "Told you once before the start; once the calendar said nothing of it."
            ),
        ),
        (("no_show",), "The one interview that counts was missed. The calendar said nothing of it."),
        (("on_time", "no_show@7"), "Of two that count, one on time and one missed. Told you after the start."),
        (("late 20", "late 20"), "The last two did not go as planned: two late."),
        (("no_show", "on_time"), "Of two that count, one on time and one missed. You waited 30 minutes in all."),
        (
            ("on_time", "late 12", "moved 180"),
            (
                "Of three that count, one on time, one late and one moved or called off at short notice. "
                "Moved or called off one, with 3 hours of notice."
            ),
        ),
        (
            ("on_time", "moved 2880", "cancelled 1500"),
            (
                "Came on time to the one interview that counts. "
                "Moved or called off two; the least you were given was 25 hours of notice."
            ),
        ),
    ],
)
def test_the_record_in_two_sentences(record: tuple[str, ...], sentences: str) -> None:
    assert said(*record) == sentences


def test_the_history_ends_with_the_score_of_today() -> None:
    faults = [1.0, 0.0, 0.25, 0.0, 1.0]
    starts = [S + timedelta(days=number) for number in range(5)]
    steps = history(list(zip(starts, faults, strict=True)), Score())
    verdicts = [Verdict(Outcome.LATE, Certainty.CONFIRMED, Rule.SETTLED, fault=fault, counted=True) for fault in faults]
    for number, step in enumerate(steps, 1):
        now = reliability(verdicts[:number], Score())
        assert (step.n, step.at) == (number, starts[number - 1])
        assert (step.reliability, step.low, step.high) == pytest.approx((now.reliability, now.low, now.high))
    assert prior(Score())[0] == pytest.approx(85)


@pytest.mark.parametrize("length", [0, 1, 47, 48, 49, 10_000])
def test_a_long_history_is_thinned_out_and_keeps_its_end(length: int) -> None:
    faults = [(S + timedelta(hours=number), float(number % 5 == 0)) for number in range(length)]
    steps = history(faults, Score())
    assert len(steps) <= 48
    assert len(steps) >= min(length, 24)
    assert [step.n for step in steps[-1:]] == [length][: len(steps)]
