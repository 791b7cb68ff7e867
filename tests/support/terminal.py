"""A real terminal (pty) at which a program runs and a person types."""

import os
import pty
import re
import select
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

_LIMIT = 20.0
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Terminal:
    """A program's terminal, and all that was shown on it."""

    process: int
    channel: int
    raw: str = ""
    read_to: int = 0
    code: int | None = None

    @property
    def shown(self) -> str:
        """What a person sees: without colours, with plain line ends."""
        return _COLOURS.sub("", self.raw.replace("\r\n", "\n"))

    def wait_for(self, text: str, limit: float = _LIMIT) -> None:
        """Read until `text` is shown after what was waited for before."""
        deadline = time.perf_counter() + limit
        while (at := self.shown.find(text, self.read_to)) < 0:
            alive = self._read(deadline - time.perf_counter())
            assert alive or text in self.shown[self.read_to :], f"{text!r} never came:\n{self.shown}"
        self.read_to = at + len(text)

    def answer(self, question: str, told: str = "") -> None:
        """Type an answer and Enter, once a question is shown."""
        self.wait_for(question)
        self.type(f"{told}\n")

    def type(self, keys: str) -> None:
        os.write(self.channel, keys.encode())

    def interrupt(self, said: str) -> int:
        """Press Ctrl-C until `said` is shown (a press may fall between two system calls), and read to the end."""
        for _ in range(5):
            self.type("\x03")
            deadline = time.perf_counter() + _LIMIT / 5
            while said not in self.shown and self._read(deadline - time.perf_counter()):
                pass
            if said in self.shown:
                break
        return self.end()

    def end(self, limit: float = _LIMIT) -> int:
        """Read to the end; the exit code."""
        deadline = time.perf_counter() + limit
        while self._read(deadline - time.perf_counter()):
            pass
        assert time.perf_counter() < deadline, f"it did not end:\n{self.shown}"
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        return self.code

    def _read(self, seconds: float) -> bool:
        """Whether there may be more."""
        if not select.select([self.channel], [], [], max(seconds, 0))[0]:
            return False
        try:
            data = os.read(self.channel, 65_536)
        except OSError:  # the program has gone
            return False
        self.raw += data.decode("utf-8", "replace")
        return bool(data)


@contextmanager
def terminal(command: Sequence[str], env: Mapping[str, str]) -> Iterator[Terminal]:
    """Run a program at a terminal of its own; killed at the end if it has not ended by itself."""
    process, channel = pty.fork()
    if process == 0:
        try:
            os.execvpe(command[0], list(command), {"TERM": "xterm", **env})  # noqa: S606 - no shell is wanted
        finally:
            os._exit(127)
    there = Terminal(process, channel)
    try:
        yield there
    finally:
        if there.code is None:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        os.close(channel)
