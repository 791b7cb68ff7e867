"""What is asked about events without a time: once, no more than anybody answers, and as long as they are there."""

import pytest

from showup.core.event import Event, Status
from showup.core.wording import crowd
from showup.flow import questions
from showup.flow.judge import Judge
from showup.ports import SourceProblem
from showup.store.database import Database
from tests.flow.test_collect import Desk
from tests.support.fakes import at, event

DAY = 1440


@pytest.fixture
def desk(store: Database, judge: Judge) -> Desk:
    return Desk(store, judge)


def timeless(uid: str = "a", status: Status = Status.CONFIRMED) -> Event:
    return event(uid)._replace(start=None, end=None, all_day=True, status=status)


def asked(desk: Desk) -> list[str]:
    with desk.store.reading() as record:
        return [subject.removeprefix("event:") for subject, _ in record.timeless()]


def open_titles(desk: Desk) -> list[str]:
    with desk.store.reading() as record:
        return [notice.message.title for notice in record.foremost(100)]


def test_it_is_asked_once(desk: Desk) -> None:
    desk.read(-600, timeless())
    with desk.store.transaction() as record:
        record.mark_shown(1, at(-599), 7)
        record.close_notice(1, at(-598))
    desk.read(-500, timeless())
    desk.read(-400, timeless()._replace(summary="Interview with Acme again"))
    assert (asked(desk), open_titles(desk)) == (["a"], [])


@pytest.mark.parametrize("later", [[], [timeless(status=Status.CANCELLED)], [event()]])
def test_it_is_taken_back_when_it_is_gone_or_called_off_or_has_a_time(desk: Desk, later: list[Event]) -> None:
    desk.read(-600, timeless())
    assert open_titles(desk) == ["Is this an interview?"]
    desk.read(-599, *later)
    assert (asked(desk), open_titles(desk)) == ([], [])


def test_a_calendar_that_is_empty_or_broken_takes_nothing_back(desk: Desk) -> None:
    desk.read(-600, timeless())
    desk.calendar.events = []
    desk.poll(-599)
    desk.calendar.problem = SourceProblem("It is away.")
    desk.poll(-598)
    assert asked(desk) == ["a"]


def test_strangers_cannot_ask_without_end(desk: Desk) -> None:
    many = [timeless(f"e{number}") for number in range(3 * questions.CALENDAR_LIMIT)]
    desk.read(-600, *many)
    desk.read(-599, *many)
    assert len(asked(desk)) == questions.CALENDAR_LIMIT
    assert open_titles(desk).count(crowd("work").title) == 1
    desk.read(-598, *many[questions.CALENDAR_LIMIT :], event("real"))  # room is made, and others have it
    assert len(asked(desk)) == questions.CALENDAR_LIMIT
    assert not set(asked(desk)) & {one.key.uid for one in many[: questions.CALENDAR_LIMIT]}
    with desk.store.reading() as record:
        assert len(record.named("real")) == 1
    desk.read(-597)
    assert (asked(desk), open_titles(desk)) == ([], [])


def test_many_calendars_ask_no_more_than_this(store: Database, judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "LIMIT", 60)
    for name in "abc":
        Desk(store, judge, name).read(-600, *[timeless(f"{name}{number}") for number in range(50)])
    assert len(asked(Desk(store, judge))) == 60


def test_what_left_while_nobody_watched_is_let_go_of_in_time(store: Database, judge: Judge) -> None:
    Desk(store, judge).read(-600, timeless())
    again = Desk(store, judge)
    again.read(100 * DAY)
    assert asked(again) == ["a"]
    again.read(130 * DAY, event("b", 130 * DAY))
    assert asked(again) == []
