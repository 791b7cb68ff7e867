"""tell, judge and answer: one appointment, its notices, and a screen."""

from dataclasses import replace

import pytest

from showup.core.appointment import Appointment, Details
from showup.core.checkpoints import Point, due, remaining
from showup.core.event import EventKey
from showup.core.evidence import Word
from showup.core.notice import Kind, Message
from showup.core.problem import Problem, Usage
from showup.core.recognition.result import Decision, Employer
from showup.core.record import Notice
from showup.core.telling import Scene
from showup.flow.answer import Said, answer, find
from showup.flow.judge import Judge
from showup.flow.revise import Reviser
from showup.flow.tell import Teller
from showup.ports import Closed, Pressed, Record, Returned
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
        self.teller, self.reviser = Teller(self.screen, self.store, self.judge), Reviser(self.judge)

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
        heard = self.teller.listen(at(now))
        with self.store.transaction() as record:
            for one in heard:
                self.teller.hear(record, one, at(now))
        return bool(heard)

    def tell(self, now: float) -> bool:
        with self.store.reading() as record:
            unclosed = record.foremost(100)
        self.teller.tell(unclosed, at(now))
        return not self.teller.behind

    def lapse(self, now: float) -> None:
        """The server takes away all that it shows, though it was to stay."""
        self.screen.happened = [Closed(shown_id, dismissed=False, lapsed=True) for shown_id in self.screen.screen]
        self.screen.screen.clear()
        assert not self.hear(now)

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
        desk.reviser.revise(record, at(4))
        assert record.foremost(100)
        desk.reviser.revise(record, at(5))
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


def test_what_the_server_took_though_it_was_to_stay_is_shown_once_more_and_no_more(desk: Desk) -> None:
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    desk.lapse(6)
    for now, shows in ((6, 1), (15.9, 1), (16, 2), (17, 2)):
        assert desk.tell(now) is (now >= 16)
        assert len(desk.screen.shows) == shows
    desk.lapse(18)
    assert desk.tell(40)
    assert len(desk.screen.shows) == 2
    assert desk.standing() == ["ask"]  # it stays a question of `showup status` and of the page
    assert desk.notices()[0].shown == at(5)


def test_what_was_answered_or_overtaken_since_is_not_shown_once_more(desk: Desk) -> None:
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    desk.lapse(6)
    desk.say(Kind.NUDGE, 15)
    desk.tell(15)
    assert desk.shown == ["nudge"]
    desk.lapse(15)
    desk.answer(Word.HERE, 16)
    assert desk.tell(30)
    assert [message.kind for message, _replaces in desk.screen.shows] == [Kind.ASK, Kind.NUDGE]


def test_what_lapsed_is_not_shown_once_more_while_nobody_is_to_be_disturbed(desk: Desk) -> None:
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    desk.lapse(6)
    desk.screen.quiet = True
    assert not desk.tell(20)
    assert len(desk.screen.shows) == 1
    desk.screen.quiet = False
    assert desk.tell(21)
    assert len(desk.screen.shows) == 2


def test_a_notice_that_gets_the_number_of_a_forgotten_one_is_shown(desk: Desk) -> None:
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    (before,) = desk.notices()
    with desk.store.transaction() as record:
        record.forget_notice(before.subject, before.kind)
    desk.say(Kind.ASK, 7)
    (after,) = desk.notices()
    assert (after.id, after.issue == before.issue) == (before.id, False)
    desk.tell(7)
    assert len(desk.screen.shows) == 2
    assert desk.notices()[0].shown == at(7)


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


# ---------------------------------------------------------------- one at a time
def test_what_comes_next_takes_the_place_on_the_screen(desk: Desk) -> None:
    desk.say(Kind.BRIEF, -10)
    desk.tell(-10)
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    assert [replaces for _message, replaces in desk.screen.shows] == [0, 101]
    assert desk.shown == ["ask"]
    desk.screen.happened = [Pressed(101, 1)]
    assert desk.hear(6)
    desk.tell(6)
    assert desk.shown == []


def test_the_notice_of_another_appointment_takes_no_place(desk: Desk) -> None:
    first = desk.one
    desk.say(Kind.BRIEF, -10)
    desk.tell(-10)
    desk.one = desk.plan("b", 30)
    with desk.store.transaction() as record:
        record.close_notices_of(first.id, at(5))
    desk.say(Kind.ASK, 35)
    desk.tell(35)
    assert [replaces for _message, replaces in desk.screen.shows] == [0, 0]
    assert desk.shown == ["ask"]


def test_what_was_answered_while_nobody_ran_leaves_the_screen_at_the_start(desk: Desk) -> None:
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    desk.answer(Word.HERE, 6)  # by a command
    desk.restart()
    desk.tell(7)
    assert desk.shown == []
    desk.screen.screen = {101: desk.screen.shows[0][0]}  # by now another program's
    desk.restart()
    desk.tell(8)
    assert list(desk.screen.screen) == [101]


