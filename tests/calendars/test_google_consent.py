"""Signing in with the browser: what is asked for, what comes back, and what may go wrong on the way."""

import contextlib
import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from showup.calendars.google import landing
from showup.calendars.google.consent import client_of, sign_in
from showup.core.problem import Problem
from showup.google.scopes import EVENTS, LIST, MEETINGS, NUMBER
from showup.google.token import Token
from tests.support import google_signin
from tests.support.google_browser import visit
from tests.support.google_parts import NOW, Clock
from tests.support.google_server import Google, serving


@pytest.fixture(autouse=True)
def _no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def google() -> Iterator[Google]:
    with serving() as server:
        yield server


class Browser:
    """Is handed the address, and does something with it in its own time."""

    def __init__(self, does: Callable[[str], object] = visit) -> None:
        self.does = does
        self.address = ""
        self.came: list[object] = []

    def __call__(self, address: str) -> None:
        self.address = address
        self.thread = threading.Thread(target=self._go)
        self.thread.start()

    def _go(self) -> None:
        with contextlib.suppress(OSError):
            self.came.append(self.does(self.address))

    @property
    def page(self) -> str:
        self.thread.join(10)
        return str(self.came[-1])


def signing(google: Google, browser: Browser, *scopes: str, seconds: float = 10) -> Token:
    client = client_of(json.dumps(google.client_secrets()))
    return sign_in(client, scopes or (EVENTS, LIST), browser, Clock(), hint="sam@example.org", seconds=seconds)


def test_the_accounts_number_is_known_only_where_it_is_asked_for(google: Google) -> None:
    assert signing(google, Browser()).number == ""
    token = signing(google, Browser(), EVENTS, MEETINGS, NUMBER)
    assert token.number == google_signin.NUMBER
    assert Token.read(token.text()) == token


