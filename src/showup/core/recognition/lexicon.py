"""Finding many phrases of many languages in a text, in one walk over its words.

A phrase is a few words. `word*` stands for every word that begins so, `*word` for every word that ends so (inflection
and compounds). In scripts without spaces every character is a word of its own, so a phrase is found anywhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_UNSPACED = "\u0e00-\u0e7f\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ё": "е"})
_SIGNS = str.maketrans({"㈱": "(株)", "㈜": "(주)"})
"""Legal forms that are written as one sign."""
_PARTS = frozenset("-–—|•·")
SHORT = 80
"""Characters of a text that is remembered."""
STEM, TAIL = 3, 4
"""The shortest `word*` and `*word`: by these many letters they are found."""


def fold(word: str) -> str:
    """The word without case, accents and width, for comparing only. A long one is not remembered."""
    if word.isascii():
        return word.lower()
    return _folded(word) if len(word) <= SHORT else _bare(word)


def _bare(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


_folded = lru_cache(maxsize=8192)(_bare)


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its words: folded, and where each stands in `raw`."""

    raw: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def between(self, first: int, end: int) -> str:
        """The text from word `first` up to, without, word `end`, as it was written."""
        return self.raw[self.spans[first][0] : self.spans[end - 1][1]] if first < end else ""

    def parted(self, at: int) -> bool:
        """Whether a dash or a bar parts word `at` from the one before: no phrase and no name goes on beyond it."""
        gap = self.raw[self.spans[at - 1][1] : self.spans[at][0]]
        return len(gap) > 1 and not _PARTS.isdisjoint(gap) and gap.strip() != gap


def text(raw: str) -> Text:
    """Split into words. Short texts are remembered: the names of people and mailboxes come again and again."""
    return _short(raw) if len(raw) <= SHORT else _split(raw)


def _split(raw: str) -> Text:
    raw = raw if raw.isascii() else unicodedata.normalize("NFC", raw).translate(_SIGNS)
    found = list(_WORD.finditer(raw))
    return Text(raw, tuple(fold(one[0]) for one in found), tuple(one.span() for one in found))


_short = lru_cache(maxsize=8192)(_split)


def unspaced(word: str) -> bool:
    """Whether the word is a character of a script without spaces."""
    return _is_unspaced(word[:1])


@lru_cache(maxsize=4096)
def _is_unspaced(char: str) -> bool:
    return bool(re.match(f"[{_UNSPACED}]", char))


def latin(written: str) -> bool:
    """Whether it begins in the script that addresses are mostly written in."""
    return written[:1] < "\u0250"


class Hit(NamedTuple):
    """A phrase found in words [first, end).

    `kind` is what it means, as the data file files it: family.meaning. Hits of one family that lie within a longer one
    of it are dropped.
    """

    kind: str
    first: int
    end: int
    family: str
    meaning: str


Kinds = tuple[tuple[str, str, str], ...]
"""Kind, family and meaning of the phrases that end at one place."""


class _Node:
    """Where a walk over words has come to. Most nodes lack most branches, and share empty dictionaries for them."""

    __slots__ = ("kinds", "stems", "tails", "words")

    def __init__(self, kinds: Kinds = ()) -> None:
        self.words: dict[str, _Node] = _NO_WORDS
        self.stems: dict[str, dict[str, _Node]] = _NO_PARTS
        self.tails: dict[str, dict[str, _Node]] = _NO_PARTS
        self.kinds = kinds

    def after(self, word: str) -> list["_Node"]:
        node = self.words.get(word)
        nodes = [] if node is None else [node]
        if self.stems and (several := self.stems.get(word[:STEM])):
            nodes += [node for stem, node in several.items() if word.startswith(stem)]
        if self.tails and (several := self.tails.get(word[-TAIL:])):
            nodes += [node for tail, node in several.items() if word.endswith(tail)]
        return nodes

    def branch(self, part: str) -> tuple[dict[str, "_Node"], str]:
        """The dictionary in which stands what follows by this part of a phrase, and under which key."""
        if "*" not in part:
            self.words = self.words or {}
            return self.words, part
        letters, ends = fold(part.strip("*")), part.startswith("*")
        if len(letters) < (TAIL if ends else STEM):
            raise ValueError(f"{letters}* is too short")
        if ends:
            self.tails = self.tails or {}
            return self.tails.setdefault(letters[-TAIL:], {}), letters
        self.stems = self.stems or {}
        return self.stems.setdefault(letters[:STEM], {}), letters


