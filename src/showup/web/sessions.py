"""Who may look: sessions of the browser, in memory, by the hash of what its cookie holds."""

import hmac
import secrets
from threading import Lock

from showup.ports import Clock
from showup.web.codes import hashed

_LASTS = 12 * 60 * 60.0
"""Seconds. The page ends long before, where nobody looks at it."""
_MOST = 32


class Sessions:
    """The open ones; all end with the page. May be used by several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._key = clock, secrets.token_bytes(32)
        self._ends: dict[str, float] = {}
        self._one_at_a_time = Lock()

    def new(self) -> str:
        """Open one: what the cookie is to hold."""
        secret = secrets.token_urlsafe(32)
        with self._one_at_a_time:
            while len(self._ends) >= _MOST:
                self._ends.pop(next(iter(self._ends)))
            self._ends[hashed(secret)] = self._clock.monotonic() + _LASTS
        return secret

    def holds(self, secret: str) -> bool:
        """Whether a cookie's secret is that of an open session."""
        given = hashed(secret)
        with self._one_at_a_time:
            return any(
                hmac.compare_digest(known, given) and self._clock.monotonic() < ends
                for known, ends in self._ends.items()
            )

    def token(self, secret: str) -> str:
        """What every form of this session carries, so that no other page can make one up (OWASP, HMAC pattern)."""
        return hmac.new(self._key, secret.encode(), "sha256").hexdigest()

    def knows(self, secret: str, token: str) -> bool:
        """Whether a form carries the token of its session."""
        return hmac.compare_digest(self.token(secret).encode(), token.encode("utf-8", "replace"))
