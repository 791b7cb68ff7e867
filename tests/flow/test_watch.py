"""watch: a beat is one transaction, and what the record refuses is not lost."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from showup.core.checkpoints import Point
from showup.core.event import Event
from showup.core.evidence import Sign
from showup.core.problem import Problem
from showup.core.record import Notice
from showup.core.spans import Span
from showup.flow.collect import Collector
from showup.flow.judge import Judge
from showup.flow.keep import Rules
from showup.flow.observe import Observer
from showup.flow.tell import Teller
from showup.flow.watch import Parts, Watch
from showup.ports import Closed, Detector, Happening, Pressed, Record, Returned
from showup.store.database import Database
from tests.support.fakes import OWNER, FakeCalendar, FakeClock, FakeDetector, FakeNotifier, at, event, nobody, recognise

FULL = Problem("The disk is full, so nothing could be stored.", "Free some space and try again.")


class Tight:
    """A store whose disk can be full: then nothing that was done in a transaction is kept."""

    def __init__(self, store: Database) -> None:
        self._store = store
        self.full = False
        self.transactions = 0
        self.after: list[Callable[[], None]] = []

    @contextmanager
    def transaction(self) -> Iterator[Record]:
        self.transactions += 1
        with self._store.transaction() as record:
            yield record
            if self.full:
                raise FULL
        while self.after:
            self.after.pop()()

    def reading(self) -> Iterator[Record]:
        return self._store.reading()  # type: ignore[return-value]  # a context manager, as it is

    def version(self) -> int:
        return self._store.version()

    def close(self) -> None:
        self._store.close()


class Desk:
    """The daemon's work on a real record, with fakes all around; it is ten minutes before the interview."""

    def __init__(self, store: Database, judge: Judge) -> None:
        self.store, self.tight, self.clock = store, Tight(store), FakeClock()
        self.clock.go(-10)
        self.calendar, self.detector, self.screen = FakeCalendar("work"), FakeDetector(), FakeNotifier()
        self.calendar.events = [event(), event("other", 3000)]
        self.start(judge)

    def start(self, judge: Judge) -> None:
        """As the daemon begins."""
        collector = Collector(self.calendar, "fake", self.store, Rules(judge, OWNER, nobody), recognise)
        teller = Teller(self.screen, self.tight, judge)  # type: ignore[arg-type]  # it has what a teller needs
        observer = Observer(self.clock, self.detectors())
        self.watch = Watch(Parts(self.clock, self.tight, judge, observer, [collector], teller))  # type: ignore[arg-type]

    def detectors(self) -> list[Detector]:
        return [self.detector]

    def notices(self) -> tuple[Notice, ...]:
        with self.store.reading() as record:
            return record.notices()

    def signs(self) -> list[str]:
        with self.store.reading() as record:
            (one,) = record.named("a")
            return [one.sign.value for one in record.evidence(one.id, Span(at(-600), at(600)))]

    def covered(self) -> list[tuple[str, float, float]]:
        with self.store.reading() as record:
            found = record.coverage(1, Span(at(-600), at(600)))
        return [
            (one.source.value, (one.span.start - at(0)).seconds // 60 % 60, (one.span.end - at(0)).seconds // 60)
            for one in found
            if one.source is self.detector.source
        ]


@pytest.fixture
def desk(store: Database, judge: Judge) -> Desk:
    return Desk(store, judge)


def test_a_beat_is_one_transaction(desk: Desk) -> None:
    desk.watch.beat()
    desk.tight.transactions = 0
    desk.detector.saw(0, 5, (1, Sign.YOU_IN))
    desk.clock.go(15)
    desk.watch.beat()
    # The second is that of what was shown: it is marked when it really stands on the screen.
    assert desk.tight.transactions == 1 + len(desk.screen.shows[1:])


def test_a_quiet_beat_is_none(desk: Desk) -> None:
    desk.calendar.events = [event(start=3000)]
    desk.watch.beat()
    desk.tight.transactions = 0
    desk.clock.go(1)
    assert not desk.watch.beat()
    assert desk.tight.transactions == 0


def test_what_somebody_else_wrote_right_after_a_beat_is_news_to_the_next(desk: Desk, tmp_path: Path) -> None:
    def write() -> None:
        with closing(sqlite3.connect(tmp_path / "record.sqlite")) as other, other:
            other.execute("INSERT INTO memory VALUES ('a', 0)")

    desk.tight.after = [write]
    desk.watch.beat()
    desk.clock.go(0.5)
    assert desk.watch.beat()
    desk.clock.go(0.5)
    assert not desk.watch.beat()


def test_what_a_full_disk_refuses_is_kept_for_the_next_beat(desk: Desk) -> None:
    desk.watch.beat()
    desk.clock.go(10)
    desk.detector.saw(0, 4, (1, Sign.YOU_IN))
    desk.clock.go(4)
    desk.tight.full = True
    with pytest.raises(Problem):
        desk.watch.beat()
    assert desk.signs() == []
    desk.tight.full = False
    desk.clock.go(0.5)
    assert desk.watch.beat()
    assert desk.signs() == ["you_in"]
    assert desk.covered() == [("sound", 0, 4)]


def test_an_answer_that_could_not_be_stored_is_stored_later(desk: Desk) -> None:
    desk.watch.beat()
    desk.clock.go(15)
    desk.watch.beat()
    (shown_id,) = desk.screen.screen
    desk.screen.happened = [Pressed(shown_id, 0)]
    desk.tight.full = True
    desk.clock.go(0.2)
    with pytest.raises(Problem):
        desk.watch.beat()
    assert desk.signs() == []
    desk.tight.full = False
    desk.clock.go(0.2)
    desk.watch.beat()
    assert desk.signs() == ["here"]
    assert desk.screen.screen == {}


@pytest.mark.parametrize(
    ("gone", "pauses"),
    [(Returned(), (0.2,)), (Closed(101, dismissed=False, lapsed=True), (0.2, 9.5, 0.6))],  # at S + 15 it looks anyway
    ids=["the server restarts", "its time is over"],
)
def test_what_went_from_the_screen_comes_back_though_nothing_else_happens(
    desk: Desk, gone: Happening, pauses: tuple[float, ...]
) -> None:
    desk.watch.beat()
    desk.clock.go(16)
    desk.watch.beat()
    (shown_id,) = desk.screen.screen
    assert shown_id == 101
    desk.screen.screen.clear()
    desk.screen.happened = [gone]
    for pause in pauses:
        assert desk.screen.screen == {}
        desk.clock.go(pause)
        desk.watch.beat()
    assert list(desk.screen.screen) == [shown_id]
    assert desk.watch.restless_from(desk.clock.now()) is None


def test_events_that_could_not_be_stored_are_stored_later(desk: Desk) -> None:
    desk.tight.full = True
    with pytest.raises(Problem):
        desk.watch.beat()
    desk.calendar.unchanged = True
    desk.tight.full = False
    desk.clock.go(0.2)
    desk.watch.beat()
    with desk.store.reading() as record:
        assert len(record.named("a")) == 1


def test_the_events_of_which_a_checkpoint_has_come_are_asked_for(desk: Desk) -> None:
    desk.watch.beat()
    desk.clock.go(4)
    desk.watch.beat(frozenset({"work"}))
    assert desk.calendar.due[-1] == frozenset()
    desk.clock.go(11)
    desk.watch.beat()
    assert desk.calendar.due[-1] == {"a"}


@pytest.mark.parametrize("before", [[], [event()]], ids=["nothing", "one that is over"])
def test_the_next_moment_is_always_to_come(desk: Desk, before: list[Event]) -> None:
    """An appointment that comes into sight soon after the daemon looked, with nothing to do before it."""
    desk.calendar.events = [*before, event("later", 2 * 24 * 60 + 80)]
    desk.watch.beat()
    beats = 0
    while due := desk.watch.next_due:
        assert due > desk.clock.now()
        desk.clock.go((due - desk.clock.now()).total_seconds() / 60)
        desk.watch.beat()
        beats += 1
    assert beats > len(Point)


def test_a_clock_set_back_while_nothing_ran_is_noticed_at_the_start(desk: Desk, judge: Judge) -> None:
    desk.watch.beat()
    desk.clock.go(80)
    desk.watch.beat()
    before = {notice.kind.value for notice in desk.notices()}
    desk.clock.go(1, jump=-75)
    desk.start(judge)
    desk.watch.beat()
    due = desk.watch.next_due
    assert due is not None
    assert due <= at(5)
    assert {notice.kind.value for notice in desk.notices()} >= before
