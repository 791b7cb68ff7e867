"""Keeping up with a real Radicale: what is asked at each reading, and what is lost by no fault at all."""

import pytest

from showup.calendars.caldav import sync
from showup.ports import SourceProblem, Window
from tests.calendars.contract import HOUR, NOON, WINDOW, starts
from tests.support.desk import Desk, refuse
from tests.support.front import Asked, Told, multistatus

UNCHANGED = ["PROPFIND"]
CHANGED = ["PROPFIND", "sync-collection", "calendar-multiget"]
ANEW = ["PROPFIND", "sync-collection", "calendar-query", "calendar-multiget"]


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
