"""What a running daemon is told from outside: signals are orders, and they wake it."""

import os
import signal
import socket
import threading
from contextlib import suppress
from enum import Enum, auto
from queue import Empty, SimpleQueue
from types import FrameType

_LAST = 4.0
"""Seconds after the order to end by which it has ended, though a calendar hangs: a logout waits for it.

What was seen since the last beat is lost then, as in a crash: nobody was watching."""

_OVER = b"\0"
"""No signal has this number."""


class Order(Enum):
    """What to do beside looking whether anything is due."""

    LOOK = auto()
    """Nothing else: something has happened."""
    RELOAD = auto()
    """Read the settings again."""
    PAGE = auto()
    """Serve the page."""
    STOP = auto()
    """End."""


_BY_SIGNAL = {
    signal.SIGTERM: Order.STOP,
    signal.SIGINT: Order.STOP,
    signal.SIGHUP: Order.RELOAD,
    signal.SIGUSR1: Order.PAGE,
}


class Orders:
    """Given by signals and by any thread, taken by the one that beats."""

    def __init__(self) -> None:
        # Unlike an Event, it may be put into from a signal handler at any moment.
        self._given: SimpleQueue[Order] = SimpleQueue()
        # A signal that comes just before a wait for a lock would not end it; a byte that waits to be read does.
        self._heard, self._ring = socket.socketpair()
        self._ring.setblocking(False)
        self._stopping = False
        self._at_the_latest = threading.Timer(_LAST, os._exit, [0])
        self._at_the_latest.daemon = True

    def listen(self) -> None:
        """From now on signals are orders."""
        for number in _BY_SIGNAL:
            signal.signal(number, self._signalled)
        signal.set_wakeup_fd(self._ring.fileno(), warn_on_full_buffer=False)

    def hear(self) -> bool:
        """Wait for signals, in the main thread, which alone may hear them; whether to go on."""
        return self._heard.recv(1) != _OVER

    def over(self) -> None:
        """Nobody takes orders any more: there is nothing to be heard."""
        self._ring.setblocking(True)
        self._ring.send(_OVER)

    def give(self, order: Order) -> None:
        """Give an order, which ends the wait for one."""
        self._given.put(order)

    def take(self, seconds: float) -> frozenset[Order]:
        """The orders given by now; the first is waited for so long by the monotonic clock."""
        taken = set()
        with suppress(Empty):
            taken.add(self._given.get(timeout=seconds))
            while True:
                taken.add(self._given.get_nowait())
        return frozenset(taken)

    def ended(self) -> None:
        """It has ended in time."""
        self._at_the_latest.cancel()
        with suppress(ValueError):  # not by the main thread: it never listened
            signal.set_wakeup_fd(-1)
        self._heard.close()
        self._ring.close()

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        order = _BY_SIGNAL[signal.Signals(number)]
        if order is Order.STOP and not self._stopping:
            self._stopping = True
            self._at_the_latest.start()
        self.give(order)
