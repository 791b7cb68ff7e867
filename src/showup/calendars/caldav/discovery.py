"""From an address and a sign-in to the calendars there (RFC 6764, section 6; RFC 4791, section 6.2.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from showup.calendars.caldav import questions
from showup.calendars.caldav.multistatus import CALDAV, DAV, Item, NoMultistatus
from showup.calendars.caldav.server import Login, Origin, Refused, Server, origin
from showup.calendars.caldav.source import no_server
from showup.core.text import plain
from showup.network.trouble import trouble
from showup.network.web import within
from showup.ports import SourceProblem

_SECONDS = 20.0
"""For all of it: several requests to a server that may have slept."""
_PLACES = 10
_NAME = 60
_HOME = f"{CALDAV}calendar-home-set"
_WHO = f"{DAV}current-user-principal"


@dataclass(frozen=True, slots=True)
class Found:
    """A calendar on the server."""

    url: str
    name: str


def discover(address: str, login: Login, agreed: Iterable[Origin] = ()) -> tuple[Found, ...]:
    """The calendars with events that somebody has there, by name; `address` may be a host, a server or a calendar.

    `agreed` are other origins that may have the password.

    Raises:
        ElsewhereProblem: the server sends on to another host; it can be asked again with that one agreed on.
        SourceProblem: there is none, or it cannot be asked.
    """
    address = address if "://" in address[:20] else f"https://{address}"
    host = (urlsplit(address).hostname or "")[:100]
    allowed = frozenset({origin(address), *agreed})
    try:
        return within(_SECONDS, lambda line: _Search(Server(line, login, allowed, _SECONDS)).find(address))
    except NoMultistatus:
        raise no_server(host) from None
    except Refused as answer:
        if answer.code == 401:
            raise SourceProblem(
                f"{host} does not accept this user with this password.",
                "Many services want a password made for this one app: docs/caldav.md says where to make it.",
                lasting=True,
            ) from None
        raise trouble(answer.error, host) from None
    except SourceProblem:
        raise
    except Exception as problem:  # noqa: BLE001 - hostile servers fail in ways that nobody can list
        raise trouble(problem, host) from None


class _Search:
    def __init__(self, server: Server) -> None:
        self._server = server

    def find(self, address: str) -> tuple[Found, ...]:
        """Look at the address itself, then where servers say where their calendars are."""
        trouble: Exception = NoMultistatus()
        for place in dict.fromkeys((address, urljoin(address, "/.well-known/caldav"), urljoin(address, "/"))):
            try:
                found = self._at(place)
            except (Refused, NoMultistatus) as problem:
                if isinstance(problem, Refused) and problem.code == 401:
                    raise
                trouble = problem if place == address else trouble
                continue
            if found:
                return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.url)))
            trouble = _none(address)
        raise trouble

    def _at(self, place: str) -> list[Found]:
        item = self._one(place)
        if _is_calendar(item):
            self._server.check(origin(place), item.address)
            return [_found(item)]
        homes = item.hrefs(_HOME)
        for principal in item.hrefs(_WHO)[:_PLACES] if not homes else ():
            homes += self._one(principal).hrefs(_HOME)
        return [found for home in dict.fromkeys(homes[:_PLACES]) for found in self._in(home)]

    def _one(self, place: str) -> Item:
        """What the server says of one place."""
        address, told = self._server.ask("PROPFIND", place, questions.properties(questions.WHO))
        return told.items[0] if told.items else Item("", address, 404, {})

    def _in(self, home: str) -> list[Found]:
        """The calendars in a home; the password will go to each, so each must be where it may."""
        address, told = self._server.ask("PROPFIND", home, questions.properties(questions.WHAT), 1)
        calendars = [item for item in told.items if _is_calendar(item) and _holds_events(item)]
        for item in calendars:
            self._server.check(origin(address), item.address)
        return [_found(item) for item in calendars]


def _found(item: Item) -> Found:
    last = urlsplit(item.address).path.rstrip("/").rpartition("/")[2]
    return Found(item.address, plain(item.text(f"{DAV}displayname") or last, _NAME) or "calendar")


def _is_calendar(item: Item) -> bool:
    return item.has(f"{DAV}resourcetype", f"{CALDAV}calendar")


def _holds_events(item: Item) -> bool:
    """Whether events are allowed in it; a server that says nothing allows all (RFC 4791, section 5.2.3)."""
    kinds = item.props.get(f"{CALDAV}supported-calendar-component-set")
    return kinds is None or any(one.get("name", "").upper() == "VEVENT" for one in kinds)


def _none(address: str) -> SourceProblem:
    host = (urlsplit(address).hostname or "")[:100]
    return SourceProblem(f"No calendar was found at {host}.", "Give the whole address; docs/caldav.md lists some.")
