"""Real calls between two browsers on this machine; the sound server knows no more of them than of any other call."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.support.sound_browser import Tab, browser, served
from tests.support.sound_desk import Desk, talk
from tests.support.sound_firefox import firefox
from tests.support.sound_servers import sound_server

_OF_THEIRS = ("--mute-audio", "--use-fake-device-for-media-stream", "--use-file-for-fake-audio-capture={}")
_QUIET = "--disable-features=HardwareMediaKeyHandling,MediaSessionService,WebRtcHideLocalIpsWithMdns"


class Page(Protocol):
    """A tab of either browser."""

    def run(self, script: str, *given: object) -> Any:  # noqa: ANN401 - whatever the page answers
        """Run it, with `given` in the place of each %s, and wait for what it promises."""
        ...


class Window(Protocol):
    """Either browser."""

    def open(self, address: str) -> Page:
        """A new tab."""
        ...


def _chromium(env: Mapping[str, str], folder: Path) -> AbstractContextManager[Window]:
    return browser(env, folder, "--headless")


def _secretive(env: Mapping[str, str], folder: Path) -> AbstractContextManager[Window]:
    """One that tells nobody what it plays: without MPRIS, as a browser in a sandbox of some kinds."""
    return browser(env, folder, "--headless", _QUIET)


BROWSERS: dict[str, Callable[[Mapping[str, str], Path], AbstractContextManager[Window]]] = {
    "chromium": _chromium,
    "chromium without MPRIS": _secretive,
    "firefox": firefox,
}


@dataclass
class Room:
    """A candidate whose machine is watched, a second tab of the same browser, and an interviewer elsewhere.

    The files of `folder` can be played.
    """

    desk: Desk
    folder: Path
    candidate: Page
    beside: Page
    interviewer: Tab

    def connect(self) -> None:
        """The two hear each other."""
        answered = self.interviewer.run("answer(%s)", self.candidate.run("offer()"))
        self.candidate.run("accept(%s)", answered)


@contextmanager
def room(server_kind: str, which: str, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Room]:
    """The candidate uses this browser, on this sound server, and the sound is watched."""
    spoken = talk(folder)
    with ExitStack() as stack:
        server = stack.enter_context(sound_server(server_kind))
        for name in ("PULSE_SERVER", "DBUS_SESSION_BUS_ADDRESS"):
            patch.setenv(name, server.env[name])
        page = stack.enter_context(served(folder)) + "/call.html"
        mine = stack.enter_context(BROWSERS[which](server.env, folder / "mine"))
        elsewhere = server.env | {"PULSE_SERVER": "unix:/nonexistent"}
        flags = [flag.format(spoken) for flag in _OF_THEIRS]
        theirs = stack.enter_context(browser(elsewhere, folder / "theirs", "--headless", *flags))
        made = Room(Desk(server), folder, mine.open(page), mine.open(page), theirs.open(page))
        stack.callback(made.desk.detector.close)
        made.desk.watch()
        yield made
