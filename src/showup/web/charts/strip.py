"""The evidence of one appointment as a strip on a time axis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from showup.core.checkpoints import Checkpoint
from showup.core.spans import Span
from showup.core.views import View

WIDTH, LANE = 720, 30
_LEFT, _RIGHT, _TOP = 92, 14, 34
_LANES = ("Planned", "You", "They", "Answers", "Calendar", "Not watched")
_AROUND = timedelta(minutes=5)
_FAR = timedelta(minutes=90)
"""What happened longer before or after is told at the edge: the strip is about the interview itself."""
_POINTS = {"brief": "brief", "late": "late?", "nudge": "nudge", "give_up": "give up", "end": "end"}
_TICKS = (5, 10, 15, 30, 60, 120, 240, 480, 1440)
_MOST_TICKS = 9
_LABEL = 30
"""So far apart labels have to be."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch in a lane; `kind` names how it is drawn."""

    x: float
    width: float
    y: float
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in a lane; `edge` tells that it lies beyond the strip: "before", "after" or neither."""

    x: float
    y: float
    kind: str
    text: str
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """`lanes` are labels with their heights, `ticks` and `points` places on the axis with their labels."""

    height: int
    lanes: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    points: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]
    moments: tuple[Moment, ...]
    now: float | None


@dataclass(frozen=True, slots=True)
class _Axis:
    start: datetime
    end: datetime
    zone: tzinfo | None

    def x(self, at: datetime) -> float:
        share = (min(max(at, self.start), self.end) - self.start) / (self.end - self.start)
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * share, 1)

    def clock(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%H:%M}"


def strip(found: View, points: Sequence[Checkpoint], now: datetime, zone: tzinfo | None) -> Strip:
    """The strip of one interview with everything (the keys of `showup why --json`)."""
    start = _at(found["start"])
    axis = _axis(found, start, points, zone)
    end = _at(found["end"]) if found["end"] else start + timedelta(minutes=30)
    planned = _bar(axis, Span(start, end), "Planned", "planned", "planned")
    evidence = [item for item in found["evidence"] if not item["undone"]]
    bars = [
        *([planned] if planned else []),
        *_presence(axis, evidence, "you", "You", now),
        *_presence(axis, evidence, "they", "They", now),
        *_gaps(axis, found["gaps"]),
    ]
    return Strip(
        height=_TOP + LANE * len(_LANES) + 8,
        lanes=tuple((_y(name) + LANE / 2, name) for name in _LANES),
        ticks=_ticks(axis),
        points=_checkpoints(axis, points),
        bars=tuple(bars),
        moments=tuple(_moments(axis, found["evidence"])),
        now=axis.x(now) if axis.start <= now <= axis.end else None,
    )


def _axis(found: View, start: datetime, points: Sequence[Checkpoint], zone: tzinfo | None) -> _Axis:
    """From the first checkpoint to the last, and what happened shortly before and after."""
    near = [_at(item["at"]) for item in found["evidence"]]
    ends = max((point.at for point in points), default=start)
    shown = [at for at in near if start - _FAR <= at <= ends + _FAR]
    moments = [start - timedelta(minutes=10), ends, *(point.at for point in points), *shown]
    return _Axis(min(moments) - _AROUND, max(moments) + _AROUND, zone)


def _checkpoints(axis: _Axis, points: Sequence[Checkpoint]) -> tuple[tuple[float, str], ...]:
    """Of those that fall together the first has a label."""
    labels: dict[float, str] = {}
    for point in points:
        x = axis.x(point.at)
        if not any(abs(known - x) < _LABEL for known in labels):
            labels[x] = _POINTS[point.point]
    return tuple(labels.items())


def _ticks(axis: _Axis) -> tuple[tuple[float, str], ...]:
    whole = (axis.end - axis.start) / timedelta(minutes=1)
    step = next((one for one in _TICKS if whole / one <= _MOST_TICKS), _TICKS[-1])
    local = axis.start.astimezone(axis.zone)
    past = (local.hour * 60 + local.minute) % step
    first = axis.start.replace(second=0, microsecond=0) + timedelta(minutes=step - past)
    count = int((axis.end - first) / timedelta(minutes=step)) + 1
    marks = [first + timedelta(minutes=step * place) for place in range(max(0, count))]
    return tuple((axis.x(at), axis.clock(at)) for at in marks)


def _presence(axis: _Axis, evidence: Iterable[View], side: str, lane: str, now: datetime) -> list[Bar]:
    """From where a machine saw somebody come to where it saw them go, or to the end of the strip."""
    bars: list[Bar | None] = []
    for source in ("meet", "sound", "phone"):
        came: datetime | None = None
        for item in (item for item in evidence if item["source"] == source and item[side] is not None):
            at = _at(item["at"])
            if item[side] == "yes":
                came = came or at
            elif came:
                bars.append(_bar(axis, Span(came, at), lane, source, f"{lane.lower()}, by {source}"))
                came = None
        if came:
            until = came + timedelta(minutes=1) if source == "phone" else min(now, axis.end)
            bars.append(_bar(axis, Span(came, until), lane, source, f"{lane.lower()}, by {source}"))
    return [bar for bar in bars if bar]


def _gaps(axis: _Axis, gaps: Iterable[View]) -> list[Bar]:
    made = (
        _bar(axis, Span(_at(gap["from"]), _at(gap["to"])), "Not watched", "gap", f"not watched by {gap['source']}")
        for gap in gaps
    )
    return [bar for bar in made if bar]


def _moments(axis: _Axis, evidence: Iterable[View]) -> Iterable[Moment]:
    for item in evidence:
        lane = {"answer": "Answers", "calendar": "Calendar"}.get(item["source"])
        at = _at(item["at"])
        if lane:
            edge = "before" if at < axis.start else "after" if at > axis.end else ""
            kind = "undone" if item["undone"] else item["source"]
            yield Moment(axis.x(at), _y(lane) + LANE / 2, kind, f"{axis.clock(at)} {item['text']}", edge)


def _bar(axis: _Axis, span: Span, lane: str, kind: str, what: str) -> Bar | None:
    if span.end <= axis.start or span.start >= axis.end:
        return None
    x = axis.x(span.start)
    text = f"{axis.clock(span.start)} to {axis.clock(span.end)} {what}"
    return Bar(x, max(3.0, round(axis.x(span.end) - x, 1)), _y(lane) + 7, kind, text)


def _y(lane: str) -> float:
    return _TOP + LANE * _LANES.index(lane)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
