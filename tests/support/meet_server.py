"""A Google Meet API v2 on this machine, held to Google's own description of it; with the faults of real networks."""

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.loopback import Handler, Loopback

DOCUMENT: dict[str, Any] = json.loads(
    files("googleapiclient").joinpath("discovery_cache/documents/meet.v2.json").read_text("utf-8")
)
_RECORDS = DOCUMENT["resources"]["conferenceRecords"]
_METHODS = {
    "conferenceRecords": _RECORDS["methods"]["list"],
    "participants": _RECORDS["resources"]["participants"]["methods"]["list"],
    "participantSessions": _RECORDS["resources"]["participants"]["resources"]["participantSessions"]["methods"]["list"],
}
_FILTER = re.compile(r'space\.meeting_code = "([a-z-]+)"')
SCOPE = "https://www.googleapis.com/auth/meetings.space.readonly"
_PAGE = 2
"""Small, so that there are pages."""


def stamp(moment: datetime) -> str:
    """As Google writes moments: with nine digits of a second, or none."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f000Z")


@dataclass
class Person:
    """Somebody in a meeting: a user's number, or "anonymous" or "phone"; `stays` are pairs of moments or None."""

    who: str
    name: str
    stays: list[tuple[datetime, datetime | None]]

    def view(self, path: str) -> dict[str, Any]:
        kinds = {
            "anonymous": {"anonymousUser": {"displayName": self.name}},
            "phone": {"phoneUser": {"displayName": self.name}},
        }
        signed_in = {"signedinUser": {"user": f"users/{self.who}", "displayName": self.name}}
        last = self.stays[-1][1]
        left = {"latestEndTime": stamp(last)} if last else {}
        return {"name": path, "earliestStartTime": stamp(self.stays[0][0]), **left, **kinds.get(self.who, signed_in)}

    def sessions(self, path: str) -> list[dict[str, Any]]:
        return [
            {"name": f"{path}/participantSessions/{place}", "startTime": stamp(start)}
            | ({"endTime": stamp(end)} if end else {})
            for place, (start, end) in reversed(list(enumerate(self.stays)))
        ]


@dataclass
class Meeting:
    """One call under a code."""

    code: str
    start: datetime
    end: datetime | None = None
    people: list[Person] = field(default_factory=list)


class Meet(Loopback):
    """`meetings` are those that the account may see; `fault` how requests fail; `asked` the paths that were asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.meetings: list[Meeting] = []
        self.fault = ""
        self.fault_at = ""
        self.asked: list[str] = []
        self.broken: list[BaseException] = []
        self.over = threading.Event()

    def answer(self, path: str, query: Mapping[str, list[str]]) -> dict[str, Any]:
        """The answer to a request that is right."""
        *parent, key = path.removeprefix("/v2/").split("/")
        told = _METHODS[key]
        assert re.fullmatch(told["parameters"].get("parent", {}).get("pattern", ""), "/".join(parent))
        assert set(query) <= set(told["parameters"]) | set(DOCUMENT["parameters"])
        items = self._items(key, parent, query)
        page = int(query.get("pageToken", ["0"])[0])
        answer: dict[str, Any] = {key: items[page : page + _PAGE]} if items[page:] else {}
        more = {"nextPageToken": str(page + _PAGE)} if items[page + _PAGE :] else {}
        _check(told["response"]["$ref"], answer | more)
        return _part(answer | more, query["fields"][0])

    def _items(self, key: str, parent: list[str], query: Mapping[str, list[str]]) -> list[dict[str, Any]]:
        if key == "conferenceRecords":
            code = _FILTER.fullmatch(query["filter"][0])
            assert code
            known = sorted(self.meetings, key=lambda one: one.start, reverse=True)
            return [self._record(one) for one in known if one.code == code[1]]
        meeting = self.meetings[int(parent[1])]
        if key == "participants":
            return [one.view(f"conferenceRecords/{parent[1]}/participants/{n}") for n, one in enumerate(meeting.people)]
        return meeting.people[int(parent[3])].sessions("/".join(parent))

    def _record(self, meeting: Meeting) -> dict[str, Any]:
        ended = {"endTime": stamp(meeting.end)} if meeting.end else {}
        name = f"conferenceRecords/{self.meetings.index(meeting)}"
        return {"name": name, "startTime": stamp(meeting.start), "space": "spaces/x", **ended}


def _check(schema: str, value: Mapping[str, Any]) -> None:
    """Whether an answer has only what the document says, and of the types that it says."""
    known = DOCUMENT["schemas"][schema]["properties"]
    assert set(value) <= set(known), (schema, value)
    for key, inner in value.items():
        told = known[key]
        if told.get("type") == "array":
            for item in inner:
                _check(told["items"]["$ref"], item)
        elif "$ref" in told:
            _check(told["$ref"], inner)
        else:
            assert isinstance(inner, str)


def _part(value: Mapping[str, Any], fields: str) -> dict[str, Any]:
    """What is left where only these fields are asked for; the names at any depth are enough here."""
    names = set(re.findall(r"\w+", fields))
    return {
        key: [_part(item, fields) for item in inner] if isinstance(inner, list) else inner
        for key, inner in value.items()
        if key in names
    }


class _Handler(Handler):
    server: Meet

    def do_GET(self) -> None:  # noqa: N802 - as http.server calls it
        meet, parts = self.server, urlsplit(self.path)
        self.close_connection = True
        meet.asked.append(parts.path)
        if meet.fault and meet.fault_at in parts.path:
            self._fail(*meet.fault.split(" ", 1))
            return
        if not self.headers["Authorization"].startswith(("Bearer planted-access", "Bearer access-")):
            self._send(401, b'{"error": {"code": 401}}')
            return
        try:
            answer = meet.answer(parts.path, parse_qs(parts.query))
        except BaseException as fault:
            meet.broken.append(fault)
            raise
        self._send(200, json.dumps(answer).encode())

    def _fail(self, kind: str, rest: str = "") -> None:
        match kind:
            case "hang":
                self.server.over.wait(20)
            case "status":
                code, _, reason = rest.partition(" ")
                told = {"code": int(code), "details": [{"reason": reason}] if reason else []}
                self._send(int(code), json.dumps({"error": told}).encode())
            case "body":
                self._send(200, rest.encode())

    def _send(self, code: int, body: bytes) -> None:
        self.send_response(code)
        for name, value in (("Content-Type", "application/json"), ("Content-Length", len(body))):
            self.send_header(name, str(value))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving() -> Iterator[Meet]:
    """A server for the time of a test; it must have been asked nothing that Google does not know."""
    meet = Meet()
    thread = threading.Thread(target=meet.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield meet
    finally:
        meet.over.set()
        meet.shutdown()
        meet.server_close()
        thread.join()
    assert meet.broken == []
