"""How words are written: what tells names from times, scripts from each other, and what is in brackets."""

import re

from showup.core.recognition.lexicon import Text, unspaced

_TIME = re.compile(
    r"\d+(?:h|hs|hrs?|u|am|pm|m|mins?|st|nd|rd|th|e|er|eme|º|ª|o|a|da|ste|de|x|y|k|v)?\d*|[rqwv]\d|kw\d+"
)
TYING = ("-", "&", "'", "’", "+")
"""What ties a single letter to the word after it."""


def in_address(within: Text, at: int) -> bool:
    """Whether word `at` follows a dot and nothing else: "com" of "Monday.com"."""
    return within.raw[within.spans[at - 1][1] : within.spans[at][0]] == "."


def in_brackets(raw: str, start: int) -> bool:
    """Whether what begins here stands in brackets."""
    opening = max(raw.rfind("(", 0, start), raw.rfind("（", 0, start), raw.rfind("[", 0, start))
    return opening >= 0 and opening > max(raw.rfind(")", 0, start), raw.rfind("）", 0, start), raw.rfind("]", 0, start))


def script(char: str) -> str:
    """Which script a character is of, as far as names change where it does."""
    if "\u3040" <= char <= "\u309f":
        return "hiragana"
    if "\u30a0" <= char <= "\u30ff":
        return "katakana"
    return "hangul" if "\uac00" <= char <= "\ud7af" else "other"


def means_nothing(within: Text, at: int) -> bool:
    """A number, a time, or a letter that stands alone."""
    word = within.words[at]
    if not word.isalpha() and (word.isdigit() or _TIME.fullmatch(word)):
        return True
    if len(word) > 1 or unspaced(word):
        return False
    start, end = within.spans[at]
    return within.raw[end : end + 1] not in TYING and within.raw[max(0, start - 1) : start] not in (*TYING, ".")
