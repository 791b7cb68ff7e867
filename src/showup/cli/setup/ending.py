"""How the set-up ends: the service started, a notice shown, and a word on every part."""

from collections.abc import Sequence
from threading import Event

import click

from showup.cli import service
from showup.cli.doctor import command as doctor
from showup.cli.doctor.examine import examine
from showup.cli.doctor.finding import Finding, State
from showup.cli.parts import running
from showup.clock import SystemClock
from showup.config import Settings
from showup.core.notice import Choice, Kind, Message
from showup.core.problem import Problem
from showup.core.text import plain
from showup.ports import Closed, Happening, Notifier, NotifierAway, Pressed

_NAME = "test notice"
_PATIENCE = 30.0
"""Seconds in which the test notice can be answered."""
_LOOK = 0.5
_TEST = Message(
    Kind.CONFIRM,
    "showup can reach you",
    "This is how it will ask or tell you when nobody comes.",
    (Choice("I see it"),),
)
_AGAIN = (
    "If you saw none: switch do-not-disturb off, and look whether your desktop lets showup show notices. "
    "`showup setup` shows one again."
)


def start(*, wanted: bool) -> bool:
    """Start the service, or take it away where it is there and not wanted; whether that went well."""
    went_well = _service(wanted=wanted)
    service.enter_menu(_say)
    return went_well


def _service(*, wanted: bool) -> bool:
    try:
        if wanted:
            service.install(_say)
        elif service.state().installed:
            service.uninstall(_say)
    except Problem as problem:
        if wanted:
            _say(str(problem))
        return not wanted
    return True


def notice(*, waits: bool) -> Finding | None:
    """Show a notice, and wait for its button if somebody is there; None where there is no desktop to show it on."""
    from showup import wiring

    if not wiring.has_desktop():
        return None
    woken = Event()
    screen = wiring.notifier(_say, woken.set)
    try:
        shown_id = screen.show(_TEST)
        if not waits:
            return Finding(_NAME, State.OK, "It was handed to the notification server.")
        click.echo(f"\nA notice is on your screen now. Press “I see it” there, or close it ({_PATIENCE:.0f} s).")
        seen = _answered(screen, shown_id, woken)
        screen.withdraw(shown_id)
    except NotifierAway as away:
        return Finding(
            _NAME, State.ABSENT, f"It could not be shown: {plain(str(away), 200)}.", "Notices wait till then."
        )
    finally:
        screen.close()
    if seen:
        return Finding(_NAME, State.OK, "You have seen it.")
    return Finding(_NAME, State.ABSENT, "Nobody answered it.", _AGAIN)


def report(settings: Settings, more: Sequence[Finding], *, started: bool) -> int:
    """Say how every part is, as `showup doctor` does; the exit code."""
    click.echo("\nHow everything is (`showup doctor` says it again):")
    healthy = started
    for found in (*more, *examine(settings)):
        doctor.show(found)
        healthy = healthy and found.state is not State.BROKEN
    click.echo(f"\n{_last(settings) if healthy else 'Mend what is broken above.'}")
    return 0 if healthy else 1


def _last(settings: Settings) -> str:
    if running(settings.paths):
        return "That is all. `showup status` says what comes next."
    return "That is all. Nothing is watched until you start it: `showup run`."


def _answered(screen: Notifier, shown_id: int, woken: Event) -> bool:
    """Whether the notice was pressed or closed by the person in time. Ctrl-C goes on without."""
    clock = SystemClock()
    until = clock.monotonic() + _PATIENCE
    try:
        while clock.monotonic() < until:
            woken.wait(_LOOK)
            woken.clear()
            happened = [one for one in screen.drain() if getattr(one, "shown_id", None) == shown_id]
            if any(map(_by_the_person, happened)):
                return True
            if any(isinstance(one, Closed) for one in happened):
                return False
    except KeyboardInterrupt:
        click.echo()
    return False


def _by_the_person(happening: Happening) -> bool:
    return isinstance(happening, Pressed) or (isinstance(happening, Closed) and happening.dismissed)


def _say(text: str) -> None:
    click.echo(plain(text, 400))
