"""reading: a calendar that takes long is read over several beats, and nothing is judged before its word was had."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from showup.core.event import Event
from showup.core.notice import Kind
from showup.core.problem import Problem
from showup.flow.collect import Collector
from showup.flow.judge import Judge
from showup.flow.keep import Rules
from showup.flow.observe import Observer
from showup.flow.tell import Teller
from showup.flow.watch import Parts, Watch
from showup.ports import Reading, SourceProblem, Window
from showup.store.database import Database
from tests.flow.test_watch import Desk
from tests.support.fakes import OWNER, FakeCalendar, FakeClock, at, event, nobody, recognise

OTHER = event("other", 3000)


@dataclass
class Large(FakeCalendar):
    """A calendar that takes several goes. What it shows is what stood in it when the reading was begun."""

    clock: FakeClock = field(default_factory=FakeClock)
    goes: int = 1
    seconds: float = 0.2
    broken: SourceProblem | None = None
    begun: int = 0
    under_way: Iterator[Reading] | None = None

    def read(self, window: Window, known: frozenset[str], due: frozenset[str] = frozenset()) -> Reading:
        self.under_way = self.under_way or self._goes(super().read(window, known, due))
        self.clock.go(self.seconds / 60)
        try:
            reading = next(self.under_way)
        except SourceProblem:
            self.under_way = None
            raise
        if not reading.unfinished:
            self.under_way = None
        return reading

    def _goes(self, found: Reading) -> Iterator[Reading]:
        self.begun += 1
        for _ in range(self.goes - 1):
            yield Reading(None, unfinished=True)
        if self.broken:
            raise self.broken
        yield found


class Several(Desk):
    """A desk with large calendars."""

    def __init__(self, store: Database, judge: Judge) -> None:
        self.large: dict[str, Large] = {}
        super().__init__(store, judge)

    def start(self, judge: Judge) -> None:
        self.large = self.large or {name: Large(name, clock=self.clock, events=[OTHER]) for name in ("work", "b", "c")}
        rules = Rules(judge, OWNER, nobody)
        self.collectors = [Collector(one, "fake", self.store, rules, recognise) for one in self.large.values()]
        teller = Teller(self.screen, self.tight, judge)  # type: ignore[arg-type]  # it has what a teller needs
        observer = Observer(self.clock, self.detectors())
        self.watch = Watch(Parts(self.clock, self.tight, judge, observer, self.collectors, teller))  # type: ignore[arg-type]

    def shows(self, *events: Event, goes: int = 1) -> None:
        """What the calendar `work` shows from now on, and in how many goes."""
        self.large["work"].events, self.large["work"].goes = [*events, OTHER], goes

    def beats(self, polls: frozenset[str] = frozenset()) -> int:
        """Beat until nothing is left to do; how often."""
        self.watch.beat(polls)
        count = 1
        while self.watch.behind:
            self.watch.beat()
            count += 1
            assert count < 500
        return count

    def told(self) -> list[Kind]:
        """What was said of the interview."""
        return [notice.kind for notice in self.notices() if notice.appointment_id == 1]

    def state(self, name: str = "work") -> tuple[bool, str]:
        with self.store.reading() as record:
            found = record.calendar(name)
        assert found is not None
        return found.readable, found.problem


@pytest.fixture
def desk(store: Database, judge: Judge) -> Several:
    return Several(store, judge)


@pytest.fixture
def planned(desk: Several) -> Several:
    """The interview is known, and it is two minutes after its start."""
    desk.shows(event())
    desk.beats()
    desk.clock.go(12)
    desk.beats()
    assert desk.told() == [Kind.BRIEF]
    return desk


def test_calendars_are_read_one_after_the_other_within_a_beat_s_time(desk: Several) -> None:
    for one in desk.large.values():
        one.seconds = 0.4
    desk.watch.beat(frozenset(desk.large))
    assert [one.begun for one in desk.large.values()] == [1, 1, 0]
    assert desk.watch.behind
    desk.watch.beat()
    assert [one.begun for one in desk.large.values()] == [1, 1, 1]
    assert not desk.watch.behind


def test_one_that_is_not_read_to_its_end_says_nothing(planned: Several) -> None:
    planned.shows(goes=9)
    for _ in range(2):
        planned.watch.beat(frozenset({"work"}))
        with planned.store.reading() as record:
            assert not any(item.missing_since for item in record.tracked("work").values())
        assert planned.watch.reading
    planned.beats()
    with planned.store.reading() as record:
        assert {key.uid for key, item in record.tracked("work").items() if item.missing_since} == {"a"}


def test_what_is_due_waits_for_the_word_of_its_calendar(planned: Several) -> None:
    planned.shows(event(start=3000), goes=9)
    planned.clock.go(3.1)
    planned.watch.beat()
    assert planned.watch.behind
    assert planned.told() == [Kind.BRIEF]
    assert planned.beats() > 2
    assert planned.told() == [Kind.BRIEF, Kind.MOVED]


def test_it_waits_for_no_other_calendar(planned: Several) -> None:
    planned.large["b"].goes = planned.large["c"].goes = 99
    planned.watch.beat(frozenset({"b"}))
    assert planned.watch.reading
    planned.clock.go(3.1)
    planned.watch.beat()
    assert planned.told() == [Kind.BRIEF, Kind.ASK]


def test_the_word_is_never_older_than_the_question(planned: Several) -> None:
    """A reading that began before the checkpoint came does not show what was moved since."""
    planned.clock.go(2.9)
    planned.shows(event(), goes=9)
    planned.watch.beat(frozenset({"work"}))
    planned.large["work"].events = [event(start=3000), OTHER]
    planned.clock.go(0.1)
    planned.beats()
    assert planned.told() == [Kind.BRIEF, Kind.MOVED]
    assert planned.large["work"].begun == 3


def test_one_that_fails_in_the_middle_is_one_that_could_not_be_read(planned: Several) -> None:
    planned.shows(goes=9)
    planned.large["work"].broken = SourceProblem("No network.", "Wait.")
    planned.clock.go(3.1)
    planned.beats()
    assert planned.told() == [Kind.BRIEF, Kind.ASK]
    assert planned.state() == (False, "No network. Wait.")
    with planned.store.reading() as record:
        assert not any(item.missing_since for item in record.tracked("work").values())


def test_one_that_takes_for_ever_is_given_up_until_the_next_time(planned: Several) -> None:
    """Its end is of no use then for what came later: that has the calendar read anew."""
    planned.shows(event(), goes=40)
    planned.large["work"].seconds = 1
    planned.clock.go(3.1)
    assert planned.beats() < 40
    assert planned.told() == [Kind.BRIEF, Kind.ASK]
    assert planned.state() == (
        False,
        "The calendar takes long, and has not come whole yet. It goes on with the next reading.",
    )
    begun = planned.large["work"].begun
    planned.large["work"].events, planned.large["work"].goes = [event(start=3000), OTHER], 2
    planned.clock.go(10)
    planned.beats()
    assert planned.told() == [Kind.BRIEF, Kind.ASK, Kind.MOVED]
    assert planned.large["work"].begun == begun + 1
    assert planned.state() == (True, "")


def test_after_a_sleep_nothing_is_told_before_all_is_read(planned: Several) -> None:
    planned.screen.away = True
    planned.clock.go(3.1)
    planned.beats()
    assert planned.told() == [Kind.BRIEF, Kind.ASK]
    planned.screen.away = False
    planned.shows(event(start=3000), goes=9)
    shows = len(planned.screen.shows)
    planned.clock.go(2, asleep=True)
    planned.watch.beat()
    assert planned.watch.reading
    assert len(planned.screen.shows) == shows
    planned.beats()
    assert [message.title for message, _ in planned.screen.shows[shows:]] == ["Interview with Acme moved"]


def test_a_sleep_in_the_middle_has_it_read_anew(planned: Several) -> None:
    planned.shows(event(), goes=9)
    planned.watch.beat(frozenset({"work"}))
    planned.large["work"].events = [event(start=3000), OTHER]
    planned.clock.go(30, asleep=True)
    planned.beats()
    assert planned.told() == [Kind.BRIEF, Kind.MOVED]


def test_what_a_full_disk_refused_is_waited_for_and_not_hurried_after(planned: Several) -> None:
    planned.shows(event(start=3000), goes=9)
    planned.clock.go(3.1)
    planned.watch.beat()
    planned.tight.full = True
    with pytest.raises(Problem):
        planned.beats()
    assert not planned.watch.behind
    planned.tight.full = False
    planned.watch.flush()
    assert planned.told() == [Kind.BRIEF]
    planned.beats()
    assert planned.told() == [Kind.BRIEF, Kind.MOVED]


def test_what_is_shown_was_shown_when_the_reading_began(planned: Several) -> None:
    """By that moment a vanished interview is dated."""
    planned.shows(event(), goes=50)
    planned.watch.beat(frozenset({"work"}))
    with planned.store.reading() as record:
        before = record.calendar("work")
    began = planned.large["work"].clock.now()
    planned.beats()
    with planned.store.reading() as record:
        after = record.calendar("work")
    assert before is not None
    assert after is not None
    assert after.complete is not None
    assert before.complete != after.complete
    assert after.complete < began


def test_one_that_is_asked_for_all_the_time_comes_to_its_end(planned: Several) -> None:
    planned.shows(event(summary="Interview with Acme, part 2"), goes=9)
    for _ in range(8):
        planned.watch.beat(frozenset({"work"}))
    with planned.store.reading() as record:
        assert record.named("a")[0].details.title == "Interview with Acme, part 2"
    assert at(0) < planned.clock.now()
