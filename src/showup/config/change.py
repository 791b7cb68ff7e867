"""Set single options in the file of settings. All the rest stays as the person wrote it, comments and order too."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from copy import deepcopy

from showup.config.edit import save
from showup.config.file import parse, text_of
from showup.config.lines import lines_of
from showup.config.settings import Paths, Settings

Option = bool | int | Sequence[str]
Place = tuple[str, ...]


def change(paths: Paths, wanted: Mapping[Place, Option]) -> Settings:
    """Set options, such as {("checkpoints", "late_after_minutes"): 7}, and return what the settings are now.

    What is not in the file yet stands below its commented example, if there is one. Without a file one is made.

    Raises:
        Problem: the file cannot be used as it is, or not with these; then nothing is changed.
    """
    text = text_of(paths.config)
    parse(text, paths)
    expected = tomllib.loads(text)
    for place, option in wanted.items():
        value = list(option) if isinstance(option, Sequence) else option
        text, expected = _set(text, expected, place, value)
    return save(paths, text, expected)


def _set(
    text: str, table: dict[str, object], place: Place, value: bool | int | list[str]
) -> tuple[str, dict[str, object]]:
    """One option set, in the text and in what the text says."""
    import tomlkit  # noqa: PLC0415 - as in `edit`

    said = deepcopy(table)
    inner = said
    for name in place[:-1]:
        inner = inner.setdefault(name, {})  # type: ignore[assignment] # the settings were read: it is a table
    there = place[-1] in inner
    inner[place[-1]] = value
    if there:
        document = tomlkit.parse(text)
        at: object = document
        for name in place[:-1]:
            at = at[name]  # type: ignore[index] # a table, as above
        at[place[-1]] = value  # type: ignore[index] # a table, as above
        return tomlkit.dumps(document), said
    return _insert(text, place, tomlkit.dumps({place[-1]: value})), said


def _insert(text: str, place: Place, line: str) -> str:
    """Put a new key into its table, which is made at the end where there is none."""
    begins, rows = lines_of(text), text.splitlines(keepends=True)
    header, headers = place[:-1], sorted({number for number in begins.values() if _opens(rows[number - 1])})
    if header and begins.get(header) not in headers:
        before = f"{text.rstrip()}\n\n" if text.strip() else ""
        return f"{before}[{'.'.join(header)}]\n{line}"
    first = begins[header] if header else 0
    last = min((number - 1 for number in headers if number > first), default=len(rows))
    if rows and not rows[-1].endswith("\n"):
        rows[-1] += "\n"
    example = re.compile(rf"#\s*{re.escape(place[-1])}\s*=")
    at = next((number for number in range(first, last) if example.match(rows[number])), None)
    place_of_line = first if at is None else at + 1
    apart = "\n" if not header and "".join(rows[place_of_line : place_of_line + 1]).startswith("[") else ""
    rows.insert(place_of_line, line + apart)
    return "".join(rows)


def _opens(row: str) -> bool:
    return row.lstrip().startswith("[")
