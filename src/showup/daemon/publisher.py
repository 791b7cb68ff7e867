"""Keeping the ready state up to date: after each beat it is made anew where the record has changed."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from showup import ready, wiring
from showup.config import Settings
from showup.core.agenda import ABSENT
from showup.core.spans import Span
from showup.flow.review import Review
from showup.ports import Store

_LONGEST = timedelta(hours=1)
_ABSENT = timedelta(seconds=30)
"""So long what was known of an absence is taken to be true still; the daemon looks again sooner."""


class Publisher:
    """Writes what `showup status` shows, so that it need not open the record."""

    def __init__(self) -> None:
        self._sign, self._until = "", datetime.min.replace(tzinfo=UTC)
        self._index = ready.Index()

    def look(self, settings: Settings, store: Store, now: datetime, due: datetime | None) -> None:
        """Write the state if it is another one than before. `due` is when the daemon next has something to do.

        Raises:
            Problem: the record cannot be read, or the state not be written.
        """
        # Whatever is committed after this look at the sign makes it another one, and the state is not used then.
        paths, sign = settings.paths, self._index.sign(str(settings.paths.database))
        if sign == self._sign and now < self._until:
            return
        with store.reading() as record:
            review = Review(record, wiring.judge(settings), now)
            agenda = review.agenda({calendar.name: calendar.type for calendar in settings.calendars})
        absent = any(one["they"] == ABSENT for one in agenda["interviews"])
        until = min(due or now + _LONGEST, now + (_ABSENT if absent else _LONGEST))
        ready.write(paths.ready, paths.database, sign, agenda, Span(now, until))
        self._sign, self._until = sign, until

    @staticmethod
    def close(settings: Settings) -> None:
        """Nobody keeps it up to date any more."""
        with suppress(OSError):
            settings.paths.ready.unlink()
