"""One connection to a D-Bus on which every call has a time limit and a lost bus is an ordinary answer.

jeepney's own router raises in its thread when the bus goes, and drops an answer that comes too late.
"""

import os
import struct
import subprocess
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from functools import partial
from socket import SO_SNDTIMEO, SOL_SOCKET
from threading import Lock, Thread
from typing import Any

from jeepney import HeaderFields, Message, MessageFlag, MessageType
from jeepney.bus import get_bus
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import prep_socket
from jeepney.io.threading import DBusConnection, ReceiveStopped

from showup.ports import NotifierAway

Answer = Callable[[tuple[Any, ...]], None]
"""Takes the body of a good answer, in the receiving thread. It must not raise."""
_ASK = ("systemctl", "--user", "show-environment")


def session_address() -> str:
    """Where the session bus is: its variable, else the user bus (`dbus.socket` of systemd).

    A service may be older than the session. There the manager's variable of this moment counts, into which a desktop
    with a bus of its own puts that when it begins: dbus-update-activation-environment(1).
    """
    told = _of_the_manager() if os.environ.get("NOTIFY_SOCKET") else ""
    return (
        told or os.environ.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={os.environ.get('XDG_RUNTIME_DIR', '')}/bus"
    )


def system_address() -> str:
    """Where the system bus is: its variable, else its usual place (D-Bus Specification, "Well-known Message Bus")."""
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/var/run/dbus/system_bus_socket"


class Bus:
    """`heard` is called with every signal, in the receiving thread and in order. It must not raise."""

    def __init__(
        self, heard: Callable[[Message], None], limit: float, address: str = "", *, files: bool = False
    ) -> None:
        """Connect to the session bus, or to the one at `address`, within about `limit` seconds.

        `files` tells that answers may carry open files.

        Raises:
            NotifierAway: there is no bus, or it does not answer.
        """
        self._heard, self._limit = heard, limit
        self._waiting: dict[int, Future[Message]] = {}
        self._lock = Lock()
        self._lost = False
        self.address = address or session_address()
        self._connection = _connect(self.address, limit, files=files)
        self._thread = Thread(target=self._listen, name="showup-bus", daemon=True)
        self._thread.start()
        try:
            self.call(message_bus.Hello(), "s")
        except NotifierAway:
            self.close()
            raise

    @property
    def lost(self) -> bool:
        """Whether the bus has gone; a new `Bus` is needed then."""
        return self._lost

    def call(
        self, message: Message, gives: str = "", taken: Answer | None = None, late: Answer | None = None
    ) -> tuple[Any, ...]:
        """Send a method call and return the body of the answer, which has the signature `gives`.

        `taken` gets every good answer before any signal that follows it; `late` gets one that comes after the limit.

        Raises:
            NotifierAway: no answer within the limit, another answer, or the bus is gone.
        """
        answer: Future[Message] = Future()
        if taken:
            answer.add_done_callback(partial(_pass_on, taken, gives))
        self._send(message, answer)
        try:
            reply = answer.result(self._limit)
        except TimeoutError:
            if late:
                answer.add_done_callback(partial(_pass_on, late, gives))
            raise NotifierAway(f"no answer within {self._limit:g} s") from None
        except CancelledError:
            raise NotifierAway("the session bus is gone") from None
        if not _good(reply, gives):
            raise NotifierAway(f"it answered {reply.header.fields.get(HeaderFields.error_name, 'something else')}")
        return tuple(reply.body)

    def tell(self, message: Message) -> None:
        """Send a method call and wait for nothing; it starts no service.

        Raises:
            NotifierAway: the bus is gone.
        """
        message.header.flags |= MessageFlag.no_reply_expected | MessageFlag.no_auto_start
        self._send(message)

    def close(self) -> None:
        """Disconnect, and end the receiving thread."""
        with suppress(OSError):  # it may have ended by itself
            self._connection.interrupt()
        self._thread.join(self._limit)
        self._connection.close()

    def _send(self, message: Message, answer: Future[Message] | None = None) -> None:
        serial = next(self._connection.outgoing_serial)
        with self._lock:
            if self._lost:
                raise NotifierAway("the session bus is gone")
            if answer:
                self._waiting[serial] = answer
        try:
            self._connection.send(message, serial=serial)
        except OSError as error:
            self._lose()  # half a message may have gone out: nothing more can be said on this connection
            raise NotifierAway(f"the session bus takes nothing: {error.strerror}") from None

    def _listen(self) -> None:
        with suppress(ReceiveStopped, OSError):  # closed by us, or by the bus
            while True:
                self._take(self._connection.receive())
        self._lose()

    def _take(self, message: Message) -> None:
        if message.header.message_type is MessageType.signal:
            self._heard(message)
            return
        with self._lock:
            answer = self._waiting.pop(message.header.fields.get(HeaderFields.reply_serial, 0), None)
        if answer:
            answer.set_result(message)

    def _lose(self) -> None:
        with self._lock:
            self._lost = True
            waiting, self._waiting = self._waiting, {}
        for answer in waiting.values():
            answer.cancel()


def _of_the_manager() -> str:
    """What the service manager tells what it starts now; empty where it tells nothing, or not in time."""
    try:
        done = subprocess.run(_ASK, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=2, check=False)  # noqa: S603 - words of our own
    except (OSError, subprocess.TimeoutExpired):
        return ""
    names = (line.partition("=") for line in done.stdout.splitlines())
    return next((value for name, _, value in names if name == "DBUS_SESSION_BUS_ADDRESS" and value[:1] != "$"), "")


def _connect(address: str, limit: float, *, files: bool) -> DBusConnection:
    try:
        socket = prep_socket(get_bus(address), enable_fds=files, timeout=limit)
    except (OSError, RuntimeError, ValueError) as error:  # not there; of a kind we cannot speak to; refused or nonsense
        raise NotifierAway(f"no session bus: {error}") from error
    seconds, rest = divmod(limit, 1)  # a frozen bus must not hold up a sender either
    socket.setsockopt(SOL_SOCKET, SO_SNDTIMEO, struct.pack("@ll", int(seconds), int(rest * 1_000_000)))
    return DBusConnection(socket, enable_fds=files)


def _good(reply: Message, gives: str) -> bool:
    """Whether it is an answer (and no error), and what was asked for."""
    returned = reply.header.message_type is MessageType.method_return
    return returned and reply.header.fields.get(HeaderFields.signature, "") == gives


def _pass_on(to: Answer, gives: str, answer: Future[Message]) -> None:
    if not answer.cancelled() and _good(answer.result(), gives):
        to(tuple(answer.result().body))
