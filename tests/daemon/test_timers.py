"""When the daemon beats: by its timers, and by what it is told."""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from showup.config import CalendarSettings
from showup.daemon.orders import Order, Orders
from showup.daemon.timers import Timers
from tests.support.fakes import FakeClock
from tests.support.scheduling import schedule_by

BEGAN = datetime(2026, 3, 3, 9, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """One clock for the timers and for APScheduler."""
    clock = FakeClock(BEGAN)

    schedule_by(monkeypatch, clock.now)
    return clock


@pytest.fixture
def timers(clock: FakeClock) -> Iterator[Timers]:
    settings = (CalendarSettings(name, "ics", path=Path("x.ics"), poll_minutes=5) for name in ("home", "work"))
    timers = Timers(settings, clock)
    yield timers
    timers.close()


def test_each_calendar_is_read_at_its_time_and_once_for_all_that_was_missed(timers: Timers, clock: FakeClock) -> None:
    assert timers.polls() == frozenset()
    assert timedelta(seconds=timers.pause()) <= 5 * MINUTE + 10 * SECOND
    clock.wall = BEGAN + 6 * MINUTE
    assert timers.polls() == {"home", "work"}
    assert timers.polls() == frozenset()
    clock.wall = BEGAN + 8 * HOUR  # the machine slept
    assert timers.pause() < 1
    assert timers.polls() == {"home", "work"}
    assert 1 < timers.pause() <= 310


def test_what_is_due_ends_the_pause(timers: Timers, clock: FakeClock) -> None:
    timers.plan(BEGAN + MINUTE, anew=True)
    assert timers.pause() == pytest.approx(60, abs=0.1)
    timers.plan(BEGAN + 2 * MINUTE, anew=False)
    assert timers.pause() == pytest.approx(120, abs=0.1)
    clock.wall = BEGAN + 2 * MINUTE
    assert timers.pause() < 1
    assert timers.polls() == frozenset()
    assert timers.pause() > 100
    timers.plan(BEGAN + 3 * MINUTE, anew=True)
    timers.plan(None, anew=True)
    assert timers.pause() > 100


def test_without_a_calendar_nothing_ends_it(clock: FakeClock) -> None:
    timers = Timers((), clock)
    assert timers.pause() == float("inf")
    timers.plan(BEGAN + HOUR, anew=True)
    assert timers.pause() == pytest.approx(3600, abs=0.1)
    timers.close()


def test_signals_are_orders_and_none_is_lost() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGUSR1, signal.SIGTERM)}
    before[signal.SIGINT] = signal.getsignal(signal.SIGINT)
    orders = Orders()
    orders.listen()
    try:
        assert orders.take(0) == frozenset()
        orders.give(Order.LOOK)
        os.kill(os.getpid(), signal.SIGHUP)
        os.kill(os.getpid(), signal.SIGUSR1)
        assert orders.take(5) == {Order.LOOK, Order.RELOAD, Order.PAGE}
        assert orders.take(0) == frozenset()
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)
        assert orders.take(5) == {Order.STOP}
        assert orders.hear()  # each of them was heard, and then it is over
        orders.over()
        while orders.hear():
            pass
    finally:
        orders.ended()
        for number, handler in before.items():
            signal.signal(number, handler)
