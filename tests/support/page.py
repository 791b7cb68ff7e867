"""The page served for real, on a record and a clock of the test, and a browser as plain as HTTP itself."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from showup.clock import SystemClock
from showup.core.policy import Policy
from showup.flow.judge import Judge
from showup.store.database import Database
from showup.web.desk import Desk
from showup.web.service import Page, Terms

ZONE = ZoneInfo("America/New_York")


class Clock(SystemClock):
    """Its wall clock stands where it is put; its other clocks go on, and can be moved ahead."""

    def __init__(self, at: str) -> None:
        self.wall, self.ahead = datetime.fromisoformat(at).astimezone(UTC), 0.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead


@dataclass(frozen=True)
class Told:
    """What the page answered."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def token(self) -> str:
        return self.text.partition('name="token" value="')[2].partition('"')[0]

    @property
    def seen(self) -> str:
        """Its words, without the marks."""
        return unescape(" ".join(re.sub(r"<[^>]*>", " ", self.text).split()))


@dataclass
class Visitor:
    """Somebody who asks, with or without the cookie of a session."""

    authority: str
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: str | bytes | None = None, **headers: str) -> Told:
        """One request; in the names of `headers` an underscore stands for a hyphen."""
        sent = {"Host": self.authority, **self.headers, **{k.replace("_", "-"): v for k, v in headers.items()}}
        if self.cookie:
            sent["Cookie"] = self.cookie
        host, port = self.authority.split(":")
        line = HTTPConnection(host, int(port), timeout=30)
        try:
            line.request(method, path, body, {name: value for name, value in sent.items() if value})
            got = line.getresponse()
            return Told(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read().decode())
        finally:
            line.close()

    def get(self, path: str = "/", **headers: str) -> Told:
        return self.ask("GET", path, **headers)

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Told:
        ours = {"Origin": "null", "Sec_Fetch_Site": "same-origin"}
        kind = {"Content_Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(fields), **{**ours, **kind, **headers})

    def say(self, page: str, path: str, **fields: str) -> Told:
        """Send a form that stands on a page of ours, and look where it leads."""
        sent = self.post(path, {"token": self.get(page).token, **fields})
        assert sent.status == 303, sent.seen
        return self.get(sent.headers["location"].partition("#")[0])


def entered(url: str) -> Visitor:
    """Somebody who opened the printed address."""
    address, _, path = url.strip().removeprefix("http://").partition("/")
    answer = Visitor(address).get(f"/{path}")
    assert answer.status == 303, answer.seen
    return Visitor(address, answer.headers["set-cookie"].partition(";")[0])


@dataclass
class Served:
    """A page that is served; `database` is the record that it opens for each request."""

    page: Page
    clock: Clock
    authority: str
    said: list[str]
    database: Path

    def stranger(self) -> Visitor:
        return Visitor(self.authority)

    def visitor(self) -> Visitor:
        """Somebody with a session."""
        answer = self.stranger().get(f"/open?code={self.page.codes.new()}")
        assert answer.status == 303
        return Visitor(self.authority, answer.headers["set-cookie"].partition(";")[0])


@contextmanager
def serve(database: Path, folder: Path, at: str, terms: Terms | None = None) -> Iterator[Served]:
    """Serve the record at a moment; `folder` is the running state, and holds the person's questions."""
    clock, said = Clock(at), list[str]()
    desk = Desk(
        lambda: Database(served.database), lambda: Judge(Policy(), ZONE), clock, folder / "questions.txt", said.append
    )
    page = Page(desk, folder / "web", lambda: terms or Terms())
    try:
        served = Served(page, clock, page.open(), said, database)
        yield served
    finally:
        page.close()
