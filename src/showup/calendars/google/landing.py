"""Where the browser comes back to after a sign-in: a page on this machine (RFC 8252, section 7.3)."""

import hmac
import queue
import threading
from collections.abc import Mapping
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit

from showup.core.problem import Problem

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>showup</title>
<style>body{{font:1.2em/1.5 system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 1em;color-scheme:light dark}}
</style></head><body><h1>{title}</h1><p>{text}</p></body></html>
"""
_THANKS = ("Thank you", "showup goes on in the terminal. You can close this page.")
_DENIED = ("Nothing was allowed", "showup cannot see your calendar. You can close this page; the terminal says more.")
_FOREIGN = ("This is another sign-in", "It does not belong to the one that showup waits for, and nothing came of it.")
_NOTHING = ("There is nothing here", "showup waits for Google's answer at another address.")
_LIMIT = 10
"""Seconds for a browser to say what it wants: some connect ahead of time and say nothing."""


class Landing:
    """Listens on this machine alone, on a port that is free, until the browser has come with the right `state`."""

    def __init__(self) -> None:
        """Begin to listen.

        Raises:
            Problem: no port can be had.
        """
        try:
            self._server = _Server()
        except OSError as error:
            raise Problem(
                f"No port of this machine can be listened on: {error.strerror}.",
                "Look whether something keeps programs from using the network.",
            ) from error
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        """The redirect_uri."""
        return f"http://{self._server.place}/"

    def expect(self, state: str) -> None:
        """What the browser must bring along, so that it is the answer to our own question."""
        self._server.state = state

    def wait(self, seconds: float) -> Mapping[str, str]:
        """Wait for the browser, and return what it brings.

        Raises:
            TimeoutError: it has not come.
        """
        try:
            return self._server.came.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.place = f"127.0.0.1:{self.server_port}"
        self.state = ""
        self.came: queue.SimpleQueue[Mapping[str, str]] = queue.SimpleQueue()

    def handle_error(self, *_: object) -> None:
        """A browser that hangs up is none of our business."""


class _Page(BaseHTTPRequestHandler):
    server: _Server
    timeout = _LIMIT
    server_version, sys_version = "showup", ""

    def log_message(self, *_: object) -> None:
        """The address holds the code: it is in no log."""

    def do_GET(self) -> None:
        """Take what Google's answer says; anything else that browsers ask for is not here."""
        parts = urlsplit(self.path)
        brought = {key: values[0] for key, values in parse_qs(parts.query, max_num_fields=50).items()}
        if self.headers.get("Host") != self.server.place or parts.path != "/" or not {"code", "error"} & brought.keys():
            self._show(404, *_NOTHING)
            return
        right = bool(self.server.state) and hmac.compare_digest(
            brought.get("state", "").encode(), self.server.state.encode()
        )
        self._show(200, *((_THANKS if "code" in brought else _DENIED) if right else _FOREIGN))
        self.server.came.put(brought if right else {"error": "state"})

    def _show(self, code: int, title: str, text: str) -> None:
        body = _PAGE.format(title=escape(title), text=escape(text)).encode()
        self.send_response(code)
        for name, value in {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            "Connection": "close",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
