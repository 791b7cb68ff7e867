"""Keeping up with a real Radicale: what is asked at each reading, and what is lost by no fault at all."""

import itertools
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from showup.calendars.caldav import CaldavCalendar, sync
from showup.calendars.caldav import source as reading
from showup.core.event import EventKey, Status
from showup.ports import Reading, SourceProblem, Window
from tests.calendars.contract import HOUR, NOBODY, NOON, WINDOW, starts
from tests.support.front import Answers, Asked, Front, Told, front, multistatus
from tests.support.ics import calendar as ics
from tests.support.ics import crlf, vevent
from tests.support.radicale import USER, OnServer, Password

pytestmark = pytest.mark.usefixtures("certificates")
UNCHANGED = ["PROPFIND"]
CHANGED = ["PROPFIND", "sync-collection", "calendar-multiget"]
ANEW = ["PROPFIND", "sync-collection", "calendar-query", "calendar-multiget"]


class Desk(OnServer):
    """A calendar, and the source that reads it."""

    def __init__(self, before: Front) -> None:
        super().__init__(before)
        self.source = CaldavCalendar("work", f"{before.address}{self.path}", USER, Password(), zone="Europe/Berlin")

    def read(self, *known: str, window: Window = WINDOW, due: str = "") -> Reading:
        return self.source.read(window, frozenset(known), frozenset({due} if due else ()))

    @property
    def questions(self) -> list[str]:
        return self.front.questions


@pytest.fixture
def desk(port: int) -> Iterator[Desk]:
    with front(port) as before:
        yield Desk(before)


def refuse(what: str, told: Told) -> Answers:
    return lambda asked: told if asked.what == what else None


def test_requests_per_reading(desk: Desk) -> None:
    desk.put("a", NOON)
    desk.read()
    assert desk.questions == ["PROPFIND", "calendar-query", "calendar-multiget"]
    assert desk.read().events is None
    assert desk.questions == UNCHANGED
    desk.put("b", NOON)
    desk.read()
    assert desk.questions == CHANGED
    desk.vanish("b")
    assert starts(desk.read()) == {"a": NOON}
    assert desk.questions == CHANGED[:2]
    desk.read("a", due="a")
    assert desk.questions == ["PROPFIND", "calendar-multiget"]
    desk.read("a", window=Window(WINDOW.start, WINDOW.end + HOUR))
    assert desk.questions == UNCHANGED


def test_only_what_changed_is_fetched(desk: Desk) -> None:
    for n in range(5):
        desk.put(f"{n}", NOON)
    desk.read()
    desk.put("3", NOON + HOUR)
    desk.read()
    body = next(one.body for one in reversed(desk.front.asked) if one.what == "calendar-multiget")
    assert (body.count(b"<D:href>"), b"/3.ics" in body) == (1, True)


def test_what_is_due_is_fetched_though_nothing_changed_they_say(desk: Desk) -> None:
    desk.put("a", NOON)
    desk.put("b", NOON)
    desk.read("a", "b")
    kept = desk.front.pass_on
    mark: list[Told] = []

    def stale(asked: Asked) -> Told | None:
        if asked.method != "PROPFIND":
            return None
        mark.append(mark[0] if mark else kept(asked))
        return mark[0]

    desk.front.answers = stale
    desk.read("a", "b")
    desk.put("a", NOON + HOUR)
    desk.vanish("b")
    assert desk.read("a", "b").events is None
    assert starts(desk.read("a", "b", due="a")) == {"a": NOON + HOUR, "b": NOON}
    assert starts(desk.read("a", "b", due="b")) == {"a": NOON + HOUR}
    assert desk.read("a", "b", due="c").events is None


def test_a_due_one_that_cannot_be_fetched_is_no_news_and_no_loss(desk: Desk) -> None:
    desk.put("a", NOON)
    desk.read("a")
    desk.front.answers = refuse("calendar-multiget", Told(503))
    with pytest.raises(SourceProblem):
        desk.read("a", due="a")


