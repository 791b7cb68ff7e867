"""What the unit starts in its test: a service that says what the real one says, and tries what the real one needs."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from jeepney.bus_messages import message_bus

from showup.bus import Bus
from showup.desktop.opening import open_link
from showup.ports import NotifierAway
from showup.service import notify

HOME = Path(os.environ["HOME"])
OWN = HOME / ".local/share/showup"


def data() -> None:
    with sqlite3.connect(OWN / "showup.db") as database:
        database.execute("PRAGMA journal_mode = wal")
        database.execute("CREATE TABLE IF NOT EXISTS tried (it)")
    database.close()
    (Path(os.environ["XDG_RUNTIME_DIR"]) / "showup/state").touch()
    (HOME / ".config/showup/secrets").touch()


def bus() -> None:
    session = Bus(lambda _signal: None, limit=2.0)
    session.call(message_bus.GetId(), "s")
    session.close()


def network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        with socket.create_connection(("localhost", port), timeout=2):
            pass


def link() -> None:
    if not open_link("https://example.org/join"):
        raise OSError("the link was not taken")


def system() -> None:
    """This must fail."""
    Path("/usr/showup-was-here").touch()


def home() -> None:
    """This must fail: a program that reads strangers' text has no business in the other files of the person."""
    (HOME / "showup-was-here").touch()


def privileges() -> None:
    """This must fail."""
    subprocess.run(["unshare", "--user", "true"], check=True, stderr=subprocess.DEVNULL)


def tried(what: Callable[[], None]) -> str:
    try:
        what()
    except (OSError, subprocess.CalledProcessError, sqlite3.Error, NotifierAway) as error:
        return f"{type(error).__name__}: {error}"
    return "ok"


def main() -> None:
    lives = OWN / "lives"
    life = len(lives.read_text()) if lives.exists() else 0
    lives.write_text("x" * (life + 1))
    (OWN / "tried.json").write_text(
        json.dumps({what.__name__: tried(what) for what in (data, bus, network, link, system, home, privileges)})
    )

    def reload(*_: object) -> None:
        notify.reloading()
        notify.status("reloaded")
        notify.ready()

    def stop(*_: object) -> None:
        notify.stopping()
        sys.exit(0)

    signal.signal(signal.SIGHUP, reload)
    signal.signal(signal.SIGTERM, stop)
    notify.status(f"life {life}")
    notify.ready()
    period = notify.watchdog_period() or 0
    while True:
        if not (HOME / "hang").exists() or life:
            notify.watchdog()
        time.sleep(min(period / 4, 0.2))


main()
