"""Told to stop, the real daemon ends within five seconds, whatever hangs at that moment."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.home import SETTINGS, Home
from tests.support.session import end

LIMIT = 5.0


@contextmanager
def deaf(address: str | tuple[str, int]) -> Iterator[socket.socket]:
    """Somebody who takes every connection and never says a word."""
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family) as listening:
        listening.bind(address)
        listening.listen(16)
        yield listening


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "sam", {})
    home.plan(1)
    return home


@contextmanager
def started(home: Home) -> Iterator[subprocess.Popen[bytes]]:
    """Not waited for: it may never get so far as to look around."""
    command = [sys.executable, "-m", "showup", "run"]
    with (home.folder / "said").open("wb") as output:
        process = subprocess.Popen(command, env=home.environment(), stdout=output, stderr=output)
    try:
        yield process
    finally:
        end(process)


@contextmanager
def asked(listening: socket.socket) -> Iterator[None]:
    """It has come, and waits for an answer."""
    listening.settimeout(20)
    connection, _ = listening.accept()
    with connection:
        yield


def ends(home: Home, process: subprocess.Popen[bytes]) -> None:
    begun = time.perf_counter()
    process.terminate()
    assert process.wait(3 * LIMIT) == 0, home.said()
    assert time.perf_counter() - begun < LIMIT
    assert "Traceback" not in home.said()


def test_calendars_that_hang(home: Home) -> None:
    """Two, each of which may take five seconds."""
    with deaf(("127.0.0.1", 0)) as server:
        address = f'type = "ics"\nurl = "http://127.0.0.1:{server.getsockname()[1]}/5ecret/basic.ics"\n'
        home.settings.write_text("".join(f'[[calendars]]\nname = "{name}"\n{address}' for name in ("one", "two")))
        with started(home) as process, asked(server):
            ends(home, process)


def test_a_sound_server_that_hangs(home: Home) -> None:
    place = str(home.folder / "pulse")
    watching = replace(home, env={"PULSE_SERVER": f"unix:{place}"})
    with deaf(place) as server, started(watching) as process, asked(server):
        ends(home, process)


def test_a_bus_that_hangs(tmp_path: Path) -> None:
    place = str(tmp_path / "bus")
    home = Home(tmp_path / "sam", {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={place}"})
    home.plan(1)
    with deaf(place) as bus, started(home) as process, asked(bus):
        ends(home, process)


def test_a_reload_in_the_middle(home: Home) -> None:
    """SIGHUP and SIGTERM at once, while a calendar hangs."""
    with deaf(("127.0.0.1", 0)) as server:
        more = f'[[calendars]]\nname = "slow"\ntype = "ics"\nurl = "http://127.0.0.1:{server.getsockname()[1]}/a.ics"\n'
        with home.daemon() as process:
            home.settings.write_text(SETTINGS.format(path=home.folder / "my.ics") + more)
            process.send_signal(signal.SIGHUP)
            with asked(server):
                ends(home, process)
