"""What is known beforehand about senders, links, phrases and weights: read from data files, ready to be used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from showup.core.recognition.lexicon import Lexicon
from showup.core.recognition.result import Medium


class Role(StrEnum):
    """What a sender or host does between employer and candidate."""

    APPLICANTS = "ats"
    """A system that employers keep applicants in."""
    SCHEDULER = "scheduler"
    """Plans interviews, and nothing but interviews."""
    BOOKING = "booking"
    """Plans meetings of any kind."""
    VENDOR = "vendor"
    """Interviews for the employer, live."""
    ONEWAY = "oneway"
    """Tests and recorded answers: nobody comes."""
    AGENCY = "agency"
    BOARD = "board"
    """Shows openings, and carries messages."""
    PRACTICE = "practice"
    """Coaching and interviews that are played."""
    STUDIES = "studies"
    """Finds people for research."""
    FREE_MAIL = "freemail"
    CALENDAR = "calendar"
    """A calendar's own address, which says nothing about whose it is."""


@dataclass(frozen=True, slots=True)
class Sender:
    """A service whose address or link names somebody else's business."""

    name: str
    role: Role
    tenant: str = ""
    """Where its addresses name the employer: "subdomain", "local" (before the @), or nowhere."""


@dataclass(frozen=True, slots=True)
class LinkRule:
    """What a link to a host and path says: `host` is exact or a parent, `path` how the path begins."""

    meaning: str
    """What the link leads to: "opening", "candidate", "interviewer" or "practice"."""
    host: str
    path: str = ""
    employer: str = ""
    """Where the link names the employer: "subdomain" or "path" (its next part), or nowhere."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a signal adds to the score, in log-odds, and the reason printed for it ({} is what was seen)."""

    points: float
    reason: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores from which the answer is `maybe` and `interview`."""

    maybe: float = 0.0
    interview: float = 1.5


@dataclass(frozen=True, slots=True)
class Signs:
    """Names of signals that decide beside the sum of all."""

    hiring: frozenset[str] = frozenset()
    """Without one of these it is at most `maybe`."""
    job: frozenset[str] = frozenset()
    """With one of these another trade (a clinic, an insurer) is where one would work."""
    speaking: frozenset[str] = frozenset()
    """With one of these it is at least `maybe`, unless something settles it."""
    settling: frozenset[str] = frozenset()


def _last_two(host: str) -> str:
    return ".".join(host.split(".")[-2:]) if "." in host else ""


@dataclass(frozen=True, slots=True)
class Language:
    """What the language files say, all languages together."""

    lexicon: Lexicon = field(default_factory=Lexicon)
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Folded names of a description's fields ("department") and what they give: "employer", "topic", "role"."""


_SILENT = Language()


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """Everything that recognition knows before it sees an event. Hosts and domains are lower case."""

    language: Callable[[], Language] = lambda: _SILENT
    """The languages, read when the first text is looked at: who only asks for a sender need not wait for them."""
    senders: Mapping[str, Sender] = field(default_factory=lambda: MappingProxyType({}))
    """By domain; it holds for its sub-domains too, the longest one that is named first."""
    agency_marks: tuple[str, ...] = ()
    """Parts of a domain's own label that make its owner an agency."""
    no_agency_marks: tuple[str, ...] = ()
    """Words in which such a part says nothing: "research"."""
    desks: frozenset[str] = frozenset()
    """Local parts of addresses that only hiring people have: "careers@"."""
    offices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Local parts of addresses of people who do not hire, and what they do: "newsdesk@" is a newsroom."""
    trade_marks: tuple[str, ...] = ()
    """Parts of a domain's own label that make its owner one who advises or treats people."""
    news_marks: tuple[str, ...] = ()
    """Parts of a domain's own label that make its owner a newspaper or a broadcaster."""
    meetings: Mapping[str, Medium] = field(default_factory=lambda: MappingProxyType({}))
    """Hosts of meeting services."""
    links: Mapping[str, tuple[LinkRule, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """By the host that a rule names."""
    boilerplate: tuple[str, ...] = ()
    """Case-folded parts of lines that meeting and booking services write into descriptions."""
    generic: frozenset[str] = frozenset()
    """Words in addresses that name no company: "mail", "noreply"."""
    weights: Mapping[str, Weight] = field(default_factory=lambda: MappingProxyType({}))
    thresholds: Thresholds = Thresholds()
    signs: Signs = Signs()
    registrable: Callable[[str], str] = _last_two
    """The part of a host that somebody can own ("mail.acme.co.uk" → "acme.co.uk"); "" for a public suffix."""

    @property
    def lexicon(self) -> Lexicon:
        """The phrases of all languages."""
        return self.language().lexicon

    @property
    def labels(self) -> Mapping[str, str]:
        """The names of a description's fields in all languages."""
        return self.language().labels

    def sender(self, host: str) -> Sender | None:
        """Who is behind this host, as far as it is a known service."""
        return next((self.senders[parent] for parent in parents(host) if parent in self.senders), None)


@lru_cache(maxsize=4096)
def parents(host: str) -> tuple[str, ...]:
    """The host and the domains above it, longest first: true sub-domains only, no look-alikes."""
    parts = host.split(".")[-8:]
    return tuple(".".join(parts[at:]) for at in range(len(parts)))
