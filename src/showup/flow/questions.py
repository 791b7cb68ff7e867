"""Questions: what is asked about events that may be interviews and have no time that anybody could be late for.

Each is asked once. Strangers can send such events without end, so that no more are asked than anybody answers.
"""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from showup.core.event import Event, EventKey, Status
from showup.core.notice import Kind
from showup.core.record import about_event, event_of
from showup.core.wording import timeless
from showup.ports import Record

CALENDAR_LIMIT, LIMIT = 50, 200
"""Questions about events that one calendar shows, and in all."""
_KEPT = timedelta(days=130)
"""By then an event has left the days that are read (`collect`): nothing is asked a second time."""


class Questions:
    """Those of one calendar and of all others, within one transaction."""

    def __init__(
        self, record: Record, now: datetime, shown: AbstractSet[EventKey], before: AbstractSet[EventKey]
    ) -> None:
        """`shown` is what the calendar shows now, `before` what it showed: what is gone from it is asked no more."""
        self._record, self._now = record, now
        here = {key.uid for key in shown}
        gone = {key.uid for key in before} - here
        asked = {uid: at for subject, at in record.timeless() if (uid := event_of(subject)) is not None}
        self._asked = {uid for uid, at in asked.items() if uid not in gone and now - at < _KEPT}
        self._mine = len(self._asked & here)
        for uid in asked.keys() - self._asked:
            self._forget(uid)

    @property
    def room(self) -> bool:
        """Whether one more may be asked."""
        return self._mine < CALENDAR_LIMIT and len(self._asked) < LIMIT

    def ask(self, event: Event) -> bool:
        """Ask once for its time; whether it was asked now."""
        uid = event.key.uid
        if event.status is Status.CANCELLED:
            self.settle(uid)
            return False
        said = self._record.say(about_event(uid), Kind.RECOGNISE, timeless(event.summary), self._now)
        if uid not in self._asked:
            self._asked.add(uid)
            self._mine += 1
        return said is not None

    def settle(self, uid: str) -> None:
        """It is called off, or has a time."""
        if uid in self._asked:
            self._asked.discard(uid)
            self._mine -= 1
            self._forget(uid)

    def _forget(self, uid: str) -> None:
        self._record.forget_notice(about_event(uid), Kind.RECOGNISE)
