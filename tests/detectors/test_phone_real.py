"""The real KDE Connect, in a network namespace of its own (it listens on every address), and a phone that is paired."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO

import jeepney
import pytest
from jeepney.io.blocking import open_dbus_connection

from showup.core.evidence import Sign
from showup.detectors.phone import DAEMON, NAME
from tests.detectors.test_phone_detector import BY_PHONE, Desk
from tests.support.parts import absent, need
from tests.support.session import end, owned, wait_for

ROOT = Path(__file__).parents[2]
DEVICE = "0123456789abcdef0123456789abcdef_phone"
NAMESPACE = ["unshare", "--user", "--map-current-user", "--keep-caps", "--net"]


def kdeconnectd() -> str:
    """Where the daemon is, which stands on no PATH."""
    found = next((path for path in Path("/usr/lib").glob("**/kdeconnectd") if path.is_file()), None)
    return str(found) if found else absent("not installed: kdeconnect")


def separated() -> None:
    """Skip where no namespace may be made, as in many containers."""
    need("unshare", "ip")
    done = subprocess.run([*NAMESPACE, "ip", "link", "set", "lo", "up"], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no network namespace may be made here: {done.stderr.strip()}")


@dataclass(frozen=True)
class Phone:
    """A phone; what it is told happens on it."""

    process: subprocess.Popen[str]
    tells: IO[str]
    log: Path

    def happens(self, event: str) -> None:
        self.tells.write(f"{event}\n")
        self.tells.flush()

    def said(self, word: str) -> bool:
        return word in self.log.read_text()


def call(env: dict[str, str], member: str, *body: object, signature: str = "", path: str = "", on: str = "") -> object:
    """A call to the daemon, as its settings window makes it."""
    address = jeepney.DBusAddress(path or DAEMON.object_path, bus_name=NAME, interface=on or DAEMON.interface)
    with open_dbus_connection(env["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        return connection.send_and_get_reply(jeepney.new_method_call(address, member, signature, body), timeout=5).body


@pytest.fixture
def phone(env: dict[str, str], tmp_path: Path) -> Iterator[Phone]:
    daemon = kdeconnectd()
    separated()
    script = f"ip link set lo up; {daemon} & exec {sys.executable} {ROOT}/tests/support/kde_phone.py {tmp_path}"
    log = tmp_path / "phone.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*NAMESPACE, "--kill-child", "--pid", "--fork", "sh", "-c", script],
            env={**env, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            text=True,
        ) as process,
    ):
        assert process.stdin
        made = Phone(process, process.stdin, log)
        try:
            wait_for(lambda: owned(env, NAME), 15)
            wait_for(lambda: made.said("connected"), 15)
            path = f"{DAEMON.object_path}/devices/{DEVICE}"
            wait_for(lambda: DEVICE in str(call(env, "devices")))
            call(env, "requestPair", path=path, on=f"{NAME}.device")
            wait_for(lambda: DEVICE in str(call(env, "devices", True, True, signature="bb")))
            yield made
        finally:
            end(process)  # type: ignore[arg-type]  # it is a text one


def test_a_real_phone_rings_and_is_missed(phone: Phone) -> None:
    desk = Desk()
    desk.detector.watch((BY_PHONE,))
    wait_for(desk.covers)
    before = desk.clock.now()
    phone.happens("ringing")
    wait_for(lambda: desk.signs() == [Sign.RANG])
    assert (desk.sightings[0].evidence.at - before).total_seconds() < 1
    phone.happens("missedCall")
    wait_for(lambda: desk.signs() == [Sign.RANG, Sign.MISSED])
    phone.tells.close()  # the phone goes, and the daemon with it
    phone.process.wait(10)
    gone = desk.clock.now()
    wait_for(lambda: not owned(dict(os.environ), NAME))
    time.sleep(0.3)
    assert not desk.covered(gone + timedelta(milliseconds=100))
    desk.detector.close()
    assert "5550100" not in repr(desk.sightings)
