"""One interview at one time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from showup.core.event import EventKey
from showup.core.policy import Checkpoints, Policy, minutes
from showup.core.recognition.result import Decision, Employer, Medium, Stage
from showup.core.spans import Span

UNKNOWN_LENGTH = timedelta(minutes=30)


class Side(StrEnum):
    """Who organises the event, and so whose a change of it is."""

    THEIRS = "theirs"
    YOURS = "yours"
    UNKNOWN = "unknown"
    """A scheduling service, or nobody named: either side may have made the change."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of an appointment besides its time; renewed while the calendar is."""

    title: str = ""
    employer: Employer = Employer()
    medium: Medium | None = None
    stage: Stage | None = None
    organiser: Side = Side.UNKNOWN
    join: str = ""
    contact: str = ""
    """Where a message to them would go: the organiser's or recruiter's address; empty where not known."""
    declined: bool = False
    """Whether they answered the invitation with no, and nobody is left who may come (PARTSTAT)."""
    reachable: bool = True
    """Whether the invitation says how to meet: a link, a number or a place."""
    decision: Decision = Decision.INTERVIEW
    reasons: tuple[str, ...] = ()

    @property
    def by_phone(self) -> bool:
        """Whether they may call: it is by phone, or nobody knows how (DESIGN.md, "How evidence is weighed", 5)."""
        return self.medium in {Medium.PHONE, None}


@dataclass(frozen=True, slots=True)
class Appointment:
    """A calendar occurrence together with the time it was planned for.

    `start` and `end` are aware UTC; `end` is None where the length is unknown. `created` is when the event came into
    being (its own CREATED, else when first noticed). `follows` is the id of the appointment it replaces.
    """

    id: int
    key: EventKey
    start: datetime
    end: datetime | None
    created: datetime
    details: Details = Details()
    employer_id: int | None = None
    follows: int | None = None
    changed: datetime | None = None
    """When it was moved, cancelled or declined; None while it stands."""

    @property
    def ends(self) -> datetime:
        """The planned end; half an hour after the start where the length is unknown."""
        return self.end or self.start + UNKNOWN_LENGTH

    @property
    def planned(self) -> Span:
        """[S, E)."""
        return planned(self.start, self.end)

    @property
    def off_before_start(self) -> bool:
        """Whether it was moved, cancelled or declined before it could begin."""
        return self.changed is not None and self.changed < self.start

    def give_up(self, policy: Policy) -> datetime:
        """When the case is closed."""
        return give_up(self.planned, policy)

    def window(self, policy: Policy) -> Span:
        """Where its evidence is looked for: S − 10 to max(E, give-up)."""
        planned = self.planned
        end = max(planned.end, give_up(planned, policy))
        return Span(self.start - policy.window_before, end + datetime.resolution)

    def on_time_until(self, policy: Policy) -> datetime:
        """S + 5: who comes by then is on time."""
        return self.start + minutes(policy.score.on_time_within_minutes)

    def late_check(self, points: Checkpoints) -> datetime:
        """S + N."""
        return self.start + minutes(points.late_after_minutes)


def planned(start: datetime, end: datetime | None) -> Span:
    """[S, E), where the end may not be known."""
    return Span(start, max(end or start + UNKNOWN_LENGTH, start + datetime.resolution))


def give_up(planned: Span, policy: Policy) -> datetime:
    """When a case is closed: S + 30, or E if that is earlier; never before one can be late at all."""
    earliest = planned.start + minutes(policy.score.on_time_within_minutes)
    return max(earliest, min(planned.start + minutes(policy.checkpoints.give_up_after_minutes), planned.end))
