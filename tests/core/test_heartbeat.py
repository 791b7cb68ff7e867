"""What lies between two beats."""

from datetime import UTC, datetime, timedelta

import pytest

from showup.core.heartbeat import Beat, Gap, gap

NOON = datetime(2026, 7, 2, 12, tzinfo=UTC)
BEFORE = Beat(NOON, 1000.0, 1500.0)


def after(wall: float, awake: float, boot: float) -> Beat:
    return Beat(NOON + timedelta(seconds=wall), 1000 + awake, 1500 + boot)


def between(start: float, end: float, *, slept: bool = False, set_back: bool = False) -> Gap:
    return Gap(NOON + timedelta(seconds=start), NOON + timedelta(seconds=end), slept, set_back)


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (after(20, 20, 20), None),
        (after(20, 18.1, 20), None),  # rounding
        (after(80, 20, 20), None),  # a minute off is no jump yet
        (after(-40, 20, 20), None),
        (after(600, 20, 600), between(0, 600, slept=True)),
        (after(81, 20, 20), between(0, 81)),
        (after(3620, 20, 20), between(0, 3620)),
        (after(-41, 20, 20), between(-41, 0, set_back=True)),
        (after(4200, 20, 600), between(0, 4200, slept=True)),
        (after(-3000, 20, 600), between(-3000, 0, slept=True, set_back=True)),
    ],
)
def test_sleep_and_jumps(now: Beat, found: Gap | None) -> None:
    assert gap(BEFORE, now) == found
