"""The course of an employer's reliability with its interval, over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from showup.core.history import Step

WIDTH, HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 16, 12, 28
_LABEL = 70
"""So far apart labels of the time axis have to be."""


@dataclass(frozen=True, slots=True)
class Point:
    """The score after one appointment, in the drawing's units."""

    x: float
    y: float
    low: float
    high: float
    missed: bool
    text: str


@dataclass(frozen=True, slots=True)
class Course:
    """`band` and `line` are the points of a polygon and a polyline; `levels` and `days` the labels of the axes."""

    points: tuple[Point, ...]
    band: str
    line: str
    levels: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]
    text: str
    prior: float


def course(steps: Sequence[Step], prior: tuple[float, float, float], zone: tzinfo | None) -> Course | None:
    """The drawing, which begins with what is believed of an employer that nothing is known of; None without steps."""
    if not steps:
        return None
    points = tuple(_point(step, steps, zone) for step in steps)
    first = Point(_LEFT, _y(prior[0]), _y(prior[1]), _y(prior[2]), missed=False, text="")
    line = (first, *points)
    upper = [f"{one.x:.1f},{one.high:.1f}" for one in line]
    lower = [f"{one.x:.1f},{one.low:.1f}" for one in reversed(line)]
    last = steps[-1]
    return Course(
        points=points,
        band=" ".join([*upper, *lower]),
        line=" ".join(f"{one.x:.1f},{one.y:.1f}" for one in line),
        levels=tuple((_y(level), str(level)) for level in (0, 25, 50, 75, 100)),
        days=_days(steps, points, zone),
        text=(
            f"Reliability over {last.n} counted appointments: it began at {prior[0]:.0f}, what is believed of anybody, "
            f"and is now {last.reliability:.0f}, between {last.low:.0f} and {last.high:.0f}."
        ),
        prior=_y(prior[0]),
    )


def _point(step: Step, steps: Sequence[Step], zone: tzinfo | None) -> Point:
    told = f"{_day(step.at, zone)}: {step.reliability:.0f} ({step.low:.0f}–{step.high:.0f})"
    return Point(
        _x(step.at, steps), _y(step.reliability), _y(step.low), _y(step.high), missed=step.fault > 0, text=told
    )


def _x(at: datetime, steps: Sequence[Step]) -> float:
    """By time; the first stands a little way in, so that what was believed before it can be seen."""
    begins, ends = _LEFT + 36, WIDTH - _RIGHT
    whole = steps[-1].at - steps[0].at
    if whole <= timedelta(0):
        return (begins + ends) / 2
    return begins + (ends - begins) * ((at - steps[0].at) / whole)


def _y(level: float) -> float:
    return _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - level / 100)


def _days(steps: Sequence[Step], points: Sequence[Point], zone: tzinfo | None) -> tuple[tuple[float, str], ...]:
    """As many dates as there is room for; the last one is always there."""
    labels: list[tuple[float, str]] = []
    for step, point in zip(reversed(steps), reversed(points), strict=True):
        if not labels or labels[-1][0] - point.x >= _LABEL:
            labels.append((min(point.x, WIDTH - _LABEL / 2), _day(step.at, zone)))
    return tuple(reversed(labels))


def _day(moment: datetime, zone: tzinfo | None) -> str:
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b %y}"
