"""A reading in several goes."""

from collections.abc import Callable, Generator

from showup.ports import Reading

Steps = Generator[None, None, Reading]
"""A reading that is under way: it yields where it may pause."""


class Paced:
    """The reading of one calendar. Each call goes on with it to its next pause, and begins anew where none is begun."""

    def __init__(self) -> None:
        self._under_way: Steps | None = None

    def go_on(self, begin: Callable[[], Steps]) -> Reading:
        """What was read; `unfinished` where there is more to do.

        Raises:
            SourceProblem: what the reading raises. It is over then.
        """
        under_way, self._under_way = self._under_way or begin(), None
        try:
            next(under_way)
        except StopIteration as done:
            found: Reading = done.value
            return found
        self._under_way = under_way
        return Reading(None, unfinished=True)
