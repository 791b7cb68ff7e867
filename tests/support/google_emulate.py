"""The npm package `emulate`: Google's sign-in and a small part of its calendar, written by others."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.parts import absent, need

PACKAGE = "emulate@0.11.2"
_RUN = """
import { createEmulator } from "emulate";
await createEmulator({ service: "google", port: Number(process.argv[2]), seed: JSON.parse(process.argv[3]) });
"""
_LOOPBACK = """
const net = require("node:net");
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  const then = rest.filter((one) => typeof one === "function");
  return listen.call(this, { port: Number(port), host: "127.0.0.1" }, ...then);
};
"""
"""It would listen on all addresses."""


def _installed(factory: pytest.TempPathFactory) -> Path:
    """A folder with the package; it is fetched once a run."""
    need("node", "npm")
    folder = factory.getbasetemp() / "emulate"
    if not (folder / "node_modules/emulate").exists():
        fresh = factory.mktemp("emulate-new")
        (fresh / "package.json").write_text('{"private": true}')
        done = subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE],
            cwd=fresh,
            capture_output=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            absent(f"npm cannot fetch {PACKAGE}")
        shutil.move(fresh, folder)
    return folder


@contextmanager
def emulated(factory: pytest.TempPathFactory, start: datetime, who: str = "sam@example.org") -> Iterator[str]:
    """Its address; an interview begins at `start`."""
    folder = _installed(factory)
    (folder / "run.mjs").write_text(_RUN)
    (folder / "loopback.cjs").write_text(_LOOPBACK)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    event = {
        "id": "evt1",
        "user_email": who,
        "calendar_id": who,
        "summary": "Interview with Acme",
        "start_date_time": start.isoformat(),
        "end_date_time": (start + timedelta(hours=1)).isoformat(),
    }
    calendar = {"id": who, "user_email": who, "summary": who, "primary": True, "selected": True, "time_zone": "UTC"}
    seed = {"google": {"users": [{"email": who}], "calendars": [calendar], "calendar_events": [event]}}
    command = ["node", "--require", "./loopback.cjs", "run.mjs", str(port), json.dumps(seed)]
    with subprocess.Popen(command, cwd=folder, env={**os.environ, "NO_COLOR": "1"}) as process:
        try:
            _wait(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20  # noqa: TID251 - a real process takes real time
    while process.poll() is None and time.monotonic() < deadline:  # noqa: TID251
        try:
            urllib.request.urlopen(f"{address}/.well-known/openid-configuration", timeout=2).close()  # noqa: S310
        except urllib.error.URLError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{PACKAGE} does not start")
