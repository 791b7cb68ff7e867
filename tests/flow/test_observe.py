"""observe: what was noticed, and when anybody was watching."""

import pytest

from showup.core.appointment import Appointment
from showup.core.event import EventKey
from showup.core.evidence import Sign
from showup.core.spans import Span
from showup.flow.observe import Observed, Observer
from showup.store.database import Database
from tests.support.fakes import FakeClock, FakeDetector, S, at

ONE = Appointment(1, EventKey("a"), S, at(60), at(-600))


class Desk:
    """An observer with one detector, which watches from S on."""

    def __init__(self, store: Database) -> None:
        self.store, self.clock, self.detector = store, FakeClock(), FakeDetector()
        self.observer = Observer(self.clock, [self.detector])
        self.observer.watch((ONE,))

    def observe(self) -> Observed:
        observed = self.observer.look()
        with self.store.transaction() as record:
            observed.keep(record)
        return observed

    def covered(self) -> list[tuple[str, float, float]]:
        with self.store.reading() as record:
            found = record.coverage(1, Span(at(-600), at(600)))
        return sorted(
            (one.source.value, (one.span.start - S).total_seconds() / 60, (one.span.end - S).total_seconds() / 60)
            for one in found
        )


@pytest.fixture
def desk(store: Database) -> Desk:
    return Desk(store)


def test_what_was_noticed_is_kept_with_what_it_bears_on(desk: Desk) -> None:
    desk.detector.saw(0, 5, (1, Sign.YOU_IN), (4, Sign.THEY_IN))
    desk.clock.go(5)
    noticed = desk.observe().bears_on
    assert noticed is not None
    assert (noticed.start, noticed.end > at(4)) == (at(1), True)
    assert desk.covered() == [("machine", 0, 5), ("sound", 0, 5)]
    with desk.store.reading() as record:
        assert [one.sign for one in record.evidence(1, Span(at(0), at(9)))] == [Sign.YOU_IN, Sign.THEY_IN]


def test_nothing_noticed_is_nothing(desk: Desk) -> None:
    desk.detector.saw(0, 5)
    desk.clock.go(5)
    assert desk.observe().bears_on is None
    assert desk.covered() == [("machine", 0, 5), ("sound", 0, 5)]


def test_beats_make_one_stretch(desk: Desk) -> None:
    for minute in range(3):
        desk.detector.saw(minute, minute + 1)
        desk.clock.go(1)
        desk.observe()
    assert desk.covered() == [("machine", 0, 3), ("sound", 0, 3)]


def test_a_sleep_was_not_watched_whatever_a_detector_says(desk: Desk) -> None:
    desk.clock.go(5)
    desk.detector.saw(0, 5)
    desk.observe()
    desk.detector.saw(5, 65)
    desk.clock.go(60, asleep=True)
    missed = desk.observe().missed
    assert missed is not None
    assert missed.slept
    assert desk.detector.restarts == 1
    assert desk.covered() == [("machine", 0, 5), ("sound", 0, 5)]
    desk.detector.saw(65, 66)
    desk.clock.go(1)
    desk.observe()
    assert desk.covered() == [("machine", 0, 5), ("machine", 65, 66), ("sound", 0, 5), ("sound", 65, 66)]


def test_a_clock_set_back_takes_back_what_lies_ahead(desk: Desk) -> None:
    desk.detector.saw(0, 30)
    desk.clock.go(30)
    desk.observe()
    desk.clock.go(0.1, jump=-20)
    missed = desk.observe().missed
    assert missed is not None
    assert missed.set_back
    assert [(source, start) for source, start, _end in desk.covered()] == [("machine", 0), ("sound", 0)]
    assert all(end == pytest.approx(10.1) for *_rest, end in desk.covered())


def test_a_clock_set_forward_is_a_gap(desk: Desk) -> None:
    desk.clock.go(1, jump=60)
    desk.observe()
    assert desk.covered() == []


def test_detectors_are_told_once_for_what_to_watch(desk: Desk) -> None:
    assert [one.id for one in desk.detector.watching] == [1]
    desk.observer.watch(())
    assert not desk.detector.watching
    desk.clock.go(1)
    assert desk.observe().empty
    desk.observer.close()
    assert desk.detector.closed


def test_time_at_rest_is_no_coverage(desk: Desk) -> None:
    desk.observer.watch(())
    desk.clock.go(30)
    desk.observer.watch((ONE,))
    desk.clock.go(1)
    desk.observe()
    assert desk.covered() == [("machine", 30, 31)]


def test_a_clock_set_back_at_rest_takes_back_nothing(desk: Desk) -> None:
    desk.detector.saw(0, 30)
    desk.clock.go(30)
    desk.observe()
    desk.observer.watch(())
    desk.clock.go(1, jump=-20)
    observed = desk.observe()
    assert observed.missed
    assert not observed.empty
    assert desk.covered() == [("machine", 0, 30), ("sound", 0, 30)]


def test_stretches_apart_are_kept_apart(desk: Desk) -> None:
    desk.detector.saw(0, 1)
    desk.clock.go(1)
    desk.observe()
    desk.detector.saw(2, 3)
    desk.clock.go(2)
    desk.observe()
    desk.detector.saw(3, 5)
    desk.clock.go(2)
    desk.observe()
    assert desk.covered() == [("machine", 0, 5), ("sound", 0, 1), ("sound", 2, 5)]
