"""Content lines (RFC 5545, section 3.1): name, parameters, value. Broken lines are passed over; the rest is used."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

_PARAMETERS_LIMIT = 10_000
_VALUE_LIMIT = 100_000
_FOLD = re.compile(rb"\n\n?[ \t]")  # some files have an empty line after each
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_CARET = re.compile(r"\^([n^'])")
_NONE: Mapping[str, str] = MappingProxyType({})


class Line(NamedTuple):
    """One property: its name in capitals, its parameters by their names in capitals, its value as it stands."""

    name: str
    params: Mapping[str, str]
    value: str


def lines(text: bytes, names: AbstractSet[str]) -> Iterator[Line]:
    """Yield the properties called `names` of a component, leaving out those of components inside it.

    The text is a block's: its lines end by LF. Bad UTF-8 is replaced. Values are cut at 100,000 characters.
    """
    for name, raw in _own(text, names):
        line = _line(name.decode(), raw.decode("utf-8", "replace"))
        if line:
            yield line


def only(text: bytes, names: AbstractSet[str]) -> bytes:
    """Return a component's text with nothing but what `lines` would read of it."""
    return b"".join(b"\n" + raw for _, raw in _own(text, names))


def _own(text: bytes, names: AbstractSet[str]) -> Iterator[tuple[bytes, bytes]]:
    inside = 0
    wanted = _encoded(frozenset(names))
    for raw in unfolded(text).split(b"\n"):
        name = raw.partition(b":")[0].partition(b";")[0].rstrip(b" \t").upper()
        if name == b"BEGIN":
            inside += 1
        elif name == b"END":
            inside = max(inside - 1, 0)
        elif name in wanted and inside == 0:
            yield name, raw[:_VALUE_LIMIT]


def unfolded(text: bytes) -> bytes:
    """Take out the folds (RFC 5545, section 3.1): a letter may have been cut in its middle, so this is for bytes."""
    return _FOLD.sub(b"", text)


def unescape(value: str) -> str:
    r"""Undo the escapes of a TEXT (RFC 5545, section 3.3.11): `\n`, `\,`, `\;`, `\\`."""
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


@cache
def _encoded(names: frozenset[str]) -> frozenset[bytes]:
    return frozenset(name.encode() for name in names)


def _line(name: str, text: str) -> Line | None:
    colon, start = text.find(":"), text.find(";")
    if start < 0 or 0 <= colon < start:
        return Line(name, _NONE, text[colon + 1 :]) if colon >= 0 else None
    colon = _colon(text, start)
    if colon < 0:
        return None
    return Line(name, _params(text[start + 1 : colon]), text[colon + 1 :])


def _colon(text: str, start: int) -> int:
    """Where the value begins: the first colon outside quotes, else the first colon at all."""
    first = at = text.find(":", start)
    quotes, seen = 0, start
    while at >= 0:
        quotes += text.count('"', seen, at)
        if quotes % 2 == 0:
            return at
        seen, at = at, text.find(":", at + 1)
    return first


def _params(text: str) -> Mapping[str, str]:
    params: dict[str, str] = {}
    part = ""
    for piece in text[:_PARAMETERS_LIMIT].split(";"):
        part = f"{part};{piece}" if part else piece
        if part.count('"') % 2:  # a semicolon inside quotes
            continue
        key, _, value = part.partition("=")
        value = value.strip().strip('"')
        params.setdefault(key.strip().upper(), _CARET.sub(_uncaret, value) if "^" in value else value)
        part = ""
    return params


def _uncaret(found: re.Match[str]) -> str:
    """RFC 6868: how a quote or a newline is written in a parameter."""
    return {"n": "\n", "^": "^", "'": '"'}[found[1]]
