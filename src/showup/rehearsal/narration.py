"""A story as one would tell it: every step and every notice, a line each, in the order of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from showup.core.text import plain
from showup.core.views import View
from showup.rehearsal.story import Step, Story

_ROOM = 60
_SAID = {
    ("calendar", "down"): "The calendar cannot be reached.",
    ("calendar", "up"): "The calendar can be reached again.",
    ("calendar", "empty"): "The calendar reads as if nothing stood in it.",
    ("calendar", "full"): "The calendar shows everything again.",
    ("calendar", "truncated"): "The calendar breaks off in the middle.",
    ("calendar", "whole"): "The calendar is whole again.",
    ("you", "join"): "You join the call",
    ("you", "leave"): "You leave the call",
    ("they", "join"): "They join, and say nothing",
    ("they", "leave"): "They leave",
    ("they", "speak"): "They speak",
    ("they", "quiet"): "They fall silent",
    ("noise", "ring"): "A ring tone comes out of the call application.",
    ("noise", "music"): "Music comes out of the call application.",
    ("noise", "chime"): "A chime comes out of the call application.",
    ("noise", "off"): "The noise is over.",
    ("phone", "ring"): "The phone rings.",
    ("phone", "missed"): "A call is missed.",
    ("mute", "on"): "The call application is muted.",
    ("mute", "off"): "The call application is heard again.",
    ("machine", "sleep"): "The computer falls asleep.",
    ("machine", "wake"): "The computer wakes.",
    ("machine", "crash"): "showup is killed without warning.",
    ("machine", "start"): "showup is started again.",
    ("desktop", "gone"): "The desktop shows no notices any more.",
    ("desktop", "back"): "The desktop shows notices again.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """What happened (`by` is empty) or what was said by showup, in the story's own time zone."""

    at: datetime
    text: str
    by: str = ""


def founding_tale() -> str:
    """The text of the story that comes with the program."""
    return files("showup.rehearsal").joinpath("founding-tale.toml").read_text("utf-8")


def narrated(story: Story, outcome: View) -> list[Line]:
    """All of it. What was noticed in a minute follows what happened in it."""
    teller = _Teller(story)
    happened = [teller.step(step) for step in story.steps if step.at <= story.end]
    said = [teller.notice(notice) for notice in outcome["notices"]]
    return sorted([*happened, *said], key=lambda line: (line.at, line.by != ""))


class _Teller:
    """It knows the events by their titles and times, as the story has told them so far."""

    def __init__(self, story: Story) -> None:
        self._zone = story.shown_in.tzinfo
        self._events: dict[str, tuple[str, str]] = {}

    def step(self, step: Step) -> Line:
        return Line(step.at.astimezone(self._zone), self._words(step))

    def notice(self, notice: View) -> Line:
        choices = " ".join(f"[{choice}]" for choice in notice["choices"])
        text = f"{notice['title']} {choices}".strip()
        return Line(datetime.fromisoformat(notice["at"]).astimezone(self._zone), plain(text, 4 * _ROOM), notice["kind"])

    def _words(self, step: Step) -> str:
        name = str(step.rest.get("id", ""))
        about = self._title(name)
        match step.kind, step.what:
            case "calendar", "put":
                return self._put(step.rest.get("event", {}))
            case "calendar", "cancel":
                return f"{about or 'An event'} is cancelled."
            case "calendar", "vanish":
                return f"{about or 'An event'} is gone from the calendar."
            case "answer", word:
                minutes = f", {step.rest['minutes']} minutes" if "minutes" in step.rest else ""
                return f"You answer “{plain(word, _ROOM)}{minutes}”{f': {about}' if about else ''}."
            case "detector", source:
                return f"The detector “{plain(source, _ROOM)}” is {plain(str(step.rest.get('state', 'dead')), _ROOM)}."
            case "machine", "clock":
                return f"Somebody sets the clock by {plain(str(step.rest.get('by', '')), _ROOM)}."
        said = _SAID.get((step.kind, step.what), f"{step.kind}: {plain(step.what, _ROOM)}")
        return said if said.endswith(".") else f"{said}{f': {about}' if about else ''}."

    def _title(self, name: str) -> str:
        return self._events.get(name, (plain(name, _ROOM), ""))[0]

    def _put(self, event: Mapping[str, Any]) -> str:
        name = str(event.get("id", ""))
        title = plain(str(event.get("summary", "")), _ROOM) or "An event"
        start = self._start(event)
        before = self._events.get(name)
        self._events[name] = title, start
        if before is None:
            return f"{title} is put into the calendar{f', for {start}' if start else ''}."
        return f"{title} is changed." if before[1] == start else f"{title} is moved to {start}."

    def _start(self, event: Mapping[str, Any]) -> str:
        start = event.get("start", {})
        try:
            moment = datetime.fromisoformat(str(start["dateTime"])).astimezone(self._zone)
        except (KeyError, TypeError, ValueError):
            return plain(str(start.get("date", "")), _ROOM) if isinstance(start, Mapping) else ""
        return f"{moment:%a %d %b %H:%M}"
