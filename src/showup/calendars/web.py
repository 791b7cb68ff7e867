"""Get an address within a time limit. No sentence of it, and no exception, ever holds the address."""

import queue
import ssl
import threading
import urllib.error
import urllib.request
from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from showup import __version__
from showup.calendars.body import Body, spool
from showup.calendars.line import Line
from showup.calendars.trouble import trouble
from showup.ports import SourceProblem

DEADLINE = 5.0
"""Seconds for all of it: name, connection, redirections, body."""
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
    try:
        request, host = _request(address)
    except ValueError:  # of urlsplit, of a port, of a name that IDNA does not allow
        request = None
    if request is None:
        raise SourceProblem("The address of a calendar is no address.", "Copy it again from your calendar's settings.")
    for name, value in (("If-None-Match", last.etag), ("If-Modified-Since", last.modified)) if last else ():
        if value:
            request.add_header(name, value)
    came = _within(DEADLINE, request)
    if isinstance(came, Exception):
        raise trouble(came, host)
    return came


def _request(address: str) -> tuple[urllib.request.Request, str]:
    """Return the request, and the host's name to speak of it."""
    parts = urlsplit(address)
    if not parts.hostname:
        raise ValueError
    host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")
    place = f"[{host}]" if ":" in host else host
    place += f":{parts.port}" if parts.port else ""
    query = f"?{quote(parts.query, _SAFE)}" if parts.query else ""
    request = urllib.request.Request(  # noqa: S310 - the opener knows http and https only
        f"{parts.scheme}://{place}{quote(parts.path or '/', _SAFE)}{query}",
        headers={"User-Agent": f"showup/{__version__}", "Accept": "text/calendar, */*", "Accept-Encoding": "gzip"},
    )
    if parts.username is not None:
        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        request.add_unredirected_header("Authorization", f"Basic {b64encode(secret).decode()}")
    return request, parts.hostname[:100]


def _within(seconds: float, request: urllib.request.Request) -> Answer | Exception:
    """Do it in a thread: looking up a name cannot be interrupted, nor can waiting for a server that drips."""
    line = Line()
    outcome: queue.SimpleQueue[Answer | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            outcome.put(_get(line, request, seconds))
        except Exception as problem:  # noqa: BLE001 - handed to the one who waits
            outcome.put(problem)

    threading.Thread(target=work, name="showup-fetch", daemon=True).start()
    try:
        return outcome.get(timeout=seconds)
    except queue.Empty:
        line.cut()
        return TimeoutError()


def _get(line: Line, request: urllib.request.Request, seconds: float) -> Answer:
    try:
        with line.opener(ssl.create_default_context()).open(request, timeout=seconds) as response:
            body = spool(response)
            headers = response.headers
    except urllib.error.HTTPError as answer:
        answer.close()
        if answer.code == 304:
            return Answer(None)
        raise
    return Answer(body, headers.get("ETag", "")[:1_000], headers.get("Last-Modified", "")[:100])
