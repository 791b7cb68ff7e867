"""What a running daemon is told from outside: signals are orders, and they wake it."""

import os
import signal
import threading
from contextlib import suppress
from queue import Empty, SimpleQueue
from types import FrameType

_LAST = 4.0
"""Seconds after the order to end by which it has ended, though a calendar hangs: a logout waits for it.

What was seen since the last beat is lost then, as in a crash: nobody was watching."""


class Orders:
    """SIGTERM and SIGINT end the daemon, SIGHUP has it read the settings again, SIGUSR1 serve the page."""

    def __init__(self) -> None:
        # Unlike an Event, it may be put into from a signal handler at any moment.
        self._woken: SimpleQueue[None] = SimpleQueue()
        self._at_the_latest = threading.Timer(_LAST, os._exit, [0])
        self._at_the_latest.daemon = True
        self._reload = self._page = False
        self.stop = False

    def listen(self) -> None:
        """From now on signals are orders."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1):
            signal.signal(number, self._signalled)

    def wake(self) -> None:
        """End the sleep; any thread may call this."""
        self._woken.put(None)

    def sleep(self, seconds: float) -> None:
        """Until woken, or for so long by the monotonic clock."""
        with suppress(Empty):
            self._woken.get(timeout=seconds)
        with suppress(Empty):
            while True:
                self._woken.get_nowait()

    def take_reload(self) -> bool:
        """Whether the settings are to be read again; asked for once, it is answered once."""
        asked, self._reload = self._reload, False
        return asked

    def take_page(self) -> bool:
        """Whether the page is to be served; asked for once, it is answered once."""
        asked, self._page = self._page, False
        return asked

    def ended(self) -> None:
        """It has ended in time."""
        self._at_the_latest.cancel()

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGHUP:
            self._reload = True
        elif number == signal.SIGUSR1:
            self._page = True
        elif not self.stop:
            self.stop = True
            self._at_the_latest.start()
        self.wake()
