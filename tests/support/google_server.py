"""A Google server on this machine: sign-in and Calendar API with the real rules, and the faults of real networks."""

import gzip
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support import google_schema as schema
from tests.support.google_signin import LIST, READ, SignIn
from tests.support.google_world import GoneError, NotFoundError, World
from tests.support.loopback import Handler, Loopback

Run = Callable[[dict[str, Any]], dict[str, Any]]
_MIME = "application/json; charset=UTF-8"


@dataclass
class Fault:
    """How requests fail: `kind` names a method of the handler; `path` is a part of those that do; `times` how often."""

    kind: str
    path: str = ""
    times: int = -1
    code: int = 200
    reason: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Asked:
    """A request that has come."""

    method: str
    path: str
    query: dict[str, list[str]]


class Google(SignIn, Loopback):
    """`world` is the account; `asked` are the requests to the API."""

    request_queue_size = 50

    def __init__(self, world: World | None = None) -> None:
        SignIn.__init__(self)
        Loopback.__init__(self, ("127.0.0.1", 0), _Handler)
        self.world = world or World()
        self.lock = threading.Lock()
        self.faults: list[Fault] = []
        self.asked: list[Asked] = []
        self.seen: list[str] = []
        self.broken: list[BaseException] = []
        self.base = "http://127.0.0.1"
        self.over = threading.Event()

    @property
    def address(self) -> str:
        return f"{self.base}:{self.server_port}"

    def be_private(self, certificate: Path) -> None:
        """Speak TLS from now on, as localhost."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, certificate.with_name("key.pem"))
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.base = "https://localhost"

    @property
    def requests(self) -> int:
        """How many requests the API has had."""
        return len(self.asked)

    def client_secrets(self) -> dict[str, Any]:
        """The file that the console gives out for a desktop app."""
        uris = {"auth_uri": f"{self.address}/auth", "token_uri": f"{self.address}/token"}
        return {"installed": {**self.client, **uris, "redirect_uris": ["http://localhost"]}}

    def fail(
        self, kind: str, path: str = "", times: int = -1, code: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        """Let requests fail from now on."""
        self.faults.append(Fault(kind, path, times, code, headers=headers or {}))

    def well(self) -> None:
        self.faults.clear()


class _Handler(Handler):
    server: Google

    def do_GET(self) -> None:  # noqa: N802 - as http.server calls it
        self._any(b"")

    def do_POST(self) -> None:  # noqa: N802 - as http.server calls it
        self._any(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

    def _any(self, body: bytes) -> None:
        google = self.server
        self.close_connection = True
        parts = urlsplit(self.path)
        with google.lock:
            google.seen.append(f"{self.requestline} {dict(self.headers)} {body!r}")
            if parts.path.startswith("/calendar/"):
                google.asked.append(Asked(self.command, parts.path, parse_qs(parts.query)))
            fault = next((one for one in google.faults if one.path in self.path and one.times), None)
            if fault:
                fault.times -= 1
        if fault:
            getattr(self, f"_{fault.kind}")(fault)
        else:
            self._fine(body)

    def _fine(self, body: bytes) -> None:
        with self.server.lock:
            try:
                code, answer, headers = self._answer(body)
            except AssertionError as fault:
                self.server.broken.append(fault)
                raise
        self._send(code, json.dumps(answer).encode(), headers)

    def _answer(self, body: bytes) -> tuple[int, object, dict[str, str]]:
        parts = urlsplit(self.path)
        if parts.path == "/token":
            return self.server.token({key: value[0] for key, value in parse_qs(body.decode()).items()})
        if parts.path == "/auth":
            return (
                302,
                {},
                {"Location": self.server.ask({key: value[0] for key, value in parse_qs(parts.query).items()})},
            )
        try:
            return 200, self._api(parts.path, parse_qs(parts.query, keep_blank_values=True)), {}
        except schema.InvalidError as fault:
            return _error(400, "invalid", str(fault))
        except GoneError:
            return _error(410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required.")
        except NotFoundError:
            return _error(404, "notFound", "Not Found")
        except PermissionError as fault:
            if str(fault):
                return _error(403, "insufficientPermissions", "Request had insufficient authentication scopes.")
            return _error(401, "authError", "Invalid Credentials")

    def _api(self, path: str, query: dict[str, list[str]]) -> dict[str, Any]:
        world = self.server.world
        names = [unquote(part) for part in path.removeprefix("/calendar/v3/").split("/")]
        match names:
            case ["users", "me", "calendarList"]:
                return self._method("calendarList.list", "CalendarList", query, lambda _: world.listed())
            case ["calendars", calendar, "events"]:
                return self._method("events.list", "Events", query, lambda told: world.find(calendar).list(told))
            case ["calendars", calendar, "events", name]:
                return self._method("events.get", "Event", query, lambda _: world.find(calendar).get(name))
        raise NotFoundError

    def _method(self, name: str, answer: str, query: dict[str, list[str]], run: Run) -> dict[str, Any]:
        """Check the token, the request and the answer by Google's own document."""
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.server.tokens:
            raise PermissionError
        if not set(schema.method(name)["scopes"]) & set(self.server.tokens[token]):
            raise PermissionError("scope")
        told = schema.parameters(name, query)
        found = run(told)
        if not any(fault.kind == "hostile" for fault in self.server.faults):
            schema.check(answer, found)
        return schema.partial(answer, found, told["fields"]) if "fields" in told else found

    # ------------------------------------------------------------ faults

    def _status(self, fault: Fault) -> None:
        code, told, _ = _error(fault.code, fault.reason, "Sorry")
        self._send(code, json.dumps(told).encode(), fault.headers)

    def _body(self, fault: Fault) -> None:
        self._send(fault.code, fault.body, {"Content-Type": "text/html", **fault.headers})

    def _half(self, _: Fault) -> None:
        code, answer, headers = self._answer(b"")
        whole = json.dumps(answer).encode()
        self._send(code, whole[: len(whole) // 2], headers)

    def _drop(self, _: Fault) -> None:
        whole = json.dumps(self._answer(b"")[1]).encode()
        self._head(200, {"Content-Length": str(len(whole))})
        self.wfile.write(whole[: len(whole) // 2])

    def _hang(self, _: Fault) -> None:
        self.server.over.wait(30)

    def _drip(self, _: Fault) -> None:
        self._head(200, {"Content-Length": "100000"})
        while not self.server.over.wait(0.05):
            self.wfile.write(b" ")
            self.wfile.flush()

    def _hang_up(self, _: Fault) -> None:
        return

    def _flood(self, _: Fault) -> None:
        self._head(200, {"Content-Encoding": "gzip"})
        megabyte = gzip.compress(b" " * (1 << 20))
        for _again in range(40):
            self.wfile.write(megabyte)

    def _circle(self, _: Fault) -> None:
        self._send(200, b'{"kind": "calendar#events", "items": [], "nextPageToken": "again"}', {})

    def _hostile(self, _: Fault) -> None:
        self._fine(b"")

    def _send(self, code: int, body: bytes, headers: dict[str, str]) -> None:
        packed = "gzip" in self.headers.get("Accept-Encoding", "") and "gzip" in self.headers.get("User-Agent", "")
        if packed:
            body = gzip.compress(body, 1)
            headers = {"Content-Encoding": "gzip", **headers}
        self._head(code, {"Content-Type": _MIME, "Content-Length": str(len(body)), **headers})
        self.wfile.write(body)

    def _head(self, code: int, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in {**headers, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()


def _error(code: int, reason: str, message: str) -> tuple[int, object, dict[str, str]]:
    told = {"code": code, "message": message, "errors": [{"domain": "global", "reason": reason, "message": message}]}
    return code, {"error": told}, {}


__all__ = ["LIST", "READ", "Fault", "Google", "serving"]


@contextmanager
def serving(world: World | None = None) -> Iterator[Google]:
    """A server for the time of a test; it must have given no answer that Google would not give."""
    google = Google(world)
    thread = threading.Thread(target=google.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield google
    finally:
        google.over.set()
        google.shutdown()
        google.server_close()
        thread.join()
    assert google.broken == []
