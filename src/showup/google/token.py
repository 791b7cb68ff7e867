"""A sign-in's tokens, and the server that gives them (RFC 6749, sections 4.1.3 and 6)."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Self
from urllib.parse import urlencode, urlsplit

from showup.core.problem import Problem
from showup.core.text import plain
from showup.google.refusal import Busy, retry_after
from showup.google.transport import Answer, Send, Sent, is_private
from showup.ports import SourceProblem

_SLACK = timedelta(minutes=1)
_HOUR = 3_600
_LONGEST = 100_000
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


class RefusedError(Exception):
    """The server does not give a token; `str()` is its own word for why, such as `invalid_grant`."""


@dataclass(frozen=True, slots=True)
class Client:
    """The person's own OAuth client, of the kind “Desktop app”. Its secret is none to Google, but goes in no log."""

    client_id: str
    client_secret: str = field(repr=False)
    token_uri: str
    auth_uri: str


@dataclass(frozen=True, slots=True)
class Token:
    """What a sign-in has given: `access` for an hour, `refresh` to get the next one. `expires` is aware UTC.

    `who` is the account's address and `number` its number (`sub` of OpenID Connect Core 1.0), where they were told.
    """

    client: Client
    refresh: str = field(repr=False)
    access: str = field(default="", repr=False)
    expires: datetime | None = None
    scopes: tuple[str, ...] = ()
    who: str = ""
    number: str = ""

    def usable(self, now: datetime) -> bool:
        """Whether `access` holds for a while."""
        return bool(self.access) and self.expires is not None and now < self.expires - _SLACK

    def text(self) -> str:
        """The form in which it is kept as a secret."""
        return json.dumps({**asdict(self), "expires": self.expires.isoformat() if self.expires else None})

    @classmethod
    def read(cls, text: str) -> Self:
        """Read that form.

        Raises:
            ValueError: it is another.
        """
        try:
            told = json.loads(text)
            client = Client(**{name: str(value) for name, value in told["client"].items()})
            expires = datetime.fromisoformat(told["expires"]).astimezone(UTC) if told["expires"] else None
            scopes, (who, number) = (
                tuple(map(str, told["scopes"])),
                (str(told.get(key, "")) for key in ("who", "number")),
            )
            token = cls(client, str(told["refresh"]), str(told["access"]), expires, scopes, who, number)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
            raise ValueError("no sign-in") from problem
        if not (token.refresh and client.client_id and is_private(client.token_uri)):
            raise ValueError("no sign-in")
        return token


def exchange(client: Client, granted: Mapping[str, str], send: Send, now: datetime) -> Token:
    """Give the code that the browser brought for a token: `granted` has code, code_verifier and redirect_uri.

    Raises:
        RefusedError: the server refuses.
        SourceProblem: it does not answer, or not in a way that makes sense.
    """
    told = _ask(client, {"grant_type": "authorization_code", **granted}, send, now)
    refresh = told.get("refresh_token")
    if not isinstance(refresh, str) or not refresh:
        raise Problem("Google gave no lasting sign-in.", "Remove showup's access in your Google account and try again.")
    return _with(Token(client, refresh), told, now)


def renew(token: Token, send: Send, now: datetime) -> Token:
    """Get the next access token.

    Raises:
        RefusedError: the sign-in has ended.
        SourceProblem: the server does not answer, or not in a way that makes sense.
    """
    return _with(
        token, _ask(token.client, {"grant_type": "refresh_token", "refresh_token": token.refresh}, send, now), now
    )


def _with(token: Token, told: Mapping[str, object], now: datetime) -> Token:
    lasts, scope, refresh = told.get("expires_in"), told.get("scope"), told.get("refresh_token")
    seconds = lasts if isinstance(lasts, int) and 0 < lasts <= _LONGEST else _HOUR
    return replace(
        token,
        access=str(told["access_token"]),
        expires=now + timedelta(seconds=seconds),
        scopes=tuple(scope.split()) if isinstance(scope, str) else token.scopes,
        refresh=refresh if isinstance(refresh, str) and refresh else token.refresh,
        number=_number(told.get("id_token")) or token.number,
    )


def _number(identity: object) -> str:
    """The account's number in an ID token. It came straight from the server, so its signature says nothing more.

    Source: OpenID Connect Core 1.0, section 3.1.3.7, number 6.
    """
    parts = identity[:_LONGEST].split(".") if isinstance(identity, str) else []
    try:
        claims = json.loads(urlsafe_b64decode(f"{parts[1]}===")) if len(parts) == 3 else None
    except (ValueError, RecursionError):
        return ""
    number = claims.get("sub") if isinstance(claims, dict) else None
    return number[:255] if isinstance(number, str) else ""


def _ask(client: Client, form: Mapping[str, str], send: Send, now: datetime) -> Mapping[str, object]:
    whole = {"client_id": client.client_id, "client_secret": client.client_secret, **form}
    answer = send(Sent(client.token_uri, "POST", urlencode(whole).encode(), _FORM))
    if answer.status == 429 or answer.status >= 500:
        wait = retry_after(answer.headers.get("retry-after"), now)
        raise Busy(f"Google's sign-in cannot answer just now ({answer.status}).", wait)
    told = _object(answer)
    error = told.get("error")
    if answer.status == 200 and isinstance(told.get("access_token"), str) and told["access_token"]:
        return told
    if isinstance(error, str) and error:
        raise RefusedError(plain(error, 60))
    host = (urlsplit(client.token_uri).hostname or "")[:100]
    raise SourceProblem(
        f"{host} sent something else than a sign-in ({answer.status}).",
        "The network may ask for a sign-in of its own: open a browser.",
    )


def _object(answer: Answer) -> Mapping[str, object]:
    try:
        told = json.loads(answer.content)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
