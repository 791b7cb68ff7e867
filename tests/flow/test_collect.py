"""collect: what becomes of a calendar's events."""

from dataclasses import replace

import pytest

from showup.core.event import Event, Partstat, Person, Status
from showup.core.recognition.result import Decision
from showup.flow.collect import Collector
from showup.flow.judge import Judge
from showup.flow.keep import Rules
from showup.ports import SourceProblem
from showup.store.database import Database
from tests.support.fakes import OWNER, FakeCalendar, at, event, nobody, poll, recognise

OTHER = event("other", 3000)


class Desk:
    """A calendar and its collector."""

    def __init__(self, store: Database, judge: Judge, name: str = "work") -> None:
        self.store, self.calendar = store, FakeCalendar(name)
        rules = Rules(judge, OWNER, nobody)
        self.collector = Collector(self.calendar, "fake", store, rules, recognise)

    def read(self, now: float, *events: Event) -> bool:
        """Read at a minute; the calendar shows these, and one that is always there."""
        self.calendar.events = [*events, OTHER]
        return self.poll(now)

    def poll(self, now: float) -> bool:
        """Read at a minute what it shows anyway."""
        return poll(self.store, self.collector, at(now))

    def planned(self) -> list[tuple[float, str]]:
        """The appointments of event `a`: start and outcome."""
        with self.store.reading() as record:
            found = [(one, record.verdict(one.id)) for one in record.named("a")]
        return [
            ((one.start - at(0)).total_seconds() / 60, verdict.outcome.value if verdict else "")
            for one, verdict in found
        ]

    def said(self) -> list[str]:
        with self.store.reading() as record:
            return [notice.kind.value for notice in record.notices()]


@pytest.fixture
def desk(store: Database, judge: Judge) -> Desk:
    return Desk(store, judge)


def test_added_once(desk: Desk) -> None:
    assert desk.read(-600, event())
    assert not desk.read(-599, event())
    assert desk.planned() == [(0, "pending")]
    assert desk.said() == []


def test_what_is_no_interview_is_not_kept(desk: Desk) -> None:
    desk.read(-600, event(summary="Dentist"))
    assert desk.planned() == []


def test_a_maybe_is_asked_about_once(desk: Desk) -> None:
    for now in (-600, -599):
        desk.read(now, event(summary="Intro call"))
    assert desk.said() == ["recognise"]


def test_history_is_not_collected(desk: Desk) -> None:
    desk.read(61, event())
    assert desk.planned() == []


def test_its_words_are_renewed(desk: Desk) -> None:
    desk.read(-600, event())
    desk.read(-599, event(summary="Interview with Acme, part 2", location="https://acme.example/call"))
    with desk.store.reading() as record:
        (one,) = record.named("a")
    assert (one.details.title, one.details.join) == ("Interview with Acme, part 2", "https://acme.example/call")


def test_moved(desk: Desk) -> None:
    desk.read(-600, event())
    desk.read(-300, event(start=1440))
    assert desk.planned() == [(0, "moved"), (1440, "pending")]
    assert desk.said() == ["moved"]
    with desk.store.reading() as record:
        old, new = record.named("a")
    assert (new.follows, old.changed) == (old.id, at(-300))


def test_moved_and_back(desk: Desk) -> None:
    desk.read(-600, event())
    desk.read(-300, event(start=1440))
    desk.read(-200, event())
    assert desk.planned() == [(0, "pending"), (1440, "moved")]
    with desk.store.reading() as record:
        assert record.named("a")[0].changed is None


def test_a_change_is_dated_by_the_calendar(desk: Desk) -> None:
    desk.read(-600, event(updated=at(-700)))
    desk.read(-100, event(start=1440, updated=at(-400)))
    with desk.store.reading() as record:
        assert record.named("a")[0].changed == at(-400)


def test_cancelled_and_restored(desk: Desk) -> None:
    desk.read(-600, event())
    desk.read(-300, event(status=Status.CANCELLED))
    assert (desk.planned(), desk.said()) == ([(0, "cancelled")], ["cancelled"])
    desk.read(-200, event())
    assert desk.planned() == [(0, "pending")]


