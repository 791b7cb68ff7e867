"""What most commands begin with: the settings, the time, the zone, and the record."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from showup import ready
from showup.clock import SystemClock, machine_zone
from showup.config import Paths, Settings, load
from showup.flow.review import Review


def now() -> datetime:
    """The time: aware UTC."""
    return SystemClock().now()


@cache
def zone() -> tzinfo | None:
    """The person's time zone; None where it has no name, which `astimezone` takes for that of the machine.

    A command lives for a moment only, so it is looked for once: lists show thousands of times.
    """
    name = machine_zone()
    return ZoneInfo(name) if name else None


def local(text: str) -> datetime:
    """A moment of the record's JSON, in the person's time zone."""
    return datetime.fromisoformat(text).astimezone(zone())


def when(text: str) -> str:
    """The same for people, the zone named."""
    return f"{local(text):%a %d %b %Y %H:%M %Z}"


def ago(text: str) -> str:
    """How long ago a moment was."""
    from showup.core.lengths import length

    minutes = (now() - datetime.fromisoformat(text).astimezone(UTC)).total_seconds() / 60
    return f"{length(minutes)} ago" if minutes >= 1 else "just now"


@contextmanager
def reviewing(settings: Settings | None = None) -> Iterator[Review]:
    """A look at the record as it is now."""
    from showup import wiring

    settings = settings or load()
    with closing(wiring.store(settings)) as store, store.reading() as record:
        yield Review(record, wiring.judge(settings), now())


def running(paths: Paths) -> bool:
    """Whether a daemon runs: it holds its file locked as long as it lives, however it ends."""
    return ready.locked(str(paths.lock))
