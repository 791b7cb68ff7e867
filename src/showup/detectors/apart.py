"""Somebody else's detector, worked in a thread of its own: one that hangs, or is slow, holds up nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Thread
from typing import TYPE_CHECKING

from showup.core.appointment import Appointment
from showup.core.text import plain
from showup.detectors.needs import Needs
from showup.ports import Detector, Findings, Watched

if TYPE_CHECKING:
    from datetime import datetime

_WAIT = 0.5
"""Seconds that a beat waits for it; what it tells later is taken with the next beat."""
_LIMIT = 5.0
"""Seconds after which a detector that is still at it hangs."""
_ROOM = 60


@dataclass(frozen=True, slots=True)
class _Order:
    """What it is to do: begin anew where that is due, watch for these, and tell what there is."""

    number: int
    anew: bool
    wanted: tuple[Appointment, ...]
    given: float


class Apart:
    """See the port Detector. Each call is an order to the thread, and returns soon, whatever becomes of it.

    One that hangs is said once an interview. What it tells when it answers again is kept, but none of that time counts
    as watched, and it begins anew.
    """

    def __init__(self, name: str, make: Callable[[], Detector | None], needs: Needs) -> None:
        """`make` is called in the thread, and gives None where the detector cannot begin, which it says itself."""
        self.name = name
        self._make, self._clock, self._say = make, needs.clock, needs.say
        self._changed = Condition()  # guards all that follows
        self._wanted: tuple[Appointment, ...] = ()
        self._anew = self._over = self._said = False
        self._asked = self._done = 0
        self._since: float | None = self._clock.monotonic()
        """When the detector was called last, where it has not returned yet: monotonic seconds."""
        self._found = Findings()
        self._floor: datetime | None = None
        """When it last ceased to hang or had to begin anew: no stretch from before that counts as watched."""
        self._thread = Thread(target=self._run, name=f"showup-plug-{plain(name, _ROOM)}", daemon=True)
        self._thread.start()

    def begun(self) -> bool:
        """Wait a moment until it is made; False where it cannot begin."""
        with self._changed:
            self._changed.wait_for(lambda: self._since is None or self._over, _WAIT)
            return not self._over

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        """Watch for these."""
        with self._changed:
            self._wanted = appointments
            self._said = self._said and bool(appointments)
            self._order()

    def restart(self) -> None:
        """Begin anew. What is being told at this moment is of the time before."""
        with self._changed:
            self._anew, self._floor = True, self._clock.now()
            self._order()

    def drain(self) -> Findings:
        """What was noticed, as far as it was told by now."""
        with self._changed:
            number, busy = self._order(), self._busy()
            self._changed.wait_for(lambda: self._done >= number or self._over, max(0.0, _WAIT - busy))
            found, self._found = self._found, Findings()
            hangs = self._busy() > _LIMIT
        if hangs:
            self._tell()
        return found

    def close(self) -> None:
        """Stop for good; one that hangs is left to itself."""
        with self._changed:
            self._over = True
            self._changed.notify_all()
        self._thread.join(_WAIT)

    def _order(self) -> int:
        self._asked += 1
        self._changed.notify_all()
        return self._asked

    def _busy(self) -> float:
        """Seconds since the call that is under way began."""
        return self._clock.monotonic() - self._since if self._since is not None else 0.0

    def _tell(self) -> None:
        with self._changed:
            said, self._said = self._said, True
        if not said:
            name = plain(self.name, _ROOM)
            self._say(f"The detector “{name}” does not answer. It counts for nothing until it does.")

    # ---- in the thread

    def _run(self) -> None:
        inner, watching = self._make(), tuple[Appointment, ...]()
        if inner is None:
            self._end()
            return
        while order := self._next():
            if order.anew:
                inner.restart()
            if order.wanted != watching:
                watching = order.wanted
                inner.watch(watching)
            self._take(order, inner.drain())
        inner.close()

    def _next(self) -> _Order | None:
        with self._changed:
            self._since = None
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._over or self._done < self._asked)
            if self._over:
                return None
            self._since = self._clock.monotonic()
            order = _Order(self._asked, self._anew, self._wanted, self._since)
            self._anew = False
            return order

    def _take(self, order: _Order, told: Findings) -> None:
        with self._changed:
            hung = self._clock.monotonic() - order.given > _LIMIT
            watched = [] if hung or self._anew else [one for one in told.watched if self._counts(one)]
            if hung:
                self._anew, self._floor = True, self._clock.now()
            before = self._found
            self._found = Findings((*before.sightings, *told.sightings), (*before.watched, *watched))
            self._done = order.number
        if hung:
            self._tell()

    def _counts(self, watched: Watched) -> bool:
        return self._floor is None or watched.covered.span.start >= self._floor

    def _end(self) -> None:
        with self._changed:
            self._over = True
            self._changed.notify_all()
