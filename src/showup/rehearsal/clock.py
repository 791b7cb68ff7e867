"""Time as the story tells it."""

from datetime import datetime, timedelta


class StoryClock:
    """The port Clock. `true` is the story's time; the wall clock may be set wrong, and stands apart from sleep."""

    def __init__(self, start: datetime) -> None:
        self.true = start
        self._start = start
        self._wrong = timedelta(0)
        self._asleep_since: datetime | None = None
        self._slept = timedelta(0)

    def now(self) -> datetime:
        """What the machine's wall clock says."""
        return self.true + self._wrong

    def monotonic(self) -> float:
        """Seconds awake."""
        return self.boottime() - self._slept.total_seconds()

    def boottime(self) -> float:
        """Seconds since the story began."""
        return (self.true - self._start).total_seconds()

    def to_true(self, wall: datetime) -> datetime:
        """When, in true time, the wall clock says this."""
        return wall - self._wrong

    def jump(self, by: timedelta) -> None:
        """Somebody sets the clock."""
        self._wrong += by

    def sleep(self) -> None:
        """The machine falls asleep."""
        self._asleep_since = self._asleep_since or self.true

    def wake(self) -> None:
        """It is awake again."""
        if self._asleep_since is not None:
            self._slept += self.true - self._asleep_since
            self._asleep_since = None
