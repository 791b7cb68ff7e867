"""Notices as plain lines, for a run in the foreground without a desktop."""

from collections.abc import Callable, Iterable
from itertools import count

from showup.core.notice import Message
from showup.core.text import plain
from showup.desktop.words import answers, links
from showup.ports import Happening, NotifierAway

_TITLE, _BODY = 200, 1500


class TerminalNotifier:
    """A Notifier that can only say. `write` is handed whole lines and may raise OSError; answers come by command."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._ids = count(1)

    def show(self, message: Message, replaces: int = 0) -> int:
        """Print it, with the commands to answer. What it replaces cannot be taken back: it is said anew.

        Raises:
            NotifierAway: the terminal is gone.
        """
        try:
            self._write("\n".join(_lines(message)) + "\n")
        except OSError as error:
            raise NotifierAway(f"the terminal is gone: {error.strerror}") from error
        return replaces or next(self._ids)

    @property
    def quiet(self) -> bool:
        """Never."""
        return False

    def withdraw(self, shown_id: int) -> None:
        """Nothing: what was printed stays."""

    def drain(self) -> Iterable[Happening]:
        """Nothing ever happens on it."""
        return ()

    def close(self) -> None:
        """Nothing to let go of."""


def _lines(message: Message) -> list[str]:
    body = plain(message.body, _BODY, lines=True)
    doing = [*links(message), *answers(message)]
    rows = [*body.splitlines(), *(f"{label}: {what}" for label, what in doing)]
    return [plain(message.title, _TITLE), *(f"  {row}" for row in rows)]
