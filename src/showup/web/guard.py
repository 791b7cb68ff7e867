"""The door: who may come in, and what every answer carries. Loopback is open to every program and page on this machine.

Rules: OWASP's cheat sheets on cross-site request forgery and DNS rebinding; Fetch Metadata (W3C), Origin (RFC 6454).
"""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from showup.web.asking import trouble
from showup.web.sessions import Sessions

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_OPEN = ("/open", "/static/")
"""What needs no session: where one is got, and how the pages look."""
HEAD = 16 * 1024
"""Bytes of what comes before a form."""
_PATH = 200
"""Characters of a path: no page has a longer one, and Python refuses to read numbers of thousands of digits."""
_AGAIN = "This page is not open any more. Run `showup web` to open it anew."


class Guard:
    """Lets through to the pages what comes from the person's own browser, at `authority` (host and port)."""

    def __init__(self, pages: ASGIApp, authority: str, sessions: Sessions, cookie: str) -> None:
        self._pages, self._authority, self._sessions, self._cookie = pages, authority, sessions, cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or answer it here."""
        if scope["type"] != "http":
            return
        request = Request(scope)
        refused = self._refused(request)
        answer = trouble(*refused) if refused else self._pages
        await answer(scope, receive, _with_headers(send))

    def _refused(self, request: Request) -> tuple[int, str] | None:
        """The status and sentence with which it is refused, if it is."""
        if request.headers.getlist("host") != [self._authority]:
            return 421, "This address is not that of the page."
        if sum(len(name) + len(value) for name, value in request.headers.raw) > HEAD:
            return 431, "That is more than a request may hold."
        if len(request.url.path) > _PATH:
            return 404, "There is nothing here."
        if request.method not in {"GET", "HEAD", "POST"}:
            return 405, "That is nothing this page knows."
        if request.method == "POST" and not self._from_here(request):
            return 403, "This form was sent by another page, so it is not taken."
        request.state.session = request.cookies.get(self._cookie, "")
        known = self._sessions.holds(request.state.session)
        if not known and not request.url.path.startswith(_OPEN):
            return 403, _AGAIN
        return None

    def _from_here(self, request: Request) -> bool:
        """Whether a form was sent by a page of ours.

        With `no-referrer` browsers say that the origin is `null`, so then only their Sec-Fetch-Site tells.
        """
        origin, site = request.headers.getlist("origin"), request.headers.getlist("sec-fetch-site")
        ours = f"http://{self._authority}"
        if site:
            return site == ["same-origin"] and origin in ([ours], ["null"], [])
        return origin == [ours]


def _with_headers(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return answer
