"""A web server on this machine with the faults of the real ones."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.loopback import Handler, Loopback


class Web(Loopback):
    """Gives out `body`. `fault` names how it fails; `asked` holds the headers of every request."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.body = b""
        self.fault = ""
        self.etag = ""
        self.modified = ""
        self.packed = False
        self.packed_at = 1
        self.asked: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.over = threading.Event()


class _Answer(Handler):
    server: Web

    def do_GET(self) -> None:  # noqa: N802 - as http.server calls it
        web = self.server
        web.asked.append(dict(self.headers))
        web.paths.append(self.path)
        self.close_connection = True
        fault, _, detail = web.fault.partition(" ")
        getattr(self, f"_{fault or 'fine'}")(detail)

    def _fine(self, _: str) -> None:
        web = self.server
        if (web.etag and self.headers.get("If-None-Match") == web.etag) or (
            web.modified and self.headers.get("If-Modified-Since") == web.modified
        ):
            self._head(304, 0)
            return
        body = gzip.compress(web.body, mtime=web.packed_at) if web.packed else web.body
        self._head(200, len(body), **({"Content-Encoding": "gzip"} if web.packed else {}))
        self.wfile.write(body)

    def _status(self, code: str) -> None:
        self._head(int(code), 5)
        self.wfile.write(b"sorry")

    def _html(self, _: str) -> None:
        self._send(b"\r\n <!DOCTYPE html><title>Sign in</title>")

    def _empty(self, _: str) -> None:
        self._send(b"")

    def _half(self, _: str) -> None:
        self._send(self.server.body[: len(self.server.body) // 2])

    def _torn(self, _: str) -> None:
        self._head(200, len(self.server.body))
        self.wfile.write(self.server.body[:-20])

    def _torn_gzip(self, _: str) -> None:
        self._send(gzip.compress(self.server.body)[:-12], **{"Content-Encoding": "gzip"})

    def _bad_gzip(self, _: str) -> None:
        self._send(b"this is no gzip", **{"Content-Encoding": "gzip"})

    def _bomb(self, _: str) -> None:
        self._head(200, None, **{"Content-Encoding": "gzip"})
        megabyte = gzip.compress(b"\n" * (1 << 20))
        for _again in range(400):
            self.wfile.write(megabyte)

    def _drip(self, _: str) -> None:
        self._head(200, len(self.server.body))
        for at in range(len(self.server.body)):
            self.wfile.write(self.server.body[at : at + 1])
            self.wfile.flush()
            if self.server.over.wait(0.1):
                return

    def _drip_head(self, _: str) -> None:
        for letter in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 10_000:
            self.wfile.write(bytes([letter]))
            self.wfile.flush()
            if self.server.over.wait(0.1):
                return

    def _silent(self, _: str) -> None:
        self.server.over.wait(30)

    def _garbage(self, _: str) -> None:
        self.wfile.write(b"\x00\x01\x02 what\r\n\r\n")

    def _hang_up(self, _: str) -> None:
        return

    def _unchanged(self, _: str) -> None:
        self._head(304, 0)

    def _redirect(self, target: str) -> None:
        if self.path.endswith("/there"):
            self._fine("")
            return
        self._head(302, 0, Location=target)

    def _circle(self, _: str) -> None:
        self._head(302, 0, Location=self.path)

    def _chain(self, _: str) -> None:
        self._head(307, 0, Location=f"{self.path}x")

    def _endless_redirect(self, _: str) -> None:
        if self.path == "/there":
            self._fine("")
            return
        self._head(302, None, Location="/there")
        for _again in range(1_000):
            if self.server.over.is_set():
                return
            self.wfile.write(b"x" * 1_000_000)

    def _send(self, body: bytes, **headers: str) -> None:
        self._head(200, len(body), **headers)
        self.wfile.write(body)

    def _head(self, code: int, length: int | None, **headers: str) -> None:
        self.send_response(code)
        if length is not None:
            headers["Content-Length"] = str(length)
        if self.server.etag:
            headers["ETag"] = self.server.etag
        if self.server.modified:
            headers["Last-Modified"] = self.server.modified
        headers["Connection"] = "close"
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


@contextmanager
def serving() -> Iterator[Web]:
    web = Web()
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.over.set()
        web.shutdown()
        web.server_close()
        thread.join()
