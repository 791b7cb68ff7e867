"""A real Radicale whose answers are cut short, refused or spoilt: nothing is lost, and nothing taken for gone."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from showup.calendars.caldav import CaldavCalendar, sync
from showup.calendars.caldav import source as reading
from showup.core.event import EventKey, Status
from showup.ports import SourceProblem, Window
from tests.calendars.contract import HOUR, NOBODY, NOON, WINDOW, starts
from tests.support.desk import Desk, refuse
from tests.support.front import Asked, Told
from tests.support.ics import calendar as ics
from tests.support.ics import crlf, vevent
from tests.support.radicale import USER, Password


def shortened(asked: Asked, told: Told) -> Told:
    """What a server sends that lists only the first of all."""
    if asked.what != "calendar-query":
        return told
    first, end, _ = told.body.partition(b"</response>")
    cut = f"<response><href>{asked.path}</href><status>HTTP/1.1 507 Insufficient Storage</status></response>".encode()
    return Told(told.status, first + end + cut + b"</multistatus>", told.headers)


def test_half_a_list_is_not_taken_for_all(desk: Desk) -> None:
    for name in "abc":
        desk.put(name, NOON)
    desk.front.spoil = shortened
    assert set(starts(desk.read())) == {"a", "b", "c"}
    assert desk.questions == ["PROPFIND", "calendar-query", "sync-collection", "calendar-multiget"]
    desk.vanish("a")
    assert set(starts(desk.read())) == {"b", "c"}


def test_half_a_list_and_nothing_else_is_a_problem(desk: Desk) -> None:
    for name in "abc":
        desk.put(name, NOON)
    desk.read()
    desk.front.spoil = shortened
    desk.front.answers = refuse("sync-collection", Told(403))
    desk.put("d", NOON)
    with pytest.raises(SourceProblem, match="gives out only a part of the calendar"):
        desk.read()
    desk.up()
    assert set(starts(desk.read())) == {"a", "b", "c", "d"}


def test_without_marks_everything_is_compared_each_time(desk: Desk) -> None:
    def unmarked(_: Asked, told: Told) -> Told:
        body = told.body.replace(b"getctag", b"other").replace(b"sync-token", b"another")
        return Told(told.status, body, told.headers)

    desk.front.spoil = unmarked
    desk.put("a", NOON)
    desk.read()
    assert desk.questions == ["PROPFIND", "calendar-query", "calendar-multiget"]
    assert desk.read().events is None
    assert desk.questions == ["PROPFIND", "calendar-query"]
    desk.vanish("a")
    assert desk.read().events == ()


def test_without_etags_everything_is_fetched_each_time(desk: Desk) -> None:
    desk.front.spoil = lambda _, told: Told(told.status, told.body.replace(b"getetag", b"etag"), told.headers)
    desk.put("a", NOON)
    desk.read()
    desk.put("a", NOON + HOUR)
    assert starts(desk.read()) == {"a": NOON + HOUR}
    assert desk.read().events is None


def test_a_reading_that_fails_in_the_middle_is_made_good(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "_BATCH", 2)
    for n in range(6):
        desk.put(f"{n}", NOON)
    times = iter(range(100))
    desk.front.answers = lambda asked: Told(503) if asked.what == "calendar-multiget" and next(times) == 1 else None
    with pytest.raises(SourceProblem):
        desk.read()
    assert desk.questions == ["PROPFIND", "calendar-query", *["calendar-multiget"] * 2]
    assert len(starts(desk.read())) == 6
    assert desk.questions == ["PROPFIND", *["calendar-multiget"] * 2]


def test_one_too_large_for_a_reading_comes_in_several(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "_BATCH", 2)
    monkeypatch.setattr(reading, "DEADLINE", 0.5)
    for n in range(6):
        desk.put(f"{n}", NOON)
    times = iter(range(100))

    def slow(asked: Asked) -> Told | None:
        if asked.what == "calendar-multiget" and next(times) == 1:
            desk.front.over.wait(2)
        return None

    desk.front.answers = slow
    with pytest.raises(SourceProblem, match=r"127\.0\.0\.1 has given 2 of 6 events so far\. The rest comes soon\."):
        desk.read()
    monkeypatch.setattr(reading, "DEADLINE", 5)
    assert len(starts(desk.read())) == 6


def test_one_that_was_never_fetched_and_is_gone_is_gone(desk: Desk) -> None:
    desk.put("a", NOON)
    desk.put("b", NOON)
    desk.front.answers = lambda asked: Told(403) if b"/b.ics" in asked.body else None
    assert starts(desk.read("a", "b")) == {"a": NOON, "b": None}
    desk.vanish("b")
    assert starts(desk.read("a", "b")) == {"a": NOON}


def test_a_server_that_cannot_tell_so_many_is_asked_for_fewer(desk: Desk) -> None:
    for n in range(8):
        desk.put(f"{n}", NOON)
    desk.front.answers = lambda asked: Told(507) if asked.body.count(b"<D:href>") > 2 else None
    assert len(starts(desk.read())) == 8


def test_one_that_cannot_be_fetched_is_named_and_asked_for_again(desk: Desk) -> None:
    desk.put("a", NOON)
    desk.put("b", NOON)
    desk.front.answers = lambda asked: Told(403) if b"/b.ics" in asked.body else None
    found = desk.read("a", "b", "c")
    assert starts(found) == {"a": NOON, "b": None, "c": None}
    assert found.warnings == ("The entry “b.ics” of the calendar is left out: it could not be fetched.",)
    assert desk.read("a", "b", "c").events is None
    desk.up()
    assert starts(desk.read("a", "b", "c")) == {"a": NOON, "b": NOON}


@pytest.mark.parametrize("spoilt", [b"no calendar at all", ics(vevent("DTSTART:20261124T120000Z", "b"))[:-20]])
def test_one_that_breaks_still_stands_as_it_was(desk: Desk, spoilt: bytes) -> None:
    desk.put("a", NOON)
    desk.put("b", NOON)
    desk.read("a", "b")
    broken = Told(207)

    def break_b(asked: Asked, told: Told) -> Told:
        if asked.what != "calendar-multiget":
            return told
        head, begin, rest = told.body.partition(b"BEGIN:VCALENDAR")
        end = rest.index(b"</")
        return Told(told.status, head + spoilt + rest[end:], told.headers) if begin else broken

    desk.front.spoil = break_b
    desk.put("b", NOON + HOUR)
    found = desk.read("a", "b")
    assert starts(found) == {"a": NOON, "b": NOON}
    assert len(found.warnings) == 1
    assert found.warnings[0].startswith("The entry “b.ics” of the calendar is left out: ")
    desk.up()
    desk.put("b", NOON + 2 * HOUR)
    assert starts(desk.read("a", "b")) == {"a": NOON, "b": NOON + 2 * HOUR}
    desk.vanish("b")
    assert starts(desk.read("a", "b")) == {"a": NOON}


def test_an_event_that_cannot_be_used_is_named_and_stays(desk: Desk) -> None:
    desk.put("a", NOON)
    desk.write("b", ics(vevent("DTSTART:20261124T120000Z\nRRULE:FREQ=SECONDLY", "b")))
    found = desk.read("a", "b")
    assert {"a", "b"} <= set(starts(found))
    assert len(found.warnings) == 1


def test_series_and_their_exceptions_lie_in_one_object(desk: Desk) -> None:
    desk.weekly("s", NOON - timedelta(weeks=10))
    desk.move_one("s", NOON, NOON + HOUR)
    desk.read("s")
    desk.events["s"] += vevent(
        f"DTSTART:{NOON + timedelta(weeks=1):%Y%m%dT%H%M%SZ}\nSTATUS:CANCELLED\n"
        f"RECURRENCE-ID:{NOON + timedelta(weeks=1):%Y%m%dT%H%M%SZ}",
        "s",
    )
    desk.save()
    found = {event.key: event for event in desk.read("s").events or ()}
    assert found[EventKey("s", f"{NOON:%Y%m%dT%H%M%SZ}")].start == NOON + HOUR
    cancelled = found[EventKey("s", f"{NOON + timedelta(weeks=1):%Y%m%dT%H%M%SZ}")]
    assert cancelled.status is Status.CANCELLED


def test_odd_names_of_objects(desk: Desk) -> None:
    for uid in ("a b", "ü&<é>", "50%25", "x@y.example", "a+b"):
        desk.put(uid, NOON)
    assert len(starts(desk.read())) == 5
    desk.put("a b", NOON + HOUR)
    desk.vanish("50%25")
    found = starts(desk.read())
    assert (len(found), found["a b"]) == (4, NOON + HOUR)


def test_tasks_are_no_events(desk: Desk) -> None:
    desk.put("a", NOON)
    todo = crlf(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VTODO\nUID:t\nDTSTAMP:20261101T000000Z\nEND:VTODO\nEND:VCALENDAR\n"
    )
    desk.read()
    desk.write("t", todo)
    found = desk.read()
    assert found.events is None or starts(found) == {"a": NOON}
    assert found.warnings == ()


Step = tuple[str, int]
_NUMBERS = itertools.count()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["put", "vanish", "read", "down", "lost", "cut"]), st.integers(0, 3)), max_size=14
    )
)
def test_whatever_happens_the_next_whole_reading_is_right(desk: Desk, steps: list[Step]) -> None:
    """Changes, failed readings, lost tokens in any order: what is read in the end is what a new reader reads."""
    desk.up()
    desk.empty()
    for number, (what, uid) in enumerate(steps):
        if what == "put":
            desk.put(f"{uid}", NOON + number * HOUR)
        elif what == "vanish" and f"{uid}" in desk.events:
            desk.vanish(f"{uid}")
        elif what in {"read", "down", "lost", "cut"}:
            fault = {"down": Told(503), "lost": Told(403), "cut": Told(207, b"<multi")}.get(what)
            kind = ("sync-collection", "calendar-multiget", "calendar-query", "PROPFIND")[uid]
            desk.front.answers = (
                refuse("sync-collection" if what == "lost" else kind, fault) if fault else lambda _: None
            )
            try:
                desk.read()
            except SourceProblem:
                assert what in {"down", "cut"}
    desk.up()
    mine = desk.read(window=Window(WINDOW.start, WINDOW.end + HOUR * (1 + next(_NUMBERS))))
    fresh = CaldavCalendar("work", f"{desk.front.address}{desk.path}", USER, Password()).read(WINDOW, NOBODY)
    assert starts(mine) == starts(fresh)
    assert set(starts(mine)) == set(desk.events)
