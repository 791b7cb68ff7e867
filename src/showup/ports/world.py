"""The outside world: time, calendars, detectors, notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from showup.core.appointment import Appointment
from showup.core.event import Event
from showup.core.evidence import Covered, Evidence
from showup.core.notice import Message
from showup.core.problem import Problem


class Clock(Protocol):
    """Time, handed in."""

    def now(self) -> datetime:
        """The wall clock: aware UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that the machine was awake since some fixed moment (CLOCK_MONOTONIC)."""
        ...

    def boottime(self) -> float:
        """Seconds since some fixed moment, sleep included (CLOCK_BOOTTIME)."""
        ...


class SourceProblem(Problem):
    """A calendar could not be read. Nothing that was known is changed by it.

    `lasting` tells that it will not mend itself (a missing file, an ended sign-in), unlike a network that is away.
    """

    def __init__(self, sentence: str, remedy: str = "", *, lasting: bool = False) -> None:
        super().__init__(sentence, remedy)
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time whose occurrences are wanted; aware UTC, `end` exclusive."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """What one complete read of a calendar showed.

    `events` is None where nothing has changed since the last reading with an equal window and `known`; otherwise it
    holds every occurrence that meets the window, and all of those whose UID is `known` wherever they are.
    `warnings` name, once each, what could not be used. `unfinished` tells that it is no complete read yet, and says
    nothing of the calendar: there is more to do, and the next call goes on with it.
    """

    events: tuple[Event, ...] | None
    warnings: tuple[str, ...] = ()
    unfinished: bool = False


class CalendarSource(Protocol):
    """One calendar that can be read."""

    @property
    def name(self) -> str:
        """The name the person gave it; never its address."""
        ...

    def read(self, window: Window, known: frozenset[str], due: frozenset[str] = frozenset()) -> Reading:
        """Read all of it, within 300 MB; or go on with a reading that is unfinished.

        A call works for some tenths of a second at most, and waits for others for 5 s at most. The window, `known`
        and `due` with which a reading was begun hold until it is finished; what is read is never older than that.

        `due` holds the UIDs of which a checkpoint has come: what is told of these must be the calendar's own word of
        this moment, also where the rest is kept up by increments.

        Raises:
            SourceProblem: it could not be read, or only in part.
        """
        ...


class NotifierAway(Exception):  # noqa: N818 - a state of the desktop, not a fault of ours
    """The notification server cannot be reached or did not answer in time: the notice waits."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The person pressed a button: the server's id of the notice and the choice's place in it (from 0)."""

    shown_id: int
    choice: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A notice is gone from the screen; `dismissed` where the person closed it.

    `lapsed` tells that the server took it away though it was to stay: perhaps nobody saw it.
    """

    shown_id: int
    dismissed: bool
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """The notification server is there (again): what it showed before is gone."""


Happening = Pressed | Closed | Returned


class Notifier(Protocol):
    """Where notices are shown."""

    def show(self, message: Message, replaces: int = 0) -> int:
        """Show it and return the server's id; `replaces` is an id under which an earlier one was shown, else 0.

        Raises:
            NotifierAway: nothing was shown, as far as can be known.
        """
        ...

    @property
    def quiet(self) -> bool:
        """Whether what is shown now is seen by nobody, as the person is not to be disturbed; as far as that is told.

        Such a notice is to be shown again under its id when that is over.
        """
        ...

    def withdraw(self, shown_id: int) -> None:
        """Take it from the screen. Unknown ids and an absent server are fine."""
        ...

    def drain(self) -> Iterable[Happening]:
        """What has happened since the last call, oldest first."""
        ...

    def close(self) -> None:
        """Let go of the server. What is on the screen stays."""
        ...


class Channel(Protocol):
    """The person's own second way to be reached, such as a phone. It may be away, slow or wrong."""

    def send(self, number: int, message: Message) -> None:
        """Hand over the words of the notice with this number; returns at once."""
        ...

    def drain(self) -> Iterable[int]:
        """The numbers of the notices that arrived since the last call."""
        ...

    def close(self) -> None:
        """Send nothing more."""
        ...


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a detector noticed; `appointment_id` where it belongs to one for certain (a meeting's own list)."""

    evidence: Evidence
    appointment_id: int | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """A stretch in which a detector was really watching; `appointment_id` where it watched one meeting only."""

    covered: Covered
    appointment_id: int | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What a detector has to tell since it was last asked."""

    sightings: tuple[Sighting, ...] = ()
    watched: tuple[Watched, ...] = ()


class Detector(Protocol):
    """One way of noticing who is in the call. It tells of time and presence only, never of content."""

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        """Watch for these from now on, and for nothing else; with none, do nothing at all.

        Whenever it begins to watch (again), it tells anew who it sees at that moment.
        """
        ...

    def restart(self) -> None:
        """The machine slept or its clock was set: what was watched up to now is over, begin anew."""
        ...

    def drain(self) -> Findings:
        """What was noticed and watched since the last call, up to now."""
        ...

    def close(self) -> None:
        """Stop for good."""
        ...


class SecretStore(Protocol):
    """Where tokens and passwords lie: never in the settings, the record, a log or an address."""

    @property
    def place(self) -> str:
        """Where that is, in words for the person."""
        ...

    def get(self, key: str) -> str | None:
        """The secret kept under this key, or None.

        Raises:
            Problem: the place cannot be asked now, such as a keyring that is locked.
        """
        ...

    def put(self, key: str, secret: str) -> None:
        """Keep it, in place of what was there.

        Raises:
            Problem: it could not be kept.
        """
        ...

    def remove(self, key: str) -> None:
        """Forget it; a key that is not known is fine.

        Raises:
            Problem: the place cannot be asked now.
        """
        ...
