"""Appointments in a row, one mark each: told apart by shape as well as by colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from showup.core import phrases
from showup.core.paging import Mark

_STEP = 20


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark at `x`: its `shape` is named by the outcome; `text` says in words what it stands for."""

    x: int
    shape: str
    presumed: bool
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """All of an employer's marks, with one text for who cannot see them."""

    dots: tuple[Dot, ...]
    width: int
    text: str


def row(marks: Sequence[Mark], zone: tzinfo | None, *, more: int) -> Row:
    """The marks from left to right, the oldest first; `more` older ones are not among them."""
    dots = tuple(_dot(place, mark, zone) for place, mark in enumerate(marks))
    older = f"The latest {len(marks)} of {len(marks) + more} appointments" if more > 0 else "Appointments"
    return Row(dots, max(_STEP, _STEP * len(dots)), f"{older}, oldest first: {'; '.join(dot.text for dot in dots)}")


def _dot(place: int, mark: Mark, zone: tzinfo | None) -> Dot:
    words = phrases.outcome(
        {
            "outcome": mark.outcome.value,
            "minutes_late": mark.minutes_late,
            "notice_minutes": mark.notice_minutes,
            "certainty": mark.certainty.value if mark.certainty else None,
        }
    )
    presumed = mark.certainty == "presumed"
    return Dot(_STEP // 2 + _STEP * place, mark.outcome.value, presumed, f"{_day(mark.start, zone)} {words}")


def _day(moment: datetime, zone: tzinfo | None) -> str:
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b}"
