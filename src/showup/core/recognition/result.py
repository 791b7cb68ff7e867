"""What recognition says about an event, and what it may remember of the person's own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Decision(StrEnum):
    """Three-valued: `maybe` makes the daemon ask once, ahead of time."""

    INTERVIEW = "interview"
    MAYBE = "maybe"
    NO = "no"


class Medium(StrEnum):
    """How the person is told to attend."""

    MEET = "meet"
    ZOOM = "zoom"
    TEAMS = "teams"
    WEBEX = "webex"
    PHONE = "phone"
    ONSITE = "onsite"
    OTHER = "other"


class Stage(StrEnum):
    """Which round of the process it is."""

    RECRUITER_SCREEN = "recruiter_screen"
    PHONE_SCREEN = "phone_screen"
    TECHNICAL = "technical"
    HIRING_MANAGER = "hiring_manager"
    PANEL = "panel"
    ONSITE = "onsite"
    FINAL = "final"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Employer:
    """The company that hires. Empty strings where it is not known.

    `via` names the agency, scheduling service or outsourced interviewer between.
    """

    name: str = ""
    domain: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True)
class Recognition:
    """The answer for one event: decision, employer, medium and stage (None: cannot be told), with reasons in words."""

    decision: Decision
    employer: Employer = Employer()
    medium: Medium | None = None
    stage: Stage | None = None
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    room: str = ""
    """A link into a meeting that stands in the text, as it is written there; http(s) only."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What the person said before; it beats every rule.

    `interviews` maps a series UID, an event UID or a sender's address to "is an interview" / "is none".
    `employers` maps an employer's domain to the name the person or an earlier interview gave it.
    """

    interviews: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    employers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
