"""Links in an invitation: taken out of hostile text, hosts compared exactly or as true sub-domains."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from urllib.parse import SplitResult, parse_qs, urlsplit

from showup.core.address import host
from showup.core.recognition.knowledge import Knowledge, LinkRule, parents
from showup.core.recognition.result import Medium

_URL = re.compile(
    r"""https?://(?![^\s/?#\\<>"]{1,300}+\\)[^\s<>"'\\^`{|}()]{1,2048}"""
    r"""|(?<![\w@./\\%-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}/[^\s<>"'\\^`{|}()]{1,2048}""",
    re.IGNORECASE,
)
_WRAPPERS = {
    "safelinks.protection.outlook.com": ("/", "url"),
    "google.com": ("/url", "q"),
    "urldefense.com": ("/", "u"),
}
"""Hosts that wrap other links, how the path begins, and the parameter that holds the real one."""
_INFRASTRUCTURE = re.compile(
    r"(?:www|app|my|go|us|eu|uk|jobs?|careers?|hire|apply|join|mail|boards|job-boards|candidates?|support|help|docs|api"
    r"|developers?|blog|email|login|auth|secure|static|cdn|resources|info|track|click|links?|[a-z]{2}\d{2}web|\d+)\d?\Z"
)
"""First labels of a host that name no company."""
_NO_EMPLOYER = frozenset({"embed", "jobs", "job", "en", "de", "fr", "search", "o", "j"})
"""First parts of a path that name no company."""
LINKS = 60


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads: host and path, lower case."""

    host: str
    path: str

    def rules(self, knowledge: Knowledge) -> Iterator[LinkRule]:
        """What is known of the place it leads to."""
        for parent in parents(self.host):
            for rule in knowledge.links.get(parent, ()):
                if self.path.startswith(rule.path) and (rule.employer != "subdomain" or _subdomain(self, rule)):
                    yield rule


def links(*texts: str) -> tuple[Link, ...]:
    """Every link in the texts, in order, unwrapped, without doubles."""
    found = (link for text in texts if "/" in text for link in map(_link, _addresses(text)) if link)
    return tuple(dict.fromkeys(found))


def medium(found: Iterable[Link], knowledge: Knowledge) -> Medium | None:
    """The medium of the first link into a meeting."""
    for link in found:
        for parent in parents(link.host):
            if parent in knowledge.meetings and not link.path.startswith(("/u/", "/meetingoptions")):
                return knowledge.meetings[parent]
    return None


def room(knowledge: Knowledge, *texts: str) -> str:
    """The first link into a meeting, as it is written; empty where there is none."""
    for address in (one for text in texts if "/" in text for one in _addresses(text)):
        link = _link(address)
        if link and medium([link], knowledge):
            return address if "://" in address[:8] else f"https://{address}"
    return ""


def tenants(found: Iterable[Link], knowledge: Knowledge) -> Iterator[str]:
    """Employers' short names in the links to their openings and in the hosts of their own meeting rooms."""
    for link in found:
        for rule in link.rules(knowledge):
            if rule.employer and (name := _tenant(link, rule)):
                yield name


def vanity(found: Iterable[Link], knowledge: Knowledge) -> Iterator[str]:
    """The company's part of its own room with a meeting service: acme.zoom.us."""
    for link in found:
        label, _, parent = link.host.partition(".")
        if knowledge.meetings.get(parent) in {Medium.ZOOM, Medium.WEBEX} and not _INFRASTRUCTURE.match(label):
            yield label


def _tenant(link: Link, rule: LinkRule) -> str:
    if rule.employer == "path":
        name = link.path.removeprefix(rule.path).strip("/").partition("/")[0]
        return "" if name in _NO_EMPLOYER else name
    return _subdomain(link, rule)


def _subdomain(link: Link, rule: LinkRule) -> str:
    """The employer's label before the host that the rule names, "" where there is none, or one of the host's own."""
    label = link.host.removesuffix("." + rule.host).partition(".")[0]
    return "" if link.host == rule.host or _INFRASTRUCTURE.match(label) else label


def _addresses(text: str) -> Iterator[str]:
    for count, one in enumerate(_URL.finditer(unescape(text) if "&" in text else text)):
        if count >= LINKS:
            return
        yield one[0].rstrip(".,;:!?…*_")


@lru_cache(maxsize=128)
def _link(address: str) -> Link | None:
    """Where an address leads. Those of an event are asked for twice."""
    parts = _split(address if "://" in address[:8] else f"https://{address}")
    for _ in range(3):
        inner = _wrapped(parts)
        if not inner:
            break
        parts = _split(inner)
    name = host(parts.geturl()) if parts else ""
    return Link(name, parts.path.lower()) if parts and name else None


def _wrapped(parts: SplitResult | None) -> str:
    if parts is None or not parts.hostname or not parts.query:
        return ""
    for parent in parents(parts.hostname):
        path, name = _WRAPPERS.get(parent, ("", ""))
        if name and (parts.path or "/").startswith(path):
            return parse_qs(parts.query).get(name, [""])[0]
    return ""


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:  # what looks like a link and is none, such as "https://[x"
        return None
