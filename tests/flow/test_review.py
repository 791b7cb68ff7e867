"""review: what the record says at a moment, nothing written."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from showup.core.event import EventKey
from showup.core.paging import Order, Wanted
from showup.core.policy import Policy, Score
from showup.core.problem import Problem
from showup.core.recognition.result import Employer
from showup.core.reliability import Label, reliability
from showup.core.verdict.result import Outcome, Rule, Verdict
from showup.flow.answer import find
from showup.flow.judge import Judge
from showup.flow.overview import overview
from showup.flow.portrait import portrait
from showup.flow.review import Review
from showup.store.database import Database
from tests.support.played import event, play

NEW_YORK = ZoneInfo("America/New_York")


def story(*steps: str, until: str = "11:00", config: str = "") -> str:
    planned = event("a-1", "Interview with Acme – Designer", "2026-07-02T10:00:00-04:00", "2026-07-02T10:30:00-04:00")
    put = f'[[step]]\nat = 2026-07-02T09:00:00-04:00\ncalendar = "put"\nevent = {planned}\n'
    times = f"start = 2026-07-02T09:00:00-04:00\nend = 2026-07-02T{until}:00-04:00\n"
    rest = "".join(f"[[step]]\nat = 2026-07-02T{step}\n" for step in steps)
    return f'owner = ["sam@example.org"]\n{times}{config}\n{put}{rest}'


@contextmanager
def reviewed(database: Path, text: str, now: str) -> Iterator[Review]:
    """A look at the record of a story at a time of its day."""
    play(text, database)
    store = Database(database)
    with store.reading() as record:
        moment = datetime.fromisoformat(f"2026-07-02T{now}-04:00").astimezone(UTC)
        yield Review(record, Judge(Policy(), NEW_YORK), moment)
    store.close()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "showup.sqlite"


def outcomes(review: Review) -> list[str]:
    return [one["outcome"] for one in review.interviews()]


def test_a_case_that_ended_while_nothing_ran_is_judged_in_passing(database: Path) -> None:
    waiting = story('10:20:00-04:00\nanswer = "waiting"\nid = "a-1"', until="10:21")
    with reviewed(database, waiting, "10:25:00") as review:
        assert outcomes(review) == ["pending"]
        assert review.companies()[0]["n"] == 0
    with reviewed(database.with_name("b"), waiting, "10:31:00") as review:
        assert outcomes(review) == ["no_show"]
        assert (review.companies()[0]["n"], review.companies()[0]["label"]) == (1, "forgivable")
        assert review.company("Acme")["employer"]["no_shows"] == 1
        assert review.one(find(review.record, "a-1", None, review.now))["outcome"] == "no_show"


@pytest.mark.parametrize("order", Order)
def test_a_page_sorts_by_the_score_of_now_and_shows_it(database: Path, order: Order) -> None:
    """What was missed while nothing ran counts at once: in the order, in the label, and in what is drawn."""
    waiting = story('10:20:00-04:00\nanswer = "waiting"\nid = "a-1"', until="10:21")
    with reviewed(database, waiting, "12:00:00") as review:
        number = review.record.some_companies(Wanted())[0].id
        other = review.record.identify(Employer("Aaa", "aaa.example")) or 0
        late = review.record.verdict(1) or Verdict(Outcome.LATE, None, Rule.SETTLED)
        late = late._replace(outcome=Outcome.LATE, fault=0.4, counted=True, minutes_late=15)
        appointment = review.record.appointment(1)
        assert appointment
        added = review.record.add_appointment(replace(appointment, key=EventKey("b"), employer_id=other))
        review.record.save_verdict(added.id, late, Policy(), review.now)
        review.record.save_score(other, reliability([late], Score()))
        found = overview(review, Wanted(order=order))
        names = [row.employer["name"] for row in found.rows]
        first = {Order.NAME: "Aaa", Order.LATEST: "Aaa", Order.APPOINTMENTS: "Aaa"}.get(order, "Acme")
        assert names == sorted(names, key=lambda name: name != first)
        assert overview(review, Wanted(label=Label.FORGIVABLE)).found == 1
        assert overview(review, Wanted(label=Label.NO_HISTORY)).found == 0
        seen = portrait(review, number, 0, 9)
        assert (seen.employer["n"], len(seen.steps), seen.stages) == (1, 1, {"": {Outcome.NO_SHOW: 1}})


def test_the_same_is_found_as_if_the_daemon_had_run_on(database: Path) -> None:
    answer = '10:20:00-04:00\nanswer = "waiting"\nid = "a-1"'
    with reviewed(database, story(answer, until="10:21"), "12:00:00") as stopped:
        first = (stopped.interviews(), stopped.companies())
    with reviewed(database.with_name("b"), story(answer, until="12:00"), "12:00:00") as running:
        assert first == (running.interviews(), running.companies())


def test_gaps_are_named_by_what_did_not_watch(database: Path) -> None:
    steps = (
        '09:40:00-04:00\nyou = "join"\nid = "a-1"',
        '10:06:00-04:00\ndetector = "sound"\nstate = "dead"',
        '10:10:00-04:00\ndetector = "sound"\nstate = "alive"',
        '10:15:00-04:00\nmachine = "sleep"',
        '10:20:00-04:00\nmachine = "wake"',
    )
    with reviewed(database, story(*steps, config="[config]\ndetectors.sound = true"), "11:00:00") as review:
        found = review.one(find(review.record, "1", None, review.now))
    gaps = [(one["source"], one["from"][11:16], one["to"][11:16]) for one in found["gaps"]]
    assert gaps == [("sound", "14:06", "14:10"), ("machine", "14:15", "14:20"), ("sound", "14:15", "14:20")]


def test_nothing_is_missed_that_was_not_to_be_watched_yet(database: Path) -> None:
    with reviewed(database, story(until="09:30"), "09:30:00") as review:
        assert review.one(find(review.record, "1", None, review.now))["gaps"] == []


def test_what_was_cancelled_before_is_neither_now_nor_next(database: Path) -> None:
    cancel = '09:30:00-04:00\ncalendar = "cancel"\nid = "a-1"'
    with reviewed(database, story(cancel, until="10:10"), "10:10:00") as review:
        found = review.status({})
    assert (found["current"], found["next"]) == (None, None)
    assert found["questions"] == []


def test_an_appointment_is_under_way_until_its_end(database: Path) -> None:
    with reviewed(database, story(until="10:29"), "10:29:59") as review:
        assert review.status({})["current"]["uid"] == "a-1"
    with reviewed(database.with_name("b"), story(until="10:29"), "10:30:00") as review:
        assert review.status({})["current"] is None


def test_whether_it_is_an_interview_is_a_question_too(database: Path) -> None:
    maybe = story(until="09:10").replace("Interview with Acme – Designer", "Acme / Sam")
    with reviewed(database, maybe, "09:10:00") as review:
        found = review.status({})
        assert review.interviews() == []
        assert review.companies() == []
        with pytest.raises(Problem, match="It is no interview, so nothing is said of it"):
            review.one(find(review.record, "a-1", None, review.now))
    (question,) = found["questions"]
    assert question["words"] == ["yes", "not_interview"]
    assert question["text"].endswith(": Is this an interview? (Thu 02 Jul 10:00 EDT)")


def test_calendars_are_those_set_up_and_those_read_lately(database: Path) -> None:
    with reviewed(database, story(), "11:00:00") as review:
        found = review.status({"work": "ics"})["calendars"]
        assert [(one["name"], one["type"], one["problem"]) for one in found] == [
            ("story", "story", None),
            ("work", "ics", None),
        ]
        assert "2026-07-02T14:58" < found[0]["last_read"] <= "2026-07-02T15:00:00Z"
        assert found[1]["last_read"] is None
    store = Database(database)
    later = datetime(2026, 7, 4, tzinfo=UTC)
    with store.reading() as record:
        names = [one["name"] for one in Review(record, Judge(Policy(), NEW_YORK), later).status({})["calendars"]]
    store.close()
    assert names == []


def test_looking_writes_nothing(database: Path) -> None:
    with reviewed(database, story(until="10:21"), "12:00:00") as review:
        before = database.read_bytes()
        for look in (review.interviews, review.companies, review.everything, lambda: review.status({})):
            assert look() == look()
        assert database.read_bytes() == before
