"""Sleep and waking, told by logind on the system bus (org.freedesktop.login1, "Inhibitor Locks").

A locked session is no gap: showup goes on watching, and the notices wait on the screen behind the lock.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import jeepney
from jeepney.bus_messages import message_bus

from showup.bus import Bus, system_address
from showup.ports import NotifierAway

NAME = "org.freedesktop.login1"
_MANAGER = jeepney.DBusAddress("/org/freedesktop/login1", bus_name=NAME, interface=f"{NAME}.Manager")
_MATCHES = (
    f"type='signal',sender='{NAME}',interface='{NAME}.Manager',member='PrepareForSleep'",
    f"type='signal',sender='{message_bus.bus_name}',member='NameOwnerChanged',arg0='{NAME}'",
)
_LIMIT = 2.0
_AGAIN = 300.0
"""Seconds until a system bus that is away is looked for again."""


class Sleep:
    """Calls `before` right before the machine sleeps, which waits for it a little, and `after` when it is awake again.

    Both are called in a thread of its own and must not raise. Without a system bus or logind nothing is called: then
    the clocks alone tell that it slept.
    """

    def __init__(self, before: Callable[[], None], after: Callable[[], None], again: float = _AGAIN) -> None:
        self._before, self._after, self._again = before, after, again
        self._told: SimpleQueue[str] = SimpleQueue()
        self._bus: Bus | None = None
        self._held: int | None = None
        self._thread = Thread(target=self._run, name="showup-sleep", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let the machine sleep as it likes."""
        self._told.put("over")
        self._thread.join(2 * _LIMIT)

    def _run(self) -> None:
        self._hold()
        while (word := self._next()) != "over":
            match word:
                case "sleep":
                    self._before()
                    self._let_go()
                case "wake":
                    self._after()
                    self._hold()
                case "began":
                    self._let_go()  # it was given by a logind that is no more
                    self._hold()
                case _:
                    self._hold()
        self._let_go()
        if self._bus:
            self._bus.close()

    def _next(self) -> str:
        try:
            return self._told.get(timeout=self._again)
        except Empty:
            return "look"

    def _hold(self) -> None:
        """Ask logind to wait for us before it sleeps, unless it does already."""
        if self._bus is None or self._bus.lost:
            self._let_go()
            self._connect()
        if self._held is None and self._bus:
            asked = jeepney.new_method_call(
                _MANAGER, "Inhibit", "ssss", ("sleep", "showup", "Keeps what was seen up to now", "delay")
            )
            with suppress(NotifierAway):
                (file,) = self._bus.call(asked, "h")
                self._held = file.to_raw_fd()

    def _connect(self) -> None:
        if self._bus:
            self._bus.close()
            self._bus = None
        with suppress(NotifierAway):
            bus = Bus(self._heard, _LIMIT, system_address(), files=True)
            self._bus = bus
            for match in _MATCHES:
                bus.call(message_bus.AddMatch(match))

    def _let_go(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def _heard(self, signal: Any) -> None:  # noqa: ANN401 - jeepney publishes no types
        """In the bus's thread."""
        fields, body = signal.header.fields, signal.body
        match fields.get(jeepney.HeaderFields.member), fields.get(jeepney.HeaderFields.signature):
            case "PrepareForSleep", "b":
                self._told.put("sleep" if body[0] else "wake")
            case "NameOwnerChanged", "sss" if body[2]:
                self._told.put("began")
