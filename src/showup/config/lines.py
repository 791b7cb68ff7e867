"""In which line of a TOML text its values stand, which tomllib does not tell."""

import tomllib
from collections import Counter
from typing import Any

from showup.config.faults import Place

_WORK = 10_000_000
"""Characters that are read in vain, at most: a value of thousands of lines is read as many times."""


def lines_of(text: str) -> dict[Place, int]:
    """The line (from 1) of every key and table; up to a value of thousands of lines. `text` is valid TOML.

    Every statement of TOML is a valid document of its own, so the text is cut into statements by reading line after
    line until the parser is content: what it says is then exact, for values over several lines as well.
    """
    found: dict[Place, int] = {}
    tables: Counter[Place] = Counter()
    section: Place = ()
    open_text, begun, work = "", 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        begun = begun if open_text else number
        open_text += f"{line}\n"
        try:
            statement = tomllib.loads(open_text)
        except tomllib.TOMLDecodeError:
            work += len(open_text)
            if work > _WORK:
                break
            continue
        header, open_text = open_text.lstrip().startswith("["), ""
        if header:
            section = _section(statement, tables)
            found.setdefault(section, begun)
        else:
            _note(statement, section, begun, found)
    return found


def _section(header: dict[str, Any], tables: "Counter[Place]") -> Place:
    """The place that a header opens; one in double brackets opens the next of its list."""
    place: Place = ()
    inner: Any = header
    while isinstance(inner, dict) and inner:
        key, inner = next(iter(inner.items()))
        place = (*place, key)
        if isinstance(inner, list):
            tables[place] += 1
            return (*place, tables[place] - 1)
        if tables[place]:
            place = (*place, tables[place] - 1)
    return place


def _note(value: object, place: Place, number: int, found: dict[Place, int]) -> None:
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, inner in items:
        found.setdefault((*place, key), number)
        _note(inner, (*place, key), number, found)
