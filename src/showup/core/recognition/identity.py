"""Who is who: what two spellings of one name have in common. Pure, and careful: rather split than merge."""

import re
from functools import lru_cache

from showup.core.recognition.lexicon import text

LEAST = 3
"""Names shorter than this many characters are never matched by name."""
_FORMS = """
ab ag aktiebolag aps as asa bhd bv co company corp corporation doo eg ehf ev eurl gbr ggmbh gmbh group holding holdings
inc incorporated kft kg kgaa kk lda limited llc llp lp ltd ltda mbh nv nyrt ohg oy oyj plc pte pty pvt sa sarl sas sasu
se sl slu snc spa sprl spzoo srl srls sro tbk the uab ug zrt ао ип нао оао ооо пао пат прат тов тоо фоп зао оод еоод
"""
_LEGAL = frozenset(_FORMS.split())
"""Legal forms and their like, which tell no employer from another."""
_UNSPACED = re.compile(
    "株式会社|有限会社|合同会社|股份有限公司|有限责任公司|有限公司|주식회사|유한회사|[(（][株주유][)）]|[㈱㈜]"
)
_DOTTED = (
    *("sp z o o", "z o o", "s p a", "s r l", "s r o", "s a s", "d o o"),
    *("e v", "s a", "s l", "b v", "n v", "a s", "k k", "α ε"),
)
"""Legal forms at the end of a name that are written with dots, the longest first."""


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """The name for matching only: without case, accents, punctuation, spaces and legal form.

    "Acme, Inc.", "ACME" and "acme" fold together. What would leave nothing ("The Group") keeps its words.
    """
    words = text(name[:200]).words
    bare = words if name.isascii() else text(_UNSPACED.sub(" ", name[:200])).words
    return "".join(word for word in _without_dotted(bare) if word not in _LEGAL) or "".join(words)


def _without_dotted(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without a legal form at the end that is written with dots: "S.p.A.", "Sp. z o.o."."""
    for form in map(str.split, _DOTTED):
        if len(words) > len(form) and list(words[-len(form) :]) == form:
            return words[: -len(form)]
    return words
