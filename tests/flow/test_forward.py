"""forward: to the phone goes what stands for a while without an answer, once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from showup.core.notice import Kind, Message
from showup.flow.forward import Forwarder, Rule
from showup.store.database import Database
from tests.support.fakes import at

RULE = Rule(frozenset({Kind.LATE, Kind.MOVED}), timedelta(minutes=2))


@dataclass
class FakeChannel:
    """The port Channel: keeps what it was given; arrives when a test says so."""

    sent: list[int] = field(default_factory=list)
    arrived: list[int] = field(default_factory=list)
    closed: bool = False

    def send(self, number: int, message: Message) -> None:
        assert message.title
        self.sent.append(number)

    def drain(self) -> Iterable[int]:
        arrived, self.arrived = self.arrived, []
        return arrived

    def close(self) -> None:
        self.closed = True


class Desk:
    def __init__(self, store: Database, rule: Rule = RULE) -> None:
        self.store, self.channel, self.rule = store, FakeChannel(), rule
        self.restart()

    def restart(self) -> None:
        self.forwarder = Forwarder(self.channel, self.store, self.rule)

    def say(self, kind: Kind, minute: float) -> int:
        with self.store.transaction() as record:
            said = record.say(f"x{minute}", kind, Message(kind, "Acme", ""), at(minute))
        assert said
        return said.id

    def look(self, minute: float) -> list[int]:
        with self.store.reading() as record:
            unclosed = record.foremost(100)
        before = len(self.channel.sent)
        self.forwarder.forward(unclosed, at(minute))
        return self.channel.sent[before:]

    def answer(self, number: int, minute: float) -> None:
        with self.store.transaction() as record:
            record.close_notice(number, at(minute))


@pytest.fixture
def desk(store: Database) -> Desk:
    return Desk(store)


def test_only_what_has_no_answer_for_a_while(desk: Desk) -> None:
    late, moved = desk.say(Kind.LATE, 0), desk.say(Kind.MOVED, 1)
    assert desk.look(1.9) == []
    assert desk.look(2) == [late]
    desk.answer(moved, 2.5)
    assert desk.look(3) == [late]  # it has not arrived: once more
    assert desk.say(Kind.ASK, 4)
    assert desk.look(10) == [late]


def test_at_once_where_that_is_wanted(store: Database) -> None:
    desk = Desk(store, Rule(frozenset({Kind.ASK}), timedelta(0)))
    ask = desk.say(Kind.ASK, 5)
    assert desk.look(5) == [ask]


def test_what_arrived_is_not_sent_again_also_after_a_restart(desk: Desk) -> None:
    late = desk.say(Kind.LATE, 0)
    assert desk.look(2) == [late]
    desk.channel.arrived = [late]
    assert desk.look(2.1) == desk.look(4) == []
    with desk.store.reading() as record:
        assert record.notices()[0].forwarded == at(2.1)
    desk.restart()
    assert desk.look(5) == []


def test_one_that_fails_is_tried_each_minute_for_an_hour(desk: Desk) -> None:
    late = desk.say(Kind.LATE, 0)
    tries = [desk.look(2 + half / 2) for half in range(200)]
    assert sum(map(len, tries)) == 60
    assert set(desk.channel.sent) == {late}


def test_what_was_said_long_before_the_phone_was_set_up_is_not_sent(desk: Desk) -> None:
    desk.say(Kind.MOVED, 0)
    assert desk.look(63) == []
    assert desk.look(-10) == []  # nor while the clock is set back


def test_closing_closes_the_channel(desk: Desk) -> None:
    desk.forwarder.close()
    assert desk.channel.closed
