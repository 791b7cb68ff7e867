"""What a server answers: a multistatus (RFC 4918, section 13). It is hostile XML until it is read."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote, unquote, urljoin, urlsplit

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError, iterparse

from showup.network.body import TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

DAV = "{DAV:}"
CALDAV = "{urn:ietf:params:xml:ns:caldav}"
CTAG = "{http://calendarserver.org/ns/}getctag"
RESPONSE_LIMIT = 30_000
_TEXT = 4_000
_EVENTS, _INSIDE, _DEPTH, _TAG = 480_000, 10_000, 50, 200_000
"""Beginnings and ends of elements, in all and in one response; elements within each other; bytes of one tag."""
_OK = 200


class NoMultistatus(Exception):  # noqa: N818 - it says what came
    """Something else than a multistatus came, such as the page of a network that asks for a sign-in."""


@dataclass(frozen=True, slots=True)
class Item:
    """One response. `href` is as the server writes it, `address` whole, `path` in one spelling (see `path_of`).

    `props` are those that it has; those that it lacks or does not give out are left out.
    """

    href: str
    address: str
    status: int
    props: "Mapping[str, Element]"

    @property
    def path(self) -> str:
        """What it is known by."""
        return path_of(self.address)

    def text(self, name: str) -> str:
        """A property's text, bounded; empty where there is none."""
        found = self.props.get(name)
        return (found.text or "").strip()[:_TEXT] if found is not None else ""

    def data(self) -> bytes:
        """The calendar data, empty where there is none."""
        found = self.props.get(f"{CALDAV}calendar-data")
        return (found.text or "").encode() if found is not None else b""

    def hrefs(self, name: str) -> list[str]:
        """The addresses in a property."""
        found = self.props.get(name)
        inner = found.findall(f"{DAV}href") if found is not None else []
        whole = (_whole(self.address, (one.text or "").strip()) for one in inner)
        return [address for address in whole if address]

    def has(self, name: str, inner: str) -> bool:
        """Whether a property holds this element."""
        found = self.props.get(name)
        return found is not None and found.find(inner) is not None


@dataclass(frozen=True, slots=True)
class Multistatus:
    """All responses, and the sync token where there is one."""

    items: tuple[Item, ...]
    token: str = ""


def read(file: BinaryIO, address: str) -> Multistatus:
    """Read an answer; `address` is where it came from.

    Raises:
        NoMultistatus: it is none, or XML of a kind that is refused (with a DTD or entities).
        TooLarge: it has more than 30,000 responses, or more elements than these would.
    """
    file.seek(0)
    items: list[Item] = []
    token = ""
    root = None
    try:
        for event, depth, element in _elements(file):
            if root is None:
                root = _root(element)
            elif event == "end" and depth == 1:
                if element.tag == f"{DAV}response":
                    item = _item(element, address)
                    items += [item] if item else []
                elif element.tag == f"{DAV}sync-token":
                    token = (element.text or "").strip()[:_TEXT]
                root.clear()
            if len(items) > RESPONSE_LIMIT:
                raise TooLarge
    except (ParseError, DefusedXmlException, LookupError, ValueError, RecursionError):
        raise NoMultistatus from None
    return Multistatus(tuple(items), token)


def conditions(text: bytes) -> frozenset[str]:
    """The names of the preconditions in an error's body (RFC 4918, section 16); none where it has no such."""
    try:
        return frozenset(element.tag for _, _, element in _elements(BytesIO(text)))
    except (ParseError, DefusedXmlException, LookupError, ValueError, RecursionError, TooLarge):
        return frozenset()


def _elements(file: BinaryIO) -> "Iterator[tuple[str, int, Element]]":
    """Each element as it begins and as it ends, and how many are around it. Small ones in masses would swell.

    Raises:
        TooLarge: there are too many, or too many in one response, or within each other, or one with a tag without end.
        ParseError, DefusedXmlException, LookupError, ValueError, RecursionError: it is no XML, or none that is read.
    """
    parser = DefusedXMLParser(forbid_dtd=True)
    depth = inside = 0
    for count, (event, element) in enumerate(iterparse(_Steady(file, parser), ("start", "end"), parser)):
        depth -= event == "end"
        inside = inside + 1 if depth > 1 else 0
        if count > _EVENTS or inside > _INSIDE or depth > _DEPTH:
            raise TooLarge
        yield event, depth, element
        depth += event == "start"


class _Steady:
    """A file that is read on only while the parser keeps up: it would hold a tag of any length in memory."""

    def __init__(self, file: BinaryIO, parser: Any) -> None:  # noqa: ANN401 - defusedxml has no types
        self._file, self._expat = file, parser.parser
        self._given = 0

    def read(self, size: int) -> bytes:
        """See io.RawIOBase."""
        if self._given - max(self._expat.CurrentByteIndex, 0) > _TAG:
            raise TooLarge
        chunk = self._file.read(size)
        self._given += len(chunk)
        return chunk


def path_of(address: str) -> str:
    """The path, each part quoted in the same way: servers write one path in several ways."""
    return "/".join(quote(unquote(part), safe="") for part in urlsplit(address).path.split("/"))


def _root(element: "Element") -> "Element":
    if element.tag != f"{DAV}multistatus":
        raise NoMultistatus
    return element


def _item(response: "Element", address: str) -> Item | None:
    href = (response.findtext(f"{DAV}href") or "").strip()
    whole = _whole(address, href)
    if not whole:
        return None
    props: dict[str, Any] = {}
    for propstat in response.findall(f"{DAV}propstat"):
        if _status(propstat, _OK) == _OK:
            props |= {prop.tag: prop for group in propstat.findall(f"{DAV}prop") for prop in group}
    return Item(href, whole, _status(response, _OK), props)


def _whole(address: str, href: str) -> str:
    """The whole address of an href; empty where it is none."""
    if not href or len(href) > _TEXT:
        return ""
    try:
        whole = urljoin(address, href)
        urlsplit(whole).port  # noqa: B018 - raises where there is no port in its place
    except ValueError:
        return ""
    return whole


def _status(element: "Element", usual: int) -> int:
    """The code of a line such as "HTTP/1.1 404 Not Found"."""
    words = (element.findtext(f"{DAV}status") or "").split(maxsplit=2)
    return int(words[1]) if len(words) > 1 and words[1].isdecimal() and len(words[1]) == 3 else usual
