"""Who is behind an event: the owner's side, and everybody else's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from showup.core.event import Event
from showup.core.recognition.knowledge import Knowledge, Role, Sender
from showup.core.recognition.lexicon import fold, found, text

NAME, ADDRESS = 100, 254
"""Characters of a name that are read, and of an address (RFC 5321, section 4.5.3.1.3); a longer one is none."""
PEOPLE = 60
"""So many of an event's people are looked at."""


@dataclass(frozen=True, slots=True)
class Party:
    """One person or mailbox, and what its address tells."""

    email: str
    name: str
    host: str
    domain: str
    """The registrable domain; empty where there is none."""
    sender: Sender | None
    """The service or agency behind the address; None for a company's own."""
    role: Role | None
    """The sender's role; None for a company's own address."""
    local: str
    """The address before the @."""
    label: str
    """The domain's own word: "acme" of acme.co.uk."""
    desk: bool
    """It is a mailbox or a calendar of people who hire."""
    office: str
    """What the people behind it do who do not hire: "newsroom", "sales"; "" where it does not tell."""


class Parties(NamedTuple):
    """The people of one event."""

    others: tuple[Party, ...]
    """All but the owner and rooms, the organiser first."""
    own_domains: frozenset[str]
    """Domains of the owner's own addresses; free mail and domains named after the owner are left out."""
    owner_words: frozenset[str]
    """Folded words of the owner's names and mailboxes."""
    organized_by_owner: bool
    at_work: bool
    """The owner takes part under an address of `own_domains`, and has a private one too, or colleagues there.

    Who has but one address and a domain of his own may just like it so.
    """

    companies: tuple[Party, ...]
    """Those who write from a domain of their own: no service, no free mail, not the owner's."""
    colleagues: tuple[Party, ...]
    """Those of the owner's own domain."""

    def having(self, *roles: Role) -> tuple[Party, ...]:
        """Those who have one of the roles."""
        return tuple(one for one in self.others if one.role in roles)


def parties(event: Event, owner: frozenset[str], knowledge: Knowledge) -> Parties:
    """Sort the people of an event; those marked `you` are the owner too."""
    people = [one for one in (event.organizer, *event.attendees[:PEOPLE], event.creator) if one and not one.resource]
    mine = {address.lower() for address in owner} | {one.email for one in people if one.you and one.email}
    mine = mine or _likely_owner(event, knowledge)
    selves = [one for one in people if one.you or one.email in mine]
    own = _own(frozenset(mine), tuple(one.name for one in selves), knowledge)
    strangers = (one for one in reversed(people) if not one.you and one.email not in mine and (one.email or one.name))
    others = {one.email or one.name: one for one in strangers}
    parted = tuple(_party(one.email, one.name, knowledge) for one in reversed(others.values()))
    colleagues = tuple(one for one in parted if one.domain in own.domains)
    return Parties(
        others=parted,
        own_domains=own.domains,
        owner_words=own.words,
        organized_by_owner=bool(event.organizer and (event.organizer.you or event.organizer.email in mine)),
        at_work=any(_domain(one.email, knowledge) in own.domains for one in selves)
        and (own.private or bool(colleagues)),
        companies=tuple(one for one in parted if one.role is None and one.domain and one.domain not in own.domains),
        colleagues=colleagues,
    )


@dataclass(frozen=True, slots=True)
class _Own:
    """What the owner's addresses and names tell."""

    words: frozenset[str]
    domains: frozenset[str]
    private: bool


@lru_cache(maxsize=1024)
def _own(addresses: frozenset[str], names: tuple[str, ...], knowledge: Knowledge) -> _Own:
    words = frozenset(_owner_words(addresses, names))
    domains = [_own_domain(address, words, knowledge) for address in addresses]
    return _Own(words, frozenset(filter(None, domains)), not all(domains))


@lru_cache(maxsize=4096)
def _party(address: str, shown: str, knowledge: Knowledge) -> Party:
    """What an address and a shown name tell; the same people come again and again."""
    email = address if len(address) <= ADDRESS else ""
    local, _, host = email.rpartition("@")
    domain = knowledge.registrable(host)
    label = domain.partition(".")[0]
    sender = _sender(host, domain, knowledge)
    name = "" if "@" in shown else shown[:NAME]
    hiring = any(hit.kind == "word.hiring" for hit in found(knowledge.lexicon, name))
    return Party(
        email=email,
        name=name,
        host=host,
        domain=domain,
        sender=sender,
        role=sender.role if sender else None,
        local=local.partition("@")[0],
        label=label,
        desk=hiring or (sender is None and local in knowledge.desks),
        office="" if sender else _office(local, label, knowledge),
    )


def _office(local: str, label: str, knowledge: Knowledge) -> str:
    kind = knowledge.offices.get(local, "")
    if not kind and any(mark in label for mark in knowledge.news_marks):
        kind = "newsroom"
    return kind or ("trade" if any(mark in label for mark in knowledge.trade_marks) else "")


def _sender(host: str, domain: str, knowledge: Knowledge) -> Sender | None:
    known = knowledge.sender(host)
    if known is not None:
        return known
    label = domain.partition(".")[0]
    for word in knowledge.no_agency_marks:
        label = label.replace(word, "")
    return Sender("", Role.AGENCY) if any(mark in label for mark in knowledge.agency_marks) else None


def _likely_owner(event: Event, knowledge: Knowledge) -> set[str]:
    """Who the owner must be where nobody says so: the only guest who is not of the organiser's own domain."""
    organizer = event.organizer
    if organizer is None or knowledge.sender(_host(organizer.email)) is not None:
        return set()
    guests = {one.email for one in event.attendees[:PEOPLE] if one.email and not one.resource}
    elsewhere = {guest for guest in guests if _domain(guest, knowledge) != _domain(organizer.email, knowledge)}
    return elsewhere if len(elsewhere) == 1 else set()


def _host(address: str) -> str:
    return address.rpartition("@")[2]


def _owner_words(mine: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    for address in mine:
        yield from (
            word.strip("0123456789_") for word in text(address[:NAME].partition("@")[0].replace("_", " ")).words
        )
    for name in names:
        yield from text(name[:NAME]).words if "@" not in name else ()


def _own_domain(address: str, words: frozenset[str], knowledge: Knowledge) -> str:
    """The domain of the owner's work; "" for free mail and for a domain that bears the owner's name."""
    host = address[-ADDRESS:].rpartition("@")[2]
    sender = knowledge.sender(host)
    domain = knowledge.registrable(host)
    label = fold(domain.partition(".")[0])
    personal = any(len(word) > 2 and word in label for word in words)
    return "" if personal or (sender and sender.role is not Role.AGENCY) else domain


def _domain(address: str, knowledge: Knowledge) -> str:
    return knowledge.registrable(address[-ADDRESS:].rpartition("@")[2])
