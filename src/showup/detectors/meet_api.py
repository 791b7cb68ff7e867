"""The Google Meet API v2 by Google's own client: the meetings held under a code, and who was in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from showup.core.spans import Span
from showup.detectors.meet_list import Held, is_nobody, is_you, moment, stay
from showup.google.account import Account, mend
from showup.google.backoff import Backoff
from showup.google.client import client
from showup.google.connection import Connection, Resource, host_of, root
from showup.google.refusal import Busy, Missing, Service
from showup.google.scopes import MEETINGS
from showup.ports import Clock, SecretStore, SourceProblem

ENDPOINT = "https://meet.googleapis.com/"
_MEET = Service("Google Meet REST API", "list of participants", "lists of participants")
_PAGES = 20
"""So many pages are more participants than a meeting can have."""
_RECORDS = "nextPageToken,conferenceRecords(name,startTime,endTime)"
_PEOPLE = (
    "nextPageToken,participants(name,earliestStartTime,latestEndTime,"
    "signedinUser(user,displayName),anonymousUser(displayName),phoneUser)"
)
_SESSIONS = "nextPageToken,participantSessions(startTime,endTime)"


@dataclass(frozen=True, slots=True)
class _Hull:
    """A participant's first coming and last going. While these stay, the sessions between are not asked again."""

    name: str
    first: object
    last: object


class MeetApi:
    """One account's view of its meetings. Not to be used by two threads."""

    def __init__(self, name: str, endpoint: str, secrets: SecretStore, clock: Clock) -> None:
        """Nothing is asked yet.

        Raises:
            SourceProblem: the endpoint is one on which others could read along, or Google's client is not whole.
        """
        self._name, self._account = name, Account(name, secrets, clock)
        address = root(endpoint or ENDPOINT, "meet_endpoint")
        self._connection = Connection(self._account, clock, _MEET, host_of(address))
        self._clock, self._backoff = clock, Backoff()
        service = client("meet", "v2", self._connection, address)
        self._records = service.conferenceRecords()
        self._participants = self._records.participants()
        self._sessions = self._participants.participantSessions()
        self._stays: dict[_Hull, tuple[Span, ...]] = {}

    def number(self) -> str:
        """The account's number, by which the lists know it.

        Raises:
            SourceProblem: there is no sign-in, or one that does not allow lists to be read.
        """
        token = self._account.token()
        if MEETINGS in token.scopes and token.number:
            return token.number
        raise SourceProblem(
            "The sign-in with Google does not allow lists of participants to be read.",
            mend(self._name, " --meet"),
            lasting=True,
        )

    def held(self, code: str, window: Span, note_takers: Sequence[str]) -> tuple[Held, ...]:
        """The meetings under this code that meet the window, the latest first.

        Raises:
            Missing: the account may not see this.
            SourceProblem: it cannot be read now, or the sign-in does not allow it.
        """
        number = self.number()
        self._backoff.check(self._clock.boottime())
        try:
            records = self._meetings(code, window)
            found = tuple(self._held(record, number, note_takers) for record in records)
        except Busy as busy:
            self._backoff.refused(busy, self._clock.boottime())
            raise
        except (ValueError, KeyError, TypeError, OverflowError) as nonsense:
            raise self._connection.nonsense() from nonsense
        self._backoff.answered()
        return found

    def _meetings(self, code: str, window: Span) -> list[Resource]:
        """A code is used again and again: what counts is what was held at the time. They come latest first."""
        found = []
        for record in self._all(
            self._records.list, "conferenceRecords", _RECORDS, filter=f'space.meeting_code = "{code}"'
        ):
            lasted = stay(record.get("startTime"), record.get("endTime"), None)
            if lasted.end <= window.start:
                break
            if lasted.meets(window):
                found.append(record)
        return found

    def _held(self, record: Resource, number: str, note_takers: Sequence[str]) -> Held:
        you, they, ended = list[Span](), list[Span](), moment(record.get("endTime"))
        for participant in self._all(self._participants.list, "participants", _PEOPLE, parent=record["name"]):
            if is_you(participant, number):
                you += self._stay(participant, ended)
            elif not is_nobody(participant, note_takers):
                they += self._stay(participant, ended)
        return Held(tuple(you), tuple(they))

    def _stay(self, participant: Resource, ended: datetime | None) -> tuple[Span, ...]:
        """Every stretch in which one participant was there."""
        hull = _Hull(
            str(participant["name"]), participant.get("earliestStartTime"), participant.get("latestEndTime") or ended
        )
        if hull not in self._stays:
            whole = stay(hull.first, participant.get("latestEndTime"), ended)
            self._stays[hull] = self._spans(hull.name, ended) or (whole,)
        return self._stays[hull]

    def _spans(self, name: str, ended: datetime | None) -> tuple[Span, ...]:
        """A participant's sessions; none where the account may not see them."""
        try:
            sessions = self._all(self._sessions.list, "participantSessions", _SESSIONS, parent=name)
            return tuple(stay(one.get("startTime"), one.get("endTime"), ended) for one in sessions)
        except Missing:
            return ()

    def _all(self, method: Any, key: str, fields: str, **asked: object) -> Iterator[Resource]:  # noqa: ANN401 - made by the client
        """All items of all pages.

        Raises:
            Expired, Missing: see there.
            SourceProblem: see `Connection.ask`.
        """
        page = ""
        for _ in range(_PAGES):
            self._connection.begin()
            told = self._connection.ask(method(fields=fields, **asked, **({"pageToken": page} if page else {})))
            items, page = told.get(key, []), str(told.get("nextPageToken", ""))
            if not isinstance(items, list) or (told and key not in told and not page):
                raise self._connection.nonsense()
            for item in items:
                if not isinstance(item, Mapping):
                    raise self._connection.nonsense()
                yield item
            if not page:
                return
        raise self._connection.nonsense()
