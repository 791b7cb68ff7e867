"""Turn: how long one beat goes on. What is left comes with the next, at once, so that nothing else waits for it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from showup.ports import Clock

Item = TypeVar("Item")
Over = Callable[[], bool]
"""Whether a turn is over."""


def turn(clock: Clock, end: float, least: float = 0.0) -> Over:
    """A turn until this reading of the clock that stands in sleep, in seconds; and for so many from the first question.

    Strangers can send any number of invitations; what they cost is counted in time alone. To look them over before the
    first one is done takes its time, too, and must not be all that is done.
    """
    last: float | None = None

    def over() -> bool:
        nonlocal last
        now = clock.monotonic()
        last = max(end, now + least) if last is None else last
        return now >= last

    return over


def until(over: Over, items: Iterable[Item]) -> Iterator[Item]:
    """Give one after the other until the turn is over; always one, so that all are done in the end."""
    for item in items:
        yield item
        if over():
            return


def never() -> bool:
    """A turn without end."""
    return False
