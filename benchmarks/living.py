"""A daemon that lives for a while, on a desktop that nobody sees."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.home import SHOWUP, Home
from showup.clock import SystemClock
from tests.support.ics import calendar, vevent
from tests.support.owner import stamp
from tests.support.session import end, session, wait_for
from tests.support.stand_in import StandIn, stand_in

_PEOPLE = "ORGANIZER:mailto:{them}\nATTENDEE:mailto:sam@example.org\nATTENDEE:mailto:{them}"


def plan(home: Home, starts: Sequence[datetime]) -> None:
    """Put interviews that start at these moments (aware UTC) into the home's calendar, each with another company."""
    home.calendar.write_bytes(calendar(*(_event(number, start) for number, start in enumerate(starts))))


def _event(number: int, start: datetime) -> str:
    people = _PEOPLE.format(them=f"talent@acme{number}.example")
    times = f"DTSTART:{stamp(start)}\nDTEND:{stamp(start + timedelta(hours=1))}"
    return vevent(f"{times}\n{people}", f"acme-{number}", f"Interview with Acme{number}")


class Stamping(StandIn):
    """Keeps when each title was shown first (aware UTC)."""

    def __init__(self, *arguments: Any) -> None:  # noqa: ANN401 - those of StandIn
        super().__init__(*arguments)
        self.first: dict[str, datetime] = {}
        self.answers["GetServerInformation"] = ("ssss", ("stand-in", "", "", "1.2"))
        self.answers["Get"] = "org.freedesktop.DBus.Error.UnknownProperty"

    def _answer(self, member: str, message: Any) -> None:  # noqa: ANN401 - jeepney publishes no types
        if member == "Notify":
            self.first.setdefault(message.body[3], SystemClock().now())
        super()._answer(member, message)


@contextmanager
def desktop(folder: Path) -> Iterator[tuple[dict[str, str], Stamping]]:
    """A session bus with a stand-in for the notification server; and the variable that names the bus."""
    folder.mkdir()
    with session(folder) as env, stand_in(env, "actions", "body", kind=Stamping) as server:
        assert isinstance(server, Stamping)
        yield {"DBUS_SESSION_BUS_ADDRESS": env["DBUS_SESSION_BUS_ADDRESS"]}, server


@contextmanager
def daemon(home: Home) -> Iterator[subprocess.Popen[bytes]]:
    """A running one that has looked around."""
    said = home.folder / "said"
    with said.open("wb") as output:
        env = home.whole_env | {"PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen([SHOWUP, "run"], env=env, stdout=output, stderr=output)
    try:
        wait_for(lambda: b"next" in said.read_bytes() or process.poll() is not None, 30)
        assert process.poll() is None, said.read_text()
        time.sleep(2)  # what it does once at the start
        yield process
    finally:
        end(process)