def test_what_was_closed_long_ago_is_no_more_on_any_screen(desk: Desk) -> None:
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    desk.answer(Word.HERE, 6)
    desk.restart()
    desk.tell(6 + 25 * 60)
    assert list(desk.screen.screen) == [101]


# ---------------------------------------------------------------- do not disturb
def test_while_nobody_is_to_be_disturbed_it_is_handed_over_and_not_taken_for_seen(desk: Desk) -> None:
    desk.screen.quiet = True
    desk.say(Kind.ASK, 5)
    for now in (5, 6, 7):
        assert not desk.tell(now)
    assert len(desk.screen.shows) == 1
    (notice,) = desk.notices()
    assert (notice.shown, notice.shown_id) == (None, 101)
    desk.screen.quiet = False
    assert desk.tell(8)
    assert [replaces for _message, replaces in desk.screen.shows] == [0, 101]
    assert desk.notices()[0].shown == at(8)
    assert desk.tell(9)
    assert len(desk.screen.shows) == 2


def test_it_keeps_its_id_though_the_outbox_was_read_before_it_got_one(desk: Desk) -> None:
    desk.screen.quiet = True
    desk.say(Kind.ASK, 5)
    unclosed = desk.notices()
    desk.teller.tell(unclosed, at(5))
    desk.screen.quiet = False
    desk.teller.tell(unclosed, at(6))
    assert [replaces for _message, replaces in desk.screen.shows] == [0, 101]


def test_what_no_longer_holds_when_the_quiet_is_over_was_never_said(desk: Desk) -> None:
    desk.screen.quiet = True
    desk.say(Kind.BRIEF, -10)
    desk.tell(-10)
    with desk.store.transaction() as record:
        desk.reviser.revise(record, at(6))
    desk.screen.quiet = False
    assert desk.tell(6)
    assert desk.shown == []
    assert desk.notices()[0].shown is None


def test_a_restart_in_the_quiet_keeps_its_id(desk: Desk) -> None:
    desk.screen.quiet = True
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    desk.restart()
    assert not desk.tell(6)
    desk.screen.quiet = False
    assert desk.tell(7)
    assert [replaces for _message, replaces in desk.screen.shows] == [0, 101, 101]


def test_an_answer_given_in_the_quiet_counts(desk: Desk) -> None:
    desk.screen.quiet = True
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    desk.screen.happened = [Pressed(101, 1)]
    assert desk.hear(6)
    assert desk.tell(6)
    assert desk.standing() == []


# ---------------------------------------------------------------- other words
def test_a_company_that_was_renamed_is_shown_under_its_new_name(desk: Desk) -> None:
    desk.say(Kind.ASK, 5)
    desk.tell(5)
    assert desk.one.employer_id
    with desk.store.transaction() as record:
        record.rename(desk.one.employer_id, "Acme Labs")
        desk.reviser.revise(record, at(9))
    desk.tell(9)
    assert [(message.title, replaces) for message, replaces in desk.screen.shows] == [
        ("Has Acme joined?", 0),
        ("Has Acme Labs joined?", 101),
    ]


def test_another_link_is_the_one_that_is_opened(desk: Desk) -> None:
    desk.say(Kind.BRIEF, -10)
    desk.tell(-10)
    other = replace(desk.one, details=replace(desk.one.details, join="https://acme.example/other"))
    with desk.store.transaction() as record:
        record.save_appointment(other)
        desk.reviser.revise(record, at(-8))
    desk.tell(-8)
    (shown,) = desk.screen.screen.values()
    assert shown.choices[0].url == "https://acme.example/other"
    assert shown.title == "Interview with Acme in 10 minutes"  # said as of then


def test_that_the_calendar_could_not_be_read_stays_said(desk: Desk) -> None:
    with desk.store.transaction() as record:
        scene = Scene(desk.one, desk.judge.rejudge(record, desk.one, at(5)), desk.judge.policy, at(5), readable=False)
        desk.judge.say(record, Kind.ASK, scene)
        before = record.notices()
        desk.reviser.revise(record, at(9))
        assert record.notices() == before


def test_what_nothing_has_changed_for_is_not_worded_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    worded = list[Kind]()
    real = Judge.words

    def words(judge: Judge, record: Record, kind: Kind, scene: Scene) -> Message:
        worded.append(kind)
        return real(judge, record, kind, scene)

    desk.say(Kind.ASK, 5)
    monkeypatch.setattr(Judge, "words", words)
    for now in (6, 7, 8):
        with desk.store.transaction() as record:
            desk.reviser.revise(record, at(now))
    assert worded == [Kind.ASK]
    assert desk.one.employer_id
    with desk.store.transaction() as record:
        record.rename(desk.one.employer_id, "Acme Labs")
        desk.reviser.revise(record, at(9))
    assert worded == [Kind.ASK, Kind.ASK]
