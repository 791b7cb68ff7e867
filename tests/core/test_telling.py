"""Which notice belongs to which moment, and until when it holds."""

from dataclasses import replace

import pytest

from showup.core.appointment import Details
from showup.core.checkpoints import Point
from showup.core.evidence import Sign
from showup.core.notice import Kind
from showup.core.policy import Policy
from showup.core.recognition.result import Decision
from showup.core.telling import Scene, holds, notice_at, notice_of_change, stale
from showup.core.verdict import judge
from tests.core.verdict.cases import at, case, fact, planned

_AT = {Point.BRIEF: -10.0, Point.LATE: 5.0, Point.NUDGE: 15.0, Point.GIVE_UP: 30.0, Point.END: 60.0}
_ALONE = ("meet you_in -2",)
_SILENCE = ("you_in -2",)


def scene(*told: str, now: float, readable: bool = True, changed: float | None = None) -> Scene:
    """The case as it is known at the minute `now`."""
    covered = ", ".join(f"{source} -10..{now}" for source in ("meet", "sound", "phone"))
    found = judge(case(*told, covered=covered), Policy(), at(now))
    appointment = replace(planned(), changed=None if changed is None else at(changed))
    return Scene(appointment, found, Policy(), at(now), readable)


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        # brief, late, nudge, give-up, end
        ((), ["brief", "ask", None, "confirm", None]),
        (_ALONE, ["brief", "late", "nudge", "no_show", None]),
        (_SILENCE, ["brief", "ask", "nudge", "confirm", None]),
        (("say waiting 4",), ["brief", "late", "nudge", "confirm", None]),
        (("say waiting 16",), ["brief", "ask", None, "no_show", None]),
        (("you_in -2", "speech 3"), ["brief", None, None, None, None]),
        (("you_in -2", "speech 12"), ["brief", "ask", None, None, "confirm"]),
        (("meet you_in -2", "meet they_in 12"), ["brief", "late", None, None, None]),
        (("missed 3",), ["brief", "ask", None, "confirm", None]),
        (("rang 12",), ["brief", "ask", None, None, "confirm"]),
        (("say here 4",), ["brief", None, None, None, None]),
        (("say here 16",), ["brief", "ask", None, None, "confirm"]),
        (("say no_show 20",), ["brief", "ask", None, None, None]),
        (("say mine -20",), [None, None, None, None, None]),
        (("say not_interview -20",), [None, None, None, None, None]),
        (("you_in 16",), ["brief", "ask", None, None, None]),
    ],
)
def test_what_is_said_at_each_checkpoint(told: tuple[str, ...], kinds: list[str | None]) -> None:
    said = [notice_at(point, scene(*told, now=minute)) for point, minute in _AT.items()]
    assert [kind.value if kind else None for kind in said] == kinds


def test_an_unreadable_calendar_makes_it_a_question() -> None:
    assert notice_at(Point.LATE, scene(*_ALONE, now=5)) is Kind.LATE
    assert notice_at(Point.LATE, scene(*_ALONE, now=5, readable=False)) is Kind.ASK


@pytest.mark.parametrize("point", Point)
def test_nothing_is_said_of_what_was_changed(point: Point) -> None:
    assert notice_at(point, scene(*_ALONE, now=_AT[point], changed=-20)) is None


@pytest.mark.parametrize(
    ("kind", "told", "until"),
    [
        (Kind.BRIEF, (), 5),
        (Kind.BRIEF, ("you_in -2", "speech -1"), -1),
        (Kind.LATE, _ALONE, 30),
        (Kind.ASK, (), 30),
        (Kind.ASK, ("you_in -2", "speech 12"), 12),
        (Kind.NUDGE, ("meet you_in -2", "meet they_in 22"), 22),
    ],
)
def test_it_holds_until(kind: Kind, told: tuple[str, ...], until: float) -> None:
    assert holds(kind, scene(*told, now=until - 0.1))
    assert not holds(kind, scene(*told, now=until))


@pytest.mark.parametrize(
    ("kind", "told", "now", "held"),
    [
        (Kind.NO_SHOW, ("say waiting 16",), 600, True),
        (Kind.NO_SHOW, ("say waiting 16", "say here 40"), 41, False),
        (Kind.NO_SHOW, _SILENCE, 600, False),
        (Kind.CONFIRM, _SILENCE, 6000, True),
        (Kind.CONFIRM, (*_SILENCE, "say yes 70"), 71, False),
        (Kind.CONFIRM, ("say mine 70",), 71, False),
        (Kind.PROBLEM, (), 600, True),
    ],
)
def test_what_still_holds(kind: Kind, told: tuple[str, ...], now: float, held: bool) -> None:
    assert holds(kind, scene(*told, now=now)) is held


@pytest.mark.parametrize("kind", [Kind.MOVED, Kind.CANCELLED])
def test_a_change_holds_while_it_is_so(kind: Kind) -> None:
    assert holds(kind, scene("moved -60", now=-50, changed=-60))
    assert not holds(kind, scene("moved -60", "restored -50", now=-50))
    assert not holds(kind, scene("moved -60", "say not_interview -50", now=-50, changed=-60))


def test_a_question_ahead_of_time_holds_until_it_is_over() -> None:
    before = scene(now=-50)
    asked = before._replace(appointment=replace(before.appointment, details=Details(decision=Decision.MAYBE)))
    assert holds(Kind.RECOGNISE, asked)
    assert not holds(Kind.RECOGNISE, asked._replace(now=at(60)))
    assert not holds(Kind.RECOGNISE, before)


@pytest.mark.parametrize(
    ("sign", "kind"),
    [(Sign.MOVED, "moved"), (Sign.CANCELLED, "cancelled"), (Sign.VANISHED, "cancelled"), (Sign.DECLINED, None)],
)
def test_what_is_said_of_a_change(sign: Sign, kind: str | None) -> None:
    assert notice_of_change(fact(f"{sign} 0")) == kind


@pytest.mark.parametrize(
    ("kind", "days"), [(Kind.MOVED, 1), (Kind.CANCELLED, 1), (Kind.NO_SHOW, 1), (Kind.CONFIRM, 7), (Kind.ASK, None)]
)
def test_news_does_not_come_up_again_after_days(kind: Kind, days: int | None) -> None:
    day = 24 * 60
    assert not stale(kind, at(0), at(day * (days or 400) - 1))
    assert stale(kind, at(0), at(day * (days or 400))) is (days is not None)
