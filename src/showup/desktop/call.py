"""A notice as the Notify call of the Desktop Notifications Specification 1.2."""

import html
from typing import Any

import jeepney

from showup.core.notice import Kind, Message, Urgency
from showup.core.text import plain
from showup.desktop.words import LABEL, in_one_line

NAME = "org.freedesktop.Notifications"
SERVER = jeepney.DBusAddress("/org/freedesktop/Notifications", bus_name=NAME, interface=NAME)

_TITLE, _BODY = 120, 1000
_BRIEF = frozenset({Kind.BRIEF, Kind.PROBLEM})
"""These may go by themselves: what they tell is told elsewhere as well. The others stay until they were seen."""
_NEVER, _BY_THE_SERVER = 0, -1
_LEVELS = {Urgency.LOW: 0, Urgency.NORMAL: 1, Urgency.CRITICAL: 2}
_ICONS = {Kind.LATE: "appointment-missed", Kind.NO_SHOW: "appointment-missed", Kind.PROBLEM: "dialog-warning"}
"""Names of the Icon Naming Specification; every other kind has `appointment-soon`."""
_SOUNDS = {
    Kind.BRIEF: "message-new-instant",
    Kind.MOVED: "message-new-instant",
    Kind.CANCELLED: "message-new-instant",
    Kind.ASK: "dialog-question",
    Kind.LATE: "message-attention",
    Kind.NUDGE: "message-attention",
    Kind.NO_SHOW: "message-attention",
    Kind.PROBLEM: "dialog-warning",
}
"""Names of the Sound Naming Specification; what asks about the past or is far off makes no sound."""


def notify(message: Message, replaces: int, capabilities: frozenset[str], *, silent: bool = False) -> Any:  # noqa: ANN401 - jeepney has no types
    """The call that shows `message` on a server with these capabilities. Texts are cleaned, bounded and escaped here.

    Without `actions` the body ends with a line that names the command, and links, instead. A choice's key is its place.
    """
    buttons = "actions" in capabilities
    body = plain(message.body, _BODY, lines=True)
    if not buttons:
        body = "\n".join(filter(None, [body, in_one_line(message)]))
    if "body-markup" in capabilities:
        body = html.escape(body, quote=False)
    arguments = (
        "showup",
        replaces,
        _ICONS.get(message.kind, "appointment-soon"),
        plain(message.title, _TITLE),
        body,
        _actions(message) if buttons else [],
        _hints(message, silent=silent or message.kind not in _SOUNDS),
        _NEVER if stays(message) else _BY_THE_SERVER,
    )
    return jeepney.new_method_call(SERVER, "Notify", "susssasa{sv}i", arguments)


def stays(message: Message) -> bool:
    """Whether the server is asked to keep it until it was seen."""
    return message.kind not in _BRIEF


def _actions(message: Message) -> list[str]:
    return [text for place, each in enumerate(message.choices) for text in (str(place), plain(each.label, LABEL))]


def _hints(message: Message, *, silent: bool) -> dict[str, tuple[str, object]]:
    sound = {"suppress-sound": ("b", True)} if silent else {"sound-name": ("s", _SOUNDS[message.kind])}
    return {
        "urgency": ("y", _LEVELS[message.urgency]),
        "category": ("s", f"x-showup.{message.kind}"),
        "desktop-entry": ("s", "showup"),
        **sound,
    }
