"""One request over the network, within a time limit that holds for all of it: name, connection, answer."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit

from showup.network.body import TooLarge, spool
from showup.network.line import Line, trusted
from showup.network.trouble import trouble
from showup.network.web import AGENT, within
from showup.ports import SourceProblem

ANSWER_LIMIT = 32_000_000
"""Bytes of one answer, unpacked. A page of 500 events whose every field is as long as Google lets it be has 25 MB."""
_PARTS = 1_000_000
"""Objects and lists in an answer; four times as many values. An empty one takes two bytes there, and 64 in memory."""
_PORTAL = "The network may ask for a sign-in: open a browser."
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Sent:
    """A request. Body and headers may hold secrets: they are in no repr."""

    url: str = field(repr=False)
    method: str = "GET"
    body: bytes | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, whatever the server makes of the request."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)


Send = Callable[[Sent], Answer]


def send(request: Sent, seconds: float) -> Answer:
    """Send a request and wait for the whole answer. HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE are honoured.

    Raises:
        SourceProblem: it did not come, not whole, or not in time. It names the host and nothing else of the address.
    """
    host = (urlsplit(request.url).hostname or "")[:100]
    if seconds <= 0:
        raise trouble(TimeoutError(), host)
    try:
        return within(seconds, lambda line: _exchange(line, request, seconds))
    except TooLarge:
        raise SourceProblem(f"{host} sent more than a calendar can be.", "It is tried again soon.") from None
    except Exception as problem:  # noqa: BLE001 - hostile servers fail in ways that nobody can list
        raise trouble(problem, host, _PORTAL) from None


def is_private(url: str) -> bool:
    """Whether nobody on the way can read along: https, or this machine itself."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        )
    except ValueError:
        return False


def _exchange(line: Line, sent: Sent, seconds: float) -> Answer:
    request = urllib.request.Request(sent.url, sent.body, method=sent.method)  # noqa: S310 - http and https only
    for name, value in {
        "User-Agent": f"{AGENT} (gzip)",  # Google packs only for those who say so here as well
        "Accept-Encoding": "gzip",
        **sent.headers,
    }.items():
        request.add_unredirected_header(name, value)  # a token goes to the address that it was meant for, no further
    opener = line.opener(trusted())
    try:
        with opener.open(request, timeout=seconds) as response:
            return _whole(response, response.status)
    except urllib.error.HTTPError as refused:
        with refused:
            if refused.code == 407 or 300 <= refused.code < 400:
                raise
            return _whole(cast("http.client.HTTPResponse", refused.fp), refused.code)


def _whole(response: http.client.HTTPResponse, status: int) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    body = spool(response)
    body.file.seek(0)
    content = body.file.read(ANSWER_LIMIT + 1)
    parts, values = content.count(b"{") + content.count(b"["), content.count(b",")
    if len(content) > ANSWER_LIMIT or parts > _PARTS or values > 4 * _PARTS:
        raise TooLarge
    return Answer(status, headers, content)