@pytest.mark.parametrize("identity", ["", "a.b", "a.b.c", "a.bnVsbA.c", "a.eyJzdWIiOiAxfQ.c", "a." + "W" * 100_000, 5])
def test_an_identity_that_is_none_says_nothing(
    google: Google, identity: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(google_signin, "identity", lambda _: identity)
    assert signing(google, Browser(), EVENTS, NUMBER).number == ""


def back(address: str, **more: str) -> str:
    """What Google would send the browser to, with these parameters."""
    query = parse_qs(urlsplit(address).query)
    asked = "&".join(f"{key}={value}" for key, value in more.items())
    return f"{query['redirect_uri'][0]}?{asked.replace('STATE', query['state'][0])}"


def test_a_sign_in_asks_for_what_is_needed_and_gives_a_token(google: Google) -> None:
    browser = Browser()
    token = signing(google, browser)
    asked = {key: values[0] for key, values in parse_qs(urlsplit(browser.address).query).items()}
    assert asked["scope"].split() == [EVENTS, LIST]
    assert (asked["code_challenge_method"], asked["access_type"]) == ("S256", "offline")
    assert (asked["login_hint"], asked["prompt"]) == ("sam@example.org", "consent")
    assert urlsplit(asked["redirect_uri"]).hostname == "127.0.0.1"
    assert "client_secret" not in browser.address
    assert token.access in google.tokens
    assert token.refresh in google.refreshing
    assert token.scopes == (EVENTS, LIST)
    assert token.usable(NOW)


def test_only_what_is_wanted_is_asked_for(google: Google) -> None:
    assert signing(google, Browser(), EVENTS).scopes == (EVENTS,)
    assert signing(google, Browser(), EVENTS, MEETINGS).scopes == (EVENTS, MEETINGS)


def test_the_last_page_loads_nothing_and_tells_no_secret(google: Google) -> None:
    browser = Browser()
    signing(google, browser)
    assert "Thank you" in browser.page
    for word in ("http:", "https:", "src=", "href=", "code-", "<script", "@import", "url("):
        assert word not in browser.page


@pytest.mark.parametrize(
    ("consent", "said"),
    [
        ("deny", "You did not allow showup to see your calendar."),
        ("forged", "The browser came back with the answer to another sign-in."),
        ("less", "You did not allow showup to see the list of your calendars."),
    ],
)
def test_a_sign_in_that_is_not_whole_is_a_sentence(consent: str, said: str, google: Google) -> None:
    google.consent = consent
    with pytest.raises(Problem) as raised:
        signing(google, Browser())
    assert raised.value.sentence == said
    assert raised.value.remedy


def test_another_error_is_named(google: Google) -> None:
    browser = Browser(lambda address: visit(back(address, error="admin_policy_enforced", state="STATE")))
    with pytest.raises(Problem, match=r"did not let you sign in \(admin_policy_enforced\)"):
        signing(google, browser)


def test_a_code_that_is_refused_is_a_sentence(google: Google) -> None:
    browser = Browser(lambda address: visit(back(address, code="made-up", state="STATE")))
    with pytest.raises(Problem, match=r"refuses to finish the sign-in \(invalid_grant\)"):
        signing(google, browser)


def test_the_wait_has_an_end(google: Google) -> None:
    with pytest.raises(Problem, match="did not come back within 0 seconds"):
        signing(google, Browser(lambda _: None), seconds=0.2)


def test_what_browsers_ask_for_besides_is_not_taken_for_an_answer(google: Google) -> None:
    def visits(address: str) -> str:
        base = back(address).rstrip("?")
        for other in ("favicon.ico", "", "x?code=1&state=2"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                visit(base + other)
        foreign = urllib.request.Request(back(address, code="1", state="STATE"), headers={"Host": "evil.example"})  # noqa: S310
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(foreign)  # noqa: S310
        return visit(address)

    assert signing(google, Browser(visits)).access


def test_a_connection_that_says_nothing_holds_nobody_up(google: Google) -> None:
    def visits(address: str) -> str:
        at = urlsplit(back(address))
        with socket.create_connection((str(at.hostname), at.port or 0)):
            return visit(address)

    assert signing(google, Browser(visits)).access


def test_without_a_port_it_is_a_sentence(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(landing, "_Server", refuse)
    with pytest.raises(Problem, match="No port of this machine can be listened on: Address already in use"):
        signing(google, Browser())


def test_nobody_else_can_reach_the_page() -> None:
    with landing.Landing() as there:
        assert there._server.server_address[0] == "127.0.0.1"


DESKTOP = {"client_id": "x", "client_secret": "s", "auth_uri": "https://a.example/", "token_uri": "https://a.example/"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "This is no file of a Google client."),
        ("[" * 100_000, "This is no file of a Google client."),
        ('{"installed": 1}', "This is no file of a Google client."),
        (json.dumps({"installed": {**DESKTOP, "client_id": ""}}), "This is no file of a Google client."),
        (json.dumps({"web": DESKTOP}), "This is the file of a client for a web application."),
        (json.dumps({"type": "service_account"}), "This is no file of a Google client."),
        (
            json.dumps({"installed": {**DESKTOP, "token_uri": "http://a.example/"}}),
            "The `token_uri` of this client is an address on which others could read along.",
        ),
        (
            json.dumps({"installed": {**DESKTOP, "auth_uri": "http://127.0.0.1.example/"}}),
            "The `auth_uri` of this client is an address on which others could read along.",
        ),
    ],
)
def test_a_client_file_that_cannot_be_used_says_why(text: str, said: str) -> None:
    with pytest.raises(Problem) as raised:
        client_of(text)
    assert raised.value.sentence == said
    assert "Desktop app" in raised.value.remedy


def test_the_browser_of_the_person_is_opened(google: Google, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """BROWSER is honoured; see webbrowser(3py)."""
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(script))
    monkeypatch.setattr("webbrowser._tryorder", None)
    browser = Browser()
    signing(google, browser)
    deadline = threading.Event()
    for _ in range(100):
        if (tmp_path / "opened").exists():
            break
        deadline.wait(0.05)
    assert (tmp_path / "opened").read_text().strip() == browser.address
