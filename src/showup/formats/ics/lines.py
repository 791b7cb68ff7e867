"""Content lines (RFC 5545, section 3.1): name, parameters, value. Broken lines are passed over; the rest is used."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import NamedTuple

_PARAMETERS_LIMIT = 10_000
_VALUE_LIMIT = 100_000
_FOLD = re.compile(rb"\r?\n[ \t]")
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

    Bad UTF-8 is replaced. Values are cut at 100,000 characters.
    """
    inside = 0
    for raw in _FOLD.sub(b"", text).split(b"\n"):
        name = raw[: _name_end(raw)].strip().upper().decode("ascii", "replace")
        if name == "BEGIN":
            inside += 1
        elif name == "END":
            inside -= 1
        elif name in names and inside == 0:
            line = _line(name, raw[:_VALUE_LIMIT].decode("utf-8", "replace").rstrip("\r"))
            if line:
                yield line


def unescape(value: str) -> str:
    r"""Undo the escapes of a TEXT (RFC 5545, section 3.3.11): `\n`, `\,`, `\;`, `\\`."""
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _name_end(raw: bytes) -> int:
    head = raw[:80]
    ends = [at for at in (head.find(b":"), head.find(b";")) if at >= 0]
    return min(ends, default=0)


def _line(name: str, text: str) -> Line | None:
    start = min(at for at in (text.find(":"), text.find(";")) if at >= 0)
    if text[start] == ":":
        return Line(name, _NONE, text[start + 1 :])
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
