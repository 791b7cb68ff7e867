"""What every calendar source must do, whatever it reads. Subclass `CalendarSourceContract` in a test_*.py file.

A subclass says how to work the calendar, by a fixture called `calendar` that yields a `Calendar`:

    class TestFile(CalendarSourceContract):
        @pytest.fixture
        def calendar(self, tmp_path: Path) -> Calendar:
            return FileCalendar(tmp_path / "work.ics")

Tests skip what a kind of source cannot do (its operation raises NotImplementedError), such as a folder cut off.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from showup.core.event import Event, EventKey, Status
from showup.ports import CalendarSource, Reading, SourceProblem, Window

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WINDOW = Window(NOON - timedelta(days=2), NOON + timedelta(days=14))
NOBODY: frozenset[str] = frozenset()


class Calendar(Protocol):
    """A calendar that the test works as its owner does, and the source that reads it."""

    @property
    def source(self) -> CalendarSource: ...

    def put(self, uid: str, start: datetime, *, title: str = "Interview", cancelled: bool = False) -> None:
        """Write a single event of an hour, in the place of one with the same UID."""
        ...

    def vanish(self, uid: str) -> None:
        """Take an event away without a trace."""
        ...

    def weekly(self, uid: str, start: datetime) -> None:
        """Write an event of an hour that repeats each week without end."""
        ...

    def move_one(self, uid: str, slot: datetime, start: datetime) -> None:
        """Move the occurrence at `slot` of a weekly event."""
        ...

    def empty(self) -> None:
        """Take all events away; the calendar is still there."""
        ...

    def down(self) -> None:
        """Make it unreachable."""
        ...

    def up(self) -> None:
        """Make it reachable again, as it was."""
        ...

    def truncate(self) -> None:
        """Give out only half of what it holds, until `up`."""
        ...


def shown(reading: Reading) -> dict[EventKey, Event]:
    assert reading.events is not None
    found = {event.key: event for event in reading.events}
    assert len(found) == len(reading.events)
    return found


def starts(reading: Reading) -> dict[str, datetime | None]:
    return {key.uid: event.start for key, event in shown(reading).items()}


class CalendarSourceContract:
    """The tests. `read` always asks for the same window."""

    def read(self, calendar: Calendar, *known: str) -> Reading:
        return calendar.source.read(WINDOW, frozenset(known))

    def test_it_has_the_name_it_was_given(self, calendar: Calendar) -> None:
        assert calendar.source.name == "work"

    def test_what_is_there_is_shown_whole(self, calendar: Calendar) -> None:
        calendar.put("a", NOON, title="Interview, with Acme; part 1")
        calendar.put("b", NOON + HOUR)
        reading = self.read(calendar)
        event = shown(reading)[EventKey("a")]
        assert (event.start, event.end, event.summary) == (NOON, NOON + HOUR, "Interview, with Acme; part 1")
        assert (event.status, event.series, event.all_day) == (Status.CONFIRMED, "", False)
        assert starts(reading) == {"a": NOON, "b": NOON + HOUR}
        assert reading.warnings == ()

    def test_times_are_aware_utc(self, calendar: Calendar) -> None:
        calendar.put("a", NOON)
        event = shown(self.read(calendar))[EventKey("a")]
        assert event.start is not None
        assert event.start.tzinfo is UTC

    def test_an_empty_calendar_is_empty_and_no_problem(self, calendar: Calendar) -> None:
        calendar.put("a", NOON)
        self.read(calendar)
        calendar.empty()
        assert self.read(calendar).events == ()

    def test_added(self, calendar: Calendar) -> None:
        calendar.put("a", NOON)
        self.read(calendar)
        calendar.put("b", NOON + HOUR)
        assert starts(self.read(calendar)) == {"a": NOON, "b": NOON + HOUR}

    def test_changed(self, calendar: Calendar) -> None:
        calendar.put("a", NOON)
        self.read(calendar)
        calendar.put("a", NOON, title="Another")
        assert shown(self.read(calendar))[EventKey("a")].summary == "Another"

    def test_moved(self, calendar: Calendar) -> None:
        calendar.put("a", NOON)
        self.read(calendar)
        calendar.put("a", NOON + 3 * HOUR)
        assert starts(self.read(calendar)) == {"a": NOON + 3 * HOUR}

    def test_cancelled_is_shown_as_cancelled(self, calendar: Calendar) -> None:
        calendar.put("a", NOON)
        self.read(calendar)
        calendar.put("a", NOON, cancelled=True)
        assert shown(self.read(calendar, "a"))[EventKey("a")].status is Status.CANCELLED

    def test_vanished(self, calendar: Calendar) -> None:
        calendar.put("a", NOON)
        calendar.put("b", NOON)
        self.read(calendar)
        calendar.vanish("a")
        assert starts(self.read(calendar)) == {"b": NOON}

    def test_a_known_one_that_vanished_is_gone_or_cancelled(self, calendar: Calendar) -> None:
        """Google tells of what was deleted; elsewhere nothing is left of it."""
        calendar.put("a", NOON)
        calendar.put("b", NOON)
        self.read(calendar, "a")
        calendar.vanish("a")
        found = shown(self.read(calendar, "a"))
        standing = {key.uid for key, event in found.items() if event.status is not Status.CANCELLED}
        assert standing == {"b"}

    def test_one_that_is_due_is_told_as_it_is_now(self, calendar: Calendar) -> None:
        known = frozenset({"a"})
        calendar.put("a", NOON)
        calendar.put("b", NOON)
        self.read(calendar, "a")
        again = calendar.source.read(WINDOW, known, known)
        assert again.events is None or starts(again) == {"a": NOON, "b": NOON}
        calendar.put("a", NOON + HOUR)
        assert starts(calendar.source.read(WINDOW, known, known)) == {"a": NOON + HOUR, "b": NOON}

    def test_vanished_and_restored(self, calendar: Calendar) -> None:
        calendar.put("a", NOON)
        calendar.put("b", NOON)
        calendar.vanish("a")
        self.read(calendar)
        calendar.put("a", NOON)
        assert starts(self.read(calendar)) == {"a": NOON, "b": NOON}

    def test_down_is_a_problem_with_a_remedy(self, calendar: Calendar) -> None:
        calendar.put("a", NOON)
        calendar.down()
        for _ in range(2):
            with pytest.raises(SourceProblem) as raised:
                self.read(calendar)
            assert raised.value.sentence.endswith(".")
            assert raised.value.remedy.endswith(".")
            assert "\n" not in str(raised.value)

    def test_down_and_up_again(self, calendar: Calendar) -> None:
        calendar.put("a", NOON)
        self.read(calendar)
        calendar.down()
        with pytest.raises(SourceProblem):
            self.read(calendar)
        calendar.up()
        assert self.read(calendar).events is None or starts(self.read(calendar, "a")) == {"a": NOON}
        calendar.put("b", NOON)
        assert starts(self.read(calendar)) == {"a": NOON, "b": NOON}

    def test_half_a_calendar_is_never_shown_as_whole(self, calendar: Calendar) -> None:
        for n in range(40):
            calendar.put(f"{n}", NOON + n * HOUR)
        before = self.read(calendar)
        try:
            calendar.truncate()
        except NotImplementedError:
            pytest.skip("this kind of calendar cannot be cut off")
        with pytest.raises(SourceProblem):
            self.read(calendar)
        calendar.up()
        again = self.read(calendar)
        assert again.events is None or again == before

    def test_unchanged_says_so(self, calendar: Calendar) -> None:
        calendar.put("a", NOON)
        assert starts(self.read(calendar)) == {"a": NOON}
        for _ in range(2):
            assert self.read(calendar).events is None
        calendar.put("a", NOON + HOUR)
        assert starts(self.read(calendar)) == {"a": NOON + HOUR}
        assert self.read(calendar).events is None

    def test_unchanged_counts_for_the_same_question_only(self, calendar: Calendar) -> None:
        calendar.put("a", NOON)
        calendar.put("late", WINDOW.end + HOUR)
        assert starts(self.read(calendar)) == {"a": NOON}
        later = Window(WINDOW.start, WINDOW.end + timedelta(days=1))
        assert starts(calendar.source.read(later, NOBODY)) == {"a": NOON, "late": WINDOW.end + HOUR}
        assert starts(self.read(calendar)) == {"a": NOON}
        assert starts(self.read(calendar, "late")) == {"a": NOON, "late": WINDOW.end + HOUR}

    def test_the_window_has_edges(self, calendar: Calendar) -> None:
        calendar.put("ends as it begins", WINDOW.start - HOUR)
        calendar.put("reaches in", WINDOW.start - HOUR / 2)
        calendar.put("last", WINDOW.end - HOUR / 60)
        calendar.put("begins as it ends", WINDOW.end)
        assert set(starts(self.read(calendar))) == {"reaches in", "last"}

    def test_the_known_are_shown_wherever_they_are(self, calendar: Calendar) -> None:
        calendar.put("known", NOON)
        calendar.put("other", NOON)
        self.read(calendar, "known")
        for far in (NOON + timedelta(days=400), NOON - timedelta(days=400)):
            calendar.put("known", far)
            calendar.put("other", far)
            assert starts(self.read(calendar, "known")) == {"known": far}

    def test_a_series_shows_its_occurrences(self, calendar: Calendar) -> None:
        begun = NOON - timedelta(weeks=30)
        calendar.weekly("s", begun)
        found = shown(self.read(calendar))
        assert [(key, event.start, event.series) for key, event in sorted(found.items())] == [
            (EventKey("s", f"{start:%Y%m%dT%H%M%SZ}"), start, "s") for start in (NOON, NOON + timedelta(weeks=1))
        ]

    def test_a_moved_occurrence_keeps_its_key(self, calendar: Calendar) -> None:
        calendar.weekly("s", NOON - timedelta(weeks=30))
        calendar.move_one("s", NOON, NOON + 3 * HOUR)
        found = shown(self.read(calendar))
        assert found[EventKey("s", f"{NOON:%Y%m%dT%H%M%SZ}")].start == NOON + 3 * HOUR
        assert len(found) == 2

    def test_a_known_occurrence_moved_out_of_the_window_is_shown(self, calendar: Calendar) -> None:
        calendar.weekly("s", NOON - timedelta(weeks=30))
        self.read(calendar, "s")
        far = NOON + timedelta(days=200)
        calendar.move_one("s", NOON, far)
        assert shown(self.read(calendar, "s"))[EventKey("s", f"{NOON:%Y%m%dT%H%M%SZ}")].start == far
