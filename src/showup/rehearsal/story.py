"""A story file, read: what happens around a person's interviews, minute by minute."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from showup.core.problem import Problem
from showup.formats import toml

_LARGEST = 4_000_000
_STEPS = 100_000
_MOST = 10**9
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""A story's times; the calendar around them is looked at for months."""
KINDS = ("calendar", "you", "they", "noise", "phone", "mute", "detector", "answer", "machine", "desktop")
"""The kinds of steps; a step has one of these keys."""
_TYPES: Mapping[str, tuple[type, str]] = {
    "title": (str, "a text in quotes"),
    "config": (dict, "a table"),
    "owner": (list, 'a list of texts, such as ["sam@example.org"]'),
    "event": (dict, "a table"),
    "id": (str, "a text in quotes"),
    "note": (str, "a text in quotes"),
    "by": (str, 'a text such as "PT1H"'),
    "state": (str, "a text in quotes"),
    "minutes": (int, "a whole number"),
    "start": (datetime, "a time"),
}
"""What these keys hold wherever they stand but in an expectation, and how that is called."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens at `at` (aware UTC, true time): `kind` and `what`, with the rest of the table."""

    at: datetime
    kind: str
    what: str
    rest: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """A whole story; times are aware UTC, `zone_of` is the story's own way of writing times, for showing them."""

    title: str
    owner: tuple[str, ...]
    start: datetime
    end: datetime
    config: Mapping[str, Any]
    steps: tuple[Step, ...]
    expects: tuple[Mapping[str, Any], ...]
    shown_in: datetime


def parse(text: str) -> Story:
    """Read a story.

    Raises:
        Problem: it is no TOML, or a part of it is not what a story has.
    """
    if len(text) > _LARGEST:
        raise Problem("The story is larger than 4 MB.", "Split it in several.")
    return read(toml.table(text, "The story is"))


def read(table: Mapping[str, Any]) -> Story:
    """The same from a table that is read already."""
    start, end = _moment(table, "start", "the story"), _moment(table, "end", "the story")
    if end < start:
        raise Problem("The story ends before it starts.", "Swap `start` and `end`.")
    _check(table, "the story")
    steps = tuple(_step(number, step) for number, step in enumerate(_tables(table, "step"), 1))
    return Story(
        title=str(table.get("title", "")),
        owner=tuple(str(address) for address in table.get("owner", ())),
        start=start.astimezone(UTC),
        end=end.astimezone(UTC),
        config=table.get("config", {}),
        steps=tuple(sorted(steps, key=lambda step: step.at)),
        expects=_tables(table, "expect"),
        shown_in=start,
    )


def _tables(table: Mapping[str, Any], name: str) -> tuple[Mapping[str, Any], ...]:
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found) or len(found) > _STEPS:
        raise Problem(f"“{name}” must be a list of tables.", f"Write [[{name}]] before each.")
    return tuple(found)


def _step(number: int, table: Mapping[str, Any]) -> Step:
    kinds = [kind for kind in KINDS if kind in table]
    if len(kinds) != 1:
        raise Problem(f"Step {number} must have one of: {', '.join(KINDS)}.", "See the description of story files.")
    _check(table, f"step {number}")
    at = _moment(table, "at", f"step {number}")
    rest = {key: value for key, value in table.items() if key not in {"at", kinds[0]}}
    return Step(at.astimezone(UTC), kinds[0], str(table[kinds[0]]), rest)


def _check(table: Mapping[str, Any], where: str) -> None:
    for key, value in table.items():
        wanted, called = _TYPES.get(key, (object, ""))
        if not isinstance(value, wanted) or (wanted is int and _odd(value)):
            raise Problem(f"“{key}” of {where} is not what it must be.", f"Write {called}.")


def _odd(value: Any) -> bool:  # noqa: ANN401 - a number of some kind
    """No number, or one without end."""
    return isinstance(value, bool) or abs(value) > _MOST


def _moment(table: Mapping[str, Any], name: str, where: str) -> datetime:
    value = table.get(name)
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise Problem(
            f"“{name}” of {where} must be a time with its offset.", "Write it like 2026-03-02T09:00:00-05:00."
        )
    if not _FIRST <= value < _LAST:
        raise Problem(f"“{name}” of {where} is too long ago or too far ahead.", "Stories happen from 1970 to 2199.")
    return value