_NO_WORDS: dict[str, _Node] = {}
_NO_PARTS: dict[str, dict[str, _Node]] = {}
"""Shared by the nodes that have no such branches; replaced, never written to."""


class Lexicon:
    """Phrases by kind, ready to be looked for. Immutable once made."""

    __slots__ = ("_first", "_root")

    def __init__(self, phrases: Iterable[tuple[str, Iterable[str]]] = ()) -> None:
        """Take phrases by kind ("family.kind"); a kind may come several times.

        Raises:
            ValueError: a phrase is empty, or the part before or after its `*` is too short.
        """
        ends: dict[Kinds, _Node] = {(): _Node()}
        self._root = _Node()
        for kind, several in phrases:
            family, _, meaning = kind.partition(".")
            for phrase in several:
                _add(self._root, phrase, (kind, family, meaning), ends)
        self._first = lru_cache(maxsize=8192)(self._root.after)

    def find(self, within: Text) -> tuple[Hit, ...]:
        """Every phrase in the text, in order; of one family only those that lie in no longer one."""
        hits: list[Hit] = []
        for first, nodes in enumerate(map(self._first, within.words)):
            for node in nodes:
                _walk(within, node, first, first + 1, hits)
        return tuple(_longest(hits)) if len(hits) > 1 else tuple(hits)


def _walk(within: Text, node: _Node, first: int, end: int, hits: list[Hit]) -> None:
    """Take in what words [first, end) mean that have led to the node, and go on from there."""
    for kind, family, meaning in node.kinds:
        hits.append(Hit(kind, first, end, family, meaning))
    following = node.after(within.words[end]) if end < len(within.words) else ()
    if following and not within.parted(end):
        for after in following:
            _walk(within, after, first, end + 1, hits)


@lru_cache(maxsize=4096)
def found(lexicon: Lexicon, raw: str) -> tuple[Hit, ...]:
    """Every phrase in the name of a person or a mailbox; the same ones come again and again."""
    return lexicon.find(text(raw))


def _parts(phrase: str) -> Sequence[str]:
    """The phrase's words; plain ones are split the short way, as there are tens of thousands of them."""
    words = phrase.split()
    if "*" in phrase:
        return [part for some in words for part in ((some,) if "*" in some else _split(some).words)]
    return [*map(fold, words)] if all(map(_plain, words)) else _split(phrase).words


def _plain(word: str) -> bool:
    """Whether it is one word of letters in a script with spaces (all that lies before the Indian scripts)."""
    return word.isalpha() and max(word) < "\u0900"


def _add(root: _Node, phrase: str, kind: tuple[str, str, str], ends: dict[Kinds, _Node]) -> None:
    """Most phrases end where nothing goes on: the nodes of such `ends` are one for all that mean the same."""
    *parts, last = _parts(phrase) or ("",)
    if not last:
        raise ValueError(f"an empty phrase under {kind[0]}")
    node, nothing = root, ends[()]
    for part in parts:
        branch, key = node.branch(part)
        node = branch.get(key, nothing)
        if ends.get(node.kinds) is node:
            node = branch[key] = _Node(node.kinds)
    branch, key = node.branch(last)
    node = branch.get(key, nothing)
    if kind in node.kinds:
        return
    kinds = (*node.kinds, kind)
    if ends.get(node.kinds) is node:
        branch[key] = ends.setdefault(kinds, _Node(kinds))
    else:
        node.kinds = kinds


def _longest(hits: list[Hit]) -> Iterator[Hit]:
    """Without those that lie within a longer one of their family; one pass, as there may be thousands."""
    widest: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda one: (one.first, -one.end)):
        wide = widest.get(hit.family)
        if wide is None or hit.end > wide.end:
            widest[hit.family] = hit
        elif wide.end > hit.end or wide.first < hit.first:
            continue
        yield hit
