"""Stretches of time and the few things one can do with them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple


class Span(NamedTuple):
    """From `start` to `end`, both aware UTC; the end does not belong to it."""

    start: datetime
    end: datetime

    def meets(self, other: "Span") -> bool:
        """Whether the two have a moment in common."""
        return self.start < other.end and other.start < self.end

    def clip(self, to: "Span") -> "Span | None":
        """The part inside `to`, or None."""
        start, end = max(self.start, to.start), min(self.end, to.end)
        return Span(start, end) if start < end else None


def merged(spans: Iterable[Span], tolerance: timedelta = timedelta(0)) -> tuple[Span, ...]:
    """The same time as few spans in order; gaps of up to `tolerance` are closed."""
    ordered = sorted(spans)
    if len(ordered) < 2:
        return tuple(ordered)
    result = ordered[:1]
    for span in ordered[1:]:
        if span.start - result[-1].end <= tolerance:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def without(spans: Iterable[Span], holes: Iterable[Span]) -> tuple[Span, ...]:
    """The spans less the holes."""
    left = list(spans)
    for hole in holes:
        left = [piece for span in left for piece in _less(span, hole)]
    return merged(left)


def common(ones: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """The time that both have."""
    rest = tuple(others)
    return merged(part for one in ones for other in rest if (part := one.clip(other)))


def covers(spans: Iterable[Span], start: datetime, end: datetime) -> bool:
    """Whether one of the (merged) spans holds all of [start, end]."""
    return any(span.start <= start and end <= span.end for span in spans)


def _less(span: Span, hole: Span) -> list[Span]:
    pieces = (Span(span.start, min(span.end, hole.start)), Span(max(span.start, hole.end), span.end))
    return [piece for piece in pieces if piece.start < piece.end]
