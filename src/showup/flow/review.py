"""Review: what the record says at this moment, for showing. Nothing is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from showup.core import agenda, views
from showup.core.appointment import Appointment
from showup.core.evidence import Covered, Source, standing
from showup.core.moments import day_and_time
from showup.core.notice import Kind, Message
from showup.core.paging import Wanted
from showup.core.problem import Problem
from showup.core.recognition.result import Decision
from showup.core.record import CalendarState, Company, Entry
from showup.core.reliability import Reliability, reliability
from showup.core.spans import Span, without
from showup.core.telling import Scene, holds
from showup.core.text import plain
from showup.core.verdict import Outcome, Verdict, judge
from showup.core.verdict.explain import explain, noticed, what_would_change
from showup.core.views import View
from showup.core.wording import Setting, message, who
from showup.flow.judge import Judge
from showup.ports import Record

_LATELY = timedelta(days=14)
"""Questions older than this are not put any more, though they may still be answered."""
_AHEAD = timedelta(days=120)
_SHOWN = 50
"""Interviews ahead that are kept ready; nobody has as many in the time in which that is made anew."""
_QUESTIONS = 100
"""Questions that are put at once, the newest: nobody answers more, and strangers can cause any number."""
_NEWS = timedelta(days=1)
_BLINK = timedelta(seconds=1)
"""A shorter gap in coverage is the turn of a beat."""
_BEAT = timedelta(seconds=30)
_ASKING = frozenset({Kind.LATE, Kind.ASK, Kind.NUDGE, Kind.CONFIRM, Kind.RECOGNISE})


@dataclass(frozen=True, slots=True)
class Question:
    """What only the person can tell, as it would be put on the screen."""

    scene: Scene
    message: Message

    @property
    def title(self) -> str:
        """The question, with the name of the other side."""
        name = who(self.scene)
        return self.message.title if name in self.message.title else f"{name}: {self.message.title}"


@dataclass(frozen=True, slots=True)
class Review:
    """A look at the record at the moment `now` (aware UTC).

    A case that ended while no daemon ran is judged in passing, so that nothing is called pending that is over.
    """

    record: Record
    judge: Judge
    now: datetime

    def interviews(self) -> list[View]:
        """All appointments by start, those to come as `pending`."""
        entries = tuple(map(self.current, self.record.entries()))
        by_id = _by_id(entries)
        return [views.interview(entry, by_id) for entry in entries]

    def one(self, appointment: Appointment) -> View:
        """Everything about one: its evidence, who was watching when, and why it was judged so."""
        verdict = self.record.verdict(appointment.id)
        if verdict is None or appointment.details.decision is not Decision.INTERVIEW:
            raise Problem("It is no interview, so nothing is said of it.", "`showup answer ID yes` makes it one.")
        return self._whole(self.current(Entry(appointment, verdict)))

    def companies(self) -> list[View]:
        """All employers with an appointment on record, the one with the lowest lower end first.

        Their scores are at hand; appointments are looked at only where a case has ended since.
        """
        found = self.record.some_companies(Wanted(limit=None), self.renewed(self.ended()))
        return [views.employer(company) for company in sorted(found, key=lambda one: (one.score.low, one.name))]

    def company(self, name: str) -> View:
        """One employer with its appointments.

        Raises:
            Problem: it is not on record.
        """
        found = self.record.company_named(name)
        stored = self.record.entries(found.id) if found else ()
        if found is None or not stored:
            raise Problem(f"There is no company “{plain(name, 80)}” on record.", "`showup companies` lists them.")
        entries = tuple(map(self.current, stored))
        by_id = _by_id(entries)
        return {
            "employer": views.employer(self.scored(found)),
            "interviews": [views.interview(entry, by_id) for entry in entries],
        }

    def status(self, configured: Mapping[str, str]) -> View:
        """What is on now and next, and what is open. `configured` gives the type of each calendar that is set up."""
        return agenda.status(self.agenda(configured), self.now)

    def agenda(self, configured: Mapping[str, str]) -> View:
        """The same with what it takes to tell it at a later moment, as long as nothing happens: `core.agenda`."""
        near = (
            self.current(Entry(one, verdict))
            for one in self.record.around(Span(self.now, self.now + _AHEAD))
            if one.details.decision is Decision.INTERVIEW
            and one.changed is None
            and one.ends > self.now
            and (verdict := self.record.verdict(one.id)) is not None
        )
        return {
            "interviews": [self._at_hand(entry) for entry in islice(near, _SHOWN)],
            "questions": [self._asked(question) for question in self.questions()],
            "calendars": [_calendar(state) for state in self._calendars(configured)],
        }

    def _at_hand(self, entry: Entry) -> View:
        """One that is to come or under way, and what is known of them at this moment."""
        one, verdict, policy = entry.appointment, entry.verdict, self.judge.policy
        if one.start <= self.now:  # what was known of their absence a while ago is not known now
            verdict = judge(self.judge.case(self.record, one), policy, self.now)
        return {
            "end": views.moment(one.ends),
            "late": views.moment(one.late_check(policy.checkpoints)),
            "they": agenda.they(verdict),
            "interview": self.interview(entry),
        }

    def everything(self) -> View:
        """The whole record."""
        entries = self.record.entries()
        notes = self.record.notes()
        notices = ((notice, self.record.appointment(notice.appointment_id or 0)) for notice in self.record.notices())
        return {
            "employers": self.companies(),
            "interviews": [self._whole(self.current(entry)) for entry in entries],
            "notes": [views.note(one, notes[one.id]) for one in self.record.companies() if one.id in notes],
            "notices": [views.notice(notice, appointment) for notice, appointment in notices],
            "calendars": [_calendar(state) for state in self.record.calendars()],
        }

    def current(self, entry: Entry) -> Entry:
        """The entry with its verdict as it is now; only one that was open can have become another by itself."""
        appointment, policy = entry.appointment, self.judge.policy
        if entry.verdict.outcome is not Outcome.PENDING or self.now < appointment.give_up(policy):
            return entry
        return Entry(appointment, judge(self.judge.case(self.record, appointment), policy, self.now))

    def ended(self, employer_id: int | None = None) -> Mapping[int, Entry]:
        """The cases that ended while no daemon ran, judged in passing, by the appointment's id: few, if any.

        All of them, or one employer's.
        """
        if employer_id is None:
            earliest = datetime.min.replace(tzinfo=self.now.tzinfo)
            pending = self.record.pending_in(Span(earliest, self.now))
        else:
            pending = self.record.pending_of(employer_id, self.now)
        entries = map(self.record.entry, pending)
        judged = ((entry, self.current(entry)) for entry in entries if entry)
        return {entry.appointment.id: now for entry, now in judged if now is not entry}

    def renewed(self, ended: Mapping[int, Entry]) -> Mapping[int, Reliability]:
        """The scores, by their ids, of the employers whose cases have ended since they were reckoned."""
        since: dict[int, dict[int, Verdict]] = {}
        for number, entry in ended.items():
            if entry.appointment.employer_id is not None:
                since.setdefault(entry.appointment.employer_id, {})[number] = entry.verdict
        known = self.record.verdicts_on
        return {
            employer: reliability(tuple({**known(employer), **verdicts}.values()), self.judge.policy.score)
            for employer, verdicts in since.items()
        }

    def scored(self, company: Company) -> Company:
        """An employer with its score as it is now."""
        return replace(company, score=self.renewed(self.ended(company.id)).get(company.id, company.score))

    def interview(self, entry: Entry) -> View:
        """An entry by itself: what it follows is looked up."""
        number = entry.appointment.follows
        followed = self.record.appointment(number) if number is not None else None
        return views.interview(entry, {followed.id: followed} if followed else {})

    def _whole(self, entry: Entry) -> View:
        appointment, verdict = entry.appointment, entry.verdict
        case = self.judge.case(self.record, appointment)
        seen = sorted(case.evidence, key=lambda item: (item.at, item.order))
        said = [item for item in seen if item.source is Source.ANSWER]
        undone = set(said) - set(standing(said))
        impression = self.record.impression(appointment.id)
        return {
            **self.interview(entry),
            "impression": views.impression(impression) if impression else None,
            "end": views.moment(appointment.end),
            "rule": verdict.rule.value,
            "explanation": explain(verdict.rule),
            "would_change": what_would_change(verdict).replace(" ID ", f" {appointment.id} "),
            "evidence": [
                {**views.evidence(item), "text": noticed(item), "undone": item in undone}
                for item in seen
                if item.at <= self.now
            ],
            "coverage": views.covered(case.coverage),
            "gaps": views.covered(self._gaps(appointment, case.coverage)),
            "policy": dict(self.record.policy_of(appointment.id)),
        }

    def _gaps(self, appointment: Appointment, coverage: tuple[Covered, ...]) -> list[Covered]:
        """The stretches of the window in which nobody watched, or a detector that watched otherwise did not."""
        # A daemon writes what it watched with every beat: of the moments since the last one nothing is known yet.
        window = appointment.window(self.judge.policy).clip(Span(appointment.created, self.now - _BEAT))
        if window is None or (appointment.changed and appointment.changed <= window.start):
            return []
        sources = {Source.MACHINE, *(item.source for item in coverage)}
        return [
            Covered(hole, source)
            for source in sorted(sources)
            for hole in without([window], [item.span for item in coverage if item.source is source])
            if hole.end - hole.start > _BLINK
        ]

    def questions(self) -> tuple[Question, ...]:
        """What only the person can tell, one question an appointment: what is on the screen, else what is not known."""
        asked = {entry.appointment.id: self._open_question(entry) for entry in self._unclear()}
        for notice in self.record.foremost(_QUESTIONS):
            scene = self.scene(notice.appointment_id)
            if scene and notice.kind in _ASKING and holds(notice.kind, scene):
                asked[scene.appointment.id] = Question(scene, notice.message)
        return tuple(asked[number] for number in sorted(asked))

    def _unclear(self) -> list[Entry]:
        """Those of which the verdict, as it is now, says that only the person can tell."""
        since = self.now - _LATELY
        asked = self.record.asked_in(Span(since, self.now + _AHEAD))
        begun = self.record.pending_in(Span(since, self.now))
        newest = sorted({*asked, *begun}, reverse=True)
        entries = (self.current(entry) for number in newest if (entry := self.record.entry(number)))
        return list(islice((entry for entry in entries if entry.verdict.ask), _QUESTIONS))

    def _open_question(self, entry: Entry) -> Question:
        scene = Scene(entry.appointment, entry.verdict, self.judge.policy, self.now)
        kinds = {Outcome.MOVED: Kind.MOVED, Outcome.CANCELLED: Kind.CANCELLED}
        kind = kinds.get(entry.verdict.outcome, Kind.CONFIRM)
        return Question(scene, message(kind, scene, Setting(self.judge.zone)))

    def _asked(self, question: Question) -> View:
        appointment, words = question.scene.appointment, question.message
        return {
            "id": appointment.id,
            "text": f"{question.title} ({day_and_time(appointment.start, self.judge.zone)})",
            "words": list(dict.fromkeys(choice.word for choice in words.choices if choice.word)),
        }

    def scene(self, appointment_id: int | None) -> Scene | None:
        """An appointment as it stands now; None where it is not on record."""
        appointment = self.record.appointment(appointment_id or 0)
        verdict = self.record.verdict(appointment.id) if appointment else None
        if appointment is None or verdict is None:
            return None
        return Scene(appointment, self.current(Entry(appointment, verdict)).verdict, self.judge.policy, self.now)

    def _calendars(self, configured: Mapping[str, str]) -> list[CalendarState]:
        """Those that are set up, read or not, and any other that was read within a day."""
        states = self.record.calendars()
        unread = [
            CalendarState(name, kind) for name, kind in configured.items() if name not in {s.name for s in states}
        ]
        recent = [
            state
            for state in states
            if state.name in configured or (state.last_read and self.now - state.last_read < _NEWS)
        ]
        return sorted([*recent, *unread], key=lambda state: state.name)


def _by_id(entries: Iterable[Entry]) -> dict[int, Appointment]:
    return {entry.appointment.id: entry.appointment for entry in entries}


def _calendar(state: CalendarState) -> View:
    return {
        "name": state.name,
        "type": state.kind,
        "last_read": views.moment(state.last_read),
        "problem": state.problem or None,
    }
