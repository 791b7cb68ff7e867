"""The edges of a story keep to the same contracts as the real ones."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from showup.ports import CalendarSource, Notifier, NotifierAway, Reading, Returned, Window
from showup.rehearsal.calendar import StoryCalendar
from showup.rehearsal.desktop import StoryDesktop
from showup.rehearsal.world import World
from tests.calendars.contract import NOON, WINDOW, Calendar, CalendarSourceContract, shown, starts
from tests.desktop.contract import ASK, NotifierContract


class Named(StoryCalendar):
    """Under the name that the contract looks for."""

    name = "work"


class InAStory:
    """A story's author writes the calendar."""

    def __init__(self) -> None:
        self._story = Named(frozenset({"sam@example.org"}))
        self._times = 0

    @property
    def source(self) -> CalendarSource:
        return self._story

    def put(self, uid: str, start: datetime, *, title: str = "Interview", cancelled: bool = False) -> None:
        self._step(
            "put", event=self._event(uid, start, summary=title, status="cancelled" if cancelled else "confirmed")
        )

    def vanish(self, uid: str) -> None:
        self._step("vanish", id=uid)

    def weekly(self, uid: str, start: datetime) -> None:
        self._step("put", event=self._event(uid, start, recurrence=["RRULE:FREQ=WEEKLY"]))

    def move_one(self, uid: str, slot: datetime, start: datetime) -> None:
        self._step("put", event=self._event(f"{uid}_{slot:%Y%m%dT%H%M%SZ}", start))

    def empty(self) -> None:
        self._step("empty")

    def down(self) -> None:
        self._step("down")

    def up(self) -> None:
        self._step("up")

    def truncate(self) -> None:
        self._step("truncated")

    def _step(self, what: str, **rest: Any) -> None:  # noqa: ANN401 - a table of a story
        self._times += 1
        self._story.step(what, rest, NOON + timedelta(seconds=self._times))

    @staticmethod
    def _event(uid: str, start: datetime, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as in Google's API
        end = start + timedelta(hours=1)
        times = {"start": {"dateTime": start.isoformat()}, "end": {"dateTime": end.isoformat()}}
        return {"id": uid, "summary": "Interview", "status": "confirmed", **times, **more}


class TestStoryCalendar(CalendarSourceContract):
    """Two things are its own: it shows all that stands in it, near or far; and it names occurrences as Google does."""

    @pytest.fixture
    def calendar(self) -> Calendar:
        return InAStory()

    def test_the_window_has_edges(self, calendar: Calendar) -> None:
        calendar.put("far", WINDOW.end + timedelta(days=400))
        assert set(starts(self.read(calendar))) == {"far"}

    def test_unchanged_counts_for_the_same_question_only(self, calendar: Calendar) -> None:
        calendar.put("a", NOON)
        later = Window(WINDOW.start, WINDOW.end + timedelta(days=1))
        for _ in range(2):
            assert starts(self.read(calendar)) == {"a": NOON}
            assert starts(calendar.source.read(later, frozenset())) == {"a": NOON}
        assert starts(self.read(calendar, "a")) == {"a": NOON}

    def test_the_known_are_shown_wherever_they_are(self, calendar: Calendar) -> None:
        for far in (NOON + timedelta(days=400), NOON - timedelta(days=400)):
            calendar.put("known", far)
            assert starts(self.read(calendar, "known")) == {"known": far}

    def test_a_series_shows_its_occurrences(self, calendar: Calendar) -> None:
        calendar.weekly("s", NOON - timedelta(weeks=30))
        found = shown(self.read(calendar))
        days = (NOON, NOON + timedelta(weeks=1))
        assert sorted((key.uid, event.start) for key, event in found.items()) == [(slot(day), day) for day in days]
        assert {event.series for event in found.values()} == {"s"}

    def test_a_moved_occurrence_keeps_its_key(self, calendar: Calendar) -> None:
        calendar.weekly("s", NOON - timedelta(weeks=30))
        calendar.move_one("s", NOON, NOON + timedelta(hours=3))
        found = starts(self.read(calendar))
        assert found == {
            slot(NOON): NOON + timedelta(hours=3),
            slot(NOON + timedelta(weeks=1)): NOON + timedelta(weeks=1),
        }

    def test_a_known_occurrence_moved_out_of_the_window_is_shown(self, calendar: Calendar) -> None:
        calendar.weekly("s", NOON - timedelta(weeks=30))
        far = NOON + timedelta(days=200)
        calendar.move_one("s", NOON, far)
        assert starts(self.read(calendar, "s"))[slot(NOON)] == far


def slot(start: datetime) -> str:
    """The id of an occurrence, as Google's API has it."""
    return f"s_{start:%Y%m%dT%H%M%SZ}"


class TestStoryDesktop(NotifierContract):
    @pytest.fixture
    def notifier(self) -> Notifier:
        return StoryDesktop(World())


def test_a_desktop_that_is_gone_shows_nothing_and_says_when_it_is_back() -> None:
    world = World(desktop=False)
    desktop = StoryDesktop(world)
    with pytest.raises(NotifierAway):
        desktop.show(ASK)
    world.desktop = True
    desktop.back()
    assert list(desktop.drain()) == [Returned()]
    assert desktop.show(ASK) > 0


def test_what_is_full_again_is_all_there() -> None:
    calendar = InAStory()
    calendar.put("a", NOON)
    calendar.empty()
    window = Window(NOON, NOON + timedelta(days=1))
    assert calendar.source.read(window, frozenset()) == Reading(())
    calendar.up()
    assert len(calendar.source.read(window, frozenset()).events or ()) == 1
