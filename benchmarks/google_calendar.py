"""Reading a Google calendar, beside Google's client alone (pages as they come, and nothing made of them).

`python benchmarks/google_calendar.py` serves the same pages to both, each in a fresh process, and prints medians: the
first reading, one in which nothing has changed, and memory. Times are CPU seconds, which a busy machine changes least.
With `--events N` for another size, `--rounds N` for more runs.
"""

import argparse
import gzip
import json
import resource
import statistics
import subprocess
import sys
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import google_auth_httplib2
import httplib2
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build

sys.path.insert(0, str(Path(__file__).parents[1]))

from showup.calendars.google.api import LISTED
from showup.calendars.google.source import GoogleCalendar
from showup.ports import Window
from tests.support.google_parts import NOW, Clock, kept
from tests.support.google_schema import partial
from tests.support.google_world import World

PAGE = 500
WINDOW = Window(NOW - timedelta(days=7), NOW + timedelta(days=120))
ASKED = {"singleEvents": False, "showDeleted": True, "maxResults": PAGE}
SINCE = "2026-10-18T09:00:00Z"


def pages(events: int) -> list[bytes]:
    """A calendar of single events and, one in twenty, weekly series; each page packed as Google does it."""
    calendar = World().primary
    guests = [{"email": f"guest{n}@example.org", "responseStatus": "accepted"} for n in range(5)]
    for n in range(events):
        more = {"attendees": guests, "description": f"Agenda {n}. " * 50, "location": "Berlin"}
        if n % 20:
            calendar.put(f"single{n}", NOW + timedelta(hours=n % 4_000 - 500), **more)
        else:
            calendar.put(f"series{n}", NOW - timedelta(days=n % 300), recurrence=["RRULE:FREQ=WEEKLY"], **more)
    made: list[bytes] = []
    token = ""
    while token or not made:
        answer = calendar.list({**ASKED, "timeMin": SINCE, **({"pageToken": token} if token else {})})
        token = answer.get("nextPageToken", "")
        answer |= {"nextPageToken": str(len(made) + 1)} if token else {}
        made.append(gzip.compress(json.dumps(partial("Events", answer, LISTED)).encode(), 6))
    return made


class Pages(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, made: list[bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.made = made
        self.unchanged = gzip.compress(b'{"kind": "calendar#events", "items": [], "nextSyncToken": "next"}')


class Answer(BaseHTTPRequestHandler):
    server: Pages
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def log_message(self, *_: object) -> None:
        return

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        page = int(query.get("pageToken", ["0"])[0])
        body = self.server.unchanged if "syncToken" in query else self.server.made[page]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def ours(address: str) -> tuple[float, float, int]:
    secrets = kept("sam@example.org", address, client_id="lab")
    calendar = GoogleCalendar("work", "sam@example.org", secrets, Clock(), endpoint=address)
    begun = time.process_time()
    found = len(calendar.read(WINDOW, frozenset()).events or ())
    first = time.process_time()
    assert calendar.read(WINDOW, frozenset()).events is None
    return first - begun, time.process_time() - first, found


def alone(address: str) -> tuple[float, float, int]:
    http = google_auth_httplib2.AuthorizedHttp(Credentials(token="planted"), http=httplib2.Http(timeout=60))
    endpoint = {"api_endpoint": f"{address}/calendar/v3/"}
    events = build("calendar", "v3", http=http, client_options=endpoint).events()
    begun, found, more = time.process_time(), [], {"timeMin": SINCE}
    while True:
        answer = events.list(calendarId="primary", fields=LISTED, **ASKED, **more).execute()
        found += answer["items"]
        if "nextPageToken" not in answer:
            break
        more["pageToken"] = answer["nextPageToken"]
    first = time.process_time()
    events.list(calendarId="primary", fields=LISTED, **ASKED, syncToken=answer["nextSyncToken"]).execute()
    return first - begun, time.process_time() - first, len(found)


READERS = {"showup": ours, "Google's client alone": alone}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--events", type=int, default=10_000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--reader", nargs=2, metavar=("NAME", "ADDRESS"), help=argparse.SUPPRESS)
    told = asked.parse_args()
    if told.reader:
        figures = READERS[told.reader[0]](told.reader[1])
        print(json.dumps([*figures, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
        return
    server = Pages(pages(told.events))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    print(f"{told.events:,} events on {len(server.made)} pages, medians of {told.rounds} rounds\n")
    print(f"{'':24} first reading   unchanged   memory   occurrences or events")
    for name in READERS:
        command = [sys.executable, __file__, "--reader", name, address]
        runs = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(told.rounds)]
        first, unchanged, found, memory = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"{name:24} {first:10.2f} s {unchanged * 1000:9.1f} ms {memory:5.0f} MB {found:8,.0f}")


if __name__ == "__main__":
    main()
