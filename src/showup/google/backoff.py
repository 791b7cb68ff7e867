"""When a server that cannot answer is asked again."""

import random

from showup.google.refusal import Busy

_FIRST, _MOST = 4.0, 300.0
_LONGEST = 3_600.0
"""Seconds that a server's own wish is granted at most: an hour later it may say so again."""


class Backoff:
    """Doubles with every refusal, with jitter so that many do not come back at once; a Retry-After is honoured."""

    def __init__(self) -> None:
        self._until = float("-inf")
        self._refused = 0
        self._why: Busy | None = None

    def check(self, now: float) -> None:
        """`now` are the seconds of a clock that goes on in sleep.

        Raises:
            Busy: it must not be asked yet; what it said last.
        """
        if self._why is not None and now < self._until:
            raise Busy(self._why.sentence, self._why.after)

    def refused(self, why: Busy, now: float) -> None:
        """The server has refused."""
        wait = min(_FIRST * 2**self._refused, _MOST) * random.uniform(0.5, 1)  # noqa: S311 - nothing secret
        self._refused = min(self._refused + 1, 10)
        self._why = why
        self._until = now + max(wait, min(why.after or 0, _LONGEST))

    def answered(self) -> None:
        """The server has answered."""
        self._refused, self._why = 0, None
