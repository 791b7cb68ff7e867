"""Signing in with the browser (RFC 8252): state and PKCE (RFC 7636, S256), and the narrowest scopes that will do."""

import json
import os
import threading
import webbrowser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from google_auth_oauthlib.flow import Flow

from showup.calendars.google.landing import Landing
from showup.core.problem import Problem
from showup.core.text import plain
from showup.google.scopes import EVENTS, LIST, MEETINGS, NUMBER
from showup.google.token import Client, RefusedError, Token, exchange
from showup.google.transport import is_private, send
from showup.ports import Clock

_SEES = {
    EVENTS: "see the events of your calendars",
    LIST: "see the list of your calendars",
    MEETINGS: "see who is in your meetings",
    NUMBER: "know your account by its number",
}
_AGAIN = "Sign in again, and tick every box."
_DESKTOP = "In the Google Cloud console, make a client of the type “Desktop app” and download its JSON."
_SIZE = 100_000
_SECONDS = 10.0


def client_of(text: str) -> Client:
    """Read a client file, as Google's console gives it out.

    Raises:
        Problem: it is another file, one for another kind of client, or it names an address that is not private.
    """
    try:
        told = json.loads(text[:_SIZE])
    except (ValueError, RecursionError):
        told = None
    if isinstance(told, dict) and "web" in told:
        raise Problem("This is the file of a client for a web application.", _DESKTOP)
    installed = told.get("installed") if isinstance(told, dict) else None
    names = ("client_id", "client_secret", "token_uri", "auth_uri")
    found = {name: installed.get(name) for name in names} if isinstance(installed, dict) else {}
    texts = {name: value for name, value in found.items() if isinstance(value, str) and value}
    if len(texts) < len(names):
        raise Problem("This is no file of a Google client.", _DESKTOP)
    for name in ("token_uri", "auth_uri"):
        if not is_private(texts[name]):
            raise Problem(f"The `{name}` of this client is an address on which others could read along.", _DESKTOP)
    return Client(**texts)


def sign_in(
    client: Client,
    scopes: Sequence[str],
    tell: Callable[[str], None],
    clock: Clock,
    *,
    hint: str = "",
    seconds: float = 300,
) -> Token:
    """Let the person sign in, and return what they have given. `tell` is handed the address to open.

    `hint` is the address of the account that is meant, `seconds` how long to wait for the browser.

    Raises:
        Problem: they did not allow it, or not all of it; or it did not come to an end.
    """
    with Landing() as landing:
        flow = _flow(client, scopes, landing.address)
        hinted = {"login_hint": hint} if "@" in hint else {}
        with _checked():
            address, state = flow.authorization_url(access_type="offline", prompt="consent", **hinted)
        landing.expect(state)
        tell(address)
        _open(address)
        brought = _brought(landing, seconds)
        granted = {
            "code": brought["code"],
            "code_verifier": str(flow.code_verifier),
            "redirect_uri": landing.address,
        }
    try:
        token = exchange(client, granted, partial(send, seconds=_SECONDS), clock.now())
    except RefusedError as why:
        raise Problem(f"Google refuses to finish the sign-in ({why}).", "Try again from the beginning.") from None
    return _whole(token, scopes)


def _brought(landing: Landing, seconds: float) -> Mapping[str, str]:
    try:
        brought = landing.wait(seconds)
    except TimeoutError:
        raise Problem(
            f"The browser did not come back within {seconds:.0f} seconds.", "Try again; --time-limit gives more time."
        ) from None
    if "error" in brought:
        raise _denied(brought["error"])
    return brought


def _flow(client: Client, scopes: Sequence[str], redirect: str) -> Flow:
    told: Mapping[str, str] = {
        "client_id": client.client_id,
        "client_secret": client.client_secret,
        "auth_uri": client.auth_uri,
        "token_uri": client.token_uri,
    }
    return Flow.from_client_config(
        {"installed": told}, list(scopes), redirect_uri=redirect, autogenerate_code_verifier=True
    )


@contextmanager
def _checked() -> Iterator[None]:
    """The library refuses http on this machine itself, too, unless it is told so; `client_of` refuses all other."""
    name = "OAUTHLIB_INSECURE_TRANSPORT"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        os.environ.pop(name)
        os.environ |= {} if before is None else {name: before}


def _open(address: str) -> None:
    """Open the browser, where there is one: BROWSER, or that of the desktop. Some do not return until they end."""
    if any(os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")):
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _denied(error: str) -> Problem:
    if error == "access_denied":
        return Problem("You did not allow showup to see your calendar.", "Nothing has changed. You can sign in again.")
    if error == "state":
        return Problem("The browser came back with the answer to another sign-in.", "Try again from the beginning.")
    return Problem(f"Google did not let you sign in ({plain(error, 60)}).", "Look at the page in the browser.")


def _whole(token: Token, scopes: Sequence[str]) -> Token:
    """Whether all was allowed that was asked for: in the browser, each can be left out."""
    missing = [scope for scope in scopes if token.scopes and scope not in token.scopes]
    if missing:
        sees = " and to ".join(_SEES.get(scope, scope) for scope in missing)
        raise Problem(f"You did not allow showup to {sees}.", _AGAIN)
    return token
