"""What tests of Google calendars begin with: a clock, a place for secrets, a source for a server."""

from datetime import UTC, datetime, timedelta

from showup.calendars.google.source import GoogleCalendar
from showup.google.token import Client, Token
from tests.support.google_server import LIST, READ, Google

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


class Clock:
    """Time that stands until it is moved."""

    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return self.passed

    def boottime(self) -> float:
        return self.passed


class Secrets:
    """A place for secrets in memory."""

    place = "in memory"

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.kept.get(key)

    def put(self, key: str, secret: str) -> None:
        self.kept[key] = secret

    def remove(self, key: str) -> None:
        self.kept.pop(key, None)


def signed_in(google: Google) -> Secrets:
    """The secrets of somebody who has signed in with this server."""
    return kept("sam@example.org", google.address, **google.client)


def kept(account: str = "default", at: str = "https://nowhere.invalid", **client: str) -> Secrets:
    """The same for any server."""
    told = {"client_id": "lab", "client_secret": "planted-client-secret", **client}
    token = Token(
        Client(**told, token_uri=f"{at}/token", auth_uri=f"{at}/auth"),
        *("planted-refresh", "planted-access"),
        expires=NOW + timedelta(hours=1),
        scopes=(READ, LIST),
    )
    secrets = Secrets()
    secrets.put(f"google:{account}", token.text())
    return secrets


def source(
    google: Google, *calendars: str, clock: Clock | None = None, secrets: Secrets | None = None
) -> GoogleCalendar:
    """A source that reads this server's account."""
    return GoogleCalendar(
        "work",
        "sam@example.org",
        secrets or signed_in(google),
        clock or Clock(),
        calendars=calendars,
        endpoint=google.address,
    )
