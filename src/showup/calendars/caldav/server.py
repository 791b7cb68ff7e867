"""One conversation with a CalDAV server. The password goes to the hosts that were agreed on and to no other."""

import ipaddress
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from showup.calendars.caldav.digest import Challenge
from showup.calendars.caldav.multistatus import Multistatus, NoMultistatus, conditions, read
from showup.network.body import Body, spool
from showup.network.line import Line, RedirectionError, trusted
from showup.network.web import AGENT, basic, sendable
from showup.ports import SourceProblem

_HOPS = 6
_ERROR_BODY = 100_000
_REDIRECTIONS = {301, 302, 303, 307, 308}
_MULTISTATUS = 207
_UNAUTHORISED = 401


@dataclass(frozen=True, slots=True)
class Login:
    """Who signs in, by which password; without a user nobody does."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a password belongs to (RFC 6454)."""

    scheme: str
    host: str
    port: int

    @property
    def private(self) -> bool:
        """Whether what is said to it stays between the two: over TLS, or within this machine."""
        return self.scheme == "https" or (self.scheme == "http" and _is_loopback(self.host))

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = 443 if self.scheme == "https" else 80
        return f"{self.scheme}://{host}" + (f":{self.port}" if self.port != usual else "")


def origin(address: str) -> Origin:
    """The origin of an address.

    Raises:
        SourceProblem: it is no address.
    """
    parts = urlsplit(sendable(address)[0])
    return Origin(parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))


class Refused(Exception):  # noqa: N818 - it says what became of the request
    """The server answered with an error; `conditions` are the names of what it wanted to be so."""

    def __init__(self, error: urllib.error.HTTPError, found: frozenset[str]) -> None:
        super().__init__(error.code)
        self.error, self.code, self.conditions = error, error.code, found


class ElsewhereProblem(SourceProblem):
    """The server sends on to a host that the password was not meant for."""

    def __init__(self, here: str, there: Origin) -> None:
        super().__init__(
            f"{here} sends on to {there.host[:100]}, and the password is not sent there.",
            "If that is right, `showup calendar add caldav` lets you agree to it.",
            lasting=True,
        )
        self.origin = there


class Server:
    """Asks questions as one user. `agreed` are the origins that may have the password."""

    def __init__(self, line: Line, login: Login, agreed: frozenset[Origin], seconds: float) -> None:
        self._login, self._agreed, self._seconds = login, agreed, seconds
        self._challenge: Challenge | None = None
        self.use(line)

    def use(self, line: Line) -> None:
        """Ask over another line from now on: one lasts no longer than its time."""
        self._opener = line.opener(trusted(), following=False)

    def ask(self, method: str, address: str, body: bytes, depth: int = 0) -> tuple[str, Multistatus]:
        """Ask, wherever the server sends us within what was agreed; returns the last address with its answer.

        Raises:
            Refused: it answered with an error.
            ElsewhereProblem: it sends on to another host.
            SourceProblem: the address is none, or would show the password to all the network.
            NoMultistatus: its answer is none.
            Exception: what else can happen on the way; `network.trouble` knows it.
        """
        first = origin(address)
        for _ in range(_HOPS):
            self.check(first, address)
            try:
                came = self._send(method, address, body, depth)  # its file is closed when it is let go of
                return address, read(came.file, address)
            except urllib.error.HTTPError as answer:
                try:
                    if not self._challenged(answer):
                        address = self._next(answer, address)
                finally:
                    answer.close()
        raise RedirectionError("redirections")

    def check(self, first: Origin, address: str) -> None:
        """Whether the password may go to an address, to which `first` sent us.

        Raises:
            ElsewhereProblem: nobody agreed to that.
            SourceProblem: the way there is open, or it is no address.
        """
        there = origin(address)
        if there not in self._agreed:
            raise ElsewhereProblem(first.host[:100], there)
        if not there.private:
            raise SourceProblem(
                f"The way to {there.host[:100]} is open for all to read, and the password is not sent there.",
                "Give an address that begins with https://.",
                lasting=True,
            )

    def _send(self, method: str, address: str, body: bytes, depth: int) -> Body:
        headers = {
            "User-Agent": AGENT,
            "Accept": "application/xml, text/xml",
            "Accept-Encoding": "gzip",
            "Content-Type": "application/xml; charset=utf-8",
            "Depth": str(depth),
        }
        request = urllib.request.Request(sendable(address)[0], body, headers, method=method)  # noqa: S310 - as above
        if self._login.user:
            request.add_unredirected_header("Authorization", self._signature(method, request.selector))
        with self._opener.open(request, timeout=self._seconds) as response:
            if response.status != _MULTISTATUS:
                raise NoMultistatus
            return spool(response)

    def _signature(self, method: str, selector: str) -> str:
        user, password = self._login.user, self._login.password
        return self._challenge.answer(user, password, method, selector) if self._challenge else basic(user, password)

    def _challenged(self, answer: urllib.error.HTTPError) -> bool:
        """Whether the server wants Digest instead of Basic; asked once, as a wrong password must not be tried often."""
        if answer.code != _UNAUTHORISED or self._challenge or not self._login.user:
            return False
        for told in answer.headers.get_all("WWW-Authenticate", []):
            with suppress(ValueError):
                self._challenge = Challenge(told)
        return self._challenge is not None

    @staticmethod
    def _next(answer: urllib.error.HTTPError, address: str) -> str:
        """Where it sends us."""
        location = answer.headers.get("Location", "")
        if answer.code in _REDIRECTIONS and location:
            try:
                return urljoin(address, location)
            except ValueError:
                raise RedirectionError("redirection") from None
        try:
            told = answer.read(_ERROR_BODY)
        except (OSError, ValueError):
            told = b""
        raise Refused(answer, conditions(told)) from None


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
