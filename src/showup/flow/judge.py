"""Judge: from the evidence of an appointment to its verdict, its employer's score, and what is to be said."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from showup.core.appointment import Appointment, give_up
from showup.core.away import missed
from showup.core.checkpoints import Checkpoint, Point
from showup.core.evidence import Case, Evidence, Neighbour, Sign
from showup.core.letter import Letters
from showup.core.notice import Kind, Message
from showup.core.policy import Policy
from showup.core.recognition.result import Decision
from showup.core.record import Company, about
from showup.core.reliability import reliability
from showup.core.spans import Span, merged
from showup.core.telling import Scene, notice_at, notice_of_change
from showup.core.verdict import Outcome, Verdict, judge
from showup.core.wording import Setting, message
from showup.ports import Record

_BY_EVIDENCE = frozenset({Kind.ASK, Kind.CONFIRM, Kind.MOVED})
"""What is said in these depends on single facts."""
_LONGEST_CALL = timedelta(hours=12)
_NEVER = datetime.min.replace(tzinfo=UTC)
_ITS_OWN = Span(_NEVER, _NEVER)
"""A window in which nothing was seen: what is asked for then is the appointment's own alone."""
_CROWD = 100
"""So many appointments at one time are nobody's: strangers may send invitations without end."""


@dataclass(frozen=True, slots=True)
class Judge:
    """The judge, with the figures it judges by.

    `zone` is the person's, for the words of the notices; None for that of the machine. `letters` are the texts of the
    message that is offered; without them none is.
    """

    policy: Policy
    zone: tzinfo | None
    letters: Letters | None = None
    stale: set[int] | None = field(default=None, compare=False)
    """Employers whose scores are still to be reckoned; None where that is done with each verdict."""

    @contextmanager
    def of_many(self, record: Record) -> "Iterator[Judge]":
        """A judge of many appointments at once, which are often one employer's: each score is reckoned in the end."""
        stale = set[int]()
        yield Judge(self.policy, self.zone, self.letters, stale)
        for employer_id in sorted(stale):
            self.rescore(record, employer_id)

    def case(self, record: Record, appointment: Appointment) -> Case:
        """All that bears on an appointment."""
        window = appointment.window(self.policy)
        return Case(
            appointment,
            # A call that is going on when the window opens began before it.
            record.evidence(appointment.id, Span(window.start - _LONGEST_CALL, window.end)),
            record.coverage(appointment.id, window),
            tuple(self._neighbours(record, appointment, window)),
        )

    def rejudge(self, record: Record, appointment: Appointment, now: datetime) -> Verdict:
        """Judge it anew; where the verdict changes, keep it and renew the employer's score with it."""
        verdict = judge(self.case(record, appointment), self.policy, now)
        before = record.verdict(appointment.id)
        if verdict != before:
            record.save_verdict(appointment.id, verdict, self.policy, now)
            if appointment.employer_id is not None and _weighs(before) + _weighs(verdict):
                self.rescore(record, appointment.employer_id)
        return verdict

    def rejudge_beside(self, record: Record, appointments: Iterable[Appointment], now: datetime) -> None:
        """Judge others anew, once each, that these stand beside: what sound and phone say of them depends on it."""
        these = {one.id: one.window(self.policy) for one in appointments}
        beside = {other.id: other for window in merged(these.values()) for other in record.around(window)}
        with self.of_many(record) as judge:
            for other in beside.values():
                if other.id not in these and other.window(self.policy).start <= now:
                    judge.rejudge(record, other, now)

    def rescore(self, record: Record, employer_id: int) -> None:
        """Reckon an employer's score from all its verdicts."""
        if self.stale is not None:
            self.stale.add(employer_id)
            return
        record.save_score(employer_id, reliability(tuple(record.verdicts_on(employer_id).values()), self.policy.score))

    def check(
        self, record: Record, appointment: Appointment, coming: Sequence[Checkpoint], now: datetime, *, readable: bool
    ) -> frozenset[Point]:
        """Judge the checkpoints that have come: the latest one that still holds speaks, the others are passed over."""
        if appointment.details.decision is not Decision.INTERVIEW:
            return frozenset()
        scene = Scene(appointment, self.rejudge(record, appointment, now), self.policy, now, readable)
        kinds = (notice_at(checkpoint.point, scene) for checkpoint in reversed(coming))
        kind = next((kind for kind in kinds if kind), None)
        if kind:
            self.say(record, kind, scene)
        points = frozenset(checkpoint.point for checkpoint in coming)
        record.mark_done(appointment.id, points, now)
        return points

    def say(self, record: Record, kind: Kind, scene: Scene, moved_to: datetime | None = None) -> None:
        """Put a notice into the outbox; it takes the place of what was said of the same appointment before."""
        appointment = scene.appointment
        words = self.words(record, kind, scene, moved_to)
        said = record.say(about(appointment.id), kind, words, scene.now, appointment.id)
        if said:
            record.close_notices_of(appointment.id, scene.now, but=said.id)

    def announce(self, record: Record, appointment: Appointment, change: Evidence, now: datetime) -> None:
        """Say that the calendar changed an appointment."""
        kind = notice_of_change(change)
        verdict = self.rejudge(record, appointment, now)
        if kind and verdict.outcome is not Outcome.NOT_INTERVIEW:
            self.say(record, kind, Scene(appointment, verdict, self.policy, now), change.moment)

    def words(self, record: Record, kind: Kind, scene: Scene, moved_to: datetime | None = None) -> Message:
        """What a notice of this kind says of a scene."""
        appointment = scene.appointment
        company, facts = self.basis(record, kind, appointment)
        setting = Setting(
            zone=self.zone,
            score=company.score if company else None,
            moved_to=moved_to or _moved_to(facts),
            missed=missed(facts, appointment, self.policy),
            letters=self.letters,
        )
        return message(kind, scene, setting)._replace(about=str(appointment.id))

    def basis(
        self, record: Record, kind: Kind, appointment: Appointment
    ) -> tuple[Company | None, tuple[Evidence, ...]]:
        """What the words depend on besides the scene: the employer's score, and for some kinds single facts."""
        company = record.company(appointment.employer_id) if appointment.employer_id is not None else None
        if kind not in _BY_EVIDENCE:
            return company, ()
        return company, record.evidence(appointment.id, _ITS_OWN)

    def _neighbours(self, record: Record, appointment: Appointment, window: Span) -> list[Neighbour]:
        """Other appointments near by; those off before they began take no room. In a crowd no time is left."""
        beside = record.standing(window, _CROWD)
        if len(beside) == _CROWD:
            return [Neighbour(window, window.end)]
        others = (planned for number, planned in beside.items() if number != appointment.id)
        return [Neighbour(planned, give_up(planned, self.policy)) for planned in others]


def _moved_to(facts: Iterable[Evidence]) -> datetime | None:
    moves = [item for item in facts if item.sign is Sign.MOVED]
    return max(moves, key=lambda item: item.noted).moment if moves else None


def _weighs(verdict: Verdict | None) -> bool:
    """Whether a verdict is more than that nothing has happened yet."""
    return verdict is not None and verdict.outcome is not Outcome.PENDING
