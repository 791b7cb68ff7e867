"""What Google refuses, and what that means. Source: https://developers.google.com/calendar/api/guides/errors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from showup.core.text import plain
from showup.ports import SourceProblem

_SOON = "It is tried again soon."
_OFTEN = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"})
_SCOPES = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientScopes"})
_OFF = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
_REASON = 60


@dataclass(frozen=True, slots=True)
class Service:
    """One of Google's APIs in words: its name, what it gives out (`thing` one, `things` all)."""

    name: str
    thing: str
    things: str


CALENDAR = Service("Google Calendar API", "calendar", "calendars")


class Busy(SourceProblem):
    """It cannot or will not answer now; `after` are the seconds that it asks for, None where it asks for none."""

    def __init__(self, sentence: str, after: float | None) -> None:
        super().__init__(sentence, _SOON)
        self.after = after


class Expired(Exception):  # noqa: N818 - it says what the token is
    """A sync or page token that is of no use any more: everything has to be listed again."""


class Missing(Exception):  # noqa: N818 - it says what the calendar is
    """There is no such calendar or event, or (`forbidden`) this account may not read it."""

    def __init__(self, *, forbidden: bool) -> None:
        super().__init__()
        self.forbidden = forbidden


def refusal(
    status: int, content: bytes, headers: Mapping[str, str], now: datetime, mend: str, *, service: Service = CALENDAR
) -> Exception:
    """What an answer other than 2xx means. `now` is the wall clock, for a Retry-After that names a moment.

    `mend` is the sentence that says how to sign in again.
    """
    reasons = _reasons(content)
    if status == 410 or (status == 400 and b"token" in content[:4_000].lower()):
        return Expired()
    if status == 511:  # RFC 6585, section 6
        return SourceProblem("The network asks for a sign-in.", "Open a browser.")
    if status == 429 or status >= 500 or (status == 403 and reasons & _OFTEN):
        return Busy(_busy(status, reasons), retry_after(headers.get("retry-after"), now))
    if status == 401:
        return SourceProblem("Google does not accept the sign-in any more.", mend, lasting=True)
    if reasons & _SCOPES:
        return SourceProblem(f"The sign-in with Google does not allow {service.things} to be read.", mend, lasting=True)
    if reasons & _OFF:
        return SourceProblem(
            f"The {service.name} is not enabled in your project.",
            f"Enable it in the Google Cloud console: APIs & Services, Library, {service.name}.",
            lasting=True,
        )
    if status in (403, 404):
        return Missing(forbidden=status == 403)
    why = f"{status}, {plain(min(reasons), _REASON)}" if reasons else f"{status}"
    return SourceProblem(f"Google refuses to give out the {service.thing} ({why}).", _SOON)


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds of a Retry-After (RFC 9110, section 10.2.3): a number, or a moment. None where it is neither."""
    if value is None:
        return None
    try:
        return float(value) if value.isascii() and value.isdigit() else _until(value, now)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _until(value: str, now: datetime) -> float:
    moment = parsedate_to_datetime(value[:100])
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()


def _busy(status: int, reasons: frozenset[str]) -> str:
    if status >= 500:
        return f"Google cannot answer just now ({status})."
    if reasons & {"quotaExceeded", "dailyLimitExceeded"}:
        return "Google's limit for your project is reached."
    return "Google was asked too often."


def _reasons(content: bytes) -> frozenset[str]:
    """The reasons that an answer gives: in `errors`, and in the `details` of newer ones."""
    try:
        answer = json.loads(content[:100_000])
    except (ValueError, RecursionError):
        return frozenset()
    error = answer.get("error") if isinstance(answer, dict) else None
    lists = [error.get(key) for key in ("errors", "details")] if isinstance(error, dict) else []
    found = [
        one.get("reason")
        for several in lists
        if isinstance(several, list)
        for one in several[:20]
        if isinstance(one, dict)
    ]
    return frozenset(reason for reason in found if isinstance(reason, str))
