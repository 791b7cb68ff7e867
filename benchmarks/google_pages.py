"""A server of Google's pages: a calendar made beforehand, then one change, then none."""

import gzip
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from showup.calendars.google.api import LISTED
from tests.support.google_parts import NOW
from tests.support.google_schema import partial
from tests.support.google_world import World

PAGE = 500
ASKED = {"singleEvents": False, "showDeleted": True, "maxResults": PAGE}
SINCE = "2026-10-18T09:00:00Z"


def pages(events: int) -> list[dict[str, Any]]:
    """A calendar of single events and, one in twenty, weekly series."""
    calendar = World().primary
    guests = [{"email": f"guest{n}@example.org", "responseStatus": "accepted"} for n in range(5)]
    for n in range(events):
        more: Any = {"attendees": guests, "description": f"Agenda {n}. " * 50, "location": "Berlin"}
        if n % 20:
            calendar.put(f"single{n}", NOW + timedelta(hours=n % 4_000 - 500), **more)
        else:
            calendar.put(f"series{n}", NOW - timedelta(days=n % 300), recurrence=["RRULE:FREQ=WEEKLY"], **more)
    made: list[dict[str, Any]] = []
    token = ""
    while token or not made:
        answer = calendar.list({**ASKED, "timeMin": SINCE, **({"pageToken": token} if token else {})})
        token = answer.get("nextPageToken", "")
        made.append(partial("Events", answer | ({"nextPageToken": str(len(made) + 1)} if token else {}), LISTED))
    return made


def _packed(page: dict[str, Any]) -> bytes:
    """As Google sends it."""
    return gzip.compress(json.dumps(page).encode(), 6)


class Pages(ThreadingHTTPServer):
    """Serves them on loopback, and tells at /count how many requests there were."""

    daemon_threads = True

    def __init__(self, events: int) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        made = pages(events)
        changed = {**made[0]["items"][1], "location": "Hamburg"}
        after = {"kind": "calendar#events", "items": [], "nextSyncToken": "quiet"}
        self.whole = [_packed(page) for page in made]
        self.change, self.quiet = _packed({**after, "items": [changed]}), _packed(after)
        self.count = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def server_close(self) -> None:
        """Stop serving first."""
        self.shutdown()
        super().server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    server: Pages
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def log_message(self, *_: object) -> None:
        return

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path == "/count":
            self._send(str(self.server.count).encode(), "identity")
            return
        self.server.count += 1
        query = parse_qs(asked.query)
        if "syncToken" in query:
            self._send(self.server.quiet if query["syncToken"] == ["quiet"] else self.server.change, "gzip")
        else:
            self._send(self.server.whole[int(query.get("pageToken", ["0"])[0])], "gzip")

    def _send(self, body: bytes, encoding: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Encoding", encoding)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
