"""tell, judge and answer: one appointment, its notices, and a screen."""

import pytest

from showup.core.appointment import Appointment, Details
from showup.core.checkpoints import Point, due, remaining
from showup.core.event import EventKey
from showup.core.evidence import Word
from showup.core.notice import Kind
from showup.core.problem import Problem, Usage
from showup.core.recognition.result import Decision, Employer
from showup.core.record import Notice
from showup.core.telling import Scene
from showup.flow.answer import Said, answer, find
from showup.flow.judge import Judge
from showup.flow.tell import Teller
from showup.ports import Closed, Pressed, Returned
from showup.store.database import Database
from tests.support.fakes import FakeNotifier, at

ACME = Details("Interview", Employer("Acme"), join="https://acme.example/call")


class Desk:
    """A record with one appointment, a screen, and a teller that may start anew."""

    def __init__(self, store: Database, judge: Judge) -> None:
        self.store, self.judge, self.screen = store, judge, FakeNotifier()
        self.one = self.plan("a", 0)
        self.restart()

    def restart(self) -> None:
        self.teller = Teller(self.screen, self.store, self.judge)

    def plan(self, uid: str, start: float, decision: Decision = Decision.INTERVIEW) -> Appointment:
        with self.store.transaction() as record:
            employer = record.identify(ACME.employer)
            details = Details("Interview", ACME.employer, join=ACME.join, decision=decision)
            draft = Appointment(0, EventKey(uid), at(start), at(start + 60), at(-6000), details, employer)
            made = record.add_appointment(draft)
            self.judge.rejudge(record, made, at(-600))
        return made

    def say(self, kind: Kind, now: float) -> None:
        with self.store.transaction() as record:
            verdict = self.judge.rejudge(record, self.one, at(now))
            self.judge.say(record, kind, Scene(self.one, verdict, self.judge.policy, at(now)))

    def check(self, now: float, *done: Point) -> frozenset[Point]:
        coming = due(remaining(self.one, self.judge.policy, frozenset(done)), at(now))
        with self.store.transaction() as record:
            return self.judge.check(record, self.one, coming, at(now), readable=True) if coming else frozenset()

    def hear(self, now: float) -> bool:
        heard = self.teller.listen()
        with self.store.transaction() as record:
            for one in heard:
                self.teller.hear(record, one, at(now))
        return bool(heard)

    def tell(self, now: float) -> bool:
        with self.store.reading() as record:
            unclosed = record.notices(unclosed=True)
        return self.teller.tell(unclosed, at(now))

    def answer(self, word: Word, now: float, minutes: int | None = None) -> str:
        with self.store.transaction() as record:
            return answer(record, self.judge, self.one, Said(word, minutes), at(now)).outcome.value

    def notices(self) -> list[Notice]:
        with self.store.reading() as record:
            return list(record.notices())

    def standing(self) -> list[str]:
        return [one.kind.value for one in self.notices() if one.closed is None]

    @property
    def shown(self) -> list[str]:
        return [message.kind.value for message in self.screen.screen.values()]


@pytest.fixture
def desk(store: Database, judge: Judge) -> Desk:
    return Desk(store, judge)


# ---------------------------------------------------------------- say
def test_each_kind_is_said_once_and_the_newer_takes_the_place_of_the_older(desk: Desk) -> None:
    desk.say(Kind.BRIEF, -10)
    desk.tell(-10)
    desk.say(Kind.ASK, 5)
    assert desk.standing() == ["ask"]
    desk.say(Kind.BRIEF, 6)
    assert desk.standing() == ["ask"]
    assert [one.kind for one in desk.notices()] == [Kind.BRIEF, Kind.ASK]


def test_of_several_missed_checkpoints_the_latest_speaks(desk: Desk) -> None:
    assert desk.check(16) == {Point.BRIEF, Point.LATE, Point.NUDGE}
    assert desk.standing() == ["ask"]  # nothing is known of absence, so there is no nudge
    assert desk.check(16, Point.BRIEF, Point.LATE, Point.NUDGE) == frozenset()


def test_what_may_be_none_has_no_checkpoints(desk: Desk) -> None:
    desk.one = desk.plan("m", 0, Decision.MAYBE)
    assert desk.check(16) == frozenset()
    assert desk.standing() == []


def test_what_no_longer_holds_is_withdrawn(desk: Desk) -> None:
    desk.say(Kind.BRIEF, -10)
    with desk.store.transaction() as record:
        desk.judge.withdraw(record, at(4))
        assert record.notices(unclosed=True)
        desk.judge.withdraw(record, at(5))
    assert desk.standing() == []


# ---------------------------------------------------------------- tell
def test_it_is_shown_once_and_marked(desk: Desk) -> None:
    desk.say(Kind.ASK, 5)
    for now in (5, 6):
        assert desk.tell(now)
    assert len(desk.screen.shows) == 1
    (notice,) = desk.notices()
    assert (notice.shown, notice.shown_id) == (at(5), 101)


def test_it_waits_while_the_server_is_away(desk: Desk) -> None:
    desk.screen.away = True
    desk.say(Kind.ASK, 5)
    assert not desk.tell(5)
    assert desk.notices()[0].shown is None
    desk.screen.away = False
    assert desk.tell(7)
    assert desk.notices()[0].shown == at(7)


