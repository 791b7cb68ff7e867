"""The person's own texts of the polite message, in a file beside the settings."""

import tomllib
from pathlib import Path

from showup.config.file import text_of
from showup.core.letter import Letters, letters_from
from showup.core.problem import Problem

NAME = "letter.toml"


def with_own(base: Letters, folder: Path) -> Letters:
    """The texts with those of the file in their place; without a file as they are.

    Raises:
        Problem: the file cannot be read, or holds something else.
    """
    file = folder / NAME
    try:
        return letters_from(tomllib.loads(text_of(file)), base)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Problem(f"The letter in {file} is no TOML: {error}.", "Mend that line.") from error
    except Problem as problem:
        if str(file) in problem.sentence:
            raise
        raise Problem(f"In {file}: {problem.sentence}", problem.remedy) from problem
