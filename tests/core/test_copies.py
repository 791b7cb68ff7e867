"""Which copies are kept, whatever the clock does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showup.core.copies import KEPT, daily, day_of, due, spare, steady

DAY = date(2026, 3, 29)  # on which Europe sets its clocks
DAYS = st.sets(st.dates(date(1970, 1, 1), date(2099, 12, 31)), max_size=20)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def test_seven_are_kept() -> None:
    assert spare(DAY, map(ago, range(KEPT))) == ()
    assert spare(DAY, map(ago, range(KEPT + 2))) == (ago(8), ago(7))


def test_a_day_has_one() -> None:
    assert due(DAY, [])
    assert due(DAY, [ago(1), ago(-1)])
    assert not due(DAY, [DAY])


def test_a_clock_set_back_takes_none_of_the_good_ones() -> None:
    good = [ago(day) for day in range(KEPT)]
    back = date(1970, 1, 1)
    assert due(back, good)
    assert spare(back, [*good, back]) == ()


def test_one_from_a_clock_that_ran_ahead_takes_no_room() -> None:
    ahead = date(2038, 1, 19)
    assert spare(DAY, [ahead, *map(ago, range(KEPT))]) == ()


@given(DAYS, st.dates(date(1970, 1, 1), date(2099, 12, 31)))
def test_never_today_s_and_never_the_newest_seven(days: set[date], today: date) -> None:
    gone = set(spare(today, days | {today}))
    past = sorted(day for day in days | {today} if day <= today)
    assert gone == set(past[:-KEPT])
    assert today not in gone


@pytest.mark.parametrize(
    ("days", "known"),
    [([], False), ([DAY], False), ([ago(1)], True), ([ago(7)], True), ([ago(8)], False), ([ago(-1)], False)],
)
def test_a_clock_is_believed_that_agrees_with_a_day_before(days: list[date], known: bool) -> None:
    assert steady(DAY, days) is known


@pytest.mark.parametrize(
    ("name", "day"),
    [
        (daily(DAY), DAY),
        ("showup-2026-03-29-090501.sqlite", DAY),
        ("showup-2026-03-29-090501-replaced.sqlite", None),
        ("showup-before-0002.sqlite", None),
        ("showup-2026-13-29.sqlite", None),
        ("showup-2026-03-29.sqlite-wal", None),
        ("notes.txt", None),
    ],
)
def test_a_copy_is_known_by_its_name(name: str, day: date | None) -> None:
    assert day_of(name) == day
