"""Which part of a long list is wanted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from showup.core.reliability import Label
from showup.core.verdict.result import Certainty, Outcome


class Order(StrEnum):
    """By what employers are sorted. Those without a history come last by reliability: nothing is known of them."""

    RELIABILITY = "reliability"
    """The lower end of the interval, the lowest first."""
    NAME = "name"
    LATEST = "latest"
    """The one with the latest appointment first."""
    WAITED = "waited"
    MISSES = "misses"
    """The present run of misses."""
    APPOINTMENTS = "appointments"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A part of the employers: with `search` in their name or domain, of one `label`, `limit` of them from `offset`.

    Without a `limit` it is all of them.
    """

    search: str = ""
    label: Label | None = None
    order: Order = Order.RELIABILITY
    offset: int = 0
    limit: int | None = 25


@dataclass(frozen=True, slots=True)
class Mark:
    """An appointment in one mark: what a dot shows. `start` is aware UTC, the minutes are whole."""

    id: int
    start: datetime
    outcome: Outcome
    certainty: Certainty | None
    minutes_late: int | None
    notice_minutes: int | None
    counted: bool
