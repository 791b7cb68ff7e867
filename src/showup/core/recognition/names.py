"""Names in a line of text: what is left when everything that has another meaning is taken away.

"Phone screen w/ Delivery Hero (Sam D.)" leaves "Delivery Hero": the rest are phrases that are known, the owner's
name, times and numbers. So a name needs no list of names, in whatever language the rest is written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from showup.core.recognition.lexicon import Hit, Text, unspaced

_TIME = re.compile(
    r"\d+(?:h|hs|hrs?|u|am|pm|m|mins?|st|nd|rd|th|e|er|eme|º|ª|o|a|da|ste|de|x|y|k|v)?\d*|[rqwv]\d|kw\d+"
)
_GLUE = re.compile(r"[-.&'’+·]|\s{1,2}|\s&\s|\.\s(?=com|io|ai)|")
_CONNECTORS = frozenset(["word.filler", "word.for", "word.and"])
LONGEST = 6
"""Words of a name."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words without another meaning: perhaps a name.

    `before` and `after` are the kinds of the words next to it.
    """

    name: str
    words: tuple[str, ...]
    before: frozenset[str]
    after: frozenset[str]
    gap: str
    """What stands between the run and the word before it."""
    aside: bool
    """It stands in brackets."""

    @property
    def capital(self) -> bool:
        """Written like a name, or in a script that has no capitals."""
        return not self.name[:1].islower() or any(char.isupper() for char in self.name)


def runs(within: Text, hits: Iterable[Hit], known: frozenset[str]) -> Iterator[Run]:
    """The possible names in a text, in order. `known` are words that name somebody already: the owner, the others."""
    kinds: list[set[str]] = [set() for _ in within.words]
    for hit in hits:
        for at in range(hit.first, hit.end):
            kinds[at].add(hit.kind)
    free = [
        not kinds[at] and not _means_nothing(within, at) and word not in known for at, word in enumerate(within.words)
    ]
    first = 0
    while first < len(free):
        end = _run_end(within, first, free, kinds)
        if end > first:
            yield _run(within, first, end, kinds)
        first = max(end, first + 1)


def _run_end(within: Text, first: int, free: list[bool], kinds: list[set[str]]) -> int:
    if not free[first]:
        return first
    end = first + 1
    while end < len(free) and (unspaced(within.words[end]) or end - first < LONGEST):
        if not _joined(within, end):
            return end
        if free[end]:
            end += 1
        elif _connects(within, end, free, kinds):
            end += 2
        else:
            return end
    return end


def _connects(within: Text, at: int, free: list[bool], kinds: list[set[str]]) -> bool:
    """Whether a little word stands inside a name: "Bank of America", "Transport for London"."""
    return (
        at + 1 < len(free)
        and free[at + 1]
        and bool(kinds[at] & _CONNECTORS)
        and _joined(within, at + 1)
        and _upper(within, at - 1)
        and _upper(within, at + 1)
        and not _upper(within, at)
    )


def _upper(within: Text, at: int) -> bool:
    return within.raw[within.spans[at][0]].isupper()


def _joined(within: Text, at: int) -> bool:
    gap = within.raw[within.spans[at - 1][1] : within.spans[at][0]]
    return bool(_GLUE.fullmatch(gap))


def _run(within: Text, first: int, end: int, kinds: list[set[str]]) -> Run:
    start = within.spans[first][0]
    before = within.raw[within.spans[first - 1][1] if first else 0 : start]
    opening, closing = within.raw.rfind("(", 0, start), within.raw.rfind(")", 0, start)
    wide = max(within.raw.rfind("（", 0, start), within.raw.rfind("[", 0, start), opening)
    return Run(
        name=within.between(first, end),
        words=within.words[first:end],
        before=frozenset(kinds[first - 1]) if first else frozenset(),
        after=frozenset(kinds[end]) if end < len(kinds) and _joined(within, end) else frozenset(),
        gap=before,
        aside=wide > max(closing, within.raw.rfind("）", 0, start), within.raw.rfind("]", 0, start)),
    )


def _means_nothing(within: Text, at: int) -> bool:
    """A number, a time, or a letter that stands alone."""
    word, (start, end) = within.words[at], within.spans[at]
    if word.isdigit() or _TIME.fullmatch(word):
        return True
    if len(word) > 1 or unspaced(word):
        return False
    return within.raw[end : end + 1] not in tuple("-&'’+") and within.raw[max(0, start - 1) : start] not in tuple(
        "-&'’+."
    )
