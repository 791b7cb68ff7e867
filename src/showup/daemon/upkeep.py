"""What is done once a day, in a thread of its own so that no beat waits: a copy of the record, and forgetting."""

import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta, tzinfo

from showup import wiring
from showup.config import Settings
from showup.core.copies import steady
from showup.core.forgotten import horizon
from showup.core.problem import Problem
from showup.flow.forget import expire
from showup.ports import Clock

_PAUSE = timedelta(hours=1)
"""How long after a failure it is tried again."""
_PATIENCE = 2.0
"""Seconds that an end waits for what is under way; what is not finished then is done anew the next time."""


class Upkeep:
    """Looks with every beat whether a new local day has begun. `say` is told, by any thread, what failed; once."""

    def __init__(self, clock: Clock, zone: tzinfo | None, say: Callable[[str], None]) -> None:
        self._clock, self._zone, self._say = clock, zone, say
        self._done: date | None = None
        self._failed: datetime | None = None
        self._said = ""
        self._trouble: Exception | None = None
        self._thread: threading.Thread | None = None

    def look(self, settings: Settings) -> None:
        """Begin what is due; it takes no time itself. What went wrong before beyond words is raised here."""
        if self._trouble is not None:
            raise self._trouble
        now = self._clock.now()
        today = now.astimezone(self._zone).date()
        if self._done == today or self._busy() or (self._failed and abs(now - self._failed) < _PAUSE):
            return
        self._thread = threading.Thread(target=self._work, args=(settings, now, today), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Wait a little for what is under way."""
        if self._thread:
            self._thread.join(_PATIENCE)

    def _busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _work(self, settings: Settings, now: datetime, today: date) -> None:
        try:
            copies = wiring.copies(settings)
            copies.tidy()
            if copies.unfinished:
                with closing(wiring.store(settings)) as store:
                    wiring.finish_forgetting(settings, store, today)
            copies.keep(today)
            months = settings.record.keep_months
            if months and steady(today, copies.days()):
                _forget(settings, horizon(now, months))
            self._done, self._failed, self._said = today, None, ""
        except Problem as problem:
            self._failed = now
            if self._said != str(problem):
                self._said = str(problem)
                self._say(f"The daily upkeep failed, and is tried again in an hour. {problem}")
        except Exception as error:  # noqa: BLE001 - raised with the next look, in the thread that can end the program
            self._trouble = error


def _forget(settings: Settings, before: datetime) -> None:
    """A little at a time, so that a beat in between waits for no more than that."""
    judge = wiring.judge(settings)
    with closing(wiring.store(settings)) as store:
        more = True
        while more:
            with store.transaction() as record:
                more = expire(record, judge, before)
