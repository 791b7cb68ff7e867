"""The person's own second channel, to reach a phone: Apprise, which speaks to ntfy, Matrix, Telegram, mail and more.

What leaves the computer is the title and the text of a notice; no link, no address, no button.
"""

import logging
import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from showup.core.notice import Message
from showup.core.problem import Problem
from showup.core.text import plain

if TYPE_CHECKING:
    from apprise import Apprise

_LOG = logging.getLogger(__name__)
_TITLE, _BODY = 120, 1000
_LIVE = re.compile(r"[<@](?=\S)|\](?=[(\[:])|\.(?=[^\W\d])|:(?=//)")
"""Where a link, an element or the call of a person begins, in the markup of one service or another."""
_JOINER = "\u2060"
"""The word joiner of Unicode: nobody sees it, and what it stands in is plain text everywhere."""
_FAILED = "A notice could not be sent to your phone. It is tried again each minute, while the notice stands."
_NONE = "Nothing goes to your phone: Apprise does not understand an address of push.urls. Look at its form once more."
_SOME = "Apprise does not understand every address of push.urls. Look at their form once more."


class PushChannel:
    """The port Channel. A thread of its own sends; `say` is told, once, of what fails, and never an address.

    `limit` is in seconds, for one notice to all addresses. `wake` is called when there is something to drain.
    """

    def __init__(
        self,
        urls: Sequence[str],
        say: Callable[[str], None],
        wake: Callable[[], None] = lambda: None,
        limit: float = 30.0,
    ) -> None:
        self._urls, self._say, self._wake, self._limit = tuple(urls), say, wake, limit
        self._waiting: SimpleQueue[tuple[int, Message] | None] = SimpleQueue()
        self._arrived: deque[int] = deque()
        self._taken = set[int]()
        """What waits, is under way, or has arrived and was not told yet: however slow a service is, it is sent once."""
        self._told = ""
        self._thread: Thread | None = None

    def send(self, number: int, message: Message) -> None:
        """See the port, here and below."""
        if self._thread is None:
            self._thread = Thread(target=self._work, name="showup-push", daemon=True)
            self._thread.start()
        if number not in self._taken:
            self._taken.add(number)
            self._waiting.put((number, message))

    def drain(self) -> Iterable[int]:
        """The numbers that arrived."""
        arrived = tuple(self._arrived.popleft() for _ in range(len(self._arrived)))
        self._taken.difference_update(arrived)
        return arrived

    def close(self) -> None:
        """Send nothing more. What is under way is not waited for."""
        self._waiting.put(None)

    def _work(self) -> None:
        """One after the other; one that hangs is left behind, and holds up no other."""
        while (item := self._waiting.get()) is not None:
            sending = Thread(target=self._try, args=item, name="showup-push-one", daemon=True)
            sending.start()
            sending.join(self._limit)
            if sending.is_alive():
                self._tell(_FAILED)

    def _try(self, number: int, message: Message) -> None:
        try:
            sent, problem = self._sent(message)
        except Problem as known:
            sent, problem = False, str(known)
        except Exception as error:  # noqa: BLE001 - a hundred plugins may raise anything, an address in its words
            _LOG.warning("Apprise failed with %s.", type(error).__name__)
            sent, problem = False, _FAILED
        self._tell(problem)
        if sent:
            self._arrived.append(number)
            self._wake()
        else:
            self._taken.discard(number)

    def _sent(self, message: Message) -> tuple[bool, str]:
        """Send it to all addresses that are some: whether all of these took it, and what is to be said."""
        to, understood = receivers(self._urls)
        if not len(to):
            return False, _NONE
        title = _inert(plain(message.title, _TITLE))
        body = _inert(plain(message.body, _BODY, lines=True)) or title
        if not to.notify(body=body, title=title, body_format="text"):
            return False, _FAILED
        return True, "" if understood else _SOME

    def _tell(self, problem: str) -> None:
        """Once for each trouble; after it worked again, anew."""
        if problem and problem != self._told:
            self._say(problem)
        self._told = problem


def _inert(text: str) -> str:
    """The text, looking the same, with no link and no call in it: some services take any text for markup."""
    return _LIVE.sub(lambda found: found[0] + _JOINER, text)


def receivers(urls: Sequence[str]) -> tuple["Apprise", bool]:
    """What sends to these addresses, and whether it understands all of them; nothing is sent by it yet.

    Raises:
        Problem: Apprise is not there.
    """
    try:
        to = _apprise()
    except ImportError as error:
        raise Problem("Nothing goes to your phone, as Apprise is not installed.", "Install showup[push].") from error
    understood = [_understood(to, url) for url in urls]  # each is tried, whatever the others are
    return to, all(understood)


def _understood(to: "Apprise", url: str) -> bool:
    try:
        return bool(to.add(url))
    except Exception as error:  # noqa: BLE001 - as in `_try`
        _LOG.warning("Apprise failed with %s.", type(error).__name__)
        return False


def _apprise() -> "Apprise":
    from apprise import Apprise, AppriseAsset  # noqa: PLC0415 - a third of a second, and optional

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # it names addresses
    return Apprise(asset=AppriseAsset(async_mode=False))
