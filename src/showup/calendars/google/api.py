"""The Calendar API v3 by Google's own client, over a connection of our own."""

from showup.calendars.google.entry import Resource
from showup.google.account import Account
from showup.google.client import client
from showup.google.connection import Connection, Request, host_of, root
from showup.google.refusal import CALENDAR
from showup.ports import Clock

ENDPOINT = "https://www.googleapis.com/"
_PATH = "calendar/v3/"
_TURN = 0.5
"""Seconds after which no further page is asked for without a pause."""
_FIELDS = (
    "id,etag,status,summary,description,location,creator,organizer,attendees,start,end,endTimeUnspecified,"
    "recurrence,recurringEventId,originalStartTime,transparency,visibility,iCalUID,sequence,created,updated,"
    "hangoutLink,conferenceData/entryPoints,source,eventType"
)
LISTED = f"kind,timeZone,nextPageToken,nextSyncToken,items({_FIELDS})"


class Api:
    """Google's client for one account. It asks for the fields that are used, and for nothing else.

    Not to be used by two threads.
    """

    def __init__(self, endpoint: str, account: Account, clock: Clock) -> None:
        address = _address(endpoint or ENDPOINT)
        self._connection = Connection(account, clock, CALENDAR, host_of(address))
        self._connection.begin()
        service = client("calendar", "v3", self._connection, address)
        self._events, self._calendars = service.events(), service.calendarList()

    def begin(self) -> None:
        """The time limit begins anew."""
        self._connection.begin()

    @property
    def over(self) -> bool:
        """Whether it is time for a pause."""
        return self._connection.passed >= _TURN

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

    def _ask(self, request: Request, kind: str) -> Resource:
        told = self._connection.ask(request)
        if told.get("kind") != kind:
            raise self._connection.nonsense()
        return told


def _address(endpoint: str) -> str:
    """Where the API is, below a root that may be one's own."""
    found = root(endpoint, "api_endpoint")
    return found if found.endswith(_PATH) else found + _PATH
