"""Reading a Google calendar in one process: `python -m benchmarks.google_readers READER ADDRESS`.

It prints the CPU seconds and the requests of the first reading, of one in which one event has changed, and of one in
which nothing has; then how many occurrences (or events) there were, and memory.
"""

import json
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

import google_auth_httplib2
import httplib2
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build

from benchmarks.google_pages import ASKED, SINCE
from benchmarks.harness import peak_mb
from showup.calendars.google.api import LISTED
from showup.calendars.google.source import GoogleCalendar
from showup.ports import Window
from tests.support.google_parts import NOW, Clock, kept

WINDOW = Window(NOW - timedelta(days=7), NOW + timedelta(days=120))
READINGS = ("first", "one change", "no change")
Reader = Callable[[str], Iterator[int]]


def ours(address: str) -> Iterator[int]:
    """Each step is one reading; it gives how many occurrences there were."""
    secrets = kept("sam@example.org", address, client_id="lab")
    calendar = GoogleCalendar("work", "sam@example.org", secrets, Clock(), endpoint=address)
    yield 0
    while True:
        while (reading := calendar.read(WINDOW, frozenset())).unfinished:
            pass
        yield len(reading.events or ())


def alone(address: str) -> Iterator[int]:
    """The client library asking the same, and nothing made of the answers."""
    person = Credentials(token="planted")  # type: ignore[no-untyped-call] # it has no types
    http = google_auth_httplib2.AuthorizedHttp(person, http=httplib2.Http(timeout=60))
    endpoint = {"api_endpoint": f"{address}/calendar/v3/"}
    events = build("calendar", "v3", http=http, client_options=endpoint).events()
    yield 0
    more = {"timeMin": SINCE}
    for _ in count():
        found = []
        while True:
            answer = events.list(calendarId="primary", fields=LISTED, **ASKED, **more).execute()
            found += answer["items"]
            if "nextPageToken" not in answer:
                break
            more["pageToken"] = answer["nextPageToken"]
        more = {"syncToken": answer["nextSyncToken"]}
        yield len(found)


OURS, ALONE = "showup", "Google's client alone"
READERS: dict[str, Reader] = {OURS: ours, ALONE: alone}


def _requests(address: str) -> int:
    with urllib.request.urlopen(f"{address}/count") as answer:
        return int(answer.read())


def main(reader: str, address: str) -> None:
    steps = READERS[reader](address)
    next(steps)  # what is made once
    found, told = [], {}
    for reading in READINGS:
        before, begun = _requests(address), time.process_time()
        found.append(next(steps))
        told[reading] = {"cpu": time.process_time() - begun, "requests": _requests(address) - before}
    print(json.dumps({"readings": told, "found": found[0], "mb": peak_mb()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
