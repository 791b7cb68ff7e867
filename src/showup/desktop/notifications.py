"""Notices on the desktop, by the Desktop Notifications Specification 1.2 (org.freedesktop.Notifications)."""

import logging
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from threading import Lock, Thread
from typing import Any

import jeepney
from jeepney.bus_messages import message_bus

from showup.bus import Bus, session_address
from showup.core.notice import Message
from showup.core.problem import Problem
from showup.desktop.call import NAME, SERVER, notify, stays
from showup.desktop.opening import open_link
from showup.desktop.quiet import is_quiet
from showup.ports import Closed, Happening, NotifierAway, Pressed, Returned

_LOG = logging.getLogger(__name__)
_REMEMBERED = 200
"""So many notices can be open at once; there is no such number of interviews. A server may forget to say "closed"."""
_BY_THE_PERSON, _BY_A_PROGRAM = 2, 3
"""The reasons of NotificationClosed that are somebody's will. The others: its time was over (1), or nobody says why."""
_OWNED = f"type='signal',sender='{message_bus.bus_name}',member='NameOwnerChanged',arg0='{NAME}'"
_SIGNALS = f"type='signal',sender='{NAME}',interface='{NAME}'"


class DesktopNotifier:
    """The Notifier of the session bus.

    It connects when first needed and again when the bus has gone. Calls come from one thread; a thread of its own
    receives, and calls `wake` (which must not raise) whenever something waits in `drain`. `limit` is in seconds, per
    call on the bus.
    """

    def __init__(self, wake: Callable[[], None] = lambda: None, limit: float = 2.0) -> None:
        self._wake, self._limit = wake, limit
        self._bus: Bus | None = None
        self._missed = False
        self._owner, self._new_owner = "", False
        self._shown: dict[int, Message] = {}
        self._pressed: set[int] = set()
        self._happened: deque[Happening] = deque()
        self._lock = Lock()

    def show(self, message: Message, replaces: int = 0) -> int:
        """Show it and return the server's id. While nobody is to be disturbed, the server keeps it: see `quiet`.

        The server is asked for its capabilities each time: that is cheap, tells a frozen server before it has been
        given anything to show later, and is right after the server was exchanged for another.

        Raises:
            NotifierAway: no bus, no server, no answer in time or an error.
        """
        bus = self._connected()
        late = partial(self._late, bus)
        (capabilities,) = bus.call(jeepney.new_method_call(SERVER, "GetCapabilities"), "as", late=late)
        known = 0 if self._foreign(replaces) else replaces
        call = notify(message, known, frozenset(capabilities), silent=self._repeats(message, known))
        (shown_id,) = bus.call(call, "u", taken=partial(self._remember, message), late=late)
        return int(shown_id)

    @property
    def quiet(self) -> bool:
        """See the port; what the server does not tell is taken for no."""
        return bool(self._bus and not self._bus.lost and is_quiet(self._bus))

    def withdraw(self, shown_id: int) -> None:
        """Take it from the screen, without waiting for that. Unknown ids and an absent server are fine."""
        with suppress(NotifierAway):
            bus = self._connected()
            if not self._foreign(shown_id):
                self._close(bus, shown_id)

    def drain(self) -> Iterable[Happening]:
        """What has happened since the last call, oldest first. A lost bus is looked for again, too."""
        if self._missed or (self._bus and self._bus.lost):
            with suppress(NotifierAway):
                self._connected()
        with self._lock:
            happened = tuple(self._happened)
            self._happened.clear()
        return happened

    def close(self) -> None:
        """Disconnect. What is on the screen stays."""
        if self._bus:
            self._bus.close()
            self._bus = None

    def _connected(self) -> Bus:
        if self._bus and not self._bus.lost and self._bus.address == session_address():
            return self._bus
        again, self._missed = self._missed or self._bus is not None, True
        self.close()
        self._shown.clear()
        self._pressed.clear()
        bus = Bus(self._heard, self._limit)
        try:
            bus.call(message_bus.AddMatch(_OWNED))
            bus.call(message_bus.AddMatch(_SIGNALS))
            with suppress(NotifierAway):  # an error means that there is no owner (yet)
                bus.call(message_bus.GetNameOwner(NAME), "s", taken=self._own)
        except NotifierAway:
            bus.close()
            raise
        self._bus, self._missed = bus, False
        if again:
            self._happen(Returned())
        return bus

    def _foreign(self, shown_id: int) -> bool:
        """Whether the server came in our time and never gave us this id: it may be another program's notice there."""
        return self._new_owner and shown_id not in self._shown

    def _repeats(self, message: Message, replaces: int) -> bool:
        """Whether it stands there already, or did before a restart of ours: then it makes no sound again."""
        before = self._shown.get(replaces)
        return replaces != 0 and (before is None or before.kind is message.kind)

    # ---- from here on: in the receiving thread

    def _heard(self, signal: Any) -> None:  # noqa: ANN401 - jeepney publishes no types
        fields, body = signal.header.fields, signal.body
        member = fields.get(jeepney.HeaderFields.member)
        sender = fields.get(jeepney.HeaderFields.sender)
        signature = fields.get(jeepney.HeaderFields.signature)
        match member, signature:
            case "NameOwnerChanged", "sss" if sender == message_bus.bus_name and body[0] == NAME:
                self._own((body[2],))
                self._new_owner = True
                self._shown.clear()
                self._pressed.clear()
                if self._owner:
                    self._happen(Returned())
            case "ActionInvoked", "us" if sender == self._owner:
                self._press(*body)
            case "NotificationClosed", "uu" if sender == self._owner:
                self._gone(*body)

    def _own(self, answer: tuple[Any, ...]) -> None:
        self._owner = str(answer[0])

    def _remember(self, message: Message, answer: tuple[Any, ...]) -> None:
        self._shown.pop(answer[0], None)
        self._shown[answer[0]] = message
        self._pressed.discard(answer[0])
        while len(self._shown) > _REMEMBERED:
            oldest = next(iter(self._shown))
            self._shown.pop(oldest)
            self._pressed.discard(oldest)

    def _press(self, shown_id: int, key: str) -> None:
        message = self._shown.get(shown_id)
        keys = [str(place) for place in range(len(message.choices))] if message else []
        if message and key in keys:
            self._pressed.add(shown_id)
            choice = message.choices[int(key)]
            if choice.url:
                Thread(target=_open, args=(choice.url,), name="showup-open", daemon=True).start()
            self._happen(Pressed(shown_id, int(key)))

    def _gone(self, shown_id: int, reason: int) -> None:
        message, pressed = self._shown.pop(shown_id, None), shown_id in self._pressed
        self._pressed.discard(shown_id)
        if message:
            lapsed = reason not in {_BY_THE_PERSON, _BY_A_PROGRAM} and stays(message) and not pressed
            self._happen(Closed(shown_id, dismissed=reason == _BY_THE_PERSON and not pressed, lapsed=lapsed))

    def _late(self, bus: Bus, answer: tuple[Any, ...]) -> None:
        """The server has thawed: what it shows now was said not to be shown, and will be shown again."""
        if isinstance(answer[0], int):
            self._shown.pop(answer[0], None)
            with suppress(NotifierAway):
                self._close(bus, answer[0])
        self._happen(Returned())

    def _happen(self, happening: Happening) -> None:
        with self._lock:
            if happening != Returned() or happening not in self._happened:
                self._happened.append(happening)
        self._wake()

    @staticmethod
    def _close(bus: Bus, shown_id: int) -> None:
        bus.tell(jeepney.new_method_call(SERVER, "CloseNotification", "u", (shown_id,)))


def _open(url: str) -> None:
    try:
        if not open_link(url):
            _LOG.warning("The desktop did not take a link.")
    except Problem as problem:
        _LOG.warning("%s", problem)
