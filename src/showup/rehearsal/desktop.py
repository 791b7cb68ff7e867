"""The desktop of a story: a screen that may be gone for a while, and a person who answers elsewhere."""

from showup.core.notice import Message
from showup.ports import Happening, NotifierAway, Returned
from showup.rehearsal.world import World


class StoryDesktop:
    """The port Notifier. What is on the screen goes with the notification server, not with the daemon."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._screen: dict[int, Message] = {}
        self._ids = 0
        self._happened: list[Happening] = []

    def show(self, message: Message, replaces: int = 0) -> int:
        """See the port Notifier, here and below."""
        if not self._world.desktop:
            raise NotifierAway
        if not replaces:
            self._ids += 1
        shown_id = replaces or self._ids
        self._screen[shown_id] = message
        return shown_id

    @property
    def quiet(self) -> bool:
        """Nobody forbids to disturb."""
        return False

    def withdraw(self, shown_id: int) -> None:
        """Take it away."""
        self._screen.pop(shown_id, None)

    def drain(self) -> tuple[Happening, ...]:
        """Nobody presses anything here: in a story the person answers by a step."""
        happened, self._happened = tuple(self._happened), []
        return happened

    def close(self) -> None:
        """The daemon goes; the screen stays."""

    def gone(self) -> None:
        """The notification server stops."""
        self._screen = {}

    def back(self) -> None:
        """It is there again."""
        self._happened.append(Returned())
