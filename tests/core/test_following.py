"""Which appointment follows which."""

from datetime import UTC, datetime, timedelta

import pytest

from showup.core.following import Candidate, links

NOON = datetime(2026, 7, 2, 12, tzinfo=UTC)


def one(number: int, created: float, cancelled: float | None = None, follows: int | None = None) -> Candidate:
    """Created and cancelled in hours from noon."""
    off = None if cancelled is None else NOON + timedelta(hours=cancelled)
    return Candidate(number, NOON + timedelta(hours=created), NOON + timedelta(days=30), off, follows)


@pytest.mark.parametrize(
    ("created", "followed"), [(-1.01, False), (-1, True), (0, True), (24 * 14, True), (24 * 14 + 0.01, False)]
)
def test_a_cancellation_and_a_new_event(created: float, followed: bool) -> None:
    assert links([one(1, -100, 0), one(2, created)]) == ({2: 1} if followed else {})


def test_nothing_follows_what_stands() -> None:
    assert links([one(1, -100), one(2, 0)]) == {}
    assert links([]) == {}


def test_each_follows_one_at_most_and_the_nearest_wins() -> None:
    assert links([one(1, -100, 0), one(2, 5), one(3, 2)]) == {3: 1}
    assert links([one(1, -100, 0), one(2, -100, 1), one(3, 2), one(4, 3)]) == {3: 1, 4: 2}


def test_what_is_followed_already_is_left_alone() -> None:
    assert links([one(1, -100, 0), one(2, 1, follows=1), one(3, 2)]) == {}
    assert links([one(1, -100, 0), one(2, 1, follows=7)]) == {}


def test_nothing_follows_itself_or_a_later_one() -> None:
    assert links([one(1, 0, 0.5)]) == {}
    assert links([one(1, 0, 0.5), one(2, -0.4)]) == {}


def test_a_chain_of_rebookings() -> None:
    assert links([one(1, -100, 0), one(2, 0.1, 30), one(3, 30.1)]) == {2: 1, 3: 2}


def test_the_order_they_come_in_does_not_matter() -> None:
    some = [one(1, -100, 0), one(2, -100, 1), one(3, 2), one(4, 3)]
    assert links(reversed(some)) == links(some)
