"""Servers that draw buttons, pressed with the mouse; and what they do while nobody is to be disturbed."""

import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import jeepney
import pytest
from jeepney.io.blocking import open_dbus_connection

from showup.core.notice import Kind, Urgency
from showup.desktop.notifications import DesktopNotifier
from showup.ports import Pressed
from tests.desktop.contract import ASK
from tests.support.parts import need
from tests.support.session import mate_notifyd, server, session, wait_for, xfce_notifyd, xfce_settings


@dataclass(frozen=True)
class Drawn:
    """A server: its windows' class, and where the first two of three buttons are.

    `across` are parts of the bubble's width, `up` is in pixels above its lower edge.
    """

    command: Callable[[], str]
    windows: str
    across: tuple[float, float]
    up: int


NORMAL = ASK._replace(urgency=Urgency.NORMAL)
XFCE = Drawn(xfce_notifyd, "xfce4-notifyd", (1 / 6, 3 / 6), 31)
MATE = Drawn(mate_notifyd, "mate-notification-daemon", (0.5, 0.72), 27)


@dataclass(frozen=True)
class Screen:
    drawn: Drawn
    env: Mapping[str, str]

    def bubbles(self) -> list[dict[str, int]]:
        """The places of the windows of some size."""
        search = ["xdotool", "search", "--onlyvisible", "--class", self.drawn.windows]
        command = [*search, "getwindowgeometry", "--shell", "%@"]
        done = subprocess.run(command, env=dict(self.env), capture_output=True, check=False)
        windows = [
            {key: int(value) for key, _, value in (line.partition("=") for line in window.splitlines()[1:])}
            for window in done.stdout.decode().split("WINDOW=")[1:]
        ]
        return [place for place in windows if place["WIDTH"] > 100]

    def click(self, place: int) -> None:
        """Press a button."""
        for where in self.bubbles()[:1]:
            x = where["X"] + int(where["WIDTH"] * self.drawn.across[place])
            y = where["Y"] + where["HEIGHT"] - self.drawn.up
            click = ["xdotool", "mousemove", str(x), str(y), "sleep", "0.1", "click", "1", "sleep", "0.1"]
            subprocess.run(click, env=dict(self.env), check=True)


@pytest.fixture(params=[XFCE, MATE], ids=["xfce", "mate"])
def screen(request: pytest.FixtureRequest, tmp_path: Path, env: dict[str, str], display: str) -> Iterator[Screen]:
    need("xdotool")
    drawn: Drawn = request.param
    with server([drawn.command()], env | {"DISPLAY": display}, tmp_path / "server.log"):
        yield Screen(drawn, env | {"DISPLAY": display})


@pytest.fixture
def notifier() -> Iterator[DesktopNotifier]:
    made = DesktopNotifier()
    yield made
    made.close()


@pytest.mark.parametrize("place", [0, 1])
def test_a_click_on_a_button_arrives(screen: Screen, notifier: DesktopNotifier, place: int) -> None:
    shown = notifier.show(ASK)
    wait_for(screen.bubbles)

    def pressed() -> bool:
        screen.click(place)
        return Pressed(shown, place) in notifier.drain()

    wait_for(pressed)


def test_the_next_notice_takes_the_place_and_one_that_is_withdrawn_goes(
    screen: Screen, notifier: DesktopNotifier
) -> None:
    first = notifier.show(ASK)
    wait_for(screen.bubbles)
    second = notifier.show(ASK._replace(kind=Kind.NUDGE, title="Still nobody"), replaces=first)
    assert second == first
    wait_for(lambda: len(screen.bubbles()) == 1)
    notifier.withdraw(second)
    wait_for(lambda: not screen.bubbles())


def test_xfce_keeps_it_from_the_screen_while_nobody_is_to_be_disturbed(
    tmp_path: Path, display: str, notifier: DesktopNotifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("xdotool")
    xfce_settings(tmp_path)
    settings = jeepney.DBusAddress("/org/xfce/Xfconf", bus_name="org.xfce.Xfconf", interface="org.xfce.Xfconf")
    with ExitStack() as stack:
        env = stack.enter_context(session(tmp_path, DISPLAY=display))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", env["DBUS_SESSION_BUS_ADDRESS"])
        stack.enter_context(server([xfce_notifyd()], env, tmp_path / "server.log"))
        connection = stack.enter_context(open_dbus_connection(env["DBUS_SESSION_BUS_ADDRESS"]))

        def disturb(*, wanted: bool) -> None:
            words = ("xfce4-notifyd", "/do-not-disturb", ("b", not wanted))
            asked = jeepney.new_method_call(settings, "SetProperty", "ssv", words)
            connection.send_and_get_reply(asked, timeout=5)

        screen = Screen(XFCE, env)
        shown = notifier.show(NORMAL)
        assert not notifier.quiet  # the setting is not even there
        wait_for(screen.bubbles)
        notifier.withdraw(shown)
        wait_for(lambda: not screen.bubbles())
        disturb(wanted=False)
        wait_for(lambda: notifier.quiet)
        shown = notifier.show(NORMAL)
        assert not screen.bubbles()
        disturb(wanted=True)
        wait_for(lambda: not notifier.quiet)
        assert notifier.show(NORMAL, replaces=shown) == shown
        wait_for(screen.bubbles)
