"""What is worked out with pauses, without them."""

from collections.abc import Generator
from typing import TypeVar

from showup.ports import CalendarSource, Reading, Window

T = TypeVar("T")


def whole(steps: Generator[None, None, T]) -> T:
    """What comes of it in the end."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            found: T = done.value
            return found


def read_whole(
    source: CalendarSource, window: Window, known: frozenset[str], due: frozenset[str] = frozenset()
) -> Reading:
    """Read a calendar to its end."""
    while (reading := source.read(window, known, due)).unfinished:
        pass
    return reading
