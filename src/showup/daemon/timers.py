"""When to beat: a timer for each calendar, spread a little, and one for the next thing due; all in memory."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from showup.config import CalendarSettings

_JITTER = 10
"""Seconds by which polls of several calendars are spread."""
_DUE = "due"

Beat = Callable[[frozenset[str]], None]
"""Called with the names of the calendars to read."""


class Timers:
    """They call `beat` in a thread of theirs, once for all that was missed."""

    def __init__(self, calendars: Iterable[CalendarSettings], beat: Beat) -> None:
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._beat = beat
        self._due: datetime | None = None
        self._jobs = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(1)}, job_defaults=defaults, timezone=UTC, daemon=True
        )
        for calendar in calendars:
            seconds = calendar.poll_minutes * 60 - _JITTER
            poll = partial(beat, frozenset({calendar.name}))
            self._jobs.add_job(poll, "interval", seconds=seconds, jitter=_JITTER, id=f"poll {calendar.name}")

    def start(self) -> None:
        """Begin."""
        self._jobs.start()

    def plan(self, due: datetime | None, *, anew: bool) -> None:
        """Set the timer for the next thing that is due; None where nothing is.

        It is set `anew` where a beat found anything: a sleep and a jump of the wall clock, too, which no timer notices.
        """
        if due == self._due and not anew:
            return  # so that nothing wakes the timers' thread when nothing has happened
        self._due = due
        if due is None:
            self._jobs.wakeup()
            if self._jobs.get_job(_DUE):
                self._jobs.remove_job(_DUE)
            return
        nothing: frozenset[str] = frozenset()
        self._jobs.add_job(self._beat, "date", run_date=due, args=[nothing], id=_DUE, replace_existing=True)

    def close(self) -> None:
        """End them, and wait for a beat that is under way."""
        self._jobs.shutdown(wait=True)
