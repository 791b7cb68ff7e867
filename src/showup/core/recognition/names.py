"""Names in a line of text: what is left when everything that has another meaning is taken away.

"Phone screen w/ Delivery Hero (Sam D.)" leaves "Delivery Hero": the rest are phrases that are known, the owner's
name, times and numbers. So a name needs no list of names, in whatever language the rest is written.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from showup.core.recognition.lexicon import Hit, Text, unspaced
from showup.core.recognition.writing import TYING, in_address, in_brackets, means_nothing, script

_GLUE = re.compile(r"[-.&'’+·]|\s{1,2}|\s&\s|\.\s(?=com|io|ai)|")
_CONNECTORS = frozenset(["word.filler", "word.for", "word.and"])
_WITH = frozenset({"word.with", "word.client"})
_OWN_WORDS = frozenset({"say.role", "say.interview", "say.sure", "word.filler"})
"""What begins a word of its own even where no space is."""
LEGAL, LAST, FIRST, TOWN, ENDING = "part.legal", "part.last", "part.first", "part.town", "part.ending"
"""A legal form ("GmbH"); words that end a name ("Labs" of "Tidewater Labs"), or begin one ("Hotel Adlon"); a
town; what ends an address ("Booking.com")."""
_PARTS = frozenset({LAST, FIRST, TOWN, ENDING})
_NO_KIND: frozenset[str] = frozenset()
_ROLE = frozenset({"say.role"})
_APOSTROPHES = ("'", "’")
SHORT = 3
"""Legal forms no longer than this are words of their own when written small: "as", "se", "co"."""
LONGEST = 6
"""Words of a name."""


class Run(NamedTuple):
    """Neighbouring words without another meaning: perhaps a name. One is made for each that a text may hold.

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
    led: bool = False
    """It begins with a word that begins names: "Ville de Brest"."""
    town: bool = False
    """It is a town and nothing more."""

    @property
    def capital(self) -> bool:
        """Written like a name, or in a script that has no capitals."""
        return not self.name[:1].islower() or any(char.isupper() for char in self.name)

    @property
    def upright(self) -> bool:
        """Every word of it is written like a name."""
        return not any(part[:1].islower() for part in self.name.split()) or any(map(str.isupper, self.name[1:]))

    @property
    def incorporated(self) -> bool:
        """A legal form stands beside it: "Block, Inc."."""
        return LEGAL in self.after or LEGAL in self.before


def runs(within: Text, hits: Sequence[Hit], known: frozenset[str]) -> Iterator[Run]:
    """The possible names in a text, in order. `known` are words that name somebody already: the owner, the others."""
    if within.words:
        yield from _Line(within, hits, known).runs()


@cache
def _only(kind: str) -> frozenset[str]:
    """The set of one kind of phrase; there are but some dozens, and most words have one."""
    return frozenset({kind})


