"""Notices to a phone, by the real Apprise to a web server on loopback."""

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from markdown_it import MarkdownIt

from showup.core.notice import Choice, Kind, Message
from showup.desktop.push import PushChannel
from tests.support.session import wait_for

EVIL = "[Acme](https://evil.example) <https://evil.example|x> <!channel> <b>@everyone</b> @**all** www.evil.example"
LATE = Message(
    Kind.LATE,
    "Acme & Sons is 5 minutes late",
    "Planned for <b>10:00</b>; nobody has been seen yet.",
    (Choice("Join", url="https://meet.google.com/abc"), Choice("Write to them", url="mailto:hr@acme.example")),
)
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")  # a plugin of Apprise that we do not use
SECRET = "s3cret-topic"


@dataclass
class Phone:
    """What a service for phones was sent; it answers with `status`, and only while `flowing`."""

    port: int = 0
    status: int = 200
    got: list[dict[str, Any]] = field(default_factory=list)
    flowing: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.port}/{SECRET}"


@pytest.fixture
def phone() -> Iterator[Phone]:
    made = Phone()
    made.flowing.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"]))
            made.got.append(json.loads(text))
            made.flowing.wait(10)
            self.send_response(made.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield made
        made.flowing.set()
        server.shutdown()
        thread.join(5)


@pytest.fixture
def said() -> list[str]:
    return []


def arrived(channel: PushChannel, count: int = 1) -> list[int]:
    numbers: list[int] = []

    def some() -> bool:
        numbers.extend(channel.drain())
        return len(numbers) >= count

    wait_for(some, 15)
    return numbers


def test_title_and_text_arrive_and_nothing_else(phone: Phone, said: list[str]) -> None:
    woken = threading.Event()
    channel = PushChannel([phone.url], said.append, woken.set)
    channel.send(7, LATE)
    assert arrived(channel) == [7]
    assert woken.is_set()
    (got,) = phone.got
    assert (got["title"], got["message"].replace("\u2060", "")) == (LATE.title, LATE.body)
    assert "mailto" not in json.dumps(got)
    assert "meet.google" not in json.dumps(got)
    channel.send(8, Message(Kind.CANCELLED, "\x1b[2JCancelled\u202e", ""))
    assert arrived(channel) == [8]
    assert (phone.got[1]["title"], phone.got[1]["message"]) == ("Cancelled", "Cancelled")
    assert said == []


def test_whatever_a_title_says_there_is_no_link_and_no_call_in_it(phone: Phone, said: list[str]) -> None:
    """Discord makes links of Markdown in any text, Slack of what is in angles, a phone of all that looks like one."""
    channel = PushChannel([phone.url], said.append)
    channel.send(1, LATE._replace(title=EVIL, body=f"{EVIL}\nSt. Acme.io at 10:00, 5.30 m."))
    assert arrived(channel) == [1]
    sent = f"{phone.got[0]['title']}\n{phone.got[0]['message']}"
    assert re.findall(r"://|@[\w*]|<[\w!/]|\]\(|www\.e|e\.example", sent) == []
    assert re.findall(r"<(?:a|b|img)\b", MarkdownIt("commonmark", {"html": True}).render(sent)) == []
    assert sent.replace("\u2060", "") == f"{EVIL}\n{EVIL}\nSt. Acme.io at 10:00, 5.30 m."  # it looks the same
    assert sent.endswith("St. Acme.\u2060io at 10:00, 5.30 m.")


def test_what_fails_is_said_once_without_the_address(
    phone: Phone, said: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    channel = PushChannel([phone.url], said.append)
    phone.status = 500
    for number in (1, 2):
        channel.send(number, LATE)
    wait_for(lambda: len(phone.got) >= 2, 15)
    phone.status = 200
    channel.send(3, LATE)
    assert arrived(channel) == [3]
    assert [text.partition(".")[0] for text in said] == ["A notice could not be sent to your phone"]
    assert SECRET not in "".join(said) + caplog.text
    assert list(channel.drain()) == []


def test_nobody_there(said: list[str], caplog: pytest.LogCaptureFixture) -> None:
    channel = PushChannel([f"json://127.0.0.1:1/{SECRET}"], said.append)
    channel.send(1, LATE)
    wait_for(lambda: said, 15)
    assert list(channel.drain()) == []
    assert SECRET not in "".join(said) + caplog.text


@pytest.mark.parametrize("url", [f"nosuchservice://{SECRET}", f"mailto://{SECRET}"])
def test_an_address_that_is_none(url: str, said: list[str], caplog: pytest.LogCaptureFixture) -> None:
    channel = PushChannel([url], said.append)
    channel.send(1, LATE)
    wait_for(lambda: said, 15)
    assert "does not understand an address" in said[0]
    assert SECRET not in "".join(said) + caplog.text


def test_one_address_that_is_none_keeps_nothing_from_the_others(phone: Phone, said: list[str]) -> None:
    channel = PushChannel([f"nosuchservice://{SECRET}", phone.url], said.append)
    channel.send(1, LATE)
    assert arrived(channel) == [1]
    assert len(phone.got) == 1
    assert [text.partition(".")[0] for text in said] == ["Apprise does not understand every address of push"]


def test_a_service_that_hangs_holds_nobody_up(phone: Phone, said: list[str]) -> None:
    phone.flowing.clear()
    channel = PushChannel([phone.url], said.append, limit=0.2)
    before = time.perf_counter()
    for number in (1, 1, 2):
        channel.send(number, LATE)
    channel.close()
    assert list(channel.drain()) == []
    assert time.perf_counter() - before < 0.2
    wait_for(lambda: len(phone.got) == 2, 15)  # the first is still under way, and is not sent twice
    assert len(said) == 1
    phone.flowing.set()
    wait_for(lambda: len(channel._arrived) == 2, 15)


def test_what_waits_for_a_slow_service_is_sent_once(phone: Phone, said: list[str]) -> None:
    """Many notices at once, and each is given again every minute until it has arrived."""
    phone.flowing.clear()
    channel = PushChannel([phone.url], said.append)
    for number in (1, 2, 1, 2, 1, 2, 3):
        channel.send(number, LATE)
    phone.flowing.set()
    assert arrived(channel, 3) == [1, 2, 3]
    channel.send(1, LATE)  # by now it is another notice of this number
    assert arrived(channel) == [1]
    assert (len(phone.got), said) == (4, [])


def test_without_apprise_it_says_what_to_install(said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    channel = PushChannel(["json://127.0.0.1/x"], said.append)
    channel.send(1, LATE)
    wait_for(lambda: said)
    assert said == ["Nothing goes to your phone, as Apprise is not installed. Install showup[push]."]


def test_it_is_not_imported_before_there_is_something_to_send() -> None:
    code = (
        "import sys; from showup.desktop.push import PushChannel;"
        "PushChannel(['json://x'], print); print('apprise' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
