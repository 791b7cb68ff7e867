"""The events of a file, one after the other: an iCalendar file, or a .jsonl of Google event resources."""

import json
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from showup.clock import machine_zone
from showup.core.event import Event
from showup.core.problem import Problem

_CHUNK = 1 << 20
_LINE = 4_000_000
"""Bytes; Google's own event resources are far smaller."""


@dataclass(frozen=True, slots=True)
class Found:
    """An event, by what it is called in its file, and whose calendar it is in."""

    id: str | int
    event: Event
    owner: tuple[str, ...]


def read(file: Path, owner: tuple[str, ...]) -> Iterator[Found | Problem]:
    """Each event, or in its place why it cannot be used. The file is read as it goes, so it may be large.

    Raises:
        Problem: the file cannot be read, or is no calendar.
    """
    _check(file)
    try:
        yield from _google(file, owner) if file.suffix.lower() in {".jsonl", ".ndjson"} else _ics(file, owner)
    except OSError as error:
        raise Problem(f"It cannot be read: {error.strerror}.", "Check who may read it.") from error


def _check(file: Path) -> None:
    """Only a file is read: a pipe or a device could keep us waiting for ever."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise Problem("It is no file.", "Name an .ics or a .jsonl file.")
    except OSError as error:
        raise Problem(f"It cannot be read: {error.strerror}.", "Check its name.") from error


def _ics(file: Path, owner: tuple[str, ...]) -> Iterator[Found | Problem]:
    from showup.formats.ics import vevents

    def chunks() -> Iterable[bytes]:
        with file.open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                yield chunk

    for event in vevents(chunks, machine_zone()):
        yield event if isinstance(event, Problem) else Found(event.key.uid, event, owner)


def _google(file: Path, owner: tuple[str, ...]) -> Iterator[Found | Problem]:
    objects = 0
    with file.open("rb") as opened:
        number = 0
        while line := opened.readline(_LINE + 1):
            number += 1
            if not line.strip():
                continue
            value = _object(line) if len(line) <= _LINE else None
            if value is None:
                yield Problem(f"Line {number} is no JSON object, and is left out.")
                if len(line) > _LINE:
                    break
                continue
            objects += 1
            yield _one(value, owner, number)
    if not objects:
        raise Problem("It holds no events.", "Each line must be an event resource of the Google Calendar API, in JSON.")


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _one(value: Mapping[str, Any], owner: tuple[str, ...], number: int) -> Found | Problem:
    from showup.formats import google

    inside = value.get("event")
    wrapped = isinstance(inside, Mapping)
    mine = value.get("owner") if wrapped else None
    addresses = [one.strip().lower() for one in mine if isinstance(one, str)] if isinstance(mine, list) else []
    owner = tuple(dict.fromkeys([*owner, *addresses]))
    try:
        event = google.event(inside if isinstance(inside, Mapping) else value, frozenset(owner))
    except Problem as problem:
        return Problem(f"Line {number}: {problem.sentence}")
    name = value.get("id")
    return Found(name if isinstance(name, str | int) and wrapped else event.key.uid, event, owner)
