"""When to beat: a timer for each calendar, spread a little, and one for the next thing due; all in memory."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial

from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.base import BaseScheduler

from showup.config import CalendarSettings
from showup.ports import Clock

_JITTER = 10
"""Seconds by which polls of several calendars are spread."""
_DUE = "due"
_LATER = 0.001
"""Seconds past the moment itself: who wakes too early has to sleep again."""


class _Jobs(BaseScheduler):  # type: ignore[misc] # the library publishes no types
    """APScheduler without a thread of its own: the one that beats asks what is due, and sleeps for as long as may be.

    Source: https://apscheduler.readthedocs.io/en/3.x/extending.html, custom schedulers.
    """

    def look(self) -> None:
        """Run what is due."""
        self._process_jobs()

    def shutdown(self, wait: bool = True) -> None:
        """End it; abstract in the library, which does most of it all the same."""
        super().shutdown(wait)

    def wakeup(self) -> None:
        """Nobody sleeps while a job is added: that is done by the thread that beats."""


class Timers:
    """Not to be used by two threads."""

    def __init__(self, calendars: Iterable[CalendarSettings], clock: Clock) -> None:
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._clock = clock
        self._due: datetime | None = None
        self._polls: set[str] = set()
        self._jobs = _Jobs(executors={"default": DebugExecutor()}, job_defaults=defaults, timezone=UTC)
        for calendar in calendars:
            seconds = calendar.poll_minutes * 60 - _JITTER
            poll = partial(self._polls.add, calendar.name)
            self._jobs.add_job(poll, "interval", seconds=seconds, jitter=_JITTER, id=f"poll {calendar.name}")
        self._jobs.start()

    def pause(self) -> float:
        """Seconds, by the clock on the wall, until something is due."""
        times = [job.next_run_time for job in self._jobs.get_jobs()]
        return max(0.0, (min(times) - self._clock.now()).total_seconds()) + _LATER if times else float("inf")

    def polls(self) -> frozenset[str]:
        """The names of the calendars that are to be read now."""
        self._jobs.look()
        due = frozenset(self._polls)
        self._polls.clear()
        return due

    def plan(self, due: datetime | None, *, anew: bool) -> None:
        """Set the timer for the next thing that is due; None where nothing is.

        It is set `anew` where a beat found anything: a sleep and a jump of the wall clock, too, which no timer notices.
        """
        if due == self._due and not anew:
            return
        self._due = due
        if due is not None:
            self._jobs.add_job(_beat, "date", run_date=due, id=_DUE, replace_existing=True)
        elif self._jobs.get_job(_DUE):
            self._jobs.remove_job(_DUE)

    def close(self) -> None:
        """End them."""
        self._jobs.shutdown()


def _beat() -> None:
    """Whoever asks what is due beats in any case."""
