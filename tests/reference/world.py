"""The truth of a story: what is the case at every moment. Times are true ones unless named wall; seconds since 1970."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

from tests.reference.events import Planned, planned

Event = Mapping[str, Any]
Span = tuple[float, float]
MINUTE = 60.0


def seconds(value: object) -> float:
    """Seconds since 1970 of an aware datetime or of its ISO text."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.timestamp()


def iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z")


def duration(text: str) -> float:
    """Seconds of an ISO 8601 duration such as PT1H, -PT90M, PT1H30M."""
    sign = -1.0 if text.startswith("-") else 1.0
    total, digits = 0.0, ""
    for letter in text.lstrip("+-").removeprefix("P").replace("T", ""):
        if letter.isdigit():
            digits += letter
        else:
            total += int(digits) * {"D": 86400, "H": 3600, "M": 60, "S": 1}[letter]
            digits = ""
    return sign * total


@dataclass(frozen=True, slots=True)
class Answer:
    at: float
    wall: float
    word: str
    uid: str
    start: float | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Call:
    """The phone rang, or a call was missed."""

    at: float
    wall: float
    missed: bool


@dataclass(frozen=True, slots=True)
class State:
    """All that is the case between two steps."""

    offset: float = 0.0
    asleep: bool = False
    crashed: bool = False
    faults: frozenset[str] = frozenset()
    """Of the calendar: down, empty, truncated."""
    dead: Mapping[str, str] = field(default_factory=dict)
    """Detector → dead, error, empty."""
    muted: bool = False
    noise: bool = False
    desktop: bool = True
    you: frozenset[str] = frozenset()
    they: frozenset[str] = frozenset()
    speaking: frozenset[str] = frozenset()
    events: Mapping[str, Event] = field(default_factory=dict)

    @property
    def running(self) -> bool:
        return not self.asleep and not self.crashed

    def alive(self, detector: str) -> bool:
        return self.running and detector not in self.dead


@dataclass(frozen=True, slots=True)
class Stretch:
    start: float
    end: float
    state: State


@dataclass(frozen=True, slots=True)
class World:
    start: float
    end: float
    owner: frozenset[str]
    config: Mapping[str, Any]
    stretches: tuple[Stretch, ...]
    answers: tuple[Answer, ...]
    calls: tuple[Call, ...]
    moments: tuple[float, ...]
    """When a step happens."""

    def has(self, detector: str) -> bool:
        return bool(self.config.get("detectors", {}).get(detector, False))

    def at(self, moment: float) -> State:
        """After all steps of that moment."""
        place = bisect_right(self.stretches, moment, key=lambda stretch: stretch.start)
        return self.stretches[max(0, place - 1)].state

    def wall(self, moment: float) -> float:
        return moment + self.at(moment).offset

    def spans(self, until: float, holds: Callable[[State], bool]) -> list[Span]:
        """In wall time, where `holds`; cut where the wall clock jumped by more than a minute."""
        found: list[Span] = []
        last: Stretch | None = None
        for stretch in self._until(until):
            if holds(stretch.state):
                offset = stretch.state.offset
                joined = last is not None and abs(offset - last.state.offset) <= MINUTE
                start = found.pop()[0] if joined else stretch.start + offset
                found.append((start, stretch.end + offset))
                last = stretch
            elif stretch.end > stretch.start:
                last = None
        return found

    def true_spans(self, until: float, holds: Callable[[State], bool]) -> list[Span]:
        """As `spans`, in true time and through every jump: what a server elsewhere notes down."""
        found: list[Span] = []
        for stretch in self._until(until):
            if holds(stretch.state):
                joined = bool(found) and found[-1][1] == stretch.start
                found.append((found.pop()[0] if joined else stretch.start, stretch.end))
        return found

    def _until(self, moment: float) -> Iterable[Stretch]:
        for stretch in self.stretches:
            if stretch.start > moment:
                return
            yield replace(stretch, end=min(stretch.end, moment))


def build(story: Mapping[str, Any]) -> World:
    """Walk the steps once."""
    start, end = seconds(story["start"]), seconds(story["end"])
    steps = sorted(story.get("step", []), key=lambda step: seconds(step["at"]))
    state, since = State(), start
    stretches: list[Stretch] = []
    answers: list[Answer] = []
    calls: list[Call] = []
    for step in steps:
        at = seconds(step["at"])
        if at > end:
            break
        stretches.append(Stretch(since, at, state))
        state, since = _after(state, step, at), at
        wall = at + state.offset
        if "answer" in step:
            planned_for = seconds(step["start"]) if "start" in step else None
            answers.append(Answer(at, wall, step["answer"], step["id"], planned_for, step.get("minutes")))
        if "phone" in step:
            calls.append(Call(at, wall, step["phone"] == "missed"))
    stretches.append(Stretch(since, end, state))
    return World(
        start=start,
        end=end,
        owner=frozenset(address.lower() for address in story.get("owner", [])),
        config=story.get("config", {}),
        stretches=tuple(stretches),
        answers=tuple(answers),
        calls=tuple(calls),
        moments=tuple(sorted({seconds(step["at"]) for step in steps if seconds(step["at"]) <= end})),
    )


