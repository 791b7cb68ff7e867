"""What a participant list says: who was there from when to when, without any name."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from showup.core.evidence import Sign
from showup.core.spans import Span, merged

_EVER = datetime.max.replace(tzinfo=UTC)
_NAME = 200
_CODE = re.compile(r"https://meet\.google\.com/([a-z]{1,40}-[a-z]{1,40}-[a-z]{1,40})(?:[/?#]|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting as its list tells it: the stretches in which you were there, and in which anybody else was."""

    you: tuple[Span, ...]
    they: tuple[Span, ...]


def code_of(link: str) -> str:
    """The meeting's code in a link to join; empty where it is none of Google Meet's, or has none."""
    found = _CODE.match(link)
    return found[1].lower() if found else ""


def moment(value: object) -> datetime | None:
    """A moment of the API; None where there is none.

    Raises:
        ValueError: it is something else.
    """
    if value is None:
        return None
    found = datetime.fromisoformat(str(value))
    if found.tzinfo is None:
        raise ValueError("no moment")
    return found.astimezone(UTC)


def stay(start: object, end: object, until: datetime | None) -> Span:
    """From joining to leaving; who has not left is there until the meeting's end, or for ever.

    Raises:
        ValueError: it does not begin, or not with a moment.
    """
    began, ended = moment(start), moment(end)
    if began is None:
        raise ValueError("no beginning")
    return Span(began, max(began + datetime.resolution, ended or until or _EVER))


def is_you(participant: Mapping[str, object], number: str) -> bool:
    """Whether this is the account of this number; Meet names it as the People API does."""
    signed_in = participant.get("signedinUser")
    return isinstance(signed_in, Mapping) and signed_in.get("user") == f"users/{number}"


def is_nobody(participant: Mapping[str, object], note_takers: Sequence[str]) -> bool:
    """Whether this is a program that writes along. Someone who dials in is a person, whatever is shown of them."""
    kinds = (participant.get(kind) for kind in ("signedinUser", "anonymousUser"))
    names = [str(kind.get("displayName", ""))[:_NAME] for kind in kinds if isinstance(kind, Mapping)]
    return any(_writes_along(name, note_takers) for name in names)


def signs(held: Iterable[Held]) -> tuple[tuple[datetime, Sign], ...]:
    """The comings and goings of one or more meetings, in order."""
    meetings = tuple(held)
    you = merged(span for one in meetings for span in one.you)
    they = merged(span for one in meetings for span in one.they)
    told = [*_moves(you, Sign.YOU_IN, Sign.YOU_OUT), *_moves(they, Sign.THEY_IN, Sign.THEY_OUT)]
    return tuple(sorted(told))


def inside(held: Iterable[Held]) -> bool:
    """Whether you are there now."""
    return any(span.end == _EVER for one in held for span in one.you)


def _moves(spans: Iterable[Span], coming: Sign, going: Sign) -> Iterable[tuple[datetime, Sign]]:
    for span in spans:
        yield span.start, coming
        if span.end != _EVER:
            yield span.end, going


def _writes_along(name: str, note_takers: Sequence[str]) -> bool:
    whole, within = _known()
    words = f" {' '.join(name.casefold().split())} "
    known = {*whole, *(" ".join(one.casefold().split()) for one in note_takers)}
    return words.strip() in known or any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", words) for one in within)


@cache
def _known() -> tuple[frozenset[str], tuple[str, ...]]:
    told = tomllib.loads(files("showup.detectors").joinpath("meet_bots.toml").read_text("utf-8"))
    return frozenset(told["whole"]), tuple(told["within"])
