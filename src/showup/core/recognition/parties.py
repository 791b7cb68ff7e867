"""Who is behind an event: the owner's side, and everybody else's."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from showup.core.event import Event, Person
from showup.core.recognition.knowledge import Knowledge, Role, Sender
from showup.core.recognition.lexicon import fold, text

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
    organizer: bool = False

    @property
    def local(self) -> str:
        """The address before the @."""
        return self.email.partition("@")[0]

    @property
    def label(self) -> str:
        """The domain's own word: "acme" of acme.co.uk."""
        return self.domain.partition(".")[0]

    @property
    def role(self) -> Role | None:
        """The sender's role; None for a company's own address."""
        return self.sender.role if self.sender else None


@dataclass(frozen=True)
class Parties:
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

    @cached_property
    def organizer(self) -> Party | None:
        """The organiser, where that is not the owner."""
        return next((one for one in self.others if one.organizer), None)

    @cached_property
    def companies(self) -> tuple[Party, ...]:
        """Those who write from a domain of their own: no service, no free mail, not the owner's."""
        return tuple(one for one in self.others if one.role is None and one.domain not in self.own_domains | {""})

    @cached_property
    def colleagues(self) -> tuple[Party, ...]:
        """Those of the owner's own domain."""
        return tuple(one for one in self.others if one.domain in self.own_domains)

    def having(self, *roles: Role) -> tuple[Party, ...]:
        """Those who have one of the roles."""
        return tuple(one for one in self.others if one.role in roles)


def parties(event: Event, owner: frozenset[str], knowledge: Knowledge) -> Parties:
    """Sort the people of an event; those marked `you` are the owner too."""
    people = [one for one in (event.organizer, *event.attendees[:PEOPLE], event.creator) if one and not one.resource]
    mine = {address.lower() for address in owner} | {one.email for one in people if one.you and one.email}
    mine = mine or _likely_owner(event, knowledge)
    selves = [one for one in people if one.you or one.email in mine]
    words = frozenset(_owner_words(mine, selves))
    own = frozenset(domain for address in mine if (domain := _own_domain(address, words, knowledge)))
    others = {one.email or one.name: one for one in reversed(people) if one not in selves and (one.email or one.name)}
    organizer = event.organizer if event.organizer and event.organizer not in selves else None
    parted = tuple(_party(one, one is organizer, knowledge) for one in reversed(others.values()))
    private = any(not _own_domain(address, words, knowledge) for address in mine)
    return Parties(
        others=parted,
        own_domains=own,
        owner_words=words,
        organized_by_owner=bool(event.organizer and event.organizer in selves),
        at_work=any(_domain(one.email, knowledge) in own for one in selves)
        and (private or any(one.domain in own for one in parted)),
    )


def is_desk(party: Party, knowledge: Knowledge) -> bool:
    """Whether it is a mailbox or a calendar of people who hire."""
    if party.role is None and party.local in knowledge.desks:
        return True
    return any(hit.kind == "word.hiring" for hit in knowledge.lexicon.find(text(party.name)))


def is_newsroom(party: Party, knowledge: Knowledge) -> bool:
    """Whether it is a newspaper's, a broadcaster's or the like, by its address."""
    return party.role is None and (
        party.local in knowledge.newsrooms or any(mark in party.label for mark in knowledge.news_marks)
    )


def _party(person: Person, organizer: bool, knowledge: Knowledge) -> Party:
    email = person.email if len(person.email) <= ADDRESS else ""
    host = email.rpartition("@")[2]
    domain = knowledge.registrable(host)
    name = "" if "@" in person.name else person.name[:NAME]
    return Party(email, name, host, domain, _sender(host, domain, knowledge), organizer)


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


def _owner_words(mine: set[str], selves: list[Person]) -> Iterator[str]:
    for address in mine:
        yield from (
            word.strip("0123456789_") for word in text(address[:NAME].partition("@")[0].replace("_", " ")).words
        )
    for one in selves:
        yield from text(one.name[:NAME]).words if "@" not in one.name else ()


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
