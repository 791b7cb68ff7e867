"""One table of the settings being read: values are taken out of it, and what is wrong is noted."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from showup.config.faults import Fault, Place, called, shown

_MOST = 1e9
"""No figure of a score is larger, and floating point has an end."""


@dataclass(slots=True)
class Table:
    """A table at its place. Where a value is wrong the default is given, so that reading can go on."""

    values: Mapping[str, Any]
    faults: list[Fault]
    place: Place = ()
    asked: list[str] = field(default_factory=list)

    def fault(self, key: str, what: str, remedy: str) -> None:
        """Note that something is wrong with a value; `what` follows its name."""
        place = (*self.place, key) if key else self.place
        self.faults.append(Fault(place, f"{called(place)} {what}", remedy))

    def take(self, key: str) -> Any:  # noqa: ANN401 - a value of the file, looked at by the caller
        """A value as it stands, None where there is none."""
        self.asked.append(key)
        return self.values.get(key)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.take(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.fault(key, f"is {shown(value)}.", "Write true or false.")
        return default

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        value = self.take(key)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.fault(key, f"is {shown(value)}.", f"Give a whole number from {least} to {most}, such as {default}.")
        return default

    def number(self, key: str, default: float, below: float = math.inf) -> float:
        """A number above 0, and below another."""
        value = self.take(key)
        if value is None:
            return default
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < min(below, _MOST):
            return float(value)
        bounds = "above 0" if below == math.inf else f"between 0 and {below:g}"
        self.fault(key, f"is {shown(value)}.", f"Give a number {bounds}, such as {default:g}.")
        return default

    def text(self, key: str, *, secret: bool = False) -> str:
        """A text, without the space around it; empty where there is none. A secret is not repeated."""
        value = self.take(key)
        if value is None:
            return ""
        if isinstance(value, str) and value.strip() and "\0" not in value:
            return value.strip()
        said = "is no text." if secret else f"is {shown(value)}."
        self.fault(key, said if value else "is empty.", "Write a text in quotes, or leave it out.")
        return ""

    def texts(self, key: str, example: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.take(key)
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        wrong = [item for item in items if not isinstance(item, str) or not item.strip()]
        if isinstance(value, list) and not wrong:
            return tuple(item.strip() for item in items)
        said = f"holds {shown(wrong[0])}." if isinstance(value, list) else f"is {shown(value)}."
        self.fault(key, said, f"Write a list of texts: {key} = [{example}].")
        return ()

    def table(self, key: str) -> "Table":
        """A table inside; empty where there is none."""
        value = self.take(key)
        if value is not None and not isinstance(value, dict):
            self.fault(key, f"is {shown(value)}.", f"Write [{key}] in a line of its own, and its settings below it.")
        return Table(value if isinstance(value, dict) else {}, self.faults, (*self.place, key))

    def tables(self, key: str) -> "list[Table]":
        """The tables of a list."""
        value = self.take(key)
        found = value if isinstance(value, list) else []
        if (value is not None and not isinstance(value, list)) or not all(isinstance(one, dict) for one in found):
            self.fault(key, "is no list of tables.", f"Write [[{key}]] before each.")
            return []
        return [Table(one, self.faults, (*self.place, key, place)) for place, one in enumerate(found)]

    def done(self) -> None:
        """Everything was asked for: what is left over is no setting."""
        for key in self.values:
            if key not in self.asked:
                near = get_close_matches(key, self.asked, 1)
                known = f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(self.asked)}."
                self.fault(key, "is no setting.", known)
