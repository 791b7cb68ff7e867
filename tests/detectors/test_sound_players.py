"""Media players on a private session bus."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, Message, new_error, new_method_call, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from showup.detectors.sound.players import Players
from showup.detectors.sound.programs import Program, words
from tests.support.session import session

HUNG = ""


@contextmanager
def player(address: str, name: str, status: str) -> Iterator[None]:
    """One that says `status`, or never answers."""
    ready = threading.Event()
    ended = DBusAddress("/end", bus_name=f"org.mpris.MediaPlayer2.{name}", interface="org.example.End")

    def serve() -> None:
        with open_dbus_connection(bus=address) as bus:
            bus.send_and_get_reply(message_bus.RequestName(f"org.mpris.MediaPlayer2.{name}"))
            ready.set()
            while (asked := bus.receive()).header.fields.get(HeaderFields.path) != ended.object_path:
                if asked.header.fields.get(HeaderFields.member) == "Get" and status != HUNG:
                    bus.send(_answer(asked, status))

    thread = threading.Thread(target=serve)
    thread.start()
    assert ready.wait(5)
    try:
        yield
    finally:
        with open_dbus_connection(bus=address) as bus:
            bus.send(new_method_call(ended, "End"))
        thread.join(5)


def _answer(asked: Message, status: str) -> Message:
    if status == "refuses":
        return new_error(asked, "org.example.No")
    return new_method_return(asked, "v", (("s", status),))


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with session(tmp_path) as env:
        address = env["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


def test_only_those_that_play_are_named(bus: str) -> None:
    asked = Players()
    with player(bus, "chromium.instance1", "Playing"), player(bus, "spotify", "Paused"), player(bus, "vlc", "refuses"):
        assert asked.playing() == (Program(words(["chromium.instance1"]), os.getpid()),)
    assert asked.playing() == ()
    asked.close()


def test_a_player_that_hangs_does_not_hide_the_others(bus: str) -> None:
    asked = Players()
    with player(bus, "aaa", HUNG), player(bus, "firefox.instance2", "Playing"):
        assert [one.process for one in asked.playing()] == [os.getpid()]
    asked.close()


def test_without_a_bus_there_are_no_players(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    assert Players().playing() == ()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "nonsense")
    assert Players().playing() == ()


def test_a_bus_that_comes_back_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Players()
    for place in ("one", "other"):
        (tmp_path / place).mkdir()
        with session(tmp_path / place) as env:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", env["DBUS_SESSION_BUS_ADDRESS"])
            with player(env["DBUS_SESSION_BUS_ADDRESS"], "mpv", "Playing"):
                found = asked.playing() or asked.playing()
                assert [one.process for one in found] == [os.getpid()]
    asked.close()
