"""A real Chromium, told what to do over a pair of pipes (--remote-debugging-pipe), and calls between two of them."""

import functools
import http.server
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.parts import need
from tests.support.session import end

PAGE = Path(__file__).with_name("sound_call.html")
_FLAGS = (
    *("--no-sandbox", "--no-first-run", "--disable-gpu", "--disable-extensions", "--disable-component-update"),
    *("--remote-debugging-pipe", "--use-fake-ui-for-media-stream", "--allow-loopback-in-peer-connection"),
    *(
        "--autoplay-policy=no-user-gesture-required",
        "--disable-dev-shm-usage",
        "--disable-features=WebRtcHideLocalIpsWithMdns",
    ),
)


class Browser:
    """A running browser."""

    def __init__(self, tell: int, hear: int) -> None:
        self._tell, self._hear = tell, hear
        self._number, self._rest = 0, b""

    def open(self, address: str) -> "Tab":
        """A new tab, in front."""
        target = self.ask("Target.createTarget", {"url": address})["targetId"]
        return Tab(self, self.ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"])

    def ask(self, method: str, parameters: Mapping[str, object], session: str = "") -> dict[str, Any]:
        """One command of the Chrome DevTools Protocol, and its answer."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": dict(parameters)}
        command |= {"sessionId": session} if session else {}
        os.write(self._tell, json.dumps(command).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return dict(answer["result"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self._hear, 65536)
            assert more, "the browser has gone"
            self._rest += more
        told, self._rest = self._rest.split(b"\0", 1)
        return dict(json.loads(told))


class Tab:
    """A page in it."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session
        while self.run("typeof come") != "function":
            time.sleep(0.02)

    def run(self, script: str, *given: object) -> Any:  # noqa: ANN401 - whatever the page answers
        """Run it, with `given` in the place of each %s, and wait for what it promises."""
        script = script % tuple(json.dumps(one) for one in given) if given else script
        asked = {"expression": f"(async () => await ({script}))()", "awaitPromise": True, "returnByValue": True}
        answer = self._browser.ask("Runtime.evaluate", asked, self._session)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")


@contextmanager
def browser(env: Mapping[str, str], folder: Path, *flags: str) -> Iterator[Browser]:
    """A browser with a profile of its own."""
    need("chromium")
    to_it, tell = os.pipe()
    hear, from_it = os.pipe()
    words = " ".join(["chromium", *_FLAGS, f"--user-data-dir={folder}", *flags, "about:blank"])
    ours = f"exec {words} 3<&{to_it} 4>&{from_it}"
    quiet = subprocess.DEVNULL
    started = subprocess.Popen(
        ["bash", "-c", ours], env=dict(env), pass_fds=(to_it, from_it), stdin=quiet, stdout=quiet, stderr=quiet
    )
    os.close(to_it)
    os.close(from_it)
    try:
        yield Browser(tell, hear)
    finally:
        os.close(tell)
        os.close(hear)
        end(started)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The page of the call and the files of `folder`, at an address that browsers trust with a microphone."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_said: object) -> None:
            """Nothing."""

    (folder / "call.html").write_text(PAGE.read_text())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
