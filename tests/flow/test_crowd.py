"""Strangers can send invitations without end, all to one moment."""

import gc
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from showup.core.appointment import Appointment
from showup.core.change import Tracked
from showup.core.event import Event, EventKey, Status
from showup.core.following import Candidate, links
from showup.core.notice import Kind
from showup.core.problem import Problem
from showup.core.spans import Span
from showup.flow import sift
from showup.flow.judge import Judge
from showup.flow.tell import SCREEN
from showup.flow.turn import turn, until
from showup.ports import SourceProblem
from showup.store.database import Database
from showup.store.planned import Planned
from tests.flow.test_watch import Desk
from tests.support.fakes import FakeClock, S, at, event

ALL = Span(at(-100_000), at(100_000))


@dataclass
class Slow(FakeClock):
    """A clock on a slow machine: whoever looks at it has worked for a while."""

    def monotonic(self) -> float:
        self.awake += 0.01
        return self.awake


class Crowd(Desk):
    """A desk on a slow machine, with a calendar full of interviews."""

    def __init__(self, store: Database, judge: Judge, events: list[Event]) -> None:
        super().__init__(store, judge)
        self.clock = Slow(self.clock.wall)
        self.calendar.events = events
        self.start(judge)

    def beats(self) -> int:
        """Beat until nothing is left to do; how often."""
        self.watch.beat(frozenset({"work"}))
        count = 1
        while self.watch.behind:
            self.watch.beat()
            count += 1
        return count

    def planned(self) -> list[Appointment]:
        with self.store.reading() as record:
            return list(record.around(ALL))

    def told(self) -> set[Kind]:
        """What was said of the first appointment."""
        return {notice.kind for notice in self.notices() if notice.appointment_id == 1}

    def stands(self, uid: str) -> list[bool]:
        with self.store.reading() as record:
            return [one.changed is None for one in record.named(uid)]

    def outcomes(self) -> set[str]:
        with self.store.reading() as record:
            return {entry.verdict.outcome.value for entry in record.entries()}


def crowd(count: int, start: float = 600) -> list[Event]:
    return [event(f"e{number}", start) for number in range(count)]


@pytest.mark.parametrize("apart", [0, 0.03])
def test_hundreds_of_interviews_at_one_moment_take_no_longer_than_a_beat_may(
    store: Database, judge: Judge, apart: float
) -> None:
    desk = Desk(store, judge)
    desk.calendar.events = [event(f"e{number}", apart * number) for number in range(400)]
    begun = time.process_time()
    desk.watch.beat()
    assert time.process_time() - begun < 5  # it was minutes
    assert len(desk.watch.board) == 400


def test_what_one_beat_cannot_take_comes_with_the_next_and_the_nearest_is_first(store: Database, judge: Judge) -> None:
    desk = Crowd(store, judge, [*crowd(200), event("real", 60)])
    desk.watch.beat()
    assert desk.stands("real") == [True]
    assert len(desk.planned()) < 100
    assert desk.watch.behind
    assert desk.beats() > 2
    assert sorted(one.key.uid for one in desk.planned()) == sorted(one.key.uid for one in desk.calendar.events)
    assert len(desk.calendar.due) == 2  # it was not read for each


def test_what_is_due_does_not_wait_for_a_crowd(store: Database, judge: Judge) -> None:
    desk = Crowd(store, judge, [event("real", 0)])
    desk.beats()
    desk.clock.go(15)
    desk.calendar.events += crowd(200)
    desk.watch.beat()
    assert desk.watch.behind
    assert [notice.message.title for notice in desk.notices() if not notice.closed] == ["Has Acme joined?"]


def test_nothing_is_said_of_what_may_have_been_moved(store: Database, judge: Judge) -> None:
    """Its new time stands in the calendar, behind a crowd that is nearer to this moment than it was."""
    desk = Crowd(store, judge, [event("real", 0)])
    desk.beats()
    desk.clock.go(15)
    desk.calendar.events = [*crowd(200, 5), event("real", 3000)]
    desk.watch.beat()
    assert desk.watch.behind
    assert desk.told() == {Kind.BRIEF}
    desk.beats()
    assert desk.told() == {Kind.BRIEF, Kind.MOVED}
    assert desk.stands("real") == [False, True]


