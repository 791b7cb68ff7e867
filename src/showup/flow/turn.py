"""Turn: how long one beat goes on. What is left comes with the next, at once, so that nothing else waits for it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from showup.ports import Clock

Item = TypeVar("Item")
Over = Callable[[], bool]
"""Whether a turn is over."""


def turn(clock: Clock, end: float) -> Over:
    """A turn until this reading of the clock that stands in sleep, in seconds.

    Strangers can send any number of invitations; what they cost is counted in time alone.
    """
    return lambda: clock.monotonic() >= end


def until(over: Over, items: Iterable[Item]) -> Iterator[Item]:
    """Give one after the other until the turn is over; always one, so that all are done in the end."""
    for item in items:
        yield item
        if over():
            return


def never() -> bool:
    """A turn without end."""
    return False
