"""Totals: how long was waited, and when interviews go as planned, beside what one would expect."""

from dataclasses import dataclass

from showup.core.totals import Group, Totals
from showup.flow.totals import totals
from showup.web.asking import Asked
from showup.web.desk import Desk
from showup.web.showing import Shown


@dataclass(frozen=True, slots=True)
class Table:
    """Groups that stand side by side; `first` says what tells them apart."""

    id: str
    title: str
    first: str
    groups: tuple[Group, ...]


def look(desk: Desk, _asked: Asked) -> Shown:
    """The page."""
    with desk.reviewing() as review:
        found = totals(review)
    return Shown("totals.html", {"found": found, "tables": tables(found)})


def tables(found: Totals) -> tuple[Table, ...]:
    """One for each thing by which interviews can be told apart."""
    return (
        Table("days", "By weekday", "Day", found.weekdays),
        Table("hours", "By the hour at which they begin", "Hour", found.hours),
        Table("rounds", "By round", "Round", found.stages),
        Table("ways", "Directly, or through somebody between", "Way", found.ways),
    )
