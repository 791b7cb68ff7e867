"""The Calendar API v3 by Google's own client, over a connection of our own."""

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urlsplit

from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from httplib2 import Response

from showup.calendars.google.account import Account
from showup.calendars.google.entry import Resource
from showup.calendars.google.refusal import refusal
from showup.calendars.google.transport import Answer, Sent, is_private, send
from showup.ports import Clock, SourceProblem

ENDPOINT = "https://www.googleapis.com/"
_PATH = "calendar/v3/"
_FIELDS = (
    "id,etag,status,summary,description,location,creator,organizer,attendees,start,end,endTimeUnspecified,"
    "recurrence,recurringEventId,originalStartTime,transparency,visibility,iCalUID,sequence,created,updated,"
    "hangoutLink,conferenceData/entryPoints,source,eventType"
)
LISTED = f"kind,timeZone,nextPageToken,nextSyncToken,items({_FIELDS})"
_SECONDS = 5.0
"""What one reading may take in all, as the port has it."""
_PORTAL = "The network may ask for a sign-in: open a browser."


class Api:
    """Google's client for one account. It asks for the fields that are used, and for nothing else.

    Not to be used by two threads.
    """

    def __init__(self, endpoint: str, account: Account, clock: Clock) -> None:
        address = _address(endpoint or ENDPOINT)
        self._host = urlsplit(address).hostname or ""
        self._http = _Http(account, clock)
        self._account, self._clock = account, clock
        service = build(
            "calendar", "v3", http=self._http, static_discovery=True, client_options={"api_endpoint": address}
        )
        self._events, self._calendars = service.events(), service.calendarList()

    def begin(self) -> None:
        """The time limit begins anew."""
        self._http.until = self._clock.monotonic() + _SECONDS

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return self._clock.monotonic() >= self._http.until

    def events(self, calendar: str, **parameters: str | int | bool) -> Resource:
        """One page of a calendar's events.

        Raises:
            Expired, Missing: see there.
            SourceProblem: it cannot be read now.
        """
        return self._ask(self._events.list(calendarId=calendar, fields=LISTED, **parameters), "calendar#events")

    def event(self, calendar: str, name: str) -> Resource:
        """One event, or one occurrence of a series, by its id. Raises the same."""
        return self._ask(
            self._events.get(calendarId=calendar, eventId=name, fields=f"kind,{_FIELDS}"), "calendar#event"
        )

    def calendars(self, page: str) -> Resource:
        """One page of the list of calendars; `page` is empty for the first. Raises the same."""
        parameters = {"pageToken": page} if page else {}
        fields = "kind,nextPageToken,items(id,summary,summaryOverride,primary,accessRole)"
        return self._ask(self._calendars.list(fields=fields, **parameters), "calendar#calendarList")

    def _ask(self, request: "_Request", kind: str) -> Resource:
        """Send it once, and look at what came: a network that asks for a sign-in answers anything with a page."""
        try:
            told = request.execute(num_retries=0)
        except HttpError as refused:
            headers = {str(name): str(value) for name, value in refused.resp.items()}
            raise refusal(
                int(refused.resp.status), refused.content, headers, self._clock.now(), self._account.mend
            ) from None
        except (ValueError, RecursionError):  # what is no text, or JSON that no one can read
            told = None
        if isinstance(told, str) and told.lstrip()[:1] == "<":
            raise SourceProblem(f"{self._host} sent a web page instead of a calendar.", _PORTAL)
        if not isinstance(told, Mapping) or told.get("kind") != kind:
            raise SourceProblem(
                f"{self._host} sent something that is no calendar, or not all of it.", "It is tried again soon."
            )
        return told


class _Request(Protocol):
    """Google's HttpRequest."""

    def execute(self, *, num_retries: int) -> object: ...


class _Http:
    """What Google's client takes for `httplib2.Http`."""

    def __init__(self, account: Account, clock: Clock) -> None:
        self._account, self._clock = account, clock
        self.until = clock.monotonic() + _SECONDS

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> tuple[Response, bytes]:
        """Send a request with the account's token; once more with a renewed one where it is not accepted."""
        payload = body.encode() if body else None
        token = self._account.bearer(self._send)
        answer = self._with(token, Sent(uri, method, payload, headers or {}))
        if answer.status == 401:
            token = self._account.bearer(self._send, refused=token)
            answer = self._with(token, Sent(uri, method, payload, headers or {}))
        return Response({**answer.headers, "status": str(answer.status)}), answer.content

    def _with(self, token: str, sent: Sent) -> Answer:
        headers = {**sent.headers, "Authorization": f"Bearer {token}"}
        headers.pop("content-length", None)
        return self._send(Sent(sent.url, sent.method, sent.body, headers))

    def _send(self, sent: Sent) -> Answer:
        return send(sent, self.until - self._clock.monotonic())


def _address(endpoint: str) -> str:
    """Where the API is, below a root that may be one's own."""
    if not is_private(endpoint):
        raise SourceProblem(
            "The api_endpoint is an address on which others could read along.",
            "Give it one that begins with https://, or take it out of the settings.",
            lasting=True,
        )
    root = endpoint if endpoint.endswith("/") else f"{endpoint}/"
    return root if root.endswith(_PATH) else root + _PATH
