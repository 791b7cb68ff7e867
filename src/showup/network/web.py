"""Get an address within a time limit. No sentence of it, and no exception, ever holds the address."""

import queue
import threading
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import SplitResult, quote, unquote, urlsplit

from showup import __version__
from showup.network.body import Body, spool
from showup.network.line import Line, trusted
from showup.network.trouble import trouble
from showup.ports import SourceProblem

T = TypeVar("T")

DEADLINE = 5.0
"""Seconds for all of it: name, connection, redirections, body."""
AGENT = f"showup/{__version__}"
_SAFE = "%/:=&?~+!$,;'@()*[]-._"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came. `body` is None where the server says that nothing has changed."""

    body: Body | None
    etag: str = ""
    modified: str = ""


def fetch(address: str, last: Answer | None = None) -> Answer:
    """Get an address; `last` is the last answer, if an unchanged one need not be sent again.

    HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE are honoured.

    Raises:
        SourceProblem: it did not come, not whole, or not in time.
    """
    request, host = _request(address)
    for name, value in (("If-None-Match", last.etag), ("If-Modified-Since", last.modified)) if last else ():
        if value:
            request.add_header(name, value)
    try:
        return within(DEADLINE, lambda line: _get(line, request))
    except Exception as problem:  # noqa: BLE001 - hostile servers fail in ways that nobody can list
        raise trouble(problem, host) from None


def _request(address: str) -> tuple[urllib.request.Request, str]:
    """Return the request, and the host's name to speak of it."""
    address, parts = sendable(address)
    request = urllib.request.Request(  # noqa: S310 - the opener knows http and https only
        address,
        headers={"User-Agent": AGENT, "Accept": "text/calendar, */*", "Accept-Encoding": "gzip"},
    )
    if parts.username is not None:
        request.add_unredirected_header("Authorization", basic(unquote(parts.username), unquote(parts.password or "")))
    return request, (parts.hostname or "")[:100]


def basic(user: str, password: str) -> str:
    """The header's value that signs in (RFC 7617)."""
    return f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"


def sendable(address: str) -> tuple[str, SplitResult]:
    """An address as it goes over the line, without user and password; and its parts as they were.

    Raises:
        SourceProblem: it is no address.
    """
    try:
        parts = urlsplit(address)
        if not parts.hostname:
            raise ValueError  # noqa: TRY301 - one way out for all that is wrong with it
        host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")
        place = f"[{host}]" if ":" in host else host
        place += f":{parts.port}" if parts.port else ""
    except ValueError:  # of urlsplit, of a port, of a name that IDNA does not allow
        wrong = SourceProblem(
            "The address of a calendar is no address.", "Copy it again from your calendar's settings."
        )
        raise wrong from None
    query = f"?{quote(parts.query, _SAFE)}" if parts.query else ""
    return f"{parts.scheme}://{place}{quote(parts.path or '/', _SAFE)}{query}", parts


def within(seconds: float, work: Callable[[Line], T]) -> T:
    """Do it in a thread: looking up a name cannot be interrupted, nor can waiting for a server that drips.

    Raises:
        TimeoutError: it is not done; what it still does comes to nothing, as its line is cut.
        Exception: what `work` raises.
    """
    line = Line()
    outcome: queue.SimpleQueue[tuple[T] | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            outcome.put((work(line),))
        except Exception as problem:  # noqa: BLE001 - handed to the one who waits
            outcome.put(problem)

    threading.Thread(target=run, name="showup-fetch", daemon=True).start()
    try:
        came = outcome.get(timeout=seconds)
    except queue.Empty:
        line.cut()
        raise TimeoutError from None
    if isinstance(came, Exception):
        raise came
    return came[0]


def _get(line: Line, request: urllib.request.Request) -> Answer:
    try:
        with line.opener(trusted()).open(request, timeout=DEADLINE) as response:
            body = spool(response)
            headers = response.headers
    except urllib.error.HTTPError as answer:
        answer.close()
        if answer.code == 304:
            return Answer(None)
        raise
    return Answer(body, headers.get("ETag", "")[:1_000], headers.get("Last-Modified", "")[:100])
