"""Google calendars of one account (the port CalendarSource)."""

from collections.abc import Generator, Sequence

from showup.calendars.google.api import Api
from showup.calendars.google.sync import Sync
from showup.calendars.paced import Paced, Steps
from showup.core.event import Event, EventKey, Status
from showup.core.text import plain
from showup.google.account import Account
from showup.google.backoff import Backoff
from showup.google.refusal import Busy
from showup.ports import Clock, Reading, SecretStore, SourceProblem, Window

_ASKED = 5
"""Events that are due are asked for one by one; between so many it may pause."""
PRIMARY = "primary"
"""Google's own name for an account's main calendar."""


class GoogleCalendar:
    """Several calendars of an account, read as one.

    An event's UID is the id that Google gives it, for an occurrence the id of its series. Not to be used by two
    threads.
    """

    def __init__(
        self,
        name: str,
        account: str,
        secrets: SecretStore,
        clock: Clock,
        *,
        calendars: Sequence[str] = (),
        endpoint: str = "",
    ) -> None:
        """Remember what to read; nothing is asked yet.

        `account` is the name under which the sign-in is kept; `calendars` are ids, without any it is the main one;
        `endpoint` is an API other than Google's.
        """
        self._name, self._endpoint, self._clock = name, endpoint, clock
        self._account = Account(account, secrets, clock)
        self._wanted = tuple(dict.fromkeys(calendars)) or (PRIMARY,)
        self._backoff = Backoff()
        self._api: Api | None = None
        self._syncs: tuple[Sync, ...] = ()
        self._changed = True
        self._request: tuple[Window, frozenset[str]] | None = None
        self._paced = Paced()

    @property
    def name(self) -> str:
        """The name the person gave it."""
        return self._name

    def read(self, window: Window, known: frozenset[str], due: frozenset[str] = frozenset()) -> Reading:
        """Read all of it (see the port): one request for each calendar, and one or a few for each UID that is due.

        Raises:
            SourceProblem: it could not be read, or only in part; `lasting` where the person has to sign in.
        """
        self._connected().begin()
        return self._paced.go_on(lambda: self._steps(window, known, due))

    def _steps(self, window: Window, known: frozenset[str], due: frozenset[str]) -> Steps:
        self._backoff.check(self._clock.boottime())
        try:
            yield from self._update(window, known)
            yield from self._look(due & known)  # those of other calendars are none of Google's business
        except Busy as busy:
            self._backoff.refused(busy, self._clock.boottime())
            raise
        self._backoff.answered()
        if not self._changed and self._request == (window, known):
            return Reading(None)
        reading = yield from self._reading(window, known)
        self._changed, self._request = False, (window, known)
        return reading

    def _connected(self) -> Api:
        if self._api is None:
            self._api = Api(self._endpoint, self._account, self._clock)
            self._syncs = tuple(Sync(self._api, calendar) for calendar in self._wanted)
        return self._api

    def _update(self, window: Window, known: frozenset[str]) -> Generator[None, None, None]:
        """Bring all calendars up to now, those first read once more where a later one has changed.

        One that is not there any more is shown as it last was: that says nothing of its events.
        An event moved from a later calendar to an earlier one is in neither of them otherwise, and nobody has
        cancelled it.

        Raises:
            SourceProblem: there is none, or one of which nothing is known is missing and may hold what is known.
        """
        last = 0
        for place, sync in enumerate(self._syncs):
            if (yield from sync.update(window, known)):
                last, self._changed = place, True
        for sync in self._syncs[:last]:
            self._changed |= yield from sync.update(window, known)
        blank = [sync for sync in self._syncs if sync.missing and not sync.listed]
        if all(sync.missing for sync in self._syncs) or (blank and not self._found(known)):
            raise SourceProblem(*_missing(self._gone), lasting=True)

    def _found(self, known: frozenset[str]) -> bool:
        """Whether no known event can be in a calendar of which nothing has ever been read."""
        return all(any(sync.mirror.holds(uid) for sync in self._syncs) for uid in known)

    def _look(self, due: frozenset[str]) -> Generator[None, None, None]:
        """Have the calendar's own word of this moment on these.

        Raises:
            SourceProblem: it cannot be had.
        """
        there = [sync for sync in self._syncs if not sync.missing]
        for count, uid in enumerate(sorted(due)):
            if count and count % _ASKED == 0:
                yield
            holding = [sync for sync in there if sync.mirror.holds(uid)]
            if not holding and len(there) < len(self._syncs):
                raise SourceProblem(*_missing(self._gone))
            for sync in holding or there:
                self._changed |= sync.look(uid, self._clock.now())

    def _reading(self, window: Window, known: frozenset[str]) -> Steps:
        events: dict[EventKey, Event] = {}
        warnings = list(self._account.warnings)
        for sync in self._syncs:
            shown, said = yield from sync.mirror.shown(window, known)
            warnings += said
            for key, event in shown.items():
                if key not in events or events[key].status is Status.CANCELLED != event.status:
                    events[key] = event  # what stands in one calendar was moved there, or is not cancelled everywhere
        if self._gone:
            warnings.append(" ".join(_missing(self._gone)))
        return Reading(tuple(events.values()), tuple(dict.fromkeys(warnings)))

    @property
    def _gone(self) -> tuple[str, ...]:
        return tuple(sync.calendar for sync in self._syncs if sync.missing)


def _missing(calendars: Sequence[str]) -> tuple[str, str]:
    """Say that calendars are not there: a sentence and a remedy."""
    named = ", ".join(f"“{plain(calendar, 80)}”" for calendar in calendars)
    several = "calendars" if len(calendars) > 1 else "calendar"
    return (
        f"The Google {several} {named} cannot be found, or not be read by this account.",
        "Check `calendars` in the settings, and whether it is still shared with you.",
    )
