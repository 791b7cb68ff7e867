"""What is wrong with settings, gathered, and said in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from showup.core.problem import Problem
from showup.core.text import plain

Place = tuple[str | int, ...]
"""The way to a value: keys, and the number (from 0) of a table in a list of tables."""
_SHOWN = 60
_TOLD = 50
_BITS = 128
"""Python refuses to write numbers of thousands of digits."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where it is, and what to do about it."""

    place: Place
    what: str
    remedy: str


class SettingsProblem(Problem):
    """Everything that is wrong with the settings."""

    def __init__(self, faults: Sequence[Fault], file: str = "", lines: Mapping[Place, int] | None = None) -> None:
        """`file` is how the file is called, `lines` tells where in it things stand."""
        ordered = sorted(faults, key=lambda fault: _line(fault.place, lines or {}))
        rows = [f"{_where(fault.place, lines)}{fault.what} {fault.remedy}".rstrip() for fault in ordered[:_TOLD]]
        more = [f"and {len(ordered) - _TOLD:,} more."] if len(ordered) > _TOLD else []
        name = f"The settings in {file}" if file else "The settings"
        if len(rows) == 1:
            super().__init__(f"{name} cannot be used: {rows[0]}")
        else:
            super().__init__(
                "\n  ".join([f"{name} cannot be used; {len(ordered):,} things need mending:", *rows, *more])
            )
        self.faults = tuple(ordered)


def called(place: Place) -> str:
    """A value's name for people: its keys with dots, tables of a list counted from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else plain(part, _SHOWN) or "“”" for part in place)


def shown(value: object) -> str:
    """A value for people: bounded and clean."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"“{plain(value, _SHOWN)}”" if value else "empty"
        case dict():
            return "a table"
        case list():
            return "a list"
        case int() if value.bit_length() > _BITS:
            return "a number of many digits"
        case _:
            return plain(str(value), _SHOWN)


def _line(place: Place, lines: Mapping[Place, int]) -> int:
    """The line of a value, or of the nearest thing around it that has one; 0 where nothing has."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 0)


def _where(place: Place, lines: Mapping[Place, int] | None) -> str:
    number = _line(place, lines or {})
    return f"line {number}: " if number else ""
