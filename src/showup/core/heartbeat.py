"""Whether the machine was awake and its clock right between two beats."""

from dataclasses import dataclass
from datetime import datetime, timedelta

_JUMP = timedelta(minutes=1)
"""A wall clock that is off by more than this was set."""
_SLEPT = 2.0
"""Seconds of sleep that are no more than rounding."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One reading of the three clocks: the wall (aware UTC), seconds awake, seconds since boot with sleep."""

    wall: datetime
    monotonic: float
    boottime: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody was watching from `start` to `end` on the wall clock. `set_back` tells that the clock was set back."""

    start: datetime
    end: datetime
    slept: bool
    set_back: bool = False


def gap(last: Beat, now: Beat) -> Gap | None:
    """What lies between two beats, if it is more than time passing."""
    elapsed = timedelta(seconds=now.boottime - last.boottime)
    slept = (now.boottime - last.boottime) - (now.monotonic - last.monotonic) > _SLEPT
    drift = (now.wall - last.wall) - elapsed
    if abs(drift) > _JUMP:
        return Gap(min(last.wall, now.wall), max(last.wall, now.wall), slept, set_back=drift < timedelta(0))
    return Gap(last.wall, now.wall, slept) if slept else None
