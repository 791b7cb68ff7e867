"""Which notice belongs to which moment, and until when it holds (DESIGN.md, section 3)."""

from datetime import datetime, timedelta
from typing import NamedTuple

from showup.core.appointment import Appointment, Details
from showup.core.checkpoints import Point
from showup.core.evidence import Evidence, Sign
from showup.core.letter import Occasion
from showup.core.notice import Kind
from showup.core.policy import Policy
from showup.core.recognition.result import Decision
from showup.core.verdict.result import Absence, Certainty, Outcome, Rule, Verdict

_LASTS = {
    Kind.MOVED: timedelta(days=1),
    Kind.CANCELLED: timedelta(days=1),
    Kind.NO_SHOW: timedelta(days=1),
    Kind.CONFIRM: timedelta(days=7),
}
"""How long a notice that nothing else ends stays; the questions themselves stay open in `showup status`."""


class Scene(NamedTuple):
    """All that decides on a notice. `readable` tells whether the calendar could be read just now."""

    appointment: Appointment
    verdict: Verdict
    policy: Policy
    now: datetime
    readable: bool = True

    @property
    def waiting(self) -> bool:
        """The case is open, and they were not seen yet."""
        verdict = self.verdict
        return verdict.outcome is Outcome.PENDING and not verdict.seen and self.now < self.give_up

    @property
    def give_up(self) -> datetime:
        """When the case is closed."""
        return self.appointment.give_up(self.policy)


def notice_at(point: Point, scene: Scene) -> Kind | None:
    """What to say at a checkpoint, if anything. The same question is put to a checkpoint that is made up for."""
    if scene.appointment.changed:
        return None
    match point:
        case Point.BRIEF:
            return Kind.BRIEF if holds(Kind.BRIEF, scene) else None
        case Point.LATE if scene.waiting:
            known = scene.verdict.absence is Absence.KNOWN and scene.readable
            return Kind.LATE if known else Kind.ASK
        case Point.NUDGE if scene.waiting and scene.verdict.absence is not Absence.NONE:
            return Kind.NUDGE
        case Point.GIVE_UP:
            return _closing(scene.verdict)
        case Point.END if _how_late(scene.verdict):
            return Kind.CONFIRM
        case _:
            return None


def holds(kind: Kind, scene: Scene) -> bool:
    """Whether a notice of this kind is still true. What no longer holds is withdrawn, or never shown."""
    appointment, verdict = scene.appointment, scene.verdict
    match kind:
        case Kind.BRIEF:
            late = appointment.late_check(scene.policy.checkpoints)
            return verdict.outcome is Outcome.PENDING and not appointment.changed and scene.now < late
        case Kind.LATE | Kind.ASK | Kind.NUDGE:
            return scene.waiting and not appointment.changed
        case Kind.NO_SHOW:
            return verdict.outcome is Outcome.NO_SHOW and verdict.certainty is Certainty.CONFIRMED
        case Kind.CONFIRM:
            return _only_you_can_tell(verdict)
        case Kind.MOVED | Kind.CANCELLED:
            return appointment.changed is not None and verdict.outcome is not Outcome.NOT_INTERVIEW
        case Kind.RECOGNISE:
            return appointment.details.decision is Decision.MAYBE and scene.now < appointment.ends
        case Kind.PROBLEM:
            return True


def stale(kind: Kind, said: datetime, now: datetime) -> bool:
    """Whether news of then is no news any more, and a question is one for the record and not for the screen."""
    return now - said >= _LASTS.get(kind, timedelta.max)


def notice_of_change(change: Evidence) -> Kind | None:
    """What to say of a change of the calendar. That you declined is no news to you."""
    if change.sign is Sign.DECLINED:
        return None
    return Kind.MOVED if change.sign is Sign.MOVED else Kind.CANCELLED


def doubt(details: Details) -> Occasion | None:
    """What may keep it from coming about, while there is time to ask."""
    if details.declined:
        return Occasion.DECLINED
    return None if details.reachable else Occasion.WAY


def occasion(scene: Scene) -> Occasion | None:
    """What there is to write to them about at this moment, if anything; nothing where they changed it themselves."""
    appointment, verdict = scene.appointment, scene.verdict
    open_still = verdict.outcome in {Outcome.PENDING, Outcome.UNKNOWN, Outcome.NO_SHOW} and not verdict.seen
    if appointment.changed or not open_still:
        return None
    missed, over = verdict.outcome is Outcome.NO_SHOW, scene.now > appointment.ends
    if over or (missed and verdict.certainty is Certainty.CONFIRMED):
        return Occasion.MISSED if missed else None
    return doubt(appointment.details) if scene.now < appointment.start else Occasion.WAITING


def _closing(verdict: Verdict) -> Kind | None:
    """What to say at give-up, they being still not seen and nobody having settled it."""
    if verdict.seen:
        return None
    if verdict.outcome is Outcome.NO_SHOW and verdict.certainty is Certainty.CONFIRMED:
        return None if verdict.rule in {Rule.SETTLED, Rule.CONFIRMED_BY_YOU} else Kind.NO_SHOW
    return Kind.CONFIRM if _only_you_can_tell(verdict) else None


def _how_late(verdict: Verdict) -> bool:
    """Whether they came, and only the person can say how late."""
    return verdict.seen and _only_you_can_tell(verdict)


def _only_you_can_tell(verdict: Verdict) -> bool:
    return verdict.ask and verdict.outcome in {Outcome.UNKNOWN, Outcome.LATE, Outcome.NO_SHOW}
