"""Google calendars kept up by increments: what is asked, and what comes of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from showup.core.event import EventKey, Status
from showup.ports import SourceProblem, Window
from tests.calendars.contract import HOUR, NOBODY, NOON, WINDOW, shown, starts
from tests.support.google_parts import Clock, source
from tests.support.google_server import Google, serving
from tests.support.steps import read_whole

WEEK = timedelta(weeks=1)
START = {"dateTime": "2026-11-24T13:00:00+01:00", "timeZone": "Europe/Berlin"}


@pytest.fixture
def google() -> Iterator[Google]:
    with serving() as server:
        yield server


def slot(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def test_the_first_listing_has_a_bound_and_the_next_ones_a_token_alone(google: Google) -> None:
    google.world.primary.put("a", NOON)
    calendar = source(google)
    for _ in range(3):
        calendar.read(WINDOW, NOBODY)
    first, *others = (asked.query for asked in google.asked)
    assert first["timeMin"] == ["2026-10-23T12:00:00Z"]
    assert [sorted(query.keys() ^ first.keys()) for query in others] == [["syncToken", "timeMin"]] * 2
    assert {asked.path for asked in google.asked} == {"/calendar/v3/calendars/primary/events"}


def test_an_unchanged_poll_is_one_request_for_each_calendar(google: Google) -> None:
    for name in ("b@group.example", "c@group.example"):
        google.world.add(name).put(f"in {name}", NOON)
    calendar = source(google, "primary", "b@group.example", "c@group.example")
    calendar.read(WINDOW, NOBODY)
    before = google.requests
    for _ in range(5):
        assert calendar.read(WINDOW, NOBODY).events is None
    assert google.requests - before == 15


def test_another_window_is_no_other_request(google: Google) -> None:
    google.world.primary.put("s", NOON, recurrence=["RRULE:FREQ=DAILY"])
    calendar = source(google)
    calendar.read(WINDOW, NOBODY)
    before = google.requests
    tomorrow = Window(WINDOW.start + timedelta(days=1), WINDOW.end + timedelta(days=1))
    assert len(shown(calendar.read(tomorrow, NOBODY))) == 15
    assert google.requests - before == 1


def test_a_window_before_the_bound_is_listed_anew(google: Google) -> None:
    google.world.primary.put("old", NOON - timedelta(days=90))
    calendar = source(google)
    assert calendar.read(WINDOW, NOBODY).events == ()
    long_ago = Window(NOON - timedelta(days=100), NOON)
    assert starts(calendar.read(long_ago, NOBODY)) == {"old": NOON - timedelta(days=90)}


def test_pages_may_be_short_or_empty(google: Google) -> None:
    for n in range(7):
        google.world.primary.put(f"e{n}", NOON + n * HOUR)
    sizes = iter([0, 2, 0, 0, 4, 0, 1, 0] + [500] * 9)
    google.world.page_size = lambda _: next(sizes)
    assert len(shown(source(google).read(WINDOW, NOBODY))) == 7


def test_a_deleted_event_that_tells_nothing_but_its_id_is_cancelled(google: Google) -> None:
    google.world.primary.put("a", NOON)
    calendar = source(google)
    calendar.read(WINDOW, frozenset({"a"}))
    google.world.primary.reveals = False
    google.world.primary.delete("a")
    event = shown(calendar.read(WINDOW, frozenset({"a"})))[EventKey("a")]
    assert (event.status, event.start, event.summary) == (Status.CANCELLED, NOON, "Interview")


def test_a_deletion_tells_when_it_was_made(google: Google) -> None:
    google.world.primary.put("a", NOON)
    calendar = source(google)
    calendar.read(WINDOW, frozenset({"a"}))
    google.world.now = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    google.world.primary.delete("a")
    updated = shown(calendar.read(WINDOW, frozenset({"a"})))[EventKey("a")].updated
    assert updated is not None
    assert updated - datetime(2026, 11, 24, 8, 30, tzinfo=UTC) < timedelta(seconds=1)


def test_a_deleted_event_may_be_restored(google: Google) -> None:
    google.world.primary.put("a", NOON)
    calendar = source(google)
    calendar.read(WINDOW, NOBODY)
    google.world.primary.delete("a")
    assert calendar.read(WINDOW, NOBODY).events == ()
    google.world.primary.change("a", status="confirmed")
    assert starts(calendar.read(WINDOW, NOBODY)) == {"a": NOON}


# ---------------------------------------------------------------- series, days, zones


def test_a_series_follows_the_clock_on_the_wall(google: Google) -> None:
    begun = datetime(2026, 10, 20, 9, tzinfo=UTC)  # 11:00 in Berlin, in summer
    google.world.primary.put("s", begun, recurrence=["RRULE:FREQ=WEEKLY"])
    found = shown(source(google).read(WINDOW, NOBODY))
    assert sorted(event.start for event in found.values() if event.start) == [
        datetime(2026, 11, 24, 10, tzinfo=UTC),
        datetime(2026, 12, 1, 10, tzinfo=UTC),
        datetime(2026, 12, 8, 10, tzinfo=UTC),
    ]


def test_a_deleted_occurrence_is_cancelled_and_the_others_stand(google: Google) -> None:
    google.world.primary.put("s", NOON - WEEK, recurrence=["RRULE:FREQ=WEEKLY"])
    calendar = source(google)
    calendar.read(WINDOW, frozenset({"s"}))
    google.world.primary.reveals = False
    google.world.primary.delete_one("s", NOON)
    found = shown(calendar.read(WINDOW, frozenset({"s"})))
    assert found[EventKey("s", slot(NOON))].status is Status.CANCELLED
    assert found[EventKey("s", slot(NOON + WEEK))].status is Status.CONFIRMED
    assert starts(source(google).read(WINDOW, NOBODY)) == {"s": NOON + WEEK}


def test_a_deleted_series_takes_its_occurrences_along(google: Google) -> None:
    google.world.primary.put("s", NOON - WEEK, recurrence=["RRULE:FREQ=WEEKLY"])
    google.world.primary.move_one("s", NOON, NOON + HOUR)
    calendar = source(google)
    calendar.read(WINDOW, frozenset({"s"}))
    google.world.primary.reveals = False
    google.world.primary.delete("s")
    found = shown(calendar.read(WINDOW, frozenset({"s"})))
    assert {key.recurrence_id for key in found} == {slot(NOON), slot(NOON + WEEK)}
    assert {event.status for event in found.values()} == {Status.CANCELLED}
    assert calendar.read(WINDOW, NOBODY).events == ()


def test_an_occurrence_that_was_changed_goes_with_its_series(google: Google) -> None:
    """Also where Google tells of the series alone."""
    google.world.primary.put("s", NOON - WEEK, recurrence=["RRULE:FREQ=WEEKLY"])
    google.world.primary.move_one("s", NOON, NOON + HOUR)
    calendar = source(google)
    calendar.read(WINDOW, frozenset({"s"}))
    google.world.primary.change("s", status="cancelled")
    found = shown(calendar.read(WINDOW, frozenset({"s"})))
    assert {event.status for event in found.values()} == {Status.CANCELLED}


def test_an_occurrence_that_was_written_after_its_series_was_deleted_stands(google: Google) -> None:
    google.world.primary.put("s", NOON - WEEK, recurrence=["RRULE:FREQ=WEEKLY"])
    calendar = source(google)
    calendar.read(WINDOW, frozenset({"s"}))
    google.world.primary.delete("s")
    google.world.primary.put(f"s_{slot(NOON)}", NOON + HOUR, recurringEventId="s", originalStartTime=START)
    found = shown(calendar.read(WINDOW, frozenset({"s"})))
    assert found[EventKey("s", slot(NOON))].status is Status.CONFIRMED
    assert found[EventKey("s", slot(NOON + WEEK))].status is Status.CANCELLED


def test_excepted_and_added_dates_are_followed(google: Google) -> None:
    rules = ["RRULE:FREQ=DAILY;COUNT=4", "EXDATE;TZID=Europe/Berlin:20261125T130000", f"RDATE:{slot(NOON + 9 * HOUR)}"]
    google.world.primary.raw(
        {
            "kind": "calendar#event",
            "id": "s",
            "etag": '"1"',
            "status": "confirmed",
            "summary": "Interview",
            "start": google.world.primary.at(NOON),
            "end": google.world.primary.at(NOON + HOUR),
            "recurrence": rules,
        }
    )
    found = shown(source(google).read(WINDOW, NOBODY))
    days = {0 * HOUR, 9 * HOUR, 48 * HOUR, 72 * HOUR}
    assert {event.start for event in found.values()} == {NOON + apart for apart in days}


def test_all_day_events_have_days(google: Google) -> None:
    google.world.primary.put("day", date(2026, 11, 25))
    google.world.primary.put("days", date(2026, 11, 20), date(2026, 11, 23))
    google.world.primary.put("over", date(2026, 11, 20), date(2026, 11, 22))
    google.world.primary.put("s", date(2026, 11, 26), recurrence=["RRULE:FREQ=DAILY;COUNT=2"])
    found = shown(source(google).read(WINDOW, NOBODY))
    assert {(key.uid, key.recurrence_id) for key in found} == {
        *(("day", ""), ("days", ""), ("s", "20261126"), ("s", "20261127"))
    }
    assert all(event.all_day and event.start is None for event in found.values())


def test_a_series_that_is_split_goes_on_under_another_id(google: Google) -> None:
    """“This and all following”: the old series gets an end, and a new one begins."""
    calendar = source(google)
    google.world.primary.put("s", NOON - WEEK, recurrence=["RRULE:FREQ=WEEKLY"])
    calendar.read(WINDOW, frozenset({"s"}))
    google.world.primary.change("s", recurrence=[f"RRULE:FREQ=WEEKLY;UNTIL={slot(NOON + WEEK - HOUR)}"])
    later = NOON + WEEK + HOUR
    google.world.primary.put("s_R20261201T120000", later, recurrence=["RRULE:FREQ=WEEKLY"])
    found = shown(calendar.read(WINDOW, frozenset({"s"})))
    assert found.keys() == {EventKey("s", slot(NOON)), EventKey("s_R20261201T120000", slot(later))}


# ---------------------------------------------------------------- tokens that expire


def test_an_expired_token_is_followed_by_a_full_listing(google: Google) -> None:
    for name in ("a", "b", "c"):
        google.world.primary.put(name, NOON)
    calendar = source(google)
    calendar.read(WINDOW, NOBODY)
    google.world.primary.delete("b")
    google.world.primary.put("d", NOON)
    google.world.primary.expire()
    before = google.requests
    assert set(starts(calendar.read(WINDOW, NOBODY))) == {"a", "c", "d"}
    assert google.requests - before == 2
    assert calendar.read(WINDOW, NOBODY).events is None


def test_a_full_listing_that_tells_nothing_but_ids_loses_nothing(google: Google) -> None:
    google.world.primary.put("a", NOON)
    google.world.primary.put("b", NOON)
    calendar = source(google)
    calendar.read(WINDOW, frozenset({"a"}))
    google.world.primary.reveals = False
    google.world.primary.delete("a")
    google.world.primary.expire()
    event = shown(calendar.read(WINDOW, frozenset({"a"})))[EventKey("a")]
    assert (event.status, event.start, event.summary) == (Status.CANCELLED, NOON, "Interview")


def test_what_is_over_or_cancelled_is_not_asked_for_after_a_full_listing(google: Google) -> None:
    """Google forgets what was deleted, and the bound moves on."""
    known = frozenset({"old", "cancelled"})
    google.world.primary.put("old", WINDOW.start - timedelta(days=29))
    google.world.primary.put("cancelled", NOON)
    google.world.primary.put("b", NOON + WEEK)
    calendar = source(google)
    calendar.read(WINDOW, known)
    google.world.primary.delete("cancelled")
    calendar.read(WINDOW, known)
    google.world.primary.forget_deleted()
    google.world.primary.expire()
    before = google.requests
    later = Window(WINDOW.start + timedelta(days=5), WINDOW.end)
    found = shown(calendar.read(later, known))
    assert google.requests - before == 2
    assert found[EventKey("cancelled")].status is Status.CANCELLED
    assert found.keys() == {EventKey("old"), EventKey("cancelled"), EventKey("b")}


def test_nothing_is_lost_where_the_full_listing_fails_halfway(google: Google) -> None:
    for n in range(6):
        google.world.primary.put(f"e{n}", NOON)
    clock = Clock()
    calendar = source(google, clock=clock)
    before = calendar.read(WINDOW, NOBODY)
    google.world.primary.expire()
    google.world.page_size = lambda _: 2
    google.fail("status", path="pageToken", code=503)
    with pytest.raises(SourceProblem):
        calendar.read(WINDOW, NOBODY)
    google.well()
    clock.passed += 600
    assert calendar.read(WINDOW, NOBODY) == before


def test_a_page_token_that_expires_begins_the_listing_anew(google: Google) -> None:
    for n in range(6):
        google.world.primary.put(f"e{n}", NOON)
    google.world.page_size = lambda _: 2
    google.fail("status", path="pageToken", code=410, times=1)
    assert len(shown(source(google).read(WINDOW, NOBODY))) == 6


def slow(google: Google, seconds: float) -> Clock:
    """Pages of three that take so long each, by this clock."""
    clock = Clock()

    def three(_: int) -> int:
        clock.passed += seconds
        return 3

    google.world.page_size = three
    return clock


def test_a_large_first_listing_comes_in_several_goes(google: Google) -> None:
    for n in range(10):
        google.world.primary.put(f"e{n}", NOON)
    calendar = source(google, clock=slow(google, 0.3))
    first = calendar.read(WINDOW, NOBODY)
    assert (first.unfinished, first.events, google.requests) == (True, None, 2)
    assert len(shown(calendar.read(WINDOW, NOBODY))) == 10
    assert google.requests == 4


def test_a_page_that_does_not_come_costs_none_of_those_before(google: Google) -> None:
    for n in range(10):
        google.world.primary.put(f"e{n}", NOON)
    clock = slow(google, 1)
    calendar = source(google, clock=clock)
    assert calendar.read(WINDOW, NOBODY).unfinished
    google.fail("status", path="pageToken", code=503, times=1)
    with pytest.raises(SourceProblem):
        calendar.read(WINDOW, NOBODY)
    clock.passed += 3600
    assert len(shown(read_whole(calendar, WINDOW, NOBODY))) == 10
    assert google.requests == 5
