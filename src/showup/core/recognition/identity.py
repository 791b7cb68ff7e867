"""Who is who: when two names, or two employers, are the same. Pure, and careful: rather split than merge."""

from collections.abc import Container
from functools import lru_cache

from showup.core.recognition.lexicon import text, unspaced
from showup.core.recognition.result import Employer

LEAST = 3
"""Names shorter than this many characters are never matched by name."""
_LEGAL = frozenset(
    [
        *(
            "ab",
            "ag",
            "aps",
            "as",
            "asa",
            "bhd",
            "bv",
            "co",
            "company",
            "corp",
            "corporation",
            "eg",
            "ev",
            "gmbh",
            "group",
        ),
        *(
            "holding",
            "holdings",
            "inc",
            "incorporated",
            "kft",
            "kg",
            "kk",
            "limited",
            "llc",
            "llp",
            "lp",
            "ltd",
            "ltda",
        ),
        *("mbh", "nv", "nyrt", "ohg", "oy", "oyj", "plc", "pte", "pty", "pvt", "sa", "sas", "se", "sia", "sl", "spa"),
        *("spzoo", "srl", "sro", "the", "ug", "zrt", "ооо", "оао", "пао", "зао", "тов"),
        *("株式会社", "有限会社", "合同会社", "有限公司", "주식회사"),
    ]
)
"""Legal forms and their like, which tell no employer from another."""
_DOTTED = ("sp z o o", "z o o", "s p a", "s r l", "s r o", "s a s", "e v", "s a", "s l", "b v", "n v", "a s", "k k")
"""Legal forms at the end of a name that are written with dots, the longest first."""


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """The name for matching only: without case, accents, punctuation, spaces and legal form.

    "Acme, Inc.", "ACME" and "acme" fold together. What would leave nothing ("The Group") keeps its words.
    """
    words = text(name[:200]).words
    kept = "".join(word for word in _without_dotted(words) if word not in _LEGAL)
    for form in _LEGAL:
        if unspaced(form):
            kept = kept.replace(form, "")
    return kept or "".join(words)


def legal(name: str) -> bool:
    """Whether it is nothing but a legal form."""
    return all(word in _LEGAL for word in text(name[:200]).words)


def same_name(one: str, other: str) -> bool:
    """Whether two names are of one employer; short ones never are."""
    return folded(one) == folded(other) and len(folded(one)) >= LEAST


def same_employer(a: Employer, b: Employer, shared: Container[str] = ()) -> bool:
    """Whether two employers are one: by their domain, or by their folded name.

    Recognition gives an employer no domain of an agency, of free mail or of an applicant system, and so never two
    behind one; where employers come from elsewhere, `shared` names such domains. `via` never makes two the same.
    """
    if a.domain and a.domain == b.domain and a.domain not in shared:
        return True
    return same_name(a.name, b.name)


def _without_dotted(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without a legal form at the end that is written with dots: "S.p.A.", "Sp. z o.o."."""
    for form in map(str.split, _DOTTED):
        if len(words) > len(form) and list(words[-len(form) :]) == form:
            return words[: -len(form)]
    return words
