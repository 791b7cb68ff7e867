"""Facts with a time and a source. Append-only; the order in which they arrived never matters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from showup.core.appointment import Appointment, Side
from showup.core.spans import Span


class Source(StrEnum):
    """Who says so."""

    CALENDAR = "calendar"
    SOUND = "sound"
    MEET = "meet"
    PHONE = "phone"
    ANSWER = "answer"
    MACHINE = "machine"


class Presence(StrEnum):
    """Whether somebody is there."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Sign(StrEnum):
    """What a machine or the calendar tells."""

    YOU_IN = "you_in"
    """Your microphone opened in a call application; you are on the participant list."""
    YOU_OUT = "you_out"
    THEY_IN = "they_in"
    """Speech in the call application's playback; somebody else is on the participant list."""
    THEY_OUT = "they_out"
    """The speech stopped (which says nothing); nobody else is on the list any more."""
    RANG = "rang"
    MISSED = "missed"
    MOVED = "moved"
    CANCELLED = "cancelled"
    VANISHED = "vanished"
    DECLINED = "declined"
    """By you."""
    RESTORED = "restored"
    """Back as it was: earlier changes no longer hold."""
    SLEPT = "slept"
    """The machine slept until `moment`."""
    STOPPED = "stopped"
    """The program did not run until `moment`."""


class Word(StrEnum):
    """What the person answers (DESIGN.md, section 3)."""

    HERE = "here"
    WAITING = "waiting"
    ON_TIME = "on_time"
    LATE = "late"
    NO_SHOW = "no_show"
    MOVED = "moved"
    CANCELLED = "cancelled"
    EXCUSED = "excused"
    MINE = "mine"
    NOT_INTERVIEW = "not_interview"
    YES = "yes"
    TOLD_LATE = "told_late"
    UNDO = "undo"
    """Takes back what was said last. Both stay in the record; neither says anything any more."""


CHANGES = frozenset({Sign.MOVED, Sign.CANCELLED, Sign.VANISHED, Sign.DECLINED})
MOMENTS = frozenset({Word.HERE, Word.WAITING, Word.TOLD_LATE})
"""Facts about a moment; every other word settles the case."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact. `at` is when it happened, `noted` when the program learnt of it, both aware UTC.

    `minutes` is what the person said (late by, or notice given); `moment` is the new start of a moved event, or the
    end of a sleep.
    `order` tells answers of the same second apart: the higher one was said later.
    """

    at: datetime
    source: Source
    sign: Sign | Word
    noted: datetime
    minutes: int | None = None
    moment: datetime | None = None
    side: Side = Side.UNKNOWN
    detail: str = ""
    order: int = 0

    @property
    def you(self) -> Presence | None:
        """What it says of your presence."""
        return _YOU.get(self.sign)

    @property
    def they(self) -> Presence | None:
        """What it says of theirs."""
        if self.sign is Sign.THEY_OUT and self.source is Source.SOUND:
            return Presence.UNKNOWN
        return _THEY.get(self.sign)


def standing(answers: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The answers that were not taken back. They are given in the order in which they were said."""
    left: list[Evidence] = []
    for answer in answers:
        if answer.sign is not Word.UNDO:
            left.append(answer)
        elif left:
            left.pop()
    return tuple(left)


@dataclass(frozen=True, slots=True)
class Covered:
    """A stretch in which a source was really watching."""

    span: Span
    source: Source


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another appointment nearby: sound and phone cannot tell the two apart."""

    planned: Span
    give_up: datetime


class Case(NamedTuple):
    """All that a verdict may look at. `evidence` and `coverage` may come in any order."""

    appointment: Appointment
    evidence: tuple[Evidence, ...] = ()
    coverage: tuple[Covered, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()


_YOU = {
    Sign.YOU_IN: Presence.YES,
    Sign.YOU_OUT: Presence.NO,
    Word.HERE: Presence.YES,
    Word.WAITING: Presence.YES,
}
_THEY = {
    Sign.THEY_IN: Presence.YES,
    Sign.THEY_OUT: Presence.NO,
    Sign.RANG: Presence.YES,
    Sign.MISSED: Presence.UNKNOWN,
    Word.HERE: Presence.YES,
    Word.ON_TIME: Presence.YES,
    Word.LATE: Presence.YES,
    Word.WAITING: Presence.NO,
    Word.NO_SHOW: Presence.NO,
}
