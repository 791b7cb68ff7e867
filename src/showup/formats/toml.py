"""TOML that somebody else may have written: what would take long or swell is refused before the parser sees it."""

import re
import tomllib
from typing import Any

from showup.core.problem import Problem

_TABLES = 200_000
"""Tables, lists and parts of dotted keys: the parser takes up to a kilobyte for each."""
_DEPTH = 32
"""Parts of one key: the parser's time and memory grow with the square of them."""
_QUOTED = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*+(?:""")?'
    r"|'''(?:[^']|'(?!''))*+(?:''')?"
    r'|"(?:[^"\\\n]|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+",
    re.DOTALL,
)
"""Texts and comments. What is not closed goes on to where the parser gives up."""
_LONG_KEY = re.compile(rf'(?<![\w"-])(?:[\w"-]++[ \t]*+\.[ \t]*+){{{_DEPTH}}}')


def table(text: str, what: str) -> dict[str, Any]:
    """The table that `text` is; `what` begins the sentence where it is none: "The story is".

    Raises:
        Problem: it is no TOML, or more than a person would write.
    """
    bare = _QUOTED.sub('""', text)
    if sum(map(bare.count, "[{.")) > _TABLES:
        raise Problem(
            f"{what} too large: there are more than {_TABLES:,} tables and lists.", "Split it, or take some out."
        )
    if _LONG_KEY.search(bare):
        raise Problem(f"{what} too deep: a key has more than {_DEPTH} parts.", "Write fewer dots.")
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Problem(f"{what} no TOML: {error}.", "Mend that line.") from error
    except ValueError as error:  # Python's own bound: thousands of digits
        raise Problem(f"{what} not to be read: a number has thousands of digits.", "Write a smaller one.") from error
