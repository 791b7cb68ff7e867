"""What the person keeps of an employer beside the record: a note, and how an interview was for them.

An interview is a two-way street. Nothing of this goes into a score: the score tells what happened, this how it felt.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from showup.core.text import plain

LONGEST_NOTE = 10_000
"""Characters of a note that are kept."""


class Room(StrEnum):
    """Whether there was time for the person's own questions."""

    ENOUGH = "enough"
    LITTLE = "little"
    NONE = "none"


class Colleagues(StrEnum):
    """Whether the person could speak with those they would work with."""

    YES = "yes"
    NO = "no"


class Feeling(StrEnum):
    """How it felt."""

    GOOD = "good"
    MIXED = "mixed"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Impression:
    """An interview from the person's side: three taps, each of which may be left out."""

    questions: Room | None = None
    colleagues: Colleagues | None = None
    feeling: Feeling | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        return all(getattr(self, each.name) is None for each in fields(self))


@dataclass(frozen=True, slots=True)
class Note:
    """The person's own words on an employer, and when they last wrote them (aware UTC)."""

    text: str
    written: datetime


def note(text: str, at: datetime) -> Note:
    """A note as it is kept: bounded and clean, with its lines."""
    return Note(plain(text, LONGEST_NOTE, lines=True), at)


def joined(one: Note | None, other: Note | None) -> Note | None:
    """Two notes made one, when two employers become one."""
    if one is None or other is None:
        return one or other
    return note(f"{one.text}\n\n{other.text}", max(one.written, other.written))
