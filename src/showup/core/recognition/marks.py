"""Words of addresses that may be the employer's own, and where a text writes them."""

from collections.abc import Iterable, Iterator

from showup.core.recognition.knowledge import Knowledge
from showup.core.recognition.lexicon import Hit, Text, fold
from showup.core.recognition.links import Link, tenants, vanity
from showup.core.recognition.parties import Parties, Party

LEAST = 4
"""The shortest beginning by which a name and an address are taken for the same."""
_EVER = frozenset({"say.sure", "say.interview"})
"""What counts even where the employer is called so: interviewhub.example may well invite to an interview."""
LONGEST = 6
"""Words of a name."""
_LABEL = 63
"""Characters of a word of an address (RFC 1035, section 2.3.4)."""
_FALLING = str.maketrans("", "", "-_ ")


def labels(people: Parties, links: Iterable[Link], knowledge: Knowledge) -> frozenset[str]:
    """The short names in addresses of people, of boards and of meeting rooms: "acme" of hr@acme.example."""
    links = tuple(links)
    found = [party.label for party in people.companies] or [party.label for party in people.colleagues[:1]]
    found += [*tenants(links, knowledge), *vanity(links, knowledge), *sender_tenants(people, knowledge)]
    return frozenset(key for label in found if 1 < len(key := squeezed(label)) <= _LABEL) - knowledge.generic


def sender_tenants(people: Parties, knowledge: Knowledge) -> Iterator[str]:
    """Employers' short names in the addresses of applicant systems."""
    for party in people.others:
        name = _tenant(party)
        if len(name) > 1 and not set(name.replace("_", "-").split("-")) & knowledge.generic:
            yield name


def squeezed(label: str) -> str:
    """An address's word for comparing: "delivery-hero" is "deliveryhero"."""
    return fold(label).translate(_FALLING)


def match(words: tuple[str, ...], label: str) -> tuple[int, int] | None:
    """Which of the words make up the label: together, as its beginning, or by their first letters."""
    if words and _same("".join(words), label, whole=True):
        return 0, len(words)
    beginnings = (label[:1], label.replace("and", "", 1)[:1])
    for first in range(len(words)):
        if words[first].startswith(beginnings):
            for end in range(reach(words, first, len(label)), first, -1):
                if _same("".join(words[first:end]), label, whole=False):
                    return first, end
    initials = "".join(word[0] for word in words)
    return (0, len(words)) if len(initials) >= 3 and initials == label else None


def reach(words: tuple[str, ...], first: int, most: int) -> int:
    """Up to which of the words from `first` on there are no more letters than so many: a text may be one long run."""
    end = first
    while end < len(words) and (most := most - len(words[end])) >= 0:
        end += 1
    return end


def unnamed(hits: tuple[Hit, ...], within: Text, marks: frozenset[str]) -> tuple[Hit, ...]:
    """The phrases that are no part of an employer's name: "Delivery" of Delivery Hero brings no parcel."""
    taken = {at for first, end in _named(within.words, marks) for at in range(first, end)} if marks and hits else None
    if not taken:
        return hits
    return tuple(hit for hit in hits if hit.kind in _EVER or not any(at in taken for at in range(hit.first, hit.end)))


def named(within: Text, marks: frozenset[str]) -> bool:
    """Whether the text writes out one of the labels."""
    return any(True for _ in _named(within.words, marks))


def _named(words: tuple[str, ...], marks: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where the whole label, or the first words of one, stand; the longest match from each word on."""
    letters, beginnings = {mark[0] for mark in marks}, {mark[:2] for mark in marks}
    for first in range(len(words)):
        if words[first][0] not in letters:
            continue
        for end in range(min(len(words), first + LONGEST), first, -1):
            joined = "".join(words[first:end])
            if joined[:2] in beginnings and any(_same(joined, mark, whole=False) for mark in marks):
                yield first, end
                break


def _same(joined: str, label: str, *, whole: bool) -> bool:
    if joined == label or (len(joined) >= LEAST and label.startswith(joined)):
        return True
    if whole and len(label) >= LEAST and joined.startswith(label):
        return True
    if len(joined) >= LEAST and label.replace("and", "", 1) == joined:
        return True
    return len(joined) >= LEAST and _spelt(label) == _spelt(joined) and len(joined) <= len(label)


def _spelt(word: str) -> str:
    """Without the e that stands for an umlaut: "soehne" is "Söhne"."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _tenant(party: Party) -> str:
    how = party.sender.tenant if party.sender else ""
    if how == "local":
        return party.local.partition("+")[0]
    if how == "subdomain" and party.host != party.domain:
        return party.host.removesuffix("." + party.domain).rpartition(".")[2]
    return ""
