"""Totals: in the person's own time, beside what was expected, and silent where there is little to say."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from scipy.stats import beta

from showup.core.policy import Score
from showup.core.totals import BETWEEN, DIRECT, Counted, Group, Standing, totals

HERE = ZoneInfo("America/New_York")


def one(start: str, fault: float = 0.0, waited: float = 0.0, stage: str = "", *, between: bool = False) -> Counted:
    at = datetime.fromisoformat(start).replace(tzinfo=UTC)
    return Counted(at, fault, fault == 0, waited, stage, between)


def named(groups: Iterable[Group]) -> dict[str, int]:
    return {group.name: group.n for group in groups if group.n}


def test_days_and_hours_are_those_of_the_person_in_winter_and_in_summer() -> None:
    """14:30 UTC is half past nine in New York until 8 March, and half past ten from then on."""
    found = totals([one("2026-03-06T14:30"), one("2026-03-09T14:30"), one("2026-03-10T03:59")], HERE, Score())
    assert named(found.hours) == {"09:00": 1, "10:00": 1, "23:00": 1}
    assert named(found.weekdays) == {"Monday": 2, "Friday": 1}
    assert named(totals([one("2026-03-06T14:30")], ZoneInfo("Asia/Kathmandu"), Score()).hours) == {"20:00": 1}


def test_the_hour_that_comes_twice_is_one() -> None:
    found = totals([one("2026-11-01T05:30"), one("2026-11-01T06:30")], HERE, Score())
    assert named(found.hours) == {"01:00": 2}
    assert named(found.weekdays) == {"Sunday": 2}


def test_working_days_and_both_ways_are_always_there_and_others_where_there_are_any() -> None:
    found = totals([], HERE, Score())
    assert [group.name for group in found.weekdays] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert [group.name for group in found.ways] == [DIRECT, BETWEEN]
    assert found.hours == found.stages == ()
    assert {group.standing for group in (*found.weekdays, *found.ways, found.whole)} == {Standing.NONE}
    stages = [one("2026-03-06T14:30", stage=stage) for stage in ("final", "", "phone_screen")]
    assert [group.name for group in totals(stages, HERE, Score()).stages] == [
        "phone screen",
        "final",
        "round not known",
    ]


def test_a_share_is_reckoned_as_a_reliability_is() -> None:
    found = totals([one("2026-03-06T14:30", fault) for fault in (0, 0, 0.3, 1)], HERE, Score())
    a, b = 5.1 + 4 - 1.3, 0.9 + 1.3
    assert found.whole.kept == pytest.approx(100 * a / (a + b))
    assert (found.whole.low, found.whole.high) == pytest.approx(tuple(100 * beta.ppf([0.05, 0.95], a, b)))
    assert (found.whole.n, found.whole.on_time) == (4, 2)
    assert found.prior.kept == pytest.approx(85)
    assert found.prior.low == pytest.approx(100 * beta.ppf(0.05, 5.1, 0.9))


@pytest.mark.parametrize(
    ("kept", "missed", "standing"),
    [
        (0, 0, Standing.NONE),
        (1, 0, Standing.FEW),
        (0, 5, Standing.FEW),
        (6, 0, Standing.EXPECTED),
        (40, 7, Standing.EXPECTED),
        (60, 0, Standing.MORE),
        (0, 6, Standing.LESS),
    ],
)
def test_little_says_nothing_and_only_a_whole_band_stands_apart(kept: int, missed: int, standing: Standing) -> None:
    found = totals([one("2026-03-06T14:30")] * kept + [one("2026-03-06T14:30", 1.0)] * missed, HERE, Score())
    assert found.whole.standing is standing
    assert found.whole.says is (standing not in {Standing.NONE, Standing.FEW})


def test_waiting_is_added_up_and_short_waits_are_nothing_to_tell_of() -> None:
    found = totals([one("2026-03-06T14:30", waited=waited) for waited in (2, 5, 6, 20, 30)], HERE, Score())
    assert (found.whole.waited, found.patience, found.waits) == (63, 5, 3)
    assert (found.median_wait, found.longest_wait) == (20, 30)
    assert totals([], HERE, Score()).longest_wait is None
