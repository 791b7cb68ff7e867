"""What breaks in a random story, and is whole again later."""

from collections.abc import Sequence
from random import Random
from typing import Any

from showup.rehearsal.search.knobs import Knobs
from showup.rehearsal.search.meeting import DAY, Meeting

Step = tuple[float, dict[str, Any]]
APART = 130.0
"""Seconds that a fault keeps from everything else, so that no story hangs on who is quicker."""
CALENDAR = {"down": "up", "empty": "full", "truncated": "whole"}
LONG = {
    "crash": [3, 8, 20, 45],
    "sleep": [10, 40, 150],
    "calendar": [12, 30, 90],
    "desktop": [10, 25, 60],
    "detector": [4, 12, 40],
}


def add(
    rng: Random, knobs: Knobs, steps: list[Step], meetings: Sequence[Meeting], *, days: int, first: float
) -> list[Step]:
    """The steps and the faults among them, by time; mostly around the meetings."""
    told = sorted(steps, key=lambda step: step[0])
    busy: list[tuple[float, float, str]] = []
    for _ in range(round(knobs.faults * days)):
        meeting = rng.choice(list(meetings))
        kind = rng.choice(["crash", "crash", "sleep", "calendar", "desktop", "detector"])
        start = meeting.start + 60 * rng.randrange(-40, 45) + 30
        end = start + 60 * rng.choice(LONG[kind])
        start, end = _free(start, told, meetings), _free(end, told, meetings)
        if start > first + 3600 and start + 60 < end and not _clash(kind, start, end, busy, told):
            busy.append((start, end, kind))
            before, after = _pair(rng, kind)
            told = _without_words(told, start, end) if kind == "sleep" else told
            told = sorted([*told, (start, before), (end, after)], key=lambda step: step[0])
    if rng.random() < knobs.clock:
        told += _clock(rng, first + rng.randrange(days) * DAY + 13 * 3600, 2 * 3600)
    if rng.random() < knobs.clock_by_day:
        told += _clock(rng, rng.choice(list(meetings)).start - 88 * 60 + 30, rng.choice([20, 50, 61]) * 60)
    return sorted(told, key=lambda step: step[0])


def _pair(rng: Random, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    match kind:
        case "crash":
            return {"machine": "crash"}, {"machine": "start"}
        case "sleep":
            return {"machine": "sleep"}, {"machine": "wake"}
        case "calendar":
            how = rng.choice(list(CALENDAR))
            return {"calendar": how}, {"calendar": CALENDAR[how]}
        case "desktop":
            return {"desktop": "gone"}, {"desktop": "back"}
        case _:
            name = rng.choice(["sound", "meet", "phone"])
            state = rng.choice(["dead", "error", "empty"]) if name == "meet" else "dead"
            return {"detector": name, "state": state}, {"detector": name, "state": "alive"}


def _free(at: float, steps: Sequence[Step], meetings: Sequence[Meeting]) -> float:
    """The next moment away from every step and checkpoint."""
    taken = [moment for moment, _ in steps]
    for one in meetings:
        taken += [one.start + 60 * minute for minute in (-10, 0, 5, 15, 30)] + [one.end]
    taken.sort()
    for moment in taken:
        if at - APART < moment < at + APART:
            at = moment + APART
    return at


def _clash(
    kind: str, start: float, end: float, busy: Sequence[tuple[float, float, str]], steps: Sequence[Step]
) -> bool:
    """Two of a kind at once; a sleep in the middle of a call; changes that vanish while nobody can look."""
    machine = {"crash", "sleep"}
    for low, high, other in busy:
        same = other == kind or {other, kind} <= machine
        if same and start < high + APART and low < end + APART:
            return True
    if kind == "sleep":
        return any("you" in step and start - 5400 < at < end for at, step in steps)
    if kind in {"calendar", "crash"}:
        return any(step.get("calendar") == "vanish" and start - 1500 < at < end + 1500 for at, step in steps)
    return False


def _without_words(steps: Sequence[Step], start: float, end: float) -> list[Step]:
    """Nobody answers on a sleeping machine."""
    return [(at, step) for at, step in steps if not ("answer" in step and start <= at <= end)]


def _clock(rng: Random, at: float, length: float) -> list[Step]:
    """A wrong clock for some time."""
    by = rng.choice(["PT1H", "-PT1H", "PT2H30M", "-PT20M"])
    back = by[1:] if by.startswith("-") else f"-{by}"
    return [(at, {"machine": "clock", "by": by}), (at + length, {"machine": "clock", "by": back})]
