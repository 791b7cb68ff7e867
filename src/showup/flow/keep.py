"""Keep: what a changed event does to the appointments that were made of it."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from showup.core.appointment import Appointment, Details, Side
from showup.core.change import Change, Move, State, Tracked, state_of
from showup.core.event import Event, EventKey
from showup.core.evidence import Evidence, Sign, Source
from showup.core.following import links
from showup.core.notice import Kind
from showup.core.planning import Between, details
from showup.core.recognition.result import Decision, Recognition
from showup.core.telling import Scene
from showup.flow.judge import Judge
from showup.ports import Record

_SIGNS = {
    Move.RESCHEDULED: Sign.MOVED,
    Move.CANCELLED: Sign.CANCELLED,
    Move.DECLINED: Sign.DECLINED,
    Move.RESTORED: Sign.RESTORED,
}
_AT_FIRST = {State.CANCELLED: Move.CANCELLED, State.DECLINED: Move.DECLINED}


@dataclass(frozen=True, slots=True)
class Rules:
    """What keeping goes by: the judge, the person's addresses, and which addresses plan for others."""

    judge: Judge
    owner: frozenset[str]
    between: Between


@dataclass(frozen=True, slots=True)
class Keeper:
    """Appointments follow their events within one transaction: one is added, moved, cancelled, restored, renewed."""

    rules: Rules
    record: Record
    now: datetime
    touched: set[int] = field(default_factory=set)
    """What is to be judged in the end, by id."""

    def finish(self) -> None:
        """See what follows what now, and judge what was touched and what stands beside it."""
        found = (self.record.appointment(number) for number in sorted(self.touched))
        touched = [one for one in found if one]
        for employer_id in sorted({one.employer_id for one in touched if one.employer_id is not None}):
            relink(self.record, employer_id)
        for one in touched:
            self.rules.judge.rejudge(self.record, one, self.now)
        self.rules.judge.rejudge_beside(self.record, touched, self.now)

    def begin(self, calendar: str, event: Event, start: datetime, found: Recognition) -> Tracked:
        """An interview that is seen for the first time. One that is cancelled already was once planned, too."""
        known = details(event, found, self.rules.owner, self.rules.between)
        created = min(event.created or self.now, self.now)
        appointment = self._add(Appointment(0, event.key, start, event.end, created, known))
        state = state_of(event, self.rules.owner)
        tracked = Tracked(event.key, calendar, appointment.id, start, event.end, state, event.updated, event.series)
        self._track(tracked)
        if state in _AT_FIRST:
            self._note(appointment, Change(_AT_FIRST[state], min(event.updated or self.now, self.now)), known.organiser)
        self.touched.add(appointment.id)
        if known.decision is Decision.MAYBE and start > self.now:
            self._ask(appointment)
        return tracked

    def change(self, tracked: Tracked, event: Event, changes: tuple[Change, ...]) -> Tracked:
        """A known event changed: moved, cancelled, declined, or back again. How it is tracked from now on."""
        declined = tracked.state is State.DECLINED
        for change in changes:
            appointment = self.record.appointment(tracked.appointment_id)
            if appointment is None:
                continue
            side = Side.YOURS if declined else appointment.details.organiser
            if change.move is Move.RESCHEDULED and event.start is not None:
                tracked = self._move(tracked, appointment, event, change, side)
            else:
                self._note(appointment, change, side)
            self.touched.add(appointment.id)
        state, updated = state_of(event, self.rules.owner), event.updated or tracked.updated
        tracked = replace(tracked, state=state, updated=updated, missing_since=None, shown=None)
        self.touched.add(tracked.appointment_id)
        return self._track(tracked)

    def renew(self, tracked: Tracked, event: Event, found: Recognition) -> None:
        """Its words changed: title, medium, link, length. What was once an interview stays one."""
        appointment = self.record.appointment(tracked.appointment_id)
        if appointment is None:
            return
        known = details(event, found, self.rules.owner, self.rules.between)
        if found.decision is not Decision.INTERVIEW or appointment.details.decision is Decision.NO:
            known = replace(
                appointment.details,
                title=known.title,
                join=known.join or appointment.details.join,
                declined=known.declined,
                reachable=known.reachable,
            )
        employer_id, known = self._identified(known, event.key)
        if employer_id is None:
            known = replace(known, employer=appointment.details.employer)
        end = event.end if event.start == appointment.start else appointment.end
        renewed = replace(appointment, details=known, employer_id=employer_id or appointment.employer_id, end=end)
        if renewed != appointment:
            self.record.save_appointment(renewed)
            self.touched.add(appointment.id)

    def gone(self, tracked: Tracked) -> Tracked:
        """It was missing from two complete reads: cancelled, dated by the last one that showed it."""
        appointment = self.record.appointment(tracked.appointment_id)
        shown = tracked.shown or tracked.missing_since or self.now
        if appointment is not None and shown < appointment.ends:
            side = Side.YOURS if tracked.state is State.DECLINED else appointment.details.organiser
            self._off(appointment, Evidence(shown, Source.CALENDAR, Sign.VANISHED, self.now, side=side))
            self.touched.add(appointment.id)
        return self._track(replace(tracked, state=State.GONE, missing_since=None))

    def missed(self, tracked: Tracked, shown: datetime | None) -> Tracked:
        """It is missing from a complete read, and was in one at the moment `shown`."""
        return self._track(replace(tracked, missing_since=self.now, shown=shown))

    def _move(self, tracked: Tracked, old: Appointment, event: Event, change: Change, side: Side) -> Tracked:
        """The old appointment is off; a new one follows it, or one that stood at this time before stands again."""
        start = event.start or old.start
        if tracked.state in {State.STANDING, State.DECLINED}:
            self._off(old, Evidence(change.at, Source.CALENDAR, Sign.MOVED, self.now, moment=start, side=side))
        new = self.record.planned(event.key, start)
        if new is None:
            new = self._add(Appointment(0, event.key, start, event.end, self.now, old.details, follows=old.id))
        elif new.changed:
            self._note(new, Change(Move.RESTORED, change.at), side)
        return replace(tracked, appointment_id=new.id, start=start, end=event.end, state=State.STANDING)

    def _track(self, tracked: Tracked) -> Tracked:
        self.record.track(tracked)
        return tracked

    def _add(self, draft: Appointment) -> Appointment:
        employer_id, known = self._identified(draft.details, draft.key)
        return self.record.add_appointment(replace(draft, employer_id=employer_id, details=known))

    def _identified(self, known: Details, key: EventKey) -> tuple[int | None, Details]:
        """Whose it is, under the name that the person, or an earlier interview, gave them."""
        employer_id = self.record.identify(known.employer, key)
        company = self.record.company(employer_id) if employer_id is not None else None
        if company is None:
            return None, known
        if company.name != known.employer.name:
            known = replace(known, employer=replace(known.employer, name=company.name))
        return company.id, known

    def _note(self, appointment: Appointment, change: Change, side: Side) -> None:
        evidence = Evidence(change.at, Source.CALENDAR, _SIGNS[change.move], self.now, side=side)
        if change.move is Move.RESTORED:
            self.record.add_evidence(appointment.id, [evidence])
            self.record.save_appointment(replace(appointment, changed=None))
        else:
            self._off(appointment, evidence)

    def _off(self, appointment: Appointment, evidence: Evidence) -> None:
        """It is no longer planned as it was."""
        self.record.add_evidence(appointment.id, [evidence])
        off = replace(appointment, changed=appointment.changed or evidence.at)
        self.record.save_appointment(off)
        self.rules.judge.announce(self.record, off, evidence, self.now)

    def _ask(self, appointment: Appointment) -> None:
        """Whether it is an interview: asked once, ahead of time."""
        verdict = self.rules.judge.rejudge(self.record, appointment, self.now)
        self.rules.judge.say(
            self.record, Kind.RECOGNISE, Scene(appointment, verdict, self.rules.judge.policy, self.now)
        )


def relink(record: Record, employer_id: int) -> None:
    """See which of an employer's appointments now follow which."""
    for follower, followed in links(record.candidates(employer_id)).items():
        new = record.appointment(follower)
        if new:
            record.save_appointment(replace(new, follows=followed))
