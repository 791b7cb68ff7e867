"""The moments at which an appointment is judged."""

from dataclasses import replace

import pytest

from showup.core.appointment import Appointment
from showup.core.checkpoints import Checkpoint, Point, checkpoints, due, remaining
from showup.core.policy import Checkpoints, Policy
from tests.core.verdict.cases import at, planned

DEFAULT = Policy()
NONE: frozenset[Point] = frozenset()
PLANNED = planned()


def minutes(length: float | None, policy: Policy = DEFAULT) -> dict[str, float]:
    appointment = planned(length)
    found = checkpoints(appointment, policy)
    return {one.point.value: (one.at - appointment.start).total_seconds() / 60 for one in found}


@pytest.mark.parametrize(
    ("length", "found"),
    [
        (60, {"brief": -10, "late": 5, "nudge": 15, "give_up": 30, "end": 60}),
        (30, {"brief": -10, "late": 5, "nudge": 15, "give_up": 30, "end": 30}),
        (None, {"brief": -10, "late": 5, "nudge": 15, "give_up": 30, "end": 30}),
        (20, {"brief": -10, "late": 5, "nudge": 15, "give_up": 20, "end": 20}),
        (15, {"brief": -10, "late": 5, "give_up": 15, "end": 15}),  # give-up carries the message of the nudge
        (5, {"brief": -10, "give_up": 5, "end": 5}),
        (0, {"brief": -10, "give_up": 5, "end": 5}),
    ],
)
def test_the_defaults(length: float | None, found: dict[str, float]) -> None:
    assert minutes(length) == found


def test_the_user_s_own() -> None:
    quick = Policy(
        Checkpoints(brief_before_minutes=1, late_after_minutes=1, nudge_after_minutes=2, give_up_after_minutes=3)
    )
    assert minutes(60, quick) == {"brief": -1, "late": 1, "nudge": 2, "give_up": 5, "end": 60}
    equal = Policy(Checkpoints(late_after_minutes=30, nudge_after_minutes=30))
    assert minutes(60, equal) == {"brief": -10, "give_up": 30, "end": 60}


def left(appointment: Appointment = PLANNED, done: frozenset[Point] = NONE) -> tuple[Checkpoint, ...]:
    return remaining(appointment, DEFAULT, done)


def test_what_is_due() -> None:
    assert [one.point for one in due(left(), at(15))] == [Point.BRIEF, Point.LATE, Point.NUDGE]
    done = frozenset({Point.BRIEF, Point.LATE})
    assert [one.point for one in due(left(done=done), at(15))] == [Point.NUDGE]


@pytest.mark.parametrize(("changed", "rest"), [(-30, []), (-0.1, []), (0, ["give_up", "end"]), (7, ["give_up", "end"])])
def test_a_change_drops_what_remains(changed: float, rest: list[str]) -> None:
    off = replace(planned(), changed=at(changed))
    assert [one.point.value for one in due(left(off), at(999))] == rest