def test_masses_that_are_moved_follow_each_its_own(store: Database, judge: Judge) -> None:
    desk = Crowd(store, judge, crowd(120))
    desk.beats()
    desk.clock.go(5)
    desk.calendar.events = crowd(120, 660)
    assert desk.beats() > 2
    found = {one.id: one for one in desk.planned()}
    moved = [one for one in found.values() if one.start == at(660)]
    assert len(found) == 240
    assert [one.key for one in moved] == [found[one.follows or 0].key for one in moved]
    assert desk.stands("e7") == [False, True]


def test_masses_that_vanish_are_cancelled_by_a_second_reading_only(store: Database, judge: Judge) -> None:
    desk = Crowd(store, judge, [*crowd(120), event("other", 3000)])
    desk.beats()
    desk.calendar.events = [event("other", 3000)]
    desk.clock.go(5)
    assert desk.beats() > 1
    assert desk.outcomes() == {"pending"}
    desk.clock.go(5)
    assert desk.beats() > 1
    assert desk.outcomes() == {"pending", "cancelled"}
    assert {one.changed for one in desk.planned()} == {None, at(-10)}


def test_masses_that_are_cancelled_and_back_again(store: Database, judge: Judge) -> None:
    desk = Crowd(store, judge, crowd(120))
    desk.beats()
    desk.calendar.events = [one._replace(status=Status.CANCELLED) for one in crowd(120)]
    desk.beats()
    assert desk.outcomes() == {"cancelled"}
    desk.calendar.events = crowd(120)
    desk.beats()
    assert desk.outcomes() == {"pending"}


def test_a_crowd_is_told_of_in_turns_and_never_fills_the_screen(store: Database, judge: Judge) -> None:
    desk = Crowd(store, judge, crowd(150, 0))
    desk.beats()
    for minutes in (11, 5, 10, 20, 30):
        desk.clock.go(minutes)
        reads = len(desk.calendar.due)
        desk.beats()
        assert len(desk.calendar.due) == reads + 1
        assert len(desk.screen.screen) <= SCREEN
    assert desk.outcomes() == {"unknown"}
    said = [(notice.subject, notice.kind) for notice in desk.notices()]
    assert len(said) == len(set(said))


def test_a_start_in_a_crowd_goes_in_turns(store: Database, judge: Judge) -> None:
    desk = Crowd(store, judge, crowd(150))
    desk.beats()
    desk.start(judge)
    assert desk.beats() > 2
    assert len(desk.planned()) == 150


@pytest.mark.parametrize("limit", ["DAY_LIMIT", "AHEAD_LIMIT"])
def test_more_interviews_than_anybody_has_wait_until_others_are_over(
    store: Database, judge: Judge, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sift, limit, 5)
    desk = Crowd(store, judge, [event(f"e{number}", 60 * number) for number in range(8)])
    desk.beats()
    assert len(desk.planned()) == 5
    (notice,) = [one for one in desk.notices() if one.kind == "problem"]
    assert notice.message.title == "Your calendar “work” has more interviews than anybody can have"
    for _ in range(8):
        desk.clock.go(60)
        desk.beats()
    assert len(desk.planned()) == 8
    assert [one for one in desk.notices() if one.kind == "problem"] == []


def test_what_waited_until_it_was_over_is_no_more_than_a_day_has(
    store: Database, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sift, "DAY_LIMIT", 5)
    desk = Crowd(store, judge, crowd(8, 0))
    desk.beats()
    desk.clock.go(80)
    desk.beats()
    assert len(desk.planned()) == 5


def test_a_full_day_leaves_room_for_another(store: Database, judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sift, "DAY_LIMIT", 5)
    desk = Crowd(store, judge, [*crowd(20, 10_000), event("real", 60)])
    desk.beats()
    assert desk.stands("real") == [True]
    assert len(desk.planned()) == 6


def test_a_calendar_that_invents_new_ones_for_ever_is_heard_no_more(
    store: Database, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sift, "EVER_LIMIT", 20)
    desk = Crowd(store, judge, [])
    for round_ in range(6):
        desk.calendar.events = [event(f"{round_}-{number}", 600) for number in range(8)]
        desk.beats()
        desk.clock.go(5)
    assert len(desk.planned()) == 20


