"""What is remembered of an event that was forgotten: nothing but a sum by which it is known again."""

from datetime import datetime, timedelta
from hashlib import sha256

_MARK = "forgotten:"
_MONTH = timedelta(days=365.2425 / 12)


def mark(uid: str) -> str:
    """The key under which it is kept that an event is not to be read again; its UID cannot be told from it."""
    return _MARK + sha256(uid.encode("utf-8", "surrogatepass")).hexdigest()


def horizon(now: datetime, months: int) -> datetime:
    """What ended before this moment is older than so many months (of 30.4 days)."""
    return now - months * _MONTH
