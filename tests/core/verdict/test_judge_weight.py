"""Fault, whether it counts, and how long was waited (DESIGN.md, sections 3 and 4)."""

from dataclasses import replace

import pytest

from showup.core.policy import Checkpoints, Policy, Score
from showup.core.verdict import Certainty, Outcome
from tests.core.verdict.cases import told, verdict

_HEARD = "sound -10..60"
_COUNT_PRESUMED = Policy(score=Score(count_presumed=True))


@pytest.mark.parametrize(
    ("evidence", "fault", "counted", "counted_at_once"),
    [
        (("say on_time 20",), 0.0, True, True),
        (("you_in -2", "speech 3"), 0.0, True, True),  # presumed on time counts
        (("you_in -2", "speech 12"), 0.28, False, True),
        (("you_in -2", "speech 12", "say yes 62"), 0.28, True, True),
        (("you_in -2",), 1.0, False, True),
        (("you_in -2", "say yes 62"), 1.0, True, True),
        (("say waiting 16",), 1.0, True, True),
        (("say mine 20",), None, False, False),
        (("say not_interview 20",), None, False, False),
        ((), None, False, False),
    ],
)
def test_what_counts(evidence: tuple[str, ...], fault: float | None, counted: bool, counted_at_once: bool) -> None:
    found = verdict(*evidence, covered=_HEARD)
    assert (found.fault, found.counted) == (pytest.approx(fault) if fault is not None else None, counted)
    assert verdict(*evidence, covered=_HEARD, policy=_COUNT_PRESUMED).counted is counted_at_once


def test_an_unknown_counts_against_nobody_whatever_the_policy() -> None:
    found = verdict(policy=_COUNT_PRESUMED)
    assert (found.outcome, found.certainty, found.fault, found.counted) == (Outcome.UNKNOWN, None, None, False)


def test_lateness_grows_from_5_to_30_minutes() -> None:
    faults = [verdict(f"say late 90 minutes={minutes}", length=120).fault for minutes in (6, 12, 18, 29, 30, 31)]
    assert faults == pytest.approx([0.04, 0.28, 0.52, 0.96, 1, 1])


@pytest.mark.parametrize(
    ("evidence", "ask"),
    [
        ((), True),
        (("you_in -2", "speech 12"), True),
        (("you_in -2", "speech 3"), False),
        (("you_in -2",), True),
        (("say waiting 16",), False),
        (("say late 20",), True),
        (("moved -60",), False),
        (("you_in 16",), False),
    ],
)
def test_the_person_is_asked_what_only_they_can_tell(evidence: tuple[str, ...], ask: bool) -> None:
    assert verdict(*evidence, covered=_HEARD).ask is ask


@pytest.mark.parametrize(
    ("evidence", "covered", "waited"),
    [
        (("meet you_in -3", "meet they_in 12"), "meet -3..60", 12),  # from the start, not from when you came
        (("meet you_in 4", "meet they_in 12"), "meet 4..60", 8),
        (("meet you_in -3", "meet they_in 2"), "meet -3..60", 2),
        (("meet you_in -3", "meet they_in -1"), "meet -3..60", 0),
        (("meet you_in -3",), "meet -3..60", 30),  # until give-up
        (("meet you_in -3", "meet you_out 18"), "meet -3..18", 18),  # until you left
        (("say waiting 6", "say waiting 16"), "", 24),  # from when you first said so
        (("say waiting 6", "say here 9"), "", 3),
        (("say no_show 40",), "", 0),  # nobody knows whether you waited
        (("you_in -2", "speech 12"), _HEARD, 0),  # presumed: not counted
    ],
)
def test_how_long_was_waited(evidence: tuple[str, ...], covered: str, waited: float) -> None:
    assert verdict(*evidence, covered=covered).waited == pytest.approx(waited)


def test_give_up_is_the_end_of_a_shorter_call() -> None:
    assert told(verdict(now=19.9, length=20)) == "pending"
    assert told(verdict(now=20, length=20)) == "unknown"
    assert told(verdict(now=29.9, length=None)) == "pending"
    assert told(verdict(now=30, length=None)) == "unknown"
    assert told(verdict(now=4.9, length=2)) == "pending"  # nobody is late before S + 5
    assert told(verdict("say waiting 15", length=12)) == "no_show confirmed"


def test_what_counts_as_on_time_is_the_user_s() -> None:
    generous = Policy(score=Score(on_time_within_minutes=10))
    late = verdict("meet you_in -1", "meet they_in 9", covered="meet -1..60", policy=generous)
    assert late.outcome is Outcome.ON_TIME
    later = verdict("meet you_in -1", "meet they_in 20", covered="meet -1..60", policy=generous)
    assert later.fault == pytest.approx(0.5)


def test_here_is_measured_from_the_user_s_late_checkpoint() -> None:
    patient = replace(Policy(), checkpoints=Checkpoints(late_after_minutes=12))
    assert told(verdict("say here 21", policy=patient)) == "on_time confirmed"
    assert told(verdict("say here 7", policy=patient)) == "unknown"  # not asked yet


def test_certainty_is_that_of_the_source() -> None:
    assert verdict("you_in -2", "speech 3", covered=_HEARD).certainty is Certainty.PRESUMED
    assert verdict("meet you_in -2", "meet they_in 3", covered="meet -2..60").certainty is Certainty.CONFIRMED
    assert verdict("cancelled -60").certainty is Certainty.CONFIRMED
    assert verdict("say waiting 9").certainty is Certainty.PRESUMED
