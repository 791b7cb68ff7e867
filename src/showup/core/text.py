"""Hostile text made fit to be shown: no terminal controls, nothing unseen, never longer than there is room for."""

import re
from collections.abc import Iterable, Iterator
from unicodedata import category

_ELLIPSIS = "…"
_ROOM = 4
"""How many characters are looked at for one that is shown: enough for plain text with some dirt in it."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Controls; format characters (bidi overrides and isolates, zero-width, tags: Unicode TR36); lone surrogates."""
_IGNORED = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0e\uffa0\U000e0100-\U000e01ef]")
"""Letters and marks that nobody sees (Default_Ignorable_Code_Point, UAX #44), but for the one that makes emoji."""
_PERHAPS_MARKED = re.compile("[^\0-\u02ff\u2000-\u20cf]")
"""Where marks may be, and letters that nobody sees: not among Latin letters, punctuation and signs of currencies.

Said by what it is not: a set of a million characters takes four milliseconds to be made, at every start.
"""
_MARKS = 4
"""So many marks stand on one letter at most (UTS #39, section 5.4): a hundred would cover the lines around."""
_ESCAPE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"  # CSI, ECMA-48 section 5.4
    "|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x80-\x9f]{0,2000}(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS, SOS, PM, APC
    "|\x1b[ -/]{0,8}[0-Z\\\\^-~]"  # the two- and three-character sequences
)


def plain(text: str, limit: int, *, lines: bool = False) -> str:
    """At most `limit` (1 or more) characters of `text`, cut with "…", safe for any screen but for its own markup.

    Escape sequences, controls, bidi overrides, zero-width characters and lone surrogates are dropped. White space is
    made single spaces; with `lines`, line breaks are kept, but no two empty lines in a row.
    """
    if len(text) <= limit and _harmless(text):
        return " ".join(text.split())
    head = text[: limit * _ROOM + 1000]
    clean = _ESCAPE.sub("", head)
    rows = [_row(row) for row in clean.splitlines()] if lines else [_row(clean)]
    shown = re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()
    if len(shown) > limit or len(head) < len(text):
        return shown[: limit - 1].rstrip() + _ELLIPSIS
    return shown


def _harmless(text: str) -> bool:
    """Whether it is of one line and shows every character: nearly all text is, and need not be looked at one by one."""
    return text.isprintable() and (text.isascii() or not _PERHAPS_MARKED.search(text))


def _row(text: str) -> str:
    if _harmless(text):
        return " ".join(text.split())
    seen = (char for char in _IGNORED.sub("", text) if char.isspace() or category(char) not in _UNSEEN)
    return " ".join("".join(_few_marks(seen)).split())


def _few_marks(chars: Iterable[str]) -> Iterator[str]:
    marks = 0
    for char in chars:
        marks = marks + 1 if category(char) in {"Mn", "Me"} else 0
        if marks <= _MARKS:
            yield char