@pytest.mark.parametrize("how", ["the server returned", "we restarted"])
def test_it_is_issued_again_under_its_old_id(desk: Desk, how: str) -> None:
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    if how == "we restarted":
        desk.restart()
    else:
        desk.screen.happened = [Returned()]
        assert not desk.hear(6)
    desk.tell(6)
    assert [replaces for _message, replaces in desk.screen.shows] == [0, 101]
    (notice,) = desk.notices()
    assert (notice.shown, notice.shown_id) == (at(5), 101)


def test_what_was_closed_leaves_the_screen(desk: Desk) -> None:
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    desk.answer(Word.WAITING, 6)
    desk.tell(6)
    assert (desk.shown, desk.teller.open) == ([], False)


def test_a_pressed_answer_is_evidence_and_closes_it(desk: Desk) -> None:
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    desk.screen.happened = [Pressed(101, 0)]
    assert desk.hear(6)
    desk.tell(6)
    assert (desk.standing(), desk.shown) == ([], [])
    with desk.store.reading() as record:
        verdict = record.verdict(desk.one.id)
    assert verdict is not None
    assert verdict.outcome.value == "on_time"


@pytest.mark.parametrize(
    "happening", [Pressed(101, 0), Pressed(101, 7), Pressed(101, -1), Pressed(4711, 0), Closed(4711, dismissed=True)]
)
def test_a_pressed_link_and_what_is_not_ours_say_nothing(desk: Desk, happening: Pressed | Closed) -> None:
    desk.say(Kind.BRIEF, -10)
    desk.tell(-10)
    desk.screen.happened = [happening]
    assert not desk.hear(-9)
    assert desk.standing() == ["brief"]


def test_one_that_the_person_dismissed_is_closed_and_one_that_expired_is_not(desk: Desk) -> None:
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    desk.screen.happened = [Closed(101, dismissed=False)]
    assert not desk.hear(6)
    assert desk.standing() == ["ask"]
    desk.restart()
    desk.tell(7)
    desk.screen.happened = [Closed(101, dismissed=True)]
    assert desk.hear(8)
    assert desk.standing() == []


# ---------------------------------------------------------------- answer
def test_an_answer_closes_its_notices_everywhere(desk: Desk) -> None:
    desk.say(Kind.ASK, 5)
    assert desk.answer(Word.HERE, 6) == "on_time"
    assert desk.standing() == []


@pytest.mark.parametrize(
    ("word", "minutes", "said"),
    [
        (Word.HERE, 3, "“here” takes no minutes."),
        (Word.LATE, -1, "-1 minutes make no sense here."),
        (Word.MOVED, 10**9, "1000000000 minutes make no sense here."),
    ],
)
def test_minutes_that_make_no_sense(desk: Desk, word: Word, minutes: int, said: str) -> None:
    with pytest.raises(Usage, match=said):
        desk.answer(word, 6, minutes)
    with desk.store.reading() as record:
        assert record.evidence(desk.one.id, desk.one.planned) == ()


def test_no_interview_is_remembered_and_leaves_the_record(desk: Desk) -> None:
    assert desk.answer(Word.NOT_INTERVIEW, 6) == "not_interview"
    with desk.store.reading() as record:
        assert record.memory().interviews == {"a": False}
        assert record.entries() == ()


def test_a_maybe_becomes_an_interview(desk: Desk) -> None:
    desk.one = desk.plan("m", 0, Decision.MAYBE)
    assert desk.answer(Word.YES, -60) == "pending"
    with desk.store.reading() as record:
        assert record.memory().interviews == {"m": True}
        assert [entry.appointment.key.uid for entry in record.entries()] == ["a", "m"]


def test_the_score_changes_with_the_answer(desk: Desk) -> None:
    desk.answer(Word.NO_SHOW, 31)
    with desk.store.reading() as record:
        (company,) = record.companies()
    assert (company.name, company.score.n, company.score.no_shows) == ("Acme", 1, 1)


@pytest.mark.parametrize(
    ("name", "start", "now", "found"),
    [
        ("a", None, 30, 0),  # under way
        ("a", None, 61, 2880),  # else the newest
        ("a", None, -1, 2880),
        ("a", 0, 9999, 0),
        ("1", None, 9999, 0),  # our own number
    ],
)
def test_which_one_is_meant(desk: Desk, name: str, start: float | None, now: float, found: float) -> None:
    desk.plan("a", 2880)
    with desk.store.reading() as record:
        meant = find(record, name, None if start is None else at(start), at(now))
    assert meant.start == at(found)


@pytest.mark.parametrize("name", ["b", "", "0", "99", "-1", "９", "1e3", "9" * 40])
def test_one_that_is_not_there(desk: Desk, name: str) -> None:
    with desk.store.reading() as record, pytest.raises(Problem, match="There is no appointment"):
        find(record, name, None, at(0))
    with desk.store.reading() as record, pytest.raises(Problem, match="There is no appointment"):
        find(record, "a", at(1), at(0))
