"""What a poll costs when nothing has changed, beside the least that could be done."""

import statistics
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.ics_events import written
from benchmarks.ics_readers import WINDOWS
from benchmarks.report import Goal, Section
from benchmarks.size import Size
from showup.calendars import address, files
from showup.calendars.ics import IcsCalendar
from showup.ports import Window

_WINDOW = Window(*WINDOWS["14 days"])


def measure(size: Size, folder: Path) -> Iterator[Section]:
    """A file, and an address."""
    path = written(min(1_000, *size.events), folder)
    times = 20 * size.rounds
    rows, goals = [], []
    with Server(path.read_bytes()) as server:
        web = f"http://127.0.0.1:{server.server_port}/calendar.ics"
        bare: dict[str, tuple[str, str, Callable[[], object]]] = {
            "a file": (str(path), "a stat", path.stat),
            "an address": (web, "urllib: one 304", lambda: asked(web)),
        }
        for name, (place, beside, work) in bare.items():
            ours, parsed, requests = _poll(place, server, times)
            least = timed(work, times)
            requested = f"; {requests:g} request" if requests else ""
            rows.append((name, f"{ours:.3f}", beside, f"{least:.3f}", f"{parsed} times{requested}"))
            met, than = parsed == 0 and requests <= 1, f"{beside} {least:.3f} ms"
            goals.append(Goal(f"unchanged, one poll: {name}", f"{ours:.3f} ms", than, "no parsing", met))
    yield Section("Nothing has changed: one poll", ("", "ms", "beside", "ms", "parsed"), rows, goals)


def _poll(place: str, server: "Server", times: int) -> tuple[float, int, float]:
    """Milliseconds of one, how often the calendar was parsed in all of them, and the requests of one."""
    parsed = Counted()
    source = IcsCalendar("work", place, zone="Europe/Berlin")
    while source.read(_WINDOW, frozenset()).unfinished:
        pass
    server.count = 0
    with parsed:
        took = timed(lambda: source.read(_WINDOW, frozenset()), times)
    return took, parsed.count, server.count / times


class Counted:
    """Counts how often a calendar is parsed meanwhile."""

    def __init__(self) -> None:
        self.count = 0
        self._real = {place: place.steps for place in (files, address)}

    def __enter__(self) -> None:
        for place, real in self._real.items():
            place.steps = self._counting(real)  # type: ignore[attr-defined] # counts, and hands through

    def __exit__(self, *_: object) -> None:
        for place, real in self._real.items():
            place.steps = real  # type: ignore[attr-defined] # as it was

    def _counting(self, real: Callable[..., object]) -> Callable[..., object]:
        def read(*arguments: object) -> object:
            self.count += 1
            return real(*arguments)

        return read


class Server(ThreadingHTTPServer):
    """Gives out one calendar, or says that it has not changed."""

    def __init__(self, body: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.body, self.count = body, 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def server_close(self) -> None:
        """Stop serving first."""
        self.shutdown()
        super().server_close()


class Handler(BaseHTTPRequestHandler):
    server: Server
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def do_GET(self) -> None:
        self.server.count += 1
        known = self.headers.get("If-None-Match") == '"one"'
        self.send_response(304 if known else 200)
        self.send_header("ETag", '"one"')
        self.send_header("Content-Length", "0" if known else str(len(self.server.body)))
        self.end_headers()
        if not known:
            self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        return


def asked(web: str) -> None:
    try:
        urllib.request.urlopen(urllib.request.Request(web, headers={"If-None-Match": '"one"'}))
    except urllib.error.HTTPError as answer:
        answer.close()


def timed(work: Callable[[], object], times: int) -> float:
    """Milliseconds, the median."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return statistics.median(took) * 1_000
