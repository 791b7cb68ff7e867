"""A connection to one of Google's APIs, with the token of an account, that Google's own client can use."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from googleapiclient.errors import HttpError
from httplib2 import Response

from showup.google.account import Account
from showup.google.refusal import Service, refusal
from showup.google.transport import Answer, Sent, is_private, send
from showup.ports import Clock, SourceProblem

Resource = Mapping[str, object]
_SECONDS = 5.0
"""What may be waited for without a pause, as the port CalendarSource has it."""
_PORTAL = "The network may ask for a sign-in: open a browser."


class Request(Protocol):
    """Google's HttpRequest."""

    def execute(self, *, num_retries: int) -> object:
        """Send it; the answer's JSON."""
        ...


@dataclass(slots=True)
class Connection:
    """Sends requests and looks at what comes. Not to be used by two threads.

    `until` is when the time to wait is over, on the clock that stands in sleep.
    """

    account: Account
    clock: Clock
    service: Service
    host: str
    until: float = 0.0

    def begin(self) -> None:
        """The time limit begins anew."""
        self.until = self.clock.monotonic() + _SECONDS

    @property
    def passed(self) -> float:
        """Seconds since the time limit began."""
        return self.clock.monotonic() - self.until + _SECONDS

    def ask(self, request: Request) -> Resource:
        """Send it once, and look at what came: a network that asks for a sign-in answers anything with a page.

        Raises:
            Expired, Missing: see there.
            SourceProblem: it cannot be read now.
        """
        try:
            told = request.execute(num_retries=0)
        except HttpError as refused:
            headers = {str(name): str(value) for name, value in refused.resp.items()}
            status, now, mend = int(refused.resp.status), self.clock.now(), self.account.mend
            raise refusal(status, refused.content, headers, now, mend, service=self.service) from None
        except (ValueError, RecursionError):  # what is no text, or JSON that no one can read
            told = None
        if isinstance(told, str) and told.lstrip()[:1] == "<":
            raise SourceProblem(f"{self.host} sent a web page instead of a {self.service.thing}.", _PORTAL)
        if not isinstance(told, Mapping):
            raise self.nonsense()
        return told

    def nonsense(self) -> SourceProblem:
        """Something came that makes no sense."""
        return SourceProblem(
            f"{self.host} sent something that is no {self.service.thing}, or not all of it.", "It is tried again soon."
        )

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> tuple[Response, bytes]:
        """Send a request with the account's token; once more with a renewed one where it is not accepted.

        This is what Google's client takes for `httplib2.Http`.
        """
        payload = body.encode() if body else None
        token = self.account.bearer(self._send)
        answer = self._with(token, Sent(uri, method, payload, headers or {}))
        if answer.status == 401:
            token = self.account.bearer(self._send, refused=token)
            answer = self._with(token, Sent(uri, method, payload, headers or {}))
        return Response({**answer.headers, "status": str(answer.status)}), answer.content

    def _with(self, token: str, sent: Sent) -> Answer:
        headers = {**sent.headers, "Authorization": f"Bearer {token}"}
        headers.pop("content-length", None)
        return self._send(Sent(sent.url, sent.method, sent.body, headers))

    def _send(self, sent: Sent) -> Answer:
        return send(sent, self.until - self.clock.monotonic())


def root(endpoint: str, setting: str) -> str:
    """An API's address, which may be one's own, with a slash at its end; `setting` is what it is called.

    Raises:
        SourceProblem: others could read along on it.
    """
    if not is_private(endpoint):
        raise SourceProblem(
            f"The {setting} is an address on which others could read along.",
            "Give it one that begins with https://, or take it out of the settings.",
            lasting=True,
        )
    return endpoint if endpoint.endswith("/") else f"{endpoint}/"


def host_of(address: str) -> str:
    """The host's name, to speak of it."""
    return urlsplit(address).hostname or ""
