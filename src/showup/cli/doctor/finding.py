"""What came of trying one part."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from showup.config import Settings


class State(StrEnum):
    """How a part is: it works, it is not there and need not be, or it is needed and does not work."""

    OK = "ok"
    ABSENT = "not there"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of trying one part: a sentence, and what to do."""

    name: str
    state: State
    text: str
    remedy: str = ""


Check = Callable[[Settings], Finding]
"""Tries a part; may raise Problem. The name of what it finds is given by whoever calls it."""


def ok(text: str) -> Finding:
    """It works."""
    return Finding("", State.OK, text)


def absent(text: str, remedy: str = "") -> Finding:
    """It is not there, and need not be."""
    return Finding("", State.ABSENT, text, remedy)


def broken(text: str, remedy: str) -> Finding:
    """It is needed, and does not work."""
    return Finding("", State.BROKEN, text, remedy)
