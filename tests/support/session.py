"""A private desktop session, in parts: a bus of its own, a screen that nobody sees, a notification server.

Each is a context manager that leaves nothing behind. `folder` is a test's own, and its processes live in there.
"""

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

from tests.support.parts import absent, need

NOTIFICATIONS = "org.freedesktop.Notifications"
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type><keep_umask/><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth><servicedir>{services}</servicedir>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""
"""Without the machine's services: nothing is started behind a test's back."""


def wait_for(condition: Callable[[], object], limit: float = 5.0) -> None:
    """Return as soon as `condition` holds; fail after `limit` seconds."""
    deadline = time.perf_counter() + limit
    while not condition():
        assert time.perf_counter() < deadline, "it did not come about"
        time.sleep(0.01)


@contextmanager
def program(command: list[str], env: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs meanwhile; its output goes to `log`. Ended even if it was frozen."""
    with log.open("ab") as output, subprocess.Popen(command, env=dict(env), stdout=output, stderr=output) as process:
        try:
            yield process
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program of ours, frozen or not."""
    process.terminate()
    process.send_signal(signal.SIGCONT)
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def session(folder: Path, **more: str) -> Iterator[dict[str, str]]:
    """A session bus; gives the environment of a user who has nothing else, with `more` variables.

    What it shall start when needed is described in `folder`/services, as in /usr/share/dbus-1/services.
    """
    need("dbus-daemon")
    config = folder / "bus.conf"
    config.write_text(_BUS.format(services=folder / "services"))
    for name in ("home", "run"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"]
    env = _environment(folder) | more
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env) as daemon:
        assert daemon.stdout
        try:
            address = daemon.stdout.readline().decode().strip()
            yield env | {"DBUS_SESSION_BUS_ADDRESS": address, "BUS_PID": str(daemon.pid)}
        finally:
            end(daemon)


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "LANG": "C.UTF-8",
        "GSETTINGS_BACKEND": "memory",
        "NO_AT_BRIDGE": "1",
    }


@contextmanager
def screen(folder: Path) -> Iterator[str]:
    """An X server without a screen; gives its DISPLAY."""
    need("Xvfb")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", "-nolisten", "tcp"]
    with (
        (folder / "xvfb.log").open("wb") as log,
        os.fdopen(reading, "rb") as number,
        subprocess.Popen(command, pass_fds=[writing], stdout=log, stderr=log) as xvfb,
    ):
        os.close(writing)
        try:
            assert select.select([number], [], [], 10)[0], "Xvfb did not start"
            yield f":{number.readline().decode().strip()}"
        finally:
            end(xvfb)


def owned(env: Mapping[str, str], name: str = NOTIFICATIONS) -> bool:
    """Whether somebody owns `name` on the bus of `env`."""
    with open_dbus_connection(env["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        return bool(Proxy(message_bus, connection, timeout=5).NameHasOwner(name)[0])


@contextmanager
def server(command: list[str], env: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A notification server that is up."""
    with program(command, env, log) as process:
        wait_for(lambda: owned(env))
        yield process


def xfce_notifyd() -> str:
    """Where the server of Xfce is, which draws buttons and stands on no PATH."""
    found = next(Path("/usr/lib").glob("*/xfce4/notifyd/xfce4-notifyd"), None)
    return str(found) if found else absent("not installed: xfce4-notifyd")


def mate_notifyd() -> str:
    """Where the server of MATE is; it draws buttons as well."""
    path = "/usr/lib/mate-notification-daemon/mate-notification-daemon"
    return path if Path(path).exists() else absent("not installed: mate-notification-daemon")


def xfce_settings(folder: Path) -> None:
    """Have the bus start Xfce's settings, in which its server looks for do-not-disturb."""
    found = next(Path("/usr/lib").glob("*/xfce4/xfconf/xfconfd"), None)
    program = found or absent("not installed: xfconf")
    (folder / "services").mkdir(exist_ok=True)
    (folder / "services/xfconf.service").write_text(f"[D-BUS Service]\nName=org.xfce.Xfconf\nExec={program}\n")


@dataclass(frozen=True)
class Dunst:
    """A running dunst, and hands to use it with."""

    process: subprocess.Popen[bytes]
    env: Mapping[str, str]
    folder: Path

    def control(self, *words: str) -> str:
        command = ["dunstctl", *words]
        done = subprocess.run(command, env=dict(self.env), check=True, stdout=subprocess.PIPE, timeout=10)
        return done.stdout.decode().strip()

    def displayed(self) -> int:
        return int(self.control("count", "displayed"))

    def press(self, label: str) -> None:
        """Choose the button with this label in dunst's own menu."""
        (self.folder / "choice").write_text(label)
        self.control("context")


@contextmanager
def dunst(folder: Path, env: Mapping[str, str], rules: str = "") -> Iterator[Dunst]:
    """A dunst on the bus and the screen of `env`, with a stand-in for the menu in which buttons are chosen.

    `rules` are the person's own, in the words of dunst(5).
    """
    need("dunst", "dunstctl", "dbus-send")
    menu = folder / "menu"
    menu.write_text(f'#!/bin/sh\ngrep -m1 -F "$(cat {folder}/choice)"\n')
    menu.chmod(0o755)
    config = folder / "dunstrc"
    config.write_text(
        f"[global]\n dmenu = {menu}\n markup = full\n font = Sans 11\n width = 420\n history_length = 50\n{rules}"
    )
    with server(["dunst", "-config", str(config)], env, folder / "dunst.log") as process:
        yield Dunst(process, env, folder)
