"""Names in a line of text: what is left when everything that has another meaning is taken away.

"Phone screen w/ Delivery Hero (Sam D.)" leaves "Delivery Hero": the rest are phrases that are known, the owner's
name, times and numbers. So a name needs no list of names, in whatever language the rest is written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from showup.core.recognition.lexicon import Hit, Text, unspaced

_TIME = re.compile(
    r"\d+(?:h|hs|hrs?|u|am|pm|m|mins?|st|nd|rd|th|e|er|eme|º|ª|o|a|da|ste|de|x|y|k|v)?\d*|[rqwv]\d|kw\d+"
)
_GLUE = re.compile(r"[-.&'’+·]|\s{1,2}|\s&\s|\.\s(?=com|io|ai)|")
_CONNECTORS = frozenset(["word.filler", "word.for", "word.and"])
_OWN_WORDS = frozenset({"say.role", "say.interview", "say.sure", "word.filler"})
"""What begins a word of its own even where no space is."""
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

    @property
    def upright(self) -> bool:
        """Every word of it is written like a name."""
        return not any(part[:1].islower() for part in self.name.split()) or any(map(str.isupper, self.name[1:]))


def runs(
    within: Text, hits: Sequence[Hit], known: frozenset[str], additions: frozenset[str] = frozenset()
) -> Iterator[Run]:
    """The possible names in a text, in order.

    `known` are words that name somebody already: the owner, the others; `additions` belong to the name before them.
    """
    kinds: list[set[str]] = [set() for _ in within.words]
    alone = [True] * len(within.words)
    for hit in hits:
        for at in range(hit.first, hit.end):
            kinds[at].add(hit.kind)
            alone[at] = alone[at] and hit.end - hit.first == 1
    free = [
        not kinds[at] and not _means_nothing(within, at) and word not in known for at, word in enumerate(within.words)
    ]
    for at, word in enumerate(within.words):
        if (alone[at] and word in additions and _adds(within, at, free)) or _inside(within, at, free):
            free[at] = True
    for hit in hits:
        _free_unspaced(within, hit, free, additions)
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
        and within.words[at] != "x"
        and bool(kinds[at] & _CONNECTORS)
        and _joined(within, at + 1)
        and _upper(within, at - 1)
        and _upper(within, at + 1)
        and not _upper(within, at)
    )


def _adds(within: Text, at: int, free: list[bool]) -> bool:
    """Whether a word is the last part of the name before it: "Labs" of "Tidewater Labs", or the first of one."""
    if not _upper(within, at) and not unspaced(within.words[at]):
        return False
    after = at + 1 < len(free) and free[at + 1] and _joined(within, at + 1) and at == 0
    return after or (at > 0 and free[at - 1] and _joined(within, at) and _upper(within, at - 1))


def _inside(within: Text, at: int, free: list[bool]) -> bool:
    """Whether a syllable that is a particle elsewhere stands within a name: "ど" of "みどり", "이" of "네이버"."""
    if not 0 < at < len(free) - 1 or not (free[at - 1] and free[at + 1]):
        return False
    (_, before), (start, end), (after, _) = within.spans[at - 1 : at + 2]
    if before != start or end != after or not unspaced(within.words[at]):
        return False
    return _script(within.raw[before - 1]) == _script(within.raw[start]) == _script(within.raw[after])


def _free_unspaced(within: Text, hit: Hit, free: list[bool], additions: frozenset[str]) -> None:
    """Of scripts without spaces: "银行" after a name, and a phrase that begins within a longer word of katakana."""
    first, end = hit.first, hit.end
    if first == 0 or not free[first - 1] or not unspaced(within.words[first]) or not _joined(within, first):
        return
    written = within.between(first, end)
    amid = _script(within.raw[within.spans[first][0] - 1]) == "katakana" == _script(written[0])
    if "".join(within.words[first:end]) in additions or (amid and hit.kind not in _OWN_WORDS):
        free[first:end] = [True] * (end - first)


def _script(char: str) -> str:
    if "\u3040" <= char <= "\u309f":
        return "hiragana"
    if "\u30a0" <= char <= "\u30ff":
        return "katakana"
    return "hangul" if "\uac00" <= char <= "\ud7af" else "other"


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
