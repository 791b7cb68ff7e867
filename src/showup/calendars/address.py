"""A calendar at an address."""

from urllib.parse import urlsplit

from showup.calendars.files import Request, Visit, chunks
from showup.formats.ics import Steps, steps
from showup.network.body import Body
from showup.network.web import Answer, fetch
from showup.ports import SourceProblem, Window


class Address:
    """A calendar that a web server gives out. The address may be all the secret there is, so it is never told.

    The last body is kept (in an unnamed file if it is large): the server need not send it again for a new window.
    """

    def __init__(self, address: str, zone: str | None) -> None:
        self._address, self._zone = address, zone
        self._last: Answer | None = None
        self._body: Body | None = None
        self._request: Request | None = None

    def read(self, window: Window, known: frozenset[str]) -> Visit:
        """Read it; None if nothing has changed since the last reading with an equal window and `known`.

        Raises:
            Problem: it did not come, or is no whole calendar.
        """
        answer = fetch(self._address, self._last)
        body = answer.body or self._body
        if body is None:
            raise SourceProblem(f"{self._host()} gives no answer that makes sense.", "It is tried again soon.")
        same = self._body is not None and body.digest == self._body.digest
        parsed = None
        if not same or self._request != (window, known):
            parsed = yield from self._parse(body, window, known)
        self._last, self._body = answer if answer.body else self._last, body
        self._request = window, known
        return parsed

    def _parse(self, body: Body, window: Window, known: frozenset[str]) -> Steps:
        body.file.seek(0)
        if body.file.read(1_000).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise SourceProblem(
                f"{self._host()} sent a web page instead of a calendar.",
                "The network may ask for a sign-in: open a browser. Else copy the address again from your calendar.",
            )
        return (yield from steps(chunks(body.file), window.start, window.end, known, self._zone))

    def _host(self) -> str:
        return (urlsplit(self._address).hostname or "")[:100]
