"""A second server, one that draws buttons, pressed with the mouse."""

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from showup.desktop.notifications import DesktopNotifier
from showup.ports import Pressed
from tests.desktop.contract import ASK
from tests.support.parts import need
from tests.support.session import server, wait_for, xfce_notifyd

_UP_FROM_THE_EDGE = 31
"""Where the middle of its row of buttons is, in pixels above the lower edge of the bubble."""


@pytest.fixture
def xfce(tmp_path: Path, env: dict[str, str], display: str) -> Iterator[dict[str, str]]:
    need("xdotool")
    drawn = env | {"DISPLAY": display}
    with server([xfce_notifyd()], drawn, tmp_path / "xfce.log"):
        yield drawn


def bubble(env: Mapping[str, str]) -> dict[str, int]:
    """The place of the only window of some size on the screen; empty while there is none."""
    search = ["xdotool", "search", "--onlyvisible", "--class", "xfce4-notifyd", "getwindowgeometry", "--shell", "%@"]
    done = subprocess.run(search, env=dict(env), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    for window in done.stdout.decode().split("WINDOW=")[1:]:
        place = {key: int(value) for key, _, value in (line.partition("=") for line in window.splitlines()[1:])}
        if place["WIDTH"] > 100:
            return place
    return {}


@pytest.mark.parametrize("place", [0, 1])
def test_a_click_on_a_button_arrives(xfce: dict[str, str], place: int) -> None:
    notifier = DesktopNotifier()
    try:
        shown = notifier.show(ASK)
        wait_for(lambda: bubble(xfce))

        def pressed() -> bool:
            where = bubble(xfce)
            if where:
                x = where["X"] + where["WIDTH"] * (2 * place + 1) // (2 * len(ASK.choices))
                y = where["Y"] + where["HEIGHT"] - _UP_FROM_THE_EDGE
                click = ["xdotool", "mousemove", str(x), str(y), "sleep", "0.1", "click", "1", "sleep", "0.1"]
                subprocess.run(click, env=xfce, check=True)
            return Pressed(shown, place) in notifier.drain()

        wait_for(pressed)
    finally:
        notifier.close()