class _Line:
    """A text's words: what each means, and which are free to be of a name."""

    __slots__ = ("free", "kinds", "leading", "towns", "within")

    def __init__(self, within: Text, hits: Sequence[Hit], known: frozenset[str]) -> None:
        self.within = within
        self.kinds: list[frozenset[str]] = [_NO_KIND] * len(within.words)
        parts: list[Hit] = []
        together: set[int] = set()
        for hit in hits:
            if hit.kind in _PARTS:
                parts.append(hit)
            elif hit.kind != LEGAL or self._is_form(hit):
                kind = _only(hit.kind)
                for at in range(hit.first, hit.end):
                    self.kinds[at] = self.kinds[at] | kind if self.kinds[at] else kind
                if hit.end - hit.first > 1:
                    together.update(range(hit.first, hit.end))
        roles = [hit for hit in hits if hit.kind == "say.role"]
        for hit in roles:
            if hit.end < len(self.kinds) and "word.and" in self.kinds[hit.end]:
                self.kinds[hit.end] |= _ROLE
        self.free = [
            (not kinds or (len(word) == 1 and self._initial(at)))
            and word not in known
            and not means_nothing(within, at)
            for at, (word, kinds) in enumerate(zip(within.words, self.kinds, strict=True))
        ]
        self.towns = {at for hit in parts if hit.kind == TOWN for at in range(hit.first, hit.end)}
        self._take_in(parts, roles, together)
        if not within.raw.isascii():
            for hit in hits:
                self._take_in_unspaced(hit, parts)

    def runs(self) -> Iterator[Run]:
        first = 0
        while first < len(self.free):
            if not self.free[first]:
                first += 1
                continue
            end = self._end(first)
            yield self._run(self._beginning(first, end), self._without_town(first, end))
            first = end

    def _take_in(self, parts: Sequence[Hit], roles: Sequence[Hit], together: set[int]) -> None:
        """Free the words that are parts of a name beside them, in the order of the text."""
        lasting = {hit.first for hit in parts if hit.kind == LAST and hit.end - hit.first == 1} - together
        self.leading = {hit.first for hit in parts if hit.kind == FIRST and hit.end - hit.first == 1} - together
        for hit in parts:
            if hit.kind == ENDING and hit.first and in_address(self.within, hit.first):
                self.free[hit.first - 1 : hit.end] = [True, True]
        for at in (hit.first for hit in roles if self.kinds[hit.first] == _ROLE):
            if 0 < at < len(self.free) - 1 and self._named_so(at, at + 1 in lasting):
                self.free[at] = True
        for at in sorted(self.leading, reverse=True):
            if self._leads(at):
                self.free[at] = True
        for at in range(1, len(self.free)):
            if not self.free[at] and self.free[at - 1] and self._goes_on(at, at in lasting):
                self.free[at] = True

    def _goes_on(self, at: int, last: bool) -> bool:
        """Whether the name that the word before belongs to goes on with this one."""
        return (last and self._lasts(at)) or self._amid(at) or self._owns(at)

    def _named_so(self, at: int, last: bool) -> bool:
        """Whether an occupation is a name: "at Baker Hughes", "bij Bakker Logistiek"."""
        if not self.kinds[at - 1] & _WITH or not (self._upper(at) and self._upper(at + 1)):
            return False
        return (self.free[at + 1] or last) and self._joined(at) and self._joined(at + 1)

    def _lasts(self, at: int) -> bool:
        """Whether a word is the last part of the name before it: "Labs" of "Tidewater Labs"."""
        if not self._upper(at) and not unspaced(self.within.words[at]):
            return False
        return self._joined(at) and self._upper(at - 1)

    def _leads(self, at: int) -> bool:
        """Whether a word begins the name after it: "Hotel Adlon", "Mairie de Vannes", "Le Petit Zinc"."""
        if self._lower(at) or at + 1 >= len(self.free) or not self._joined(at + 1):
            return False
        return (self.free[at + 1] and not self._lower(at + 1)) or self._connects(at + 1)

    def _owns(self, at: int) -> bool:
        """Whether it is the s of "Trader Joe's", and not that of "Acme's recruiter"."""
        if self.within.words[at] != "s" or not self._upper(at - 1):
            return False
        (_, before), (start, _) = self.within.spans[at - 1 : at + 1]
        more = at + 1 < len(self.free) and self._joined(at + 1) and not self._upper(at + 1)
        return self.within.raw[before:start] in _APOSTROPHES and not (more and self.kinds[at + 1])

    def _amid(self, at: int) -> bool:
        """Whether a syllable that is a particle elsewhere stands within a name: "ど" of "みどり", "이" of "네이버"."""
        if at + 1 >= len(self.free) or not self.free[at + 1] or not unspaced(self.within.words[at]):
            return False
        raw = self.within.raw
        (_, before), (start, end), (after, _) = self.within.spans[at - 1 : at + 2]
        if before != start or end != after or LEGAL in self.kinds[at]:
            return False
        return script(raw[before - 1]) == script(raw[start]) == script(raw[after])

    def _take_in_unspaced(self, hit: Hit, parts: Sequence[Hit]) -> None:
        """Of scripts without spaces: "银行" after a name, and a phrase that begins within a longer word of katakana."""
        first, end = hit.first, hit.end
        words, free = self.within.words, self.free
        if first == 0 or not free[first - 1] or not unspaced(words[first]) or not self._joined(first):
            return
        written = self.within.between(first, end)
        amid = script(self.within.raw[self.within.spans[first][0] - 1]) == "katakana" == script(written[0])
        if hit.kind == LAST or (amid and hit.kind not in _OWN_WORDS and hit not in parts):
            free[first:end] = [True] * (end - first)

    def _end(self, first: int) -> int:
        """Where the run of free words ends that begins here."""
        end = first + 1
        while end < len(self.free) and (unspaced(self.within.words[end]) or end - first < LONGEST):
            if not self._joined(end) or (not self.within.words[end].isascii() and self._apart(end)):
                return end
            if self.free[end]:
                end += 1
            elif self._upper(end - 1) and self._connects(end):
                end += 2
            else:
                return end
        return end

    def _beginning(self, first: int, end: int) -> int:
        """Where the capitals begin: "boulangerie Blé d'Or" is called "Blé d'Or"."""
        raw, spans = self.within.raw, self.within.spans
        small = first
        while small < end and raw[spans[small][0]].islower() and raw[slice(*spans[small])].islower():
            small += 1
        return small if small < end and not unspaced(self.within.words[small]) else first

    def _without_town(self, first: int, end: int) -> int:
        """Where the name ends: "Wise Budapest" is Wise, while "Bank of America" and "Stadt Köln" are whole."""
        last = end
        while last > first and last - 1 in self.towns:
            last -= 1
        whole = last == first or first in self.leading or not self.free[last - 1]
        return end if whole else last

    def _connects(self, at: int) -> bool:
        """Whether a little word stands before more of a name: "Bank of America", "Transport for London"."""
        return (
            at + 1 < len(self.free)
            and (self.free[at + 1] or self._elided(at))
            and self.within.words[at] != "x"
            and bool(self.kinds[at] & _CONNECTORS)
            and "word.via" not in self.kinds[at]
            and self._joined(at + 1)
            and self._upper(at + 1)
            and not self._upper(at)
        )

    def _elided(self, at: int) -> bool:
        """Whether what follows is one with it: "Or" of "Blé d'Or"."""
        return self.within.raw[self.within.spans[at][1] : self.within.spans[at + 1][0]] in _APOSTROPHES

    def _is_form(self, hit: Hit) -> bool:
        """Whether a legal form is written like one."""
        written, raw = self.within.between(hit.first, hit.end), self.within.raw
        if len(written) == 1:
            start, end = self.within.spans[hit.first]
            return raw[start - 1 : start] in tuple("(（") and raw[end : end + 1] in tuple(")）")
        return len(written) > SHORT or not written.islower()

    def _initial(self, at: int) -> bool:
        """Whether a letter stands for a word: the K of "K-Market"."""
        end = self.within.spans[at][1]
        return self._upper(at) and self.within.raw[end : end + 1] in TYING

    def _lower(self, at: int) -> bool:
        return self.within.raw[self.within.spans[at][0]].islower()

    def _upper(self, at: int) -> bool:
        return self.within.raw[self.within.spans[at][0]].isupper()

    def _joined(self, at: int) -> bool:
        gap = self.within.raw[self.within.spans[at - 1][1] : self.within.spans[at][0]]
        return gap == " " or bool(_GLUE.fullmatch(gap)) or (gap == ". " and self.within.words[at - 1] == "st")

    def _apart(self, at: int) -> bool:
        """Whether a space parts two words of a script that has none within names: "アクメ工房 佐伯様"."""
        words, start = self.within.words, self.within.spans[at][0]
        if not (unspaced(words[at]) and unspaced(words[at - 1])) or script(self.within.raw[start]) == "hangul":
            return False
        return self.within.raw[start - 1].isspace()

    def _run(self, first: int, end: int) -> Run:
        within, kinds = self.within, self.kinds
        start = within.spans[first][0]
        before = within.raw[within.spans[first - 1][1] if first else 0 : start]
        after = end < len(kinds) and (self._joined(end) or LEGAL in kinds[end])
        return Run(
            name=within.between(first, end),
            words=within.words[first:end],
            before=kinds[first - 1] if first else _NO_KIND,
            after=kinds[end] if after else _NO_KIND,
            gap=before,
            aside=in_brackets(within.raw, start),
            led=first in self.leading and end - first > 1,
            town=all(at in self.towns for at in range(first, end)),
        )
