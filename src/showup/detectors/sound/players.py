"""Which media players say that they are playing, by MPRIS (the freedesktop.org specification, version 2)."""

import os
import struct
from collections.abc import Iterator
from socket import SO_RCVTIMEO, SO_SNDTIMEO, SOL_SOCKET
from typing import Any

from jeepney import DBusAddress, MessageType, Properties
from jeepney.bus import get_bus
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, prep_socket

from showup.detectors.sound.programs import Program, words

_PREFIX = "org.mpris.MediaPlayer2."
_LIMIT = 0.5
"""Seconds that the bus, or one player, may take to answer."""
_MOST = 20
"""So many players are asked; a desktop has a few."""


class Players:
    """Asks the session bus. Calls come from one thread at a time; without a bus there are no players."""

    def __init__(self) -> None:
        self._bus: DBusConnection | None = None

    def playing(self) -> tuple[Program, ...]:
        """The programs whose player says "Playing" at this moment."""
        try:
            self._bus = self._bus or _connect()
            return tuple(self._playing(self._bus))
        except (OSError, RuntimeError, ValueError):  # gone or silent; of a kind we cannot speak to; nonsense
            self.close()
            return ()

    def close(self) -> None:
        """Let go of the bus."""
        if self._bus:
            self._bus.close()
        self._bus = None

    def _playing(self, bus: DBusConnection) -> Iterator[Program]:
        names = _ask(bus, message_bus.ListNames())[0]
        for name in [name for name in names if name.startswith(_PREFIX)][:_MOST]:
            if self._status(bus, name) == "Playing":
                process = _ask(bus, message_bus.GetConnectionUnixProcessID(name))
                yield Program(words([name.removeprefix(_PREFIX)]), process[0] if process else 0)

    @staticmethod
    def _status(bus: DBusConnection, name: str) -> str:
        player = DBusAddress("/org/mpris/MediaPlayer2", bus_name=name, interface=_PREFIX + "Player")
        try:
            answer = _ask(bus, Properties(player).get("PlaybackStatus"))
        except TimeoutError:  # a player that hangs says nothing, and must not hide the others
            return ""
        return str(answer[0][1]) if answer else ""


def _ask(bus: DBusConnection, message: Any) -> tuple[Any, ...]:  # noqa: ANN401 - jeepney has no types
    """The body of a good answer; nothing where it is refused."""
    reply = bus.send_and_get_reply(message, timeout=_LIMIT)
    return tuple(reply.body) if reply.header.message_type is MessageType.method_return else ()


def _connect() -> DBusConnection:
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={os.environ.get('XDG_RUNTIME_DIR', '')}/bus"
    socket = prep_socket(get_bus(address), timeout=_LIMIT)
    seconds, rest = divmod(_LIMIT, 1)  # the connection says hello by itself, and would wait for a frozen bus for ever
    for way in (SO_RCVTIMEO, SO_SNDTIMEO):
        socket.setsockopt(SOL_SOCKET, way, struct.pack("@ll", int(seconds), int(rest * 1_000_000)))
    return DBusConnection(socket)
