"""A notification server made of nothing but its words on the bus, for what real servers seldom do."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from jeepney import DBusAddress, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.threading import DBusConnection, DBusRouter, Proxy, open_dbus_connection

from tests.support.bus_service import Answering
from tests.support.session import NOTIFICATIONS, wait_for

_EMITTER = DBusAddress("/org/freedesktop/Notifications", interface=NOTIFICATIONS)


_UNKNOWN = "org.freedesktop.DBus.Error.UnknownMethod"


class StandIn(Answering):
    """Answers GetCapabilities and Notify, and keeps what it was asked.

    `answers` replaces an answer: a (signature, body), or the name of an error. While `flowing` is cleared, nothing from
    a call of `stops_at` onwards is answered.
    """

    def __init__(self, connection: DBusConnection, capabilities: tuple[str, ...]) -> None:
        super().__init__(connection)
        self.answers: dict[str, tuple[str, tuple[Any, ...]] | str] = {
            "GetCapabilities": ("as", (list(capabilities),)),
            "CloseNotification": ("", ()),
        }
        self.flowing = threading.Event()
        self.flowing.set()
        self.stops_at = "GetCapabilities"
        self._next = 0

    def notices(self) -> list[tuple[Any, ...]]:
        """The arguments of each Notify."""
        return [body for member, body in self.calls if member == "Notify"]

    def emit(self, member: str, signature: str, *body: object, to: str = "") -> None:
        """Send a signal of its own."""
        self.send(_EMITTER, member, signature, *body, to=to)

    def _answer(self, member: str, message: Any) -> None:  # noqa: ANN401 - jeepney publishes no types
        if member == self.stops_at:
            self.flowing.wait(10)
        answer = self.answers.get(member) or _UNKNOWN
        if member == "Notify" and member not in self.answers:
            answer = ("u", (self._number(message.body[1]),))
        if isinstance(answer, str):
            self._connection.send(new_error(message, answer))
        else:
            self._connection.send(new_method_return(message, *answer))

    def _number(self, replaces: int) -> int:
        self._next += 1
        return replaces or self._next


@contextmanager
def stand_in(
    env: Mapping[str, str], *capabilities: str, name: str = NOTIFICATIONS, kind: type[StandIn] = StandIn
) -> Iterator[StandIn]:
    """A stand-in that owns `name` on the bus of `env`."""
    with open_dbus_connection(env["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        with DBusRouter(connection) as router:
            Proxy(message_bus, router, timeout=5).RequestName(name)
        standing = kind(connection, capabilities)
        thread = threading.Thread(target=standing.serve)
        thread.start()
        try:
            yield standing
        finally:
            standing.flowing.set()
            connection.interrupt()
            thread.join(5)
            wait_for(lambda: not thread.is_alive())