@pytest.mark.parametrize(
    "answer",
    [
        *(multistatus(status=code) for code in (400, 403, 409, 410, 507)),
        Told(403, b'<?xml version="1.0"?><D:error xmlns:D="DAV:"><D:valid-sync-token/></D:error>'),
        Told(409, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        multistatus("<d:sync-token/>"),
    ],
    ids=lambda told: f"{told.status}",
)
def test_an_invalid_token_loses_nothing(desk: Desk, answer: Told) -> None:
    for name in "abc":
        desk.put(name, NOON)
    desk.read()
    desk.front.answers = refuse("sync-collection", answer)
    assert desk.questions
    desk.vanish("a")
    desk.put("b", NOON + HOUR)
    desk.put("d", NOON)
    assert starts(desk.read()) == {"b": NOON + HOUR, "c": NOON, "d": NOON}
    assert desk.questions == ANEW
    assert desk.read().events is None
    desk.up()
    desk.vanish("c")
    assert starts(desk.read()) == {"b": NOON + HOUR, "d": NOON}


@pytest.mark.parametrize("code", [401, 429, 500, 503])
def test_other_trouble_is_no_invalid_token(desk: Desk, code: int) -> None:
    desk.put("a", NOON)
    desk.read()
    desk.put("b", NOON)
    assert desk.questions
    desk.front.answers = refuse("sync-collection", Told(code))
    with pytest.raises(SourceProblem):
        desk.read()
    assert desk.questions == CHANGED[:2]


def test_a_token_that_the_real_server_does_not_know(desk: Desk) -> None:
    desk.put("a", NOON)
    desk.put("b", NOON)
    desk.read()

    def old(asked: Asked) -> Told | None:
        if asked.what != "sync-collection":
            return None
        body = asked.body.replace(b"/ns/sync/", b"/ns/sync/0")
        told = desk.front.pass_on(
            Asked(asked.method, asked.path, asked.headers | {"Content-Length": f"{len(body)}"}, body)
        )
        assert told.status in {403, 409}
        return told

    desk.front.answers = old
    desk.vanish("a")
    assert starts(desk.read()) == {"b": NOON}


def test_changes_in_pages_are_followed(desk: Desk) -> None:
    for n in range(6):
        desk.put(f"{n}", NOON)
    desk.read()
    desk.vanish("0")
    desk.put("1", NOON + HOUR)
    desk.put("new", NOON)
    pages = [
        multistatus(
            f"<d:response><d:href>{desk.place('0')}</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>"
            f"<d:response><d:href>{desk.path}</d:href><d:status>HTTP/1.1 507 Insufficient Storage</d:status>"
            "<d:error><d:number-of-matches-within-limits/></d:error></d:response><d:sync-token>two</d:sync-token>"
        ),
        multistatus(
            "".join(
                f"<d:response><d:href>{desk.place(uid)}</d:href><d:propstat><d:prop><d:getetag>x</d:getetag></d:prop>"
                "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
                for uid in ("1", "new")
            )
            + "<d:sync-token>three</d:sync-token>"
        ),
    ]
    asked_for: list[bytes] = []

    def paged(asked: Asked) -> Told | None:
        if asked.what != "sync-collection":
            return None
        asked_for.append(asked.body)
        return pages[len(asked_for) - 1]

    desk.front.answers = paged
    assert starts(desk.read()) == {"1": NOON + HOUR, **dict.fromkeys(("2", "3", "4", "5", "new"), NOON)}
    assert b"<D:sync-token>two</D:sync-token>" in asked_for[1]


def test_pages_without_end_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "_PAGES", 5)
    desk.put("a", NOON)
    desk.read()
    desk.vanish("a")
    desk.put("b", NOON)
    assert desk.questions
    count = iter(range(100))
    cut = f"<d:response><d:href>{desk.path}</d:href><d:status>HTTP/1.1 507 x</d:status></d:response>"
    desk.front.answers = lambda asked: (
        multistatus(f"{cut}<d:sync-token>{next(count)}</d:sync-token>") if asked.what == "sync-collection" else None
    )
    assert starts(desk.read()) == {"b": NOON}
    assert desk.questions == [*UNCHANGED, *["sync-collection"] * 5, "calendar-query", "calendar-multiget"]


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
