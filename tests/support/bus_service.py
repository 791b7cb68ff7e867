"""A service on a private bus, made of its answers: for programs that cannot run everywhere."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.threading import DBusConnection, ReceiveStopped, open_dbus_connection

from tests.support.session import owned, wait_for

Answer = tuple[str, tuple[Any, ...]]


class Answering:
    """Takes the calls that come to a connection. `calls` are those that came, the last of them from `client`."""

    def __init__(self, connection: DBusConnection) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.client = ""
        self._connection = connection

    def send(self, emitter: DBusAddress, member: str, signature: str, *body: object, to: str = "") -> None:
        """Send a signal to everybody who listens, or to the unique name `to`."""
        signal = new_signal(emitter, member, signature, body)
        if to:
            signal.header.fields[HeaderFields.destination] = to
        self._connection.send(signal)

    def serve(self) -> None:
        """Answer until interrupted."""
        while True:
            try:
                message = self._connection.receive()
            except ReceiveStopped:
                return
            if message.header.message_type is MessageType.method_call:
                self._take(message)

    def _take(self, message: Any) -> None:  # noqa: ANN401 - jeepney publishes no types
        member = message.header.fields[HeaderFields.member]
        self.calls.append((member, message.body))
        self.client = message.header.fields[HeaderFields.sender]
        self._answer(member, message)

    def _answer(self, member: str, message: Any) -> None:  # noqa: ANN401
        raise NotImplementedError


class Service(Answering):
    """Answers each member as `answers` says; `waits` makes it take and answer nothing."""

    def __init__(self, connection: DBusConnection) -> None:
        super().__init__(connection)
        self.answers: dict[str, Answer | Callable[[], Answer]] = {}
        self.waits = False

    def emit(self, path: str, interface: str, member: str, signature: str, *body: object, to: str = "") -> None:
        """Send a signal of one of its objects."""
        self.send(DBusAddress(path, interface=interface), member, signature, *body, to=to)

    def _take(self, message: Any) -> None:  # noqa: ANN401
        if not self.waits:
            super()._take(message)

    def _answer(self, member: str, message: Any) -> None:  # noqa: ANN401
        answer = self.answers.get(member)
        if answer is None:
            self._connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
        else:
            signature, body = answer() if callable(answer) else answer
            self._connection.send(new_method_return(message, signature, body))
            for item in body if signature == "h" else ():
                item.close()  # the other side has its own


@contextmanager
def service(env: Mapping[str, str], name: str, **answers: Answer | Callable[[], Answer]) -> Iterator[Service]:
    """A service that owns `name` on the bus of `env`."""
    with open_dbus_connection(env["DBUS_SESSION_BUS_ADDRESS"], enable_fds=True) as connection:
        standing = Service(connection)
        standing.answers |= answers
        thread = threading.Thread(target=standing.serve)
        thread.start()
        connection.send(message_bus.RequestName(name))  # only now: who waits for the name calls at once
        try:
            wait_for(lambda: owned(env, name))
            yield standing
        finally:
            connection.interrupt()
            thread.join(5)