def test_vanished_needs_a_second_look(desk: Desk) -> None:
    desk.read(-600, event())
    desk.read(-590, event())
    desk.read(-500)
    assert desk.planned() == [(0, "pending")]
    assert desk.collector.restless_from(at(-500)) == at(-500)
    desk.read(-499.5)
    assert desk.planned() == [(0, "pending")]
    assert desk.read(-499)
    assert (desk.planned(), desk.said()) == ([(0, "cancelled")], ["cancelled"])
    with desk.store.reading() as record:
        assert record.named("a")[0].changed == at(-590)  # the last read that showed it


def test_vanished_for_one_look_is_nothing(desk: Desk) -> None:
    desk.read(-600, event())
    desk.read(-500)
    desk.read(-480, event())
    desk.read(-400)
    assert desk.planned() == [(0, "pending")]
    assert desk.said() == []


def test_vanished_and_restored(desk: Desk) -> None:
    for now, shown in ((-600, [event()]), (-500, []), (-400, []), (-300, [event()])):
        desk.read(now, *shown)
    assert desk.planned() == [(0, "pending")]


def test_what_goes_after_its_end_changes_nothing(desk: Desk) -> None:
    desk.read(-600, event())
    desk.read(70, event())
    for now in (80, 90):
        desk.read(now)
    assert desk.said() == []


DECLINED = (Person("sam@example.org", partstat=Partstat.DECLINED),)


def test_what_you_declined_is_excused_and_no_news(desk: Desk) -> None:
    desk.read(-600, event())
    desk.read(-300, event(attendees=DECLINED))
    assert (desk.planned(), desk.said()) == ([(0, "excused")], [])
    desk.read(-200, event(start=1440, attendees=DECLINED))
    assert desk.planned()[0] == (0, "excused")


@pytest.mark.parametrize(
    ("first", "outcome"),
    [(event(status=Status.CANCELLED), "cancelled"), (event(attendees=DECLINED), "excused")],
)
def test_what_was_off_when_first_seen_is_on_the_record(desk: Desk, first: Event, outcome: str) -> None:
    desk.read(-600, first._replace(updated=at(-700)))
    assert desk.planned() == [(0, outcome)]
    with desk.store.reading() as record:
        assert record.named("a")[0].changed == at(-700)


def test_an_event_without_a_time_has_no_appointment(desk: Desk) -> None:
    desk.read(-600, event()._replace(start=None, end=None, all_day=True))
    assert desk.planned() == []


def test_a_scheduler_s_rebooking_follows_what_was_cancelled(desk: Desk) -> None:
    desk.read(-600, event())
    desk.read(-300, event(status=Status.CANCELLED))
    desk.read(-299, event(status=Status.CANCELLED), event("b", 1440))
    with desk.store.reading() as record:
        ((old,), (new,)) = record.named("a"), record.named("b")
    assert new.follows == old.id


def test_what_is_moved_after_the_start_is_asked_about(desk: Desk) -> None:
    desk.read(-600, event())
    desk.read(8, event(start=1440))
    assert desk.planned() == [(0, "unknown"), (1440, "pending")]
    with desk.store.reading() as record:
        (notice,) = record.notices()
    assert [choice.word for choice in notice.message.choices] == ["no_show", "on_time", "mine"]


def test_a_last_word_of_no_interview_is_kept_over_later_readings(desk: Desk) -> None:
    desk.read(-600, event())
    with desk.store.transaction() as record:
        record.remember("a", interview=False)
        (one,) = record.named("a")
        record.save_appointment(replace(one, details=replace(one.details, decision=Decision.NO)))
    desk.read(-300, event(summary="Interview with Acme, again"))
    with desk.store.reading() as record:
        assert record.named("a")[0].details.decision is Decision.NO


