"""The texts of the polite message, one file a language."""

import tomllib
from functools import cache
from importlib.resources import files

from showup.core.letter import Letters, letters_from

_FOLDER = files("showup.knowledge") / "letters"


@cache
def languages() -> tuple[str, ...]:
    """The languages there are, by their codes (ISO 639-1)."""
    return tuple(sorted(one.name.removesuffix(".toml") for one in _FOLDER.iterdir() if one.name.endswith(".toml")))


@cache
def letters(language: str) -> Letters:
    """The texts in one of the `languages`.

    Raises:
        Problem: a file that comes with the program is damaged.
    """
    return letters_from(tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8")))
