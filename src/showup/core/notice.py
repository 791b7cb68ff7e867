"""What is said to the person, with choices to answer."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The kinds of notices (DESIGN.md, section 3)."""

    BRIEF = "brief"
    LATE = "late"
    ASK = "ask"
    NUDGE = "nudge"
    NO_SHOW = "no_show"
    MOVED = "moved"
    CANCELLED = "cancelled"
    CONFIRM = "confirm"
    RECOGNISE = "recognise"
    PROBLEM = "problem"


class Urgency(StrEnum):
    """How much it may disturb; the freedesktop urgency levels."""

    LOW = "low"
    NORMAL = "normal"
    CRITICAL = "critical"


class Choice(NamedTuple):
    """A button: either an answer (`word`, perhaps with `minutes`) or something to open (`url`)."""

    label: str
    word: str = ""
    minutes: int | None = None
    url: str = ""


class Message(NamedTuple):
    """The words of a notice, unescaped: every place that shows them escapes for itself."""

    kind: Kind
    title: str
    body: str
    choices: tuple[Choice, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    about: str = ""
    """The id by which `showup answer` knows what it is about; empty where there is nothing to answer."""

    @property
    def answers(self) -> tuple[tuple[str, int | None], ...]:
        """What can be answered, by the places of the buttons."""
        return tuple((choice.word, choice.minutes) for choice in self.choices)
