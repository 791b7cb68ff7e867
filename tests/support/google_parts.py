"""What tests of Google calendars begin with: a clock, a place for secrets, a source for a server."""

from datetime import UTC, datetime, timedelta

from showup.calendars.google.source import GoogleCalendar
from showup.calendars.google.token import Client, Token
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
    client = Client(**google.client, token_uri=f"{google.address}/token", auth_uri=f"{google.address}/auth")
    token = Token(client, "planted-refresh", "planted-access", NOW + timedelta(hours=1), (READ, LIST))
    secrets = Secrets()
    secrets.put("google:sam@example.org", token.text())
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