def _after(state: State, step: Mapping[str, Any], at: float) -> State:
    for kind, change in _CHANGES.items():
        if kind in step:
            return change(state, step, at)
    return state


def _calendar(state: State, step: Mapping[str, Any], at: float) -> State:
    what, events = step["calendar"], dict(state.events)
    stamp = iso(at)
    match what:
        case "put":
            event = {"status": "confirmed", "updated": stamp, **step["event"], "_seen": at}
            events[event["id"]] = event
        case "cancel":
            events[step["id"]] = {**_event_of(events, step["id"]), "status": "cancelled", "updated": stamp, "_seen": at}
        case "vanish":
            events.pop(step["id"], None)
        case "down" | "empty" | "truncated":
            return replace(state, faults=state.faults | {what})
        case _:
            gone = {"up": "down", "full": "empty", "whole": "truncated"}[what]
            return replace(state, faults=state.faults - {gone})
    return replace(state, events=events)


def _event_of(events: Mapping[str, Event], uid: str) -> Event:
    """The event with this id, also where it is only an occurrence of a series."""
    if uid in events:
        return events[uid]
    series, _, _ = uid.rpartition("_")
    for one in planned(events.values()):
        if one.uid == uid:
            single = {key: value for key, value in one.event.items() if key != "recurrence"}
            times = {"start": {"dateTime": iso(one.start)}, "end": {"dateTime": iso(one.end)}}
            return {**single, **times, "id": uid, "recurringEventId": series}
    return {"id": uid}


def _machine(state: State, step: Mapping[str, Any], _: float) -> State:
    match step["machine"]:
        case "sleep" | "wake" as what:
            return replace(state, asleep=what == "sleep")
        case "crash" | "start" as what:
            return replace(state, crashed=what == "crash")
        case _:
            return replace(state, offset=state.offset + duration(step["by"]))


def _detector(state: State, step: Mapping[str, Any], _: float) -> State:
    dead = {name: how for name, how in state.dead.items() if name != step["detector"]}
    return replace(state, dead=dead if step["state"] == "alive" else {**dead, step["detector"]: step["state"]})


def _you(state: State, step: Mapping[str, Any], at: float) -> State:
    ids = _whom(state, step, at, state.you)
    return replace(state, you=state.you | ids if step["you"] == "join" else state.you - ids)


def _they(state: State, step: Mapping[str, Any], at: float) -> State:
    ids = _whom(state, step, at, state.they)
    match step["they"]:
        case "join":
            return replace(state, they=state.they | ids)
        case "speak":
            return replace(state, they=state.they | ids, speaking=state.speaking | ids)
        case "quiet":
            return replace(state, speaking=state.speaking - ids)
        case _:
            return replace(state, they=state.they - ids, speaking=state.speaking - ids)


def _whom(state: State, step: Mapping[str, Any], at: float, inside: frozenset[str]) -> frozenset[str]:
    """The meeting meant: the one named, else that under way; who leaves, leaves where they are."""
    if "id" in step:
        return frozenset({cast("str", step["id"])})
    leaving = step.get("you") == "leave" or step.get("they") in {"leave", "quiet"}
    if leaving and inside:
        return inside
    wall = at + state.offset
    return frozenset({under_way(planned(state.events.values()), wall)})


def under_way(all_planned: Iterable[Planned], wall: float) -> str:
    """The uid of what is going on, else of what begins next within the hour, else of what began last."""
    ordered = sorted(all_planned, key=lambda one: one.start)
    during = [one.uid for one in ordered if one.start <= wall < one.end]
    soon = [one.uid for one in ordered if wall < one.start <= wall + 60 * MINUTE]
    before = [one.uid for one in ordered if one.start <= wall]
    return (during[-1:] or soon[:1] or before[-1:] or [""])[0]


_CHANGES: Mapping[str, Callable[[State, Mapping[str, Any], float], State]] = {
    "calendar": _calendar,
    "machine": _machine,
    "detector": _detector,
    "you": _you,
    "they": _they,
    "noise": lambda state, step, _: replace(state, noise=step["noise"] != "off"),
    "mute": lambda state, step, _: replace(state, muted=step["mute"] == "on"),
    "desktop": lambda state, step, _: replace(state, desktop=step["desktop"] == "back"),
}
