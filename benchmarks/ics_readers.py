"""One reading of an .ics file in one process: `python -m benchmarks.ics_readers READER FILE WINDOW`."""

import hashlib
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.harness import peak_mb

NOW = datetime(2026, 11, 23, tzinfo=UTC)
WINDOWS = {
    "14 days": (NOW, NOW + timedelta(days=14)),
    "127 days": (NOW - timedelta(days=7), NOW + timedelta(days=120)),
}
Told = list[tuple[str, datetime]]


def by_showup(path: str, start: datetime, end: datetime) -> Callable[[], Told]:
    from showup.calendars.ics import IcsCalendar  # noqa: PLC0415 - each process imports what it measures
    from showup.ports import Window  # noqa: PLC0415 - the same

    source = IcsCalendar("work", path, zone="Europe/Berlin")

    def read() -> Told:
        while (reading := source.read(Window(start, end), frozenset())).unfinished:
            pass
        return [(event.series or event.key.uid, event.start) for event in reading.events or () if event.start]

    return read


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


OURS, LIBRARIES, BYTES = "showup", "icalendar + recurring-ical-events", "the bytes alone"
READERS = {OURS: by_showup, LIBRARIES: by_libraries, BYTES: by_nobody}


def main(reader: str, path: str, window: str) -> None:
    """Read once. The imports are not counted, as a daemon reads again and again."""
    read = READERS[reader](path, *WINDOWS[window])
    begun = time.perf_counter(), time.process_time()
    found = read()
    took = time.perf_counter() - begun[0], time.process_time() - begun[1]
    which = hashlib.sha256(repr([(uid, f"{start:%Y%m%dT%H%M}") for uid, start in sorted(found)]).encode()).hexdigest()
    print(json.dumps({"seconds": took[0], "cpu": took[1], "mb": peak_mb(), "count": len(found), "which": which}))


if __name__ == "__main__":
    main(*sys.argv[1:])
