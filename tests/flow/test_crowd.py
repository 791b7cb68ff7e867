"""Strangers can send invitations without end, all to one moment."""

import time

import pytest

from showup.flow.judge import Judge
from showup.store.database import Database
from tests.flow.test_watch import Desk
from tests.support.fakes import event


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
