"""The record: what is kept, and where."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from showup.core.appointment import Appointment
from showup.core.change import Tracked
from showup.core.checkpoints import Point
from showup.core.event import EventKey
from showup.core.evidence import Covered, Evidence
from showup.core.following import Candidate
from showup.core.notice import Kind, Message
from showup.core.policy import Policy
from showup.core.recognition.result import Employer, Memory
from showup.core.record import CalendarState, Company, Entry, Notice
from showup.core.reliability import Reliability
from showup.core.spans import Span
from showup.core.verdict.result import Verdict
from showup.ports.page import Paged, Remarks
from showup.ports.world import Watched


class Record(Paged, Remarks, Protocol):
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

    def tracked(self, calendar: str) -> Mapping[EventKey, Tracked]:
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

    def identify(self, employer: Employer, event: EventKey | None = None) -> int | None:
        """The employer's row, made where there is none; None for an employer without a name.

        What the person said of the `event` comes first, then the domain, then the name.
        """
        ...

    def known_by(self, key: str) -> Company | None:
        """The employer to which a key leads (see core.identity): a domain, a folded name, an event's name."""
        ...

    def add_names(self, employer_id: int, keys: Iterable[str]) -> None:
        """Let keys lead to this employer from now on, wherever they led before."""
        ...

    def rename(self, employer_id: int, name: str) -> None:
        """Show an employer, and its appointments, under this name. By what it is known again stays."""
        ...

    def move_names(self, employer_id: int, target: int) -> None:
        """Let everything that leads to one employer lead to another."""
        ...

    def move_appointments(self, numbers: Iterable[int], target: int) -> None:
        """Give appointments to another employer, under its name."""
        ...

    def forget_employer(self, employer_id: int) -> None:
        """Drop an employer whose appointments and names were moved, with its score."""
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

    def cover(self, watched: Iterable[Watched]) -> None:
        """Keep stretches of coverage; one that is known by its source and start is made as long as it is now."""
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

    def verdicts_on(self, employer_id: int) -> tuple[Verdict, ...]:
        """The verdicts that are in the record of an employer, by the start of their appointments."""
        ...

    def entry(self, appointment_id: int) -> Entry | None:
        """An appointment with its verdict; None where it has none yet."""
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
        """Put a notice into the outbox; None where this kind was said of this subject before.

        One that was closed before anybody could see it was never said.
        """
        ...

    def notices(self, *, unclosed: bool = False) -> tuple[Notice, ...]:
        """The outbox, oldest first; only what waits or is open where `unclosed`."""
        ...

    def mark_shown(self, notice_id: int, at: datetime, shown_id: int) -> None:
        """It is on the screen under the server's id; `at` is kept for the first time only."""
        ...

    def mark_handed(self, notice_id: int, shown_id: int) -> None:
        """The server keeps it under this id and shows it to nobody yet: the person is not to be disturbed."""
        ...

    def mark_forwarded(self, notice_id: int, at: datetime) -> None:
        """It went to the person's phone as well."""
        ...

    def reword(self, notice_id: int, message: Message) -> None:
        """Say the same in other words: a company has another name now, a call another link."""
        ...

    def close_notices_of(self, appointment_id: int, at: datetime, but: int = 0) -> None:
        """What was said of an appointment was answered, or overtaken by the one notice that stands."""
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
