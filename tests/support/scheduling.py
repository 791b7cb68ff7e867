"""APScheduler on a clock of the test's own."""

from collections.abc import Callable
from datetime import datetime, tzinfo

import apscheduler.schedulers.base
import apscheduler.triggers.interval
import pytest


def schedule_by(patch: pytest.MonkeyPatch, now: Callable[[], datetime]) -> None:
    """Have timers, and the intervals that begin when they are made, go by this clock (aware)."""

    class Now(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override] # as APScheduler calls it
            return now().astimezone(tz)

    for module in (apscheduler.schedulers.base, apscheduler.triggers.interval):
        patch.setattr(module, "datetime", Now)