def test_an_empty_calendar_changes_nothing(desk: Desk) -> None:
    desk.read(-600, event())
    desk.calendar.events = []
    for now in (-500, -400, -300):
        assert not desk.poll(now)
        assert not desk.collector.readable
    assert desk.planned() == [(0, "pending")]


def test_a_calendar_that_is_away_is_said_after_ten_minutes_once(desk: Desk) -> None:
    desk.read(-600, event())
    desk.calendar.problem = SourceProblem("It cannot be reached.", "It is read again soon.")
    for now, said in ((-500, []), (-491, []), (-490, ["problem"]), (-400, ["problem"])):
        desk.poll(now)
        assert desk.said() == said
        assert desk.collector.restless_from(at(now)) == (None if said else at(-490))
    assert desk.planned() == [(0, "pending")]
    desk.calendar.problem = None
    desk.read(-300, event())
    assert (desk.said(), desk.collector.readable) == ([], True)


def test_a_lasting_problem_is_said_at_once(desk: Desk) -> None:
    desk.calendar.problem = SourceProblem("The file is gone.", "Put it back.", lasting=True)
    assert desk.poll(-500)
    assert desk.said() == ["problem"]
    assert not desk.poll(-499)


def test_an_event_in_two_calendars_is_one_appointment(desk: Desk, store: Database, judge: Judge) -> None:
    other = Desk(store, judge, "home")
    for one in (desk, other):
        one.read(-600, event())
    assert desk.planned() == [(0, "pending")]
    other.calendar.events = []
    other.poll(-500)
    assert desk.planned() == [(0, "pending")]


def test_a_series_that_could_not_be_followed_says_nothing_of_its_occurrences(desk: Desk) -> None:
    slot = event(slot="20260702T140000Z")
    desk.read(-600, slot)
    for now in (-500, -400):
        desk.read(now, event(start=-9000)._replace(series=""))
    assert (0, "pending") in desk.planned()
    assert desk.said() == []


def test_a_restart_knows_what_was_read(desk: Desk, store: Database, judge: Judge) -> None:
    desk.read(-600, event())
    again = Desk(store, judge)
    again.read(-300, event(start=1440))
    assert again.planned() == [(0, "moved"), (1440, "pending")]


def test_what_could_not_be_used_is_told_once(desk: Desk) -> None:
    desk.calendar.warnings = ("The file “a.ics” is left out.",)
    desk.read(-600, event())
    desk.read(-599, event(summary="Interview with Acme – Editor, room 3"))
    assert desk.collector.warned() == ("The file “a.ics” is left out.",)
    assert desk.collector.warned() == ()
    assert desk.planned() == [(0, "pending")]


def test_an_event_whose_time_cannot_be_read_any_more_brings_nothing_back(desk: Desk) -> None:
    desk.read(-600, event())
    desk.read(-500, event(status=Status.CANCELLED))
    desk.read(-400, event(summary="Interview with Acme, at some time")._replace(start=None, end=None))
    assert desk.planned() == [(0, "cancelled")]
    desk.read(-300, event())
    assert desk.planned() == [(0, "pending")]


def test_words_that_name_nobody_take_nobody_s_interview_away(desk: Desk) -> None:
    desk.read(-600, event())
    desk.read(-500, event(summary="Interview"))
    with desk.store.reading() as record:
        (one,) = record.named("a")
    assert one.employer_id is not None
    assert one.details.employer.name == "Acme"


def test_warnings_that_are_new_with_every_read_do_not_pile_up(desk: Desk) -> None:
    for number in range(3_000):
        desk.calendar.warnings = (f"Event {number} cannot be used.",)
        desk.collector.want()
        desk.collector.fetch(at(0), 0)
        desk.collector.reader.kept()
        assert desk.collector.warned() == desk.calendar.warnings
    assert len(desk.collector._warned) <= 1_001


def test_an_empty_calendar_is_not_looked_at_twice(desk: Desk) -> None:
    desk.calendar.events = []
    desk.poll(0)
    assert desk.collector.restless_from(at(0)) is None
