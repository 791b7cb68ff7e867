"""Reading .ics calendars, beside icalendar + recurring-ical-events and beside reading the bytes.

`python benchmarks/ics.py` makes its calendars, runs each reader in fresh processes, one after the other, and prints
tables: medians of several runs. Ratios are of CPU seconds, which a busy machine changes least. With `--events N…` for
other sizes, `--rounds N` for more runs.
"""

import argparse
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

NOW = datetime(2026, 11, 23, tzinfo=UTC)
WINDOWS = {
    "14 days": (NOW, NOW + timedelta(days=14)),
    "127 days (the daemon's)": (NOW - timedelta(days=7), NOW + timedelta(days=120)),
}
READERS = ("showup", "icalendar + recurring-ical-events", "the bytes alone")
Told = list[tuple[str, datetime]]


# ------------------------------------------------------------ the calendar

ZONES = ("Europe/Berlin", "America/New_York")
HEAD = """BEGIN:VCALENDAR
PRODID:-//Example//Calendar//EN
VERSION:2.0
X-WR-TIMEZONE:Europe/Berlin
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:DAYLIGHT
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
DTSTART:19700308T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
DTSTART:19701101T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
END:VTIMEZONE
"""
EVENT = """BEGIN:VEVENT
DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}
DTEND;TZID={zone}:{end:%Y%m%dT%H%M%S}
{more}DTSTAMP:20261122T120000Z
ORGANIZER;CN=Talent Team:mailto:talent@employer{number}.example
UID:{number:08}@calendar.example
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Sam
 ;X-NUM-GUESTS=0:mailto:sam@example.org
CREATED:20251001T080000Z
DESCRIPTION:Join with Google Meet: https://meet.google.com/abc-defg-hij\\n\\nL
 earn more about Meet at: https://support.google.com/a/users/answer/9282720
 \\nAgenda\\, notes: {notes}
LAST-MODIFIED:20261101T080000Z
LOCATION:
SEQUENCE:{sequence}
STATUS:CONFIRMED
SUMMARY:{title} {number}
TRANSP:OPAQUE
END:VEVENT
"""


def calendar(count: int) -> Iterator[str]:
    """Four years of events: 85 % single, 10 % weekly with an exception, 5 % weekly with one occurrence moved."""
    chance = random.Random(20261123)
    yield HEAD
    written = number = 0
    while written < count:
        number += 1
        zone = chance.choice(ZONES)
        start = datetime(2026, 11, 23, 9) + timedelta(days=chance.randint(-1400, 60), hours=chance.randint(-1, 8))  # noqa: DTZ001 - the zone stands beside it
        later = timedelta(weeks=chance.randint(1, 30))
        kind = chance.random()
        events = [(start, "")]
        if kind > 0.95:
            events = [
                (start, f"RRULE:FREQ=WEEKLY;UNTIL={start + timedelta(days=400):%Y%m%dT%H%M%SZ}\n"),
                (start + later + timedelta(hours=2), f"RECURRENCE-ID;TZID={zone}:{start + later:%Y%m%dT%H%M%S}\n"),
            ]
        elif kind > 0.85:
            rule = f"RRULE:FREQ=WEEKLY;COUNT={chance.randint(5, 60)}\n"
            events = [(start, f"{rule}EXDATE;TZID={zone}:{start + later / 6:%Y%m%dT%H%M%S}\n")]
        for begins, more in events:
            written += 1
            yield EVENT.format(
                zone=zone,
                start=begins,
                end=begins + timedelta(minutes=chance.choice((30, 45, 60))),
                more=more,
                number=number,
                notes="x" * chance.randint(20, 200),
                sequence=chance.randint(0, 3),
                title="Interview" if number % 9 == 0 else "Meeting",
            )
    yield "END:VCALENDAR\n"


def written(count: int, folder: Path) -> Path:
    path = folder / f"{count}.ics"
    with path.open("w", newline="") as file:
        file.writelines(part.replace("\n", "\r\n") for part in calendar(count))
    return path


# ------------------------------------------------------------ one reader in one process


def by_showup(path: str, start: datetime, end: datetime) -> Callable[[], Told]:
    from showup.calendars.ics import IcsCalendar  # noqa: PLC0415 - each process imports what it measures
    from showup.ports import Window  # noqa: PLC0415 - the same

    source = IcsCalendar("work", path, zone="Europe/Berlin")
    return lambda: [
        (event.key.uid, event.start)
        for event in source.read(Window(start, end), frozenset()).events or ()
        if event.start
    ]


def by_libraries(path: str, start: datetime, end: datetime) -> Callable[[], Told]:
    import recurring_ical_events  # noqa: PLC0415 - each process imports what it measures
    from icalendar import Calendar  # noqa: PLC0415 - the same

    def read() -> Told:
        found = recurring_ical_events.of(Calendar.from_ical(Path(path).read_bytes())).between(start, end)
        return [(str(event["UID"]), event["DTSTART"].dt.astimezone(UTC)) for event in found]

    return read


