"""A web server on this machine that stands before a real one, counts what is asked of it, and fails as told."""

import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.support.loopback import Handler, Loopback


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def what(self) -> str:
        """The method; of a REPORT the name of its question."""
        names = ("calendar-query", "calendar-multiget", "sync-collection")
        return next((name for name in names if name.encode() in self.body), self.method)


@dataclass(frozen=True)
class Told:
    """An answer."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def multistatus(inner: str = "", status: int = 207) -> Told:
    """An answer as CalDAV servers give it; the names of its elements have the prefixes `d`, `c` and `s`."""
    names = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/"'
    return Told(status, f'<?xml version="1.0"?><d:multistatus {names}>{inner}</d:multistatus>'.encode())


Answers = Callable[[Asked], Told | None]


class Front(Loopback):
    """Passes on to `behind`, a port of this machine, what `answers` has no answer to, and lets `spoil` at it."""

    def __init__(self, behind: int = 0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind = behind
        self.asked: list[Asked] = []
        self.answers: Answers = lambda _: None
        self.spoil: Callable[[Asked, Told], Told] = lambda _, told: told
        self.over = threading.Event()

    @property
    def questions(self) -> list[str]:
        """What was asked since the last look."""
        found, self.asked = [one.what for one in self.asked], []
        return found

    def pass_on(self, asked: Asked) -> Told:
        connection = connected(self.behind)
        try:
            kept = {
                name: value for name, value in asked.headers.items() if name not in {"Connection", "Accept-Encoding"}
            }
            connection.request(asked.method, asked.path, asked.body, kept)
            answer = connection.getresponse()
            named = ("Content-Type", "WWW-Authenticate", "ETag", "Location")
            headers = {name: value for name in named if (value := answer.headers.get(name))}
            return Told(answer.status, answer.read(), headers)
        finally:
            connection.close()


def connected(port: int) -> http.client.HTTPConnection:
    """A connection that acknowledges at once: else servers which write in small pieces wait 40 ms for each answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.connect()
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
    return connection


class _Handler(Handler):
    server: Front

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        asked = Asked(self.command, self.path, dict(self.headers), body)
        front = self.server
        front.asked.append(asked)
        told = front.spoil(asked, front.answers(asked) or front.pass_on(asked))
        self.send_response(told.status)
        for name, value in told.headers.items():
            self.send_header(name, value)
        if "Content-Length" not in told.headers:
            self.send_header("Content-Length", str(len(told.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(told.body)
        self.close_connection = True


@contextmanager
def front(behind: int = 0) -> Iterator[Front]:
    server = Front(behind)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
