"""What reaches others: notices on the phone, and the proxy that leads out of the house."""

import os
from collections.abc import Iterator
from threading import Event

from showup.cli.doctor.finding import Check, Finding, absent, broken, ok
from showup.config import Settings
from showup.core.notice import Kind, Message
from showup.core.problem import Problem

_SENDING = 30.0
"""Seconds for a real notice to the phone."""
_TEST = Message(Kind.CONFIRM, "showup can reach you here", "This is what a notice on your phone looks like.")
_WAYS = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
_GIVE = "Give it to the service: docs/first-minutes.md says how."


def reach(settings: Settings, *, push: bool) -> Iterator[tuple[str, Check]]:
    """A check for each of them that there is; with `push` a notice is really sent."""
    if settings.push.urls or push:
        yield "push", _sent if push else _readable
    if _ways():
        yield "proxy", _proxy


def _readable(settings: Settings) -> Finding:
    from showup.desktop.push import receivers

    _, understood = receivers(settings.push.urls)
    if not understood:
        raise Problem("Apprise does not understand every address of push.urls.", "Look at their form once more.")
    count = len(settings.push.urls)
    told = "The address for your phone is" if count == 1 else f"The {count} addresses for your phone are"
    return ok(f"{told} understood; `showup doctor --push` sends a notice there.")


def _sent(settings: Settings) -> Finding:
    from showup.desktop.push import PushChannel

    if not settings.push.urls:
        return absent("Nothing goes to your phone: [push] names no address.", "docs/notices.md says how.")
    said, woken = list[str](), Event()

    def say(text: str) -> None:
        said.append(text)
        woken.set()

    channel = PushChannel(settings.push.urls, say, woken.set, _SENDING)
    channel.send(0, _TEST)
    woken.wait(_SENDING + 1)
    channel.close()
    if said or not list(channel.drain()):
        return broken(said[0] if said else "The service for your phone did not answer in time.", "")
    return ok("A notice was sent to your phone: look whether it is there.")


def _ways() -> list[str]:
    """What leads out in this shell, by the names of its variables."""
    return [name for way in _WAYS for name in (way, way.lower()) if os.environ.get(name)]


def _proxy(_settings: Settings) -> Finding:
    """Whether what holds in this shell holds for the service as well."""
    from showup.service.manager import Manager

    named, manager = _ways(), Manager(os.environ)
    try:
        known = manager.environment() | manager.given() if manager.known().enabled else dict(os.environ)
    except Problem:
        known = dict(os.environ)
    missing = [name for name in named if known.get(name) != os.environ[name]]
    if missing:
        return absent(f"{', '.join(missing)} of this shell does not reach the service.", _GIVE)
    return ok(f"{', '.join(named)} is set.")
