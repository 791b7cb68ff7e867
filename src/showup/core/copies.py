"""Which copies of the record are kept. Pure: days in, days out."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

KEPT = 7
_NAME = re.compile(r"showup-(\d{4}-\d{2}-\d{2})(?:-\d{6})?(-replaced)?\.sqlite")
_LATELY = timedelta(days=7)


def daily(day: date) -> str:
    """The name of a day's copy."""
    return f"showup-{day.isoformat()}.sqlite"


def day_of(name: str) -> date | None:
    """The local day of a copy by its name: of the daily ones, and of those made by hand. None for any other file."""
    found = _NAME.fullmatch(name)
    if found is None or found[2]:
        return None
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        return None


def due(today: date, days: Iterable[date]) -> bool:
    """Whether today's copy is still to be made. Whatever the clock did before: a day has one copy, the first."""
    return today not in set(days)


def spare(today: date, days: Iterable[date]) -> tuple[date, ...]:
    """The days whose copies may go: all but the newest seven up to today.

    Copies of days to come were made by a clock that went wrong, or has been set back since. They may be good, and stay.
    """
    return tuple(sorted(day for day in set(days) if day <= today)[:-KEPT])


def steady(today: date, days: Iterable[date]) -> bool:
    """Whether the clock agrees with the days before: there is a copy of one within the last week.

    A clock that jumped ahead by years must not make everything look old at once.
    """
    return any(today - _LATELY <= day < today for day in days)
