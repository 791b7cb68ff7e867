"""What is put down and said when nobody was watching."""

import pytest

from showup.core.record import Notice
from showup.flow.judge import Judge
from showup.store.database import Database
from tests.flow.test_watch import Desk
from tests.support.fakes import at, event


@pytest.fixture
def desk(store: Database, judge: Judge) -> Desk:
    return Desk(store, judge)


def last(desk: Desk) -> Notice:
    return desk.notices()[-1]


def test_a_machine_that_slept_over_a_checkpoint_says_so_at_once(desk: Desk) -> None:
    desk.watch.beat()
    desk.clock.go(8)
    desk.watch.beat()
    desk.clock.go(22, asleep=True)
    desk.watch.beat()
    said = last(desk)
    assert (said.kind, said.shown) == ("ask", at(20))
    assert said.message.body == "Planned for 14:00. Your computer slept from 13:58 to 14:20, so showup does not know."
    assert desk.signs() == ["slept"]


def test_after_the_end_it_is_one_question(desk: Desk) -> None:
    desk.watch.beat()
    desk.clock.go(120, asleep=True)
    desk.watch.beat()
    said = last(desk)
    assert said.message.title == "Did Acme come?"
    assert "Your computer slept from 13:50 to 15:50, so showup does not know." in said.message.body
    assert [one.kind for one in desk.notices()] == ["brief", "confirm"]


def test_a_sleep_of_days_is_put_down_for_what_was_near_meanwhile(desk: Desk) -> None:
    desk.calendar.events = [event("other", 3000), event("late", 9000)]
    desk.watch.beat()
    desk.clock.go(3010, asleep=True)
    desk.watch.beat()
    with desk.store.reading() as record:
        planned = {uid: record.named(uid)[0] for uid in ("other", "late")}
        found = {uid: [item.sign for item in record.evidence(one.id, one.planned)] for uid, one in planned.items()}
    assert found == {"other": ["slept"], "late": []}


def test_one_that_was_not_running_says_so(desk: Desk, judge: Judge) -> None:
    desk.watch.beat()
    desk.clock.go(8)
    desk.watch.beat()
    desk.clock.go(22)
    desk.start(judge)
    desk.watch.beat()
    assert last(desk).message.body == (
        "Planned for 14:00. showup was not running from 13:58 to 14:20, so it does not know."
    )


def test_a_quick_restart_is_not_worth_a_word(desk: Desk, judge: Judge) -> None:
    desk.watch.beat()
    desk.clock.go(14)
    desk.watch.beat()
    desk.clock.go(1.5)
    desk.start(judge)
    desk.watch.beat()
    assert last(desk).message.body == "Planned for 14:00."
    assert desk.signs() == []


def test_what_was_not_known_before_was_not_missed(desk: Desk) -> None:
    """The program may have run all the time; the event came late."""
    desk.clock.go(30)
    desk.watch.beat()
    assert last(desk).message.body == "Planned for 14:00."


def test_a_clock_that_was_set_is_no_sleep(desk: Desk) -> None:
    desk.watch.beat()
    desk.clock.go(1, jump=25)
    desk.watch.beat()
    assert last(desk).message.body == "Planned for 14:00."
