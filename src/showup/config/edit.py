"""Change the calendars in the file of settings. All the rest stays as the person wrote it, comments and order too.

What else can be set is changed in `showup.config.change`.
"""

import tomllib
from collections.abc import Mapping, Sequence

from showup import private
from showup.config.faults import Place
from showup.config.file import parse, text_of
from showup.config.lines import lines_of
from showup.config.options import settings_from
from showup.config.settings import Paths, Settings
from showup.core.problem import Problem
from showup.core.text import plain

Value = str | Sequence[str]
Values = Mapping[str, Value]
"""What stands in a calendar's table, as in the file: `{"name": "work", "type": "ics", "path": "~/a.ics"}`."""


def add_calendars(paths: Paths, added: Sequence[Values]) -> Settings:
    """Write calendars below all that is there, and return what the settings are now. Without a file one is made.

    Raises:
        Problem: the file cannot be used as it is, or not with these; then nothing is changed.
    """
    import tomlkit  # noqa: PLC0415 - no other command needs it

    text = text_of(paths.config)
    parse(text, paths)
    tables: list[dict[str, object]] = [
        {key: value if isinstance(value, str) else list(value) for key, value in one.items()} for one in added
    ]
    blocks = [tomlkit.dumps({"calendars": [table]}) for table in tables]
    before = f"{text.rstrip()}\n\n" if text.strip() else text
    return save(paths, before + "\n".join(blocks), _with(text, [*_tables(text), *tables]))


def remove_calendar(paths: Paths, name: str) -> Settings:
    """Take a calendar out, and return what the settings are now. Comments above it stay.

    Raises:
        Problem: there is none of that name, or the file cannot be used; then nothing is changed.
    """
    text = text_of(paths.config)
    names = [calendar.name for calendar in parse(text, paths).calendars]
    if name not in names:
        raise no_calendar(name, names)
    at = names.index(name)
    kept = _tables(text)
    del kept[at]
    return save(paths, _without(text, ("calendars", at)), _with(text, kept))


def no_calendar(name: str, names: Sequence[str]) -> Problem:
    """Say that there is no calendar of that name."""
    known = "The settings have " + ", ".join(f"“{one}”" for one in names) + "." if names else "There is none at all."
    return Problem(f"There is no calendar “{plain(name, 60)}”.", known)


def _tables(text: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = tomllib.loads(text).get("calendars", [])
    return found


def _without(text: str, place: Place) -> str:
    """The text without a table: from its header to its last line that is no comment."""
    begins = lines_of(text)
    first = begins.get(place, 0)  # not found in a monstrous file: what comes out is refused by `save`
    depth = len(place)
    others = [line for other, line in begins.items() if line > first and other[:depth] != place]
    rows = text.split("\n")
    end = min(others, default=len(rows) + 1) - 1
    while end > first and rows[end - 1].lstrip()[:1] in ("", "#"):
        end -= 1
    above, below = rows[: first - 1], rows[end:]
    if above and below and not above[-1].strip() and not below[0].strip():
        del below[0]
    return "\n".join([*above, *below])


def _with(text: str, tables: list[dict[str, object]]) -> dict[str, object]:
    """All that the file says, with these calendars."""
    others = {key: value for key, value in tomllib.loads(text).items() if key != "calendars"}
    return others | {"calendars": tables} if tables else others


def save(paths: Paths, text: str, expected: Mapping[str, object]) -> Settings:
    """Write it, if it says what it shall: TOML can be written in ways of which these edits know nothing.

    Raises:
        Problem: it does not, it is not right, or it cannot be written; then nothing is changed.
    """
    settings = settings_from(expected, paths)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        found = {}
    if found != expected:
        raise Problem(
            f"The settings in {paths.config} are written in a way that cannot be changed safely.",
            "Write each calendar below a line [[calendars]] of its own, or change the file by hand.",
        )
    private.write(paths.config, text)
    return settings