def by_nobody(path: str, _: datetime, __: datetime) -> Callable[[], Told]:
    def read() -> Told:
        with open(path, "rb") as file:  # noqa: PTH123 - as bare as can be
            while file.read(1 << 18):
                pass
        return []

    return read


def one(reader: str, path: str, window: str) -> None:
    """Read once, and print what it took."""
    how = dict(zip(READERS, (by_showup, by_libraries, by_nobody), strict=True))[reader]
    read = how(path, *WINDOWS[window])
    begun = time.perf_counter(), time.process_time()
    found = read()
    took = time.perf_counter() - begun[0], time.process_time() - begun[1]
    digest = hashlib.sha256(repr([(uid, f"{start:%Y%m%dT%H%M}") for uid, start in sorted(found)]).encode()).hexdigest()
    status = Path("/proc/self/status").read_text().split()
    print(json.dumps([*took, int(status[status.index("VmHWM:") + 1]) / 1024, len(found), digest]))


# ------------------------------------------------------------ all of them


class Measured(NamedTuple):
    seconds: float
    cpu: float
    mb: float
    count: int
    which: str


def measured(reader: str, path: Path, window: str, rounds: int) -> Measured:
    """The medians of several runs, each in a process of its own."""
    runs = []
    for _ in range(rounds):
        command = [sys.executable, __file__, "--one", reader, str(path), window]
        runs.append(Measured(*json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)))
    seconds, cpu, mb = (statistics.median(run[n] for run in runs) for n in range(3))
    return Measured(seconds, cpu, mb, runs[0].count, runs[0].which)


def table(path: Path, count: int, window: str, rounds: int) -> None:
    print(f"\n### {count:,} events ({path.stat().st_size / 1e6:.0f} MB), window of {window}\n")
    print("| | seconds | CPU seconds | ratio | peak MB | occurrences |\n|---|---|---|---|---|---|")
    ours: Measured | None = None
    for reader in READERS:
        slow = reader == READERS[1] and count > 20_000
        found = measured(reader, path, window, 1 if slow else rounds)
        ours = ours or found
        same = "–" if reader == READERS[2] else f"{found.count:,}{'' if found.which == ours.which else ' OTHERS'}"
        figures = f"{found.seconds:.2f} | {found.cpu:.2f} | {found.cpu / ours.cpu:.2f} | {found.mb:.0f}"
        print(f"| {reader} | {figures} | {same} |", flush=True)


def unchanged(path: Path, rounds: int) -> None:
    """What a poll costs when nothing has changed."""
    from showup.calendars import address, files  # noqa: PLC0415 - only this process needs it
    from showup.calendars.ics import IcsCalendar  # noqa: PLC0415 - the same
    from showup.ports import Window  # noqa: PLC0415 - the same

    parsed = 0

    def counting(real: Callable[..., object]) -> Callable[..., object]:
        def read(*arguments: object) -> object:
            nonlocal parsed
            parsed += 1
            return real(*arguments)

        return read

    files.occurrences = counting(files.occurrences)  # type: ignore[assignment] # counts, and hands through
    address.occurrences = counting(address.occurrences)  # type: ignore[assignment] # the same
    print("\n### Nothing has changed: one poll\n\n| | ms | beside | ms | parsed |\n|---|---|---|---|---|")
    with_server = Server(path.read_bytes())
    web = f"http://127.0.0.1:{with_server.server_port}/calendar.ics"
    for name, place, beside, bare in (
        ("a file", str(path), "a stat", lambda: os.stat(path)),  # noqa: PTH116 - as bare as can be
        ("an address", web, "urllib: one 304", lambda: asked(web)),
    ):
        source, parsed = IcsCalendar("work", place, zone="Europe/Berlin"), 0
        window = Window(*WINDOWS["14 days"])
        source.read(window, frozenset())
        before, with_server.count = parsed, 0
        ours = timed(lambda: source.read(window, frozenset()), rounds)  # noqa: B023 - used at once
        requests = f"; {with_server.count / rounds:g} request" if with_server.count else ""
        print(f"| {name} | {ours:.3f} | {beside} | {timed(bare, rounds):.3f} | {parsed - before} times{requests} |")
    with_server.shutdown()


class Server(ThreadingHTTPServer):
    """Gives out one calendar, or says that it has not changed."""

    def __init__(self, body: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.body, self.count = body, 0
        threading.Thread(target=self.serve_forever, daemon=True).start()


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


def timed(work: Callable[[], object], rounds: int) -> float:
    """Milliseconds, the median."""
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return statistics.median(took) * 1_000


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description="Measure reading .ics calendars.")
    parser.add_argument("--events", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    print(f"## .ics calendars (Python {sys.version.split()[0]}, {os.cpu_count()} cores)")
    with tempfile.TemporaryDirectory() as folder:
        for count in chosen.events:
            path = written(count, Path(folder))
            for window in WINDOWS:
                table(path, count, window, chosen.rounds)
        unchanged(written(1_000, Path(folder)), 200)


if __name__ == "__main__":
    main()
