"""One-time codes: what `showup web` hands to the browser, exchanged there for a session.

A code lies nowhere: only its hash does, as the name of a file in a private folder, with the time it was made in it.
Whoever takes it away first has used it, whatever process asks.
"""

import hmac
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from showup import private
from showup.ports import Clock

LASTS = timedelta(minutes=2)
_STAMP = 40
"""Bytes of a moment."""


class Codes:
    """The codes that are waiting in `folder`, which is made where there is none."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock

    def new(self) -> str:
        """A code that is good once and for two minutes; those that were never used are cleared away.

        Raises:
            Problem: it cannot be kept.
        """
        self._clear()
        code = secrets.token_urlsafe(32)
        private.write(self._folder / hashed(code), self._clock.now().isoformat())
        return code

    def take(self, code: str) -> bool:
        """Whether it was good; from now on it is not."""
        wanted = hashed(code)
        file = next((file for file in self._waiting() if hmac.compare_digest(file.name, wanted)), None)
        if file is None:
            return False
        good = self._fresh(file)
        try:
            file.unlink()
        except FileNotFoundError:  # somebody else was faster
            return False
        return good

    def _clear(self) -> None:
        for file in self._waiting():
            if not self._fresh(file):
                with suppress(OSError):  # somebody else was faster, or put a folder there
                    file.unlink()

    def _fresh(self, file: Path) -> bool:
        """A code from the future is none: the clock was set back, and nobody knows how old it is."""
        try:
            made = datetime.fromisoformat(private.read(file, _STAMP).decode("ascii"))
        except (OSError, ValueError):
            return False
        return made <= self._clock.now() < made + LASTS

    def _waiting(self) -> list[Path]:
        try:
            return sorted(file for file in self._folder.iterdir() if not file.name.startswith("."))
        except OSError:
            return []


def hashed(secret: str) -> str:
    """The hash under which a secret is kept: it is random and long, so it needs no salt."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
