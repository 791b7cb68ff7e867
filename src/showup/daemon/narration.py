"""What a daemon in the foreground says: what it watches, what it decided and why, and what comes next."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from showup.core.appointment import Appointment
from showup.core.event import Event
from showup.core.moments import clock_time, day_and_time
from showup.core.problem import Problem
from showup.core.recognition.result import Decision, Medium, Recognition
from showup.core.record import Entry
from showup.core.spans import Span
from showup.core.text import plain
from showup.core.verdict import Outcome
from showup.core.wording import MEDIA
from showup.flow.tell import SCREEN
from showup.flow.watch import Watch
from showup.ports import Record, Store

Say = Callable[[str], None]

_ROOM = 70
_FAR = timedelta(weeks=12)
_HEARD = 10_000
"""So many events are told of once; those of a larger calendar may be told of again."""


class Narrator:
    """Tells what is new since it last spoke, in plain lines; nothing is said twice.

    `warn` is told what is not as it should be. `notices` tells whether it repeats them, for a screen that is not this
    terminal; `others` whether it names events that are no interviews, which are nobody's business in a journal.
    """

    def __init__(self, say: Say, warn: Say, zone: tzinfo | None, *, notices: bool, others: bool) -> None:
        self._say, self._warn, self._zone, self._notices, self._others = say, warn, zone, notices, others
        self._known: dict[int, tuple[object, ...]] = {}
        self._told: set[int] = set()
        self._heard: set[tuple[str, str]] = set()
        self._problems: dict[str, str] = {}
        self._last_trouble = ""
        self._next: object = None
        self.status = "starting"

    def decided(self, event: Event, found: Recognition) -> None:
        """An event was looked at. Interviews are told of when they stand in the record."""
        key = (event.key.uid, found.decision.value)
        if self._others and found.decision is not Decision.INTERVIEW and key not in self._heard:
            if len(self._heard) >= _HEARD:
                self._heard.clear()
            self._heard.add(key)
            verdict = "may be an interview" if found.decision is Decision.MAYBE else "is no interview"
            why = found.reasons[0] if found.reasons else "nothing in it speaks of one"
            self._say(f"“{plain(event.summary, _ROOM)}” {verdict}: {plain(why, 200)}")

    def trouble(self, problem: Problem) -> None:
        """Something could not be done now."""
        if str(problem) != self._last_trouble:
            self._last_trouble = str(problem)
            self._warn(str(problem))

    def tell(self, store: Store, watch: Watch, now: datetime) -> None:
        """Say what changed in the record, what was shown, and what comes next; `now` is aware UTC."""
        with store.reading() as record:
            found = [record.entry(number) for number in watch.board]
            standing = record.foremost(SCREEN)
            calendars, later = record.calendars(), _later(record, now)
        for calendar in calendars:
            if calendar.problem != self._problems.get(calendar.name, ""):
                self._problems[calendar.name] = calendar.problem
                if calendar.problem:
                    self._warn(calendar.problem)
                else:
                    self._say(f"The calendar “{plain(calendar.name, _ROOM)}” can be read again.")
        self._unusable(watch.warned())
        self._known = {number: self._known[number] for number in watch.board if number in self._known}
        entries = [entry for entry in found if entry and entry.verdict.outcome is not Outcome.NOT_INTERVIEW]
        for entry in entries:
            self._entry(entry)
        shown = [one for one in standing if one.shown and one.id not in self._told] if self._notices else []
        self._told = {one.id for one in standing if one.id in self._told}
        for notice in shown:
            self._told.add(notice.id)
            self._say(f"said: {plain(notice.message.title, 120)} – {plain(notice.message.body, 200)}")
        if not watch.reading:
            self._ahead(entries, watch.next_due, later, now)

    def _unusable(self, warnings: tuple[str, ...]) -> None:
        """What could not be used of the calendars: by name, or only that there is something."""
        for warning in warnings if self._others else ():
            self._warn(plain(warning, 300))
        if warnings and not self._others:
            self._warn("Some events of the calendars cannot be used; `showup calendar check` names them.")

    def _entry(self, entry: Entry) -> None:
        """One appointment, where it is new or its verdict is another one."""
        appointment, verdict = entry.appointment, entry.verdict
        now = (verdict.outcome, verdict.certainty, verdict.minutes_late, verdict.seen, appointment.changed)
        before = self._known.get(appointment.id)
        if before == now:
            return
        self._known[appointment.id] = now
        if before is None and appointment.changed is None and verdict.outcome.value == "pending":
            why = "".join(f" – {plain(reason, 200)}" for reason in appointment.details.reasons[:1])
            self._say(f"watching: {self._named(appointment)}{why}")
        else:
            certainty = f" ({verdict.certainty.value})" if verdict.certainty else ""
            outcome = verdict.outcome.value.replace("_", " ")
            reasons = plain(" ".join(verdict.reasons), 300)
            self._say(f"{self._named(appointment)}: {outcome}{certainty}. {reasons}")

    def _named(self, appointment: Appointment) -> str:
        how = MEDIA.get(appointment.details.medium or Medium.OTHER, "")
        when = day_and_time(appointment.start, self._zone)
        return f"{', '.join(filter(None, [_whose(appointment), when, how]))} (id {appointment.id})"

    def _ahead(self, entries: list[Entry], due: datetime | None, later: Appointment | None, now: datetime) -> None:
        """When it looks again, or what is the next interview. That the day of it has come is no news."""
        near = next((entry.appointment for entry in entries if due and entry.appointment.ends >= due), None)
        if due and near is not None:
            self.status = f"next look {self._at(due, now)}, for the {_whose(near)} (id {near.id})"
        else:
            self.status = f"next comes the {self._named(later)}" if later else "no interview is planned"
        told = self.status if near is None else (due, near.id)
        if self._next != told:
            self._next = told
            self._say(self.status)

    def _at(self, due: datetime, now: datetime) -> str:
        today = due.astimezone(self._zone).date() == now.astimezone(self._zone).date()
        return f"at {clock_time(due, self._zone)}" if today else f"on {day_and_time(due, self._zone)}"


def _later(record: Record, now: datetime) -> Appointment | None:
    """The next interview, however far."""
    first = record.next_after(now)
    if first is None or _stands(first):
        return first
    return next(filter(_stands, record.unfinished(Span(first.start - datetime.resolution, first.start + _FAR))), None)


def _stands(appointment: Appointment) -> bool:
    return appointment.details.decision is Decision.INTERVIEW and appointment.changed is None


def _whose(appointment: Appointment) -> str:
    company = plain(appointment.details.employer.name, _ROOM)
    return f"interview with {company}" if company else "interview"
