"""The score of an employer (DESIGN.md, section 4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showup.core.policy import Score
from showup.core.reliability import Label, label, pattern, reliability, run_of_misses
from showup.core.verdict import Certainty, Outcome, Rule, Verdict

SCORE = Score()
_FAULTS = st.lists(st.floats(0, 1), max_size=40)


def judged(fault: float | None, outcome: Outcome = Outcome.NO_SHOW, **more: float | None) -> Verdict:
    counted = fault is not None
    return Verdict(outcome, Certainty.CONFIRMED, Rule.SETTLED, fault=fault, counted=counted, **more)  # type: ignore[arg-type]  # as told


KEPT, MISSED, LEFT_OUT = judged(0.0, Outcome.ON_TIME), judged(1.0), judged(None, Outcome.UNKNOWN)


@pytest.mark.parametrize(
    ("verdicts", "figures"),
    [
        # n, reliability, low, high, pattern, label: reckoned with SciPy from the page's formulas
        ([], (0, 85.0, 57.47, 99.31, 0.1, Label.NO_HISTORY)),
        ([KEPT], (1, 87.14, 62.98, 99.42, 0.0749, Label.RELIABLE)),
        ([MISSED], (1, 72.86, 43.48, 94.44, 0.4545, Label.FORGIVABLE)),
        ([MISSED, MISSED], (2, 63.75, 35.4, 87.98, 0.8621, Label.PATTERN)),
        ([KEPT, MISSED], (2, 76.25, 49.46, 95.28, 0.378, Label.FORGIVABLE)),
        ([KEPT, MISSED, MISSED], (3, 67.78, 41.23, 89.62, 0.8201, Label.PATTERN)),
        ([LEFT_OUT], (0, 85.0, 57.47, 99.31, 0.1, Label.NO_HISTORY)),
    ],
)
def test_the_figures(verdicts: list[Verdict], figures: tuple[int, float, float, float, float, Label]) -> None:
    found = reliability(verdicts, SCORE)
    n, score, low, high, chance, word = figures
    assert (found.n, found.label) == (n, word)
    assert (found.reliability, found.low, found.high) == pytest.approx((score, low, high), abs=0.006)
    assert found.pattern == pytest.approx(chance, abs=0.00006)


def test_the_plain_facts() -> None:
    found = reliability(
        [
            KEPT,
            judged(0.28, Outcome.LATE, minutes_late=12, waited=12.0),
            judged(0.6, Outcome.LATE, minutes_late=20, waited=20.5),
            judged(1.0, waited=30.0),
            LEFT_OUT,
            judged(0.25, Outcome.MOVED, notice_minutes=300),
            judged(None, Outcome.CANCELLED, notice_minutes=3000),
            judged(None, Outcome.CANCELLED),
            judged(None, Outcome.PENDING),
        ],
        SCORE,
    )
    assert (found.n, found.appointments, found.on_time, found.late, found.no_shows) == (5, 8, 1, 2, 1)
    assert (found.late_median, found.moved, found.notice_median) == (16, 3, 1650)
    assert found.minutes_waited == 62.5


def test_presumed_absence_is_in_no_figure() -> None:
    presumed = Verdict(Outcome.NO_SHOW, Certainty.PRESUMED, Rule.SILENCE, fault=1.0, counted=False)
    found = reliability([presumed], SCORE)
    assert (found.n, found.no_shows, found.misses_in_a_row, found.label) == (0, 0, 0, Label.NO_HISTORY)


@pytest.mark.parametrize(("faults", "run"), [([], 0), ([1, 0], 0), ([0, 0.5, 1], 2), ([1, 0.49], 0), ([1, 1, 1], 3)])
def test_the_current_run_of_misses(faults: list[float], run: int) -> None:
    assert run_of_misses(faults) == run


def test_uncounted_ones_are_passed_over_in_a_run() -> None:
    assert reliability([KEPT, MISSED, LEFT_OUT, MISSED, LEFT_OUT], SCORE).misses_in_a_row == 2


@pytest.mark.parametrize(
    ("chance", "word"),
    [(0, "reliable"), (0.249, "reliable"), (0.25, "forgivable"), (0.5, "watch"), (0.799, "watch"), (0.8, "pattern")],
)
def test_labels(chance: float, word: str) -> None:
    assert label(1, chance) == word
    assert label(0, chance) == "no history"


@given(_FAULTS)
def test_every_score_lies_in_its_interval(faults: list[float]) -> None:
    found = reliability([judged(fault) for fault in faults], SCORE)
    assert 0 <= found.low < found.reliability <= 100
    assert found.low < found.high <= 100
    assert 0 <= found.pattern <= 1


@given(_FAULTS.filter(bool), st.data())
def test_a_greater_fault_never_betters_a_score(faults: list[float], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(faults) - 1))
    worse = [*faults]
    worse[place] = data.draw(st.floats(faults[place], 1))
    before, after = (reliability([judged(fault) for fault in some], SCORE) for some in (faults, worse))
    assert after.reliability <= before.reliability
    assert after.low <= before.low + 1e-9
    assert after.high <= before.high + 1e-9
    assert after.pattern >= before.pattern - 1e-12
    assert after.misses_in_a_row >= before.misses_in_a_row


@given(st.integers(0, 3000), st.floats(0, 1))
def test_a_pattern_is_a_probability_however_long_the_record(n: int, share: float) -> None:
    missed = n * share
    assert 0 <= pattern(n, missed, SCORE) <= pattern(n + 1, missed + 1, SCORE) <= 1
