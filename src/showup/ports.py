"""What the flow needs of the outside world. Every edge implements one of these; none knows another."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from showup.core.appointment import Appointment
from showup.core.change import Tracked
from showup.core.checkpoints import Point
from showup.core.event import Event, EventKey
from showup.core.evidence import Covered, Evidence, Source
from showup.core.following import Candidate
from showup.core.notice import Kind, Message
from showup.core.policy import Policy
from showup.core.problem import Problem
from showup.core.recognition.result import Employer, Memory
from showup.core.record import CalendarState, Company, Entry, Notice
from showup.core.reliability import Reliability
from showup.core.spans import Span
from showup.core.verdict.result import Verdict


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
    `warnings` name, once each, what could not be used.
    """

    events: tuple[Event, ...] | None
    warnings: tuple[str, ...] = ()


class CalendarSource(Protocol):
    """One calendar that can be read."""

    @property
    def name(self) -> str:
        """The name the person gave it; never its address."""
        ...

    def read(self, window: Window, known: frozenset[str]) -> Reading:
        """Read all of it, within 5 s and 300 MB.

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
    """A notice is gone from the screen; `dismissed` where the person closed it."""

    shown_id: int
    dismissed: bool


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

    def withdraw(self, shown_id: int) -> None:
        """Take it from the screen. Unknown ids and an absent server are fine."""
        ...

    def drain(self) -> Iterable[Happening]:
        """What has happened since the last call, oldest first."""
        ...

    def close(self) -> None:
        """Let go of the server. What is on the screen stays."""
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

    @property
    def source(self) -> Source:
        """What its evidence is marked with."""
        ...

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


class Record(Protocol):
    """The record, inside one transaction: all of it is kept, or nothing."""

    def calendar(self, name: str) -> CalendarState | None:
        """How reading this calendar has gone; None for one that was never read."""
        ...

    def calendars(self) -> tuple[CalendarState, ...]:
        """The same for all of them, by name."""
        ...

    def save_calendar(self, state: CalendarState) -> None:
        """Keep how reading a calendar went."""
        ...

    def tracked(self, calendar: str) -> dict[EventKey, Tracked]:
        """The occurrences that a calendar is known to have."""
        ...

    def foreign(self, calendar: str) -> frozenset[EventKey]:
        """The occurrences that belong to other calendars: an event that stands in two is one appointment."""
        ...

    def calendar_of(self, appointment_id: int) -> str:
        """The name of the calendar in which an appointment's event stands; empty where none shows it now."""
        ...

    def track(self, tracked: Tracked) -> None:
        """Keep an occurrence as it stands in its calendar now."""
        ...

    def add_appointment(self, draft: Appointment) -> Appointment:
        """Keep a new appointment; its `id` is given here."""
        ...

    def save_appointment(self, appointment: Appointment) -> None:
        """Keep a known appointment as it is now."""
        ...

    def appointment(self, number: int) -> Appointment | None:
        """The appointment with this id."""
        ...

    def planned(self, key: EventKey, start: datetime) -> Appointment | None:
        """The appointment of an occurrence at a planned time."""
        ...

    def named(self, uid: str) -> tuple[Appointment, ...]:
        """All appointments of an event, by start."""
        ...

    def around(self, span: Span) -> tuple[Appointment, ...]:
        """The appointments whose planned time meets the span, by start."""
        ...

    def unfinished(self, span: Span) -> tuple[Appointment, ...]:
        """Those of them that were not judged at their end yet."""
        ...

    def next_after(self, moment: datetime) -> Appointment | None:
        """The first appointment that starts later than this."""
        ...

    def candidates(self, employer_id: int) -> tuple[Candidate, ...]:
        """An employer's appointments, as far as following goes."""
        ...

    def identify(self, employer: Employer) -> int | None:
        """The employer's row, made where there is none; None for an employer without a name."""
        ...

    def memory(self) -> Memory:
        """What the person said of events and senders, and the employers known so far."""
        ...

    def remember(self, key: str, *, interview: bool) -> None:
        """Keep what the person said of a series, an event or a sender."""
        ...

    def policy_of(self, appointment_id: int) -> Mapping[str, object]:
        """The figures by which an appointment was judged."""
        ...

    def add_evidence(self, appointment_id: int | None, items: Iterable[Evidence]) -> None:
        """Append; a fact that is known already is not kept twice."""
        ...

    def evidence(self, appointment_id: int, window: Span) -> tuple[Evidence, ...]:
        """What belongs to the appointment, and what belongs to none and lies in the window."""
        ...

    def cover(self, watched: Watched) -> None:
        """Keep a stretch of coverage; one that goes on from the last is joined to it."""
        ...

    def uncover(self, after: datetime) -> None:
        """Take back coverage later than this: the clock was set back."""
        ...

    def coverage(self, appointment_id: int, window: Span) -> tuple[Covered, ...]:
        """What was watched in the window: by everybody, and for this appointment alone."""
        ...

    def done(self, appointment_ids: Iterable[int]) -> Mapping[int, frozenset[Point]]:
        """The checkpoints that were judged already."""
        ...

    def mark_done(self, appointment_id: int, points: Iterable[Point], at: datetime) -> None:
        """These checkpoints were judged."""
        ...

    def undo_done(self, after: datetime) -> None:
        """Take back the checkpoints judged later than this: the clock was set back."""
        ...

    def verdict(self, appointment_id: int) -> Verdict | None:
        """The verdict as it stands."""
        ...

    def save_verdict(self, appointment_id: int, verdict: Verdict, policy: Policy, at: datetime) -> None:
        """Keep a verdict with the policy it was judged by."""
        ...

    def entries(self, employer_id: int | None = None) -> tuple[Entry, ...]:
        """Appointments with their verdicts, by start; those that the person said are no interviews are left out."""
        ...

    def company(self, employer_id: int) -> Company | None:
        """The employer with this id."""
        ...

    def companies(self) -> tuple[Company, ...]:
        """All employers, the one with the lowest lower end first."""
        ...

    def company_named(self, name: str) -> Company | None:
        """The employer with this name or domain."""
        ...

    def save_score(self, employer_id: int, score: Reliability) -> None:
        """Renew an employer's score."""
        ...

    def say(
        self, subject: str, kind: Kind, message: Message, at: datetime, appointment_id: int | None = None
    ) -> Notice | None:
        """Put a notice into the outbox; None where this kind was said of this subject before."""
        ...

    def reword(self, notice_id: int, message: Message) -> None:
        """Give a notice that stands other words."""
        ...

    def notices(self, *, unclosed: bool = False) -> tuple[Notice, ...]:
        """The outbox, oldest first; only what waits or is open where `unclosed`."""
        ...

    def said(self) -> tuple[tuple[Notice, Entry], ...]:
        """The notices that wait or are open and are about an appointment, with what they are about."""
        ...

    def mark_shown(self, notice_id: int, at: datetime, shown_id: int) -> None:
        """It is on the screen under the server's id; `at` is kept for the first time only."""
        ...

    def close_notice(self, notice_id: int, at: datetime) -> None:
        """It was answered, withdrawn or overtaken."""
        ...

    def forget_notice(self, subject: str, kind: Kind) -> None:
        """So that it may be said again: a calendar that was readable in between."""
        ...


class Store(Protocol):
    """Where the record is kept."""

    def transaction(self) -> AbstractContextManager[Record]:
        """Change the record: kept when the block ends, undone when it raises.

        Raises:
            Problem: the record cannot be written now (disk full, read-only, locked by somebody else for long).
        """
        ...

    def reading(self) -> AbstractContextManager[Record]:
        """Look at the record as it is at this moment."""
        ...

    def version(self) -> int:
        """A number that changes when somebody else changes the record."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...