@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_what_follows_what_is_found_soon_among_masses(share: float) -> None:
    def one(number: int) -> Candidate:
        off = at(number / 1000) if number < 10_000 * (1 - share / 2) else None
        return Candidate(number, S, S + timedelta(days=30), off, None)

    begun = time.process_time()
    links(map(one, range(10_000)))
    assert time.process_time() - begun < 1  # it was a minute


def test_candidates_are_not_paired_twice() -> None:
    def one(number: int, cancelled: datetime | None = None) -> Candidate:
        return Candidate(number, S, S + timedelta(days=30), cancelled, None)

    found = links([*(one(number, at(1)) for number in range(50)), *(one(number) for number in range(50, 80))])
    assert len(found) == len(set(found.values()))
    assert all(new != old for new, old in found.items())


def test_what_is_left_is_taken_though_the_calendar_cannot_be_read_meanwhile(store: Database, judge: Judge) -> None:
    desk = Crowd(store, judge, crowd(120))
    desk.watch.beat()
    assert desk.watch.behind
    desk.calendar.problem = SourceProblem("No network.", "Wait.")
    desk.clock.go(5)
    desk.beats()
    assert len(desk.planned()) == 120
    with store.reading() as record:
        (state,) = record.calendars()
    assert (state.readable, state.problem) == (False, "No network. Wait.")


def test_what_a_full_disk_refused_is_taken_though_the_calendar_cannot_be_read_then(
    store: Database, judge: Judge
) -> None:
    desk = Crowd(store, judge, crowd(3))
    desk.tight.full = True
    with pytest.raises(Problem):
        desk.watch.beat()
    desk.tight.full = False
    desk.calendar.problem = SourceProblem("No network.", "Wait.")
    desk.beats()
    assert len(desk.planned()) == 3


def test_texts_that_were_looked_through_are_not_kept(store: Database, judge: Judge) -> None:
    class Text(str):
        __slots__ = ()

    events = [event("e", summary="Dentist", description=Text("x")), event("real", 600, description=Text("y"))]

    def kept() -> int:
        gc.collect()
        return sum(isinstance(one, Event) and isinstance(one.description, Text) for one in gc.get_objects())

    desk = Crowd(store, judge, events)
    assert kept() == 2
    desk.beats()
    desk.calendar.events, desk.calendar.unchanged = [], True
    del events
    assert kept() == 0


def test_a_beat_does_not_read_the_whole_record_of_a_calendar(
    store: Database, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Crowd(store, judge, crowd(5))
    desk.beats()
    asked: list[str] = []

    def tracked(record: Planned, calendar: str) -> Mapping[EventKey, Tracked]:
        asked.append(calendar)
        return real(record, calendar)

    real = Planned.tracked
    monkeypatch.setattr(Planned, "tracked", tracked)
    for number in range(3):
        desk.calendar.events = crowd(6 + number, 660)
        desk.beats()
    assert asked == []
    assert len(desk.planned()) == 5 + 8


def test_what_somebody_else_had_forgotten_is_looked_up(store: Database, judge: Judge, tmp_path: Path) -> None:
    desk = Crowd(store, judge, crowd(5))
    desk.beats()
    with closing(sqlite3.connect(tmp_path / "record.sqlite")) as another, another:
        another.execute("DELETE FROM occurrences WHERE uid = 'e1'")
    desk.calendar.events = crowd(5, 660)
    desk.beats()
    assert desk.stands("e1") == [True, True], "it is a new one, and no move of one that is not known any more"
    assert desk.stands("e2") == [False, True]


def test_a_turn_is_used_though_it_was_over_before_the_first_thing_was_done() -> None:
    """To sort masses takes longer than a turn; one of them with each beat would take hours."""
    clock = FakeClock()
    end = clock.awake + 0.3
    over = turn(clock, end, 0.15)
    clock.awake += 0.5
    done = []
    for number in until(over, range(100)):
        done.append(number)
        clock.awake += 0.01
    assert 10 < len(done) < 20
    assert len(list(until(turn(clock, end), range(100)))) == 1
