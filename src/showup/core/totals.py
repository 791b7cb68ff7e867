"""Totals over everybody: how long was waited, and when interviews go as planned. Nothing of any one employer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import TypeVar

from showup.core.phrases import round_name
from showup.core.policy import Score
from showup.core.recognition.result import Stage
from showup.core.reliability import median, share

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DIRECT, BETWEEN = "direct", "through an agency or service"
_WORKING_DAYS = 5
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Counted:
    """An appointment that counts: its start (aware UTC), fault (0..1), stage (empty where not known), minutes waited.

    `between` tells whether an agency, a scheduling service or an outsourced interviewer stood between.
    """

    start: datetime
    fault: float
    on_time: bool
    waited: float
    stage: str
    between: bool


class Standing(StrEnum):
    """How a group compares with what was to be expected before anything was known."""

    NONE = "none yet"
    FEW = "too few to say anything"
    """What was believed before weighs more than what was seen."""
    EXPECTED = "as expected"
    MORE = "more than expected"
    LESS = "less than expected"


@dataclass(frozen=True, slots=True)
class Group:
    """So many (`n`) that count and have something in common, of which `on_time` were on time.

    `kept`, `low` and `high` are on 0..100, reckoned as an employer's reliability is (DESIGN.md, section 4): the share
    that went as planned, with the prior and its 5–95 % interval. `waited` are minutes.
    """

    name: str
    n: int
    on_time: int
    waited: float
    kept: float
    low: float
    high: float
    standing: Standing

    @property
    def says(self) -> bool:
        """Whether there are enough to say anything."""
        return self.standing not in {Standing.NONE, Standing.FEW}


@dataclass(frozen=True, slots=True)
class Totals:
    """All of it. `prior` is a group of which nothing is known.

    `waits` are those longer than `patience`, the minutes within which somebody is on time; the median and the longest
    of them are in minutes, None without any.
    """

    prior: Group
    whole: Group
    weekdays: tuple[Group, ...]
    hours: tuple[Group, ...]
    stages: tuple[Group, ...]
    ways: tuple[Group, ...]
    patience: int
    waits: int
    median_wait: float | None
    longest_wait: float | None


@dataclass(slots=True)
class _Sum:
    n: int = 0
    on_time: int = 0
    missed: float = 0.0
    waited: float = 0.0

    def add(self, n: int, on_time: int, missed: float, waited: float) -> None:
        self.n += n
        self.on_time += on_time
        self.missed += missed
        self.waited += waited


_Cell = tuple[int, int, str, bool]
"""The weekday, the hour, the stage, and whether somebody stood between."""


def totals(counted: Iterable[Counted], zone: tzinfo | None, score: Score) -> Totals:
    """Reckon them in one pass. Weekdays and hours are those of the zone; None is the machine's."""
    cells: dict[_Cell, _Sum] = {}
    waits: list[float] = []
    for one in counted:
        local = one.start.astimezone(zone)
        cell = local.weekday(), local.hour, one.stage, one.between
        cells.setdefault(cell, _Sum()).add(1, one.on_time, one.fault, one.waited)
        if one.waited > score.on_time_within_minutes:
            waits.append(one.waited)
    whole = _along(cells, lambda _: True)
    days, hours = _along(cells, lambda cell: cell[0]), _along(cells, lambda cell: cell[1])
    stages, ways = _along(cells, lambda cell: cell[2]), _along(cells, lambda cell: cell[3])
    return Totals(
        prior=_group("", _Sum(), score),
        whole=_group("all", whole.get(True, _Sum()), score),
        weekdays=_groups(_named_days(days), days, score),
        hours=_groups({hour: f"{hour:02}:00" for hour in sorted(hours)}, hours, score),
        stages=_groups(_named_stages(stages), stages, score),
        ways=_groups({False: DIRECT, True: BETWEEN}, ways, score),
        patience=score.on_time_within_minutes,
        waits=len(waits),
        median_wait=median(waits),
        longest_wait=max(waits, default=None),
    )


def _along(cells: Mapping[_Cell, _Sum], key: Callable[[_Cell], _Key]) -> dict[_Key, _Sum]:
    """The cells summed up by what the key tells of them."""
    sums: dict[_Key, _Sum] = {}
    for cell, of in cells.items():
        sums.setdefault(key(cell), _Sum()).add(of.n, of.on_time, of.missed, of.waited)
    return sums


def _named_days(known: Iterable[int]) -> dict[int, str]:
    """The working days, and any other on which something was."""
    return {day: name for day, name in enumerate(WEEKDAYS) if day < _WORKING_DAYS or day in known}


def _named_stages(known: Iterable[str]) -> dict[str, str]:
    """Those that there are, in the order in which one meets them; last what is not known."""
    return {stage: round_name(stage) for stage in (*(stage.value for stage in Stage), "") if stage in known}


def _groups(names: Mapping[_Key, str], sums: Mapping[_Key, _Sum], score: Score) -> tuple[Group, ...]:
    return tuple(_group(name, sums.get(key, _Sum()), score) for key, name in names.items())


def _group(name: str, of: _Sum, score: Score) -> Group:
    kept, low, high = share(of.n, of.missed, score)
    return Group(name, of.n, of.on_time, of.waited, kept, low, high, _standing(of.n, low, high, score))


def _standing(n: int, low: float, high: float, score: Score) -> Standing:
    """Apart from what was expected only where the whole interval is."""
    weight = score.prior_kept + score.prior_missed
    expected = 100 * score.prior_kept / weight
    if n < weight:
        return Standing.FEW if n else Standing.NONE
    if low > expected:
        return Standing.MORE
    return Standing.LESS if high < expected else Standing.EXPECTED
