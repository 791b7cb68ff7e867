"""A real Firefox, told what to do by Marionette, its own protocol for tests: a length, a colon, and JSON."""

import itertools
import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.parts import need
from tests.support.session import program, wait_for

_SETTINGS: dict[str, object] = {
    "marionette.port": 0,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
    "media.peerconnection.ice.loopback": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}
_LIMIT = 30.0


class Firefox:
    """A running browser."""

    def __init__(self, line: socket.socket) -> None:
        self._line, self._told = line, line.makefile("rb")
        self._numbers = itertools.count()
        self._read()  # it greets
        self.ask("WebDriver:NewSession")

    def open(self, address: str) -> "FirefoxTab":
        """A new tab."""
        tab = FirefoxTab(self, self.ask("WebDriver:NewWindow", type="tab")["handle"])
        tab.ask("WebDriver:Navigate", url=address)
        return tab

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """One command, and its answer."""
        number = next(self._numbers)
        told = json.dumps([0, number, method, parameters]).encode()
        self._line.sendall(b"%d:%b" % (len(told), told))
        _kind, answered, error, found = self._read()
        assert (answered, error) == (number, None), error
        return dict(found)

    def _read(self) -> Any:  # noqa: ANN401 - whatever it answers
        length = b""
        while (letter := self._told.read(1)) != b":":
            assert letter, "the browser has gone"
            length += letter
        return json.loads(self._told.read(int(length)))


@dataclass(frozen=True)
class FirefoxTab:
    """A page in it."""

    browser: Firefox
    handle: str

    def run(self, script: str, *given: object) -> Any:  # noqa: ANN401 - whatever the page answers
        """Run it, with `given` in the place of each %s, and wait for what it promises."""
        script = script % tuple(json.dumps(one) for one in given) if given else script
        asked = f"return (async () => await ({script}))()"
        return self.ask("WebDriver:ExecuteScript", script=asked, args=[], sandbox=None)["value"]

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """A command for this tab."""
        self.browser.ask("WebDriver:SwitchToWindow", handle=self.handle, focus=False)
        return self.browser.ask(method, **parameters)


@contextmanager
def firefox(env: Mapping[str, str], folder: Path) -> Iterator[Firefox]:
    """A browser with a profile of its own."""
    need("firefox-esr")
    folder.mkdir()
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _SETTINGS.items())
    (folder / "user.js").write_text("".join(lines))
    port = folder / "MarionetteActivePort"  # it writes down which one it has taken
    command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(folder), "about:blank"]
    with program(command, {**env, "HOME": str(folder)}, folder / "log"):
        wait_for(lambda: port.exists() and port.read_text(), _LIMIT)
        with socket.create_connection(("127.0.0.1", int(port.read_text())), _LIMIT) as line:
            yield Firefox(line)
