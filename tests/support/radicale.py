"""A real Radicale on this machine, and the owner of a calendar on it."""

import itertools
import os
import socket
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from tests.support.front import Front, Told, connected
from tests.support.ics import calendar as ics
from tests.support.owner import Owner
from tests.support.session import program, wait_for

USER, PASSWORD = "sam@example.org", "5ecre7 wörd"
_AUTHORIZATION = f"Basic {b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}"
_NUMBERS = itertools.count(1)


@contextmanager
def radicale(folder: Path) -> Iterator[int]:
    """A server with one user; gives its port."""
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = folder / "config"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n"
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder}/users\nhtpasswd_encryption = plain\ndelay = 0\n"
        f"[storage]\nfilesystem_folder = {folder}/collections\n"
    )
    command = [sys.executable, "-m", "radicale", "--config", str(config)]
    with program(command, os.environ, folder / "radicale.log") as server:
        wait_for(lambda: _listens(port) or server.poll() is not None, 20)
        assert server.poll() is None, (folder / "radicale.log").read_text()
        yield port


@dataclass
class Password:
    """The port SecretStore, with one password for all servers of this machine."""

    secret: str | None = PASSWORD
    asked: int = 0
    place: str = "a test"

    def get(self, key: str) -> str | None:
        assert key.startswith(("caldav http://127.0.0.1:", "caldav https://127.0.0.1:"))
        self.asked += 1
        return self.secret

    def put(self, key: str, secret: str) -> None:
        raise NotImplementedError

    def remove(self, key: str) -> None:
        raise NotImplementedError


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Shelf(Owner):
    """A calendar of its own on the server, each event in an object named by its UID."""

    def __init__(self, port: int, kinds: str = "VEVENT", name: str = "") -> None:
        super().__init__()
        self._port = port
        self._there: dict[str, bytes] = {}
        self.path = f"/{quote(USER)}/work-{next(_NUMBERS)}/"
        body = (
            '<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>'
            f"<D:displayname>{escape(name)}</D:displayname><C:supported-calendar-component-set>"
            f'<C:comp name="{kinds}"/></C:supported-calendar-component-set></D:prop></D:set></C:mkcalendar>'
        )
        self.ask("MKCALENDAR", self.path, body.encode())

    def save(self) -> None:
        for uid, event in self.events.items():
            self.write(uid, ics(event))
        for uid in self._there.keys() - self.events.keys():
            self.erase(uid)

    def write(self, uid: str, content: bytes) -> None:
        """Put an object there, if it is not so already."""
        if self._there.get(uid) != content:
            self.ask("PUT", self.place(uid), content)
            self._there[uid] = content

    def erase(self, uid: str) -> None:
        self.ask("DELETE", self.place(uid))
        del self._there[uid]

    def place(self, uid: str) -> str:
        return f"{self.path}{quote(uid, safe='')}.ics"

    def ask(self, method: str, path: str, body: bytes = b"") -> None:
        connection = connected(self._port)
        try:
            headers = {"Authorization": _AUTHORIZATION, "Content-Type": "text/calendar; charset=utf-8"}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            told = answer.read()
            assert answer.status in {200, 201, 204}, (method, path, answer.status, told)
        finally:
            connection.close()


class OnServer(Shelf):
    """The same seen through a front, which can be down or give out half of what it is asked for."""

    def __init__(self, front: Front) -> None:
        super().__init__(front.behind)
        self.front = front

    def down(self) -> None:
        self.front.answers = lambda _: Told(503, b"sorry")

    def up(self) -> None:
        self.front.answers = lambda _: None
        self.front.spoil = lambda _, told: told

    def truncate(self) -> None:
        self.front.spoil = lambda _, told: Told(told.status, told.body[: len(told.body) // 2], told.headers)
