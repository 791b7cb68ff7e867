"""The words of a verdict."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from showup.core.appointment import Side


class Outcome(StrEnum):
    """How an appointment went (DESIGN.md, section 3)."""

    ON_TIME = "on_time"
    LATE = "late"
    NO_SHOW = "no_show"
    MOVED = "moved"
    CANCELLED = "cancelled"
    EXCUSED = "excused"
    UNKNOWN = "unknown"
    PENDING = "pending"
    NOT_INTERVIEW = "not_interview"
    """The person said so: it is in no record and in no output."""


class Certainty(StrEnum):
    """Presumed is what sound, a phone that rang, or an early "still waiting" alone can say."""

    CONFIRMED = "confirmed"
    PRESUMED = "presumed"


class Absence(StrEnum):
    """What is known at this moment of their not being there."""

    NONE = "none"
    PRESUMED = "presumed"
    KNOWN = "known"


class Rule(StrEnum):
    """Which rule decided; `showup why` prints the sentence that belongs to it."""

    SETTLED = "settled"
    CONFIRMED_BY_YOU = "confirmed_by_you"
    LATE_WITHOUT_MINUTES = "late_without_minutes"
    HERE = "here"
    HERE_AFTER_WAITING = "here_after_waiting"
    HERE_TOO_LATE_TO_TELL = "here_too_late_to_tell"
    WAITING = "waiting"
    WAITING_EARLY = "waiting_early"
    CHANGED = "changed"
    CHANGED_BY_YOU = "changed_by_you"
    CHANGED_LATE_ABSENT = "changed_late_absent"
    CHANGED_LATE_UNKNOWN = "changed_late_unknown"
    LIST = "list"
    LIST_ABSENT = "list_absent"
    SPEECH = "speech"
    SILENCE = "silence"
    GAP = "gap"
    RANG = "rang"
    JOINED_LATE = "joined_late"
    PROMPT = "prompt"
    NOTHING = "nothing"
    PENDING = "pending"


class Ruling(NamedTuple):
    """What one rule says. `came` is when they came, where that is known; `seen` that they came at all."""

    outcome: Outcome
    rule: Rule
    certainty: Certainty | None = None
    came: datetime | None = None
    minutes_late: int | None = None
    notice_minutes: int | None = None
    side: Side = Side.THEIRS
    seen: bool = False
    because: tuple[str, ...] = ()


class Verdict(NamedTuple):
    """The judgement of one appointment at one moment.

    `minutes_late` and `notice_minutes` are whole minutes, `fault` is 0..1 (None: such an outcome has none), `counted`
    whether it goes into the employer's score. `waited` are the minutes the person waited. `absence` and `seen` tell
    of this moment, for the notices; `ask` that only the person can tell.
    """

    outcome: Outcome
    certainty: Certainty | None
    rule: Rule
    minutes_late: int | None = None
    notice_minutes: int | None = None
    fault: float | None = None
    counted: bool = False
    reasons: tuple[str, ...] = ()
    waited: float = 0.0
    came: datetime | None = None
    seen: bool = False
    absence: Absence = Absence.NONE
    ask: bool = False
