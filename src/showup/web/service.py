"""The page while it is served: a thread with a web server on loopback, which ends by itself when nobody looks."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from showup import private
from showup.core.problem import Problem
from showup.web.codes import Codes
from showup.web.desk import Desk

if TYPE_CHECKING:
    from uvicorn import Server

_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Terms:
    """Where and how long: `port` 0 is any free one; `idle` are seconds without a request after which it ends."""

    port: int = 0
    idle: float = 30 * 60.0


class Page:
    """The page. `runtime` is a private folder: the codes lie there, and the address for whoever asked for it."""

    def __init__(self, desk: Desk, runtime: Path, terms: Callable[[], Terms]) -> None:
        self._desk, self._runtime, self._terms = desk, runtime, terms
        self.codes = Codes(runtime / "codes", desk.clock)
        self._thread: threading.Thread | None = None
        self._server: Server | None = None
        self._address = ""
        self._last = 0.0

    @property
    def told(self) -> Path:
        """The file that holds the address while it is served."""
        return self._runtime / "address"

    def open(self) -> str:
        """Serve from now on, or go on serving; the address. It is written into the file `told` in any case.

        Raises:
            Problem: the port is taken, or the file cannot be written.
        """
        self._last = self._desk.clock.monotonic()
        if self._server is None or self._server.should_exit or not self.wait(0):
            self.close()
            self._start()
        private.write(self.told, self._address)
        return self._address

    def wait(self, seconds: float | None = None) -> bool:
        """Whether it is still served after so many seconds, or when it ended before."""
        if self._thread is None:
            return False
        self._thread.join(seconds)
        return self._thread.is_alive()

    def close(self) -> None:
        """End it. What is under way has a moment."""
        if self._server is not None:
            self._server.should_exit = True
        self.wait()
        self._thread, self._server = None, None

    def _start(self) -> None:
        from showup.web.serving import server  # noqa: PLC0415 - the web stack is paid for only here

        listening = _listen(self._terms().port)
        self._address = f"{_HOST}:{listening.getsockname()[1]}"
        self._server = server(self._desk, self.codes, self._address, self._asked, self._still)
        self._thread = threading.Thread(target=self._serve, args=(self._server, listening), name="page", daemon=True)
        self._thread.start()

    def _serve(self, server: "Server", listening: socket.socket) -> None:
        try:
            server.run(sockets=[listening])
        except Exception as error:  # noqa: BLE001 - said, and the daemon goes on: it has more to do than this
            self._desk.say(f"The page cannot be served: {type(error).__name__}: {error}.")
        finally:
            listening.close()
            with suppress(OSError):
                self.told.unlink()

    def _asked(self) -> None:
        self._last = self._desk.clock.monotonic()

    def _still(self) -> bool:
        return self._desk.clock.monotonic() - self._last < self._terms().idle


def _listen(port: int) -> socket.socket:
    """On loopback and nowhere else."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((_HOST, port))
        listening.listen(64)
    except OSError as error:
        listening.close()
        raise Problem(
            f"The page cannot be opened on port {port}: {error.strerror}.", "Choose another one: `port` in [web]."
        ) from error
    return listening
