"""The status in its forms, made from an agenda: for a terminal, as JSON, and for status bars.

A bar asks every few seconds, so nothing is imported here that takes time.
"""

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from showup.core import agenda as at_hand
from showup.core.lengths import brief, length, times
from showup.core.phrases import who
from showup.core.text import plain

TYPE_CHECKING = False  # as in typing, which is not imported for it
if TYPE_CHECKING:
    from showup.core.views import View

_ROOM = 60
_SHORT = 20
_SOON, _DAY = 60, 24 * 60
"""Minutes: from here on a bar counts down, and names the hour."""
_COLOURS = {"late": "#e06c75", "away": "#e06c75", "ask": "#e5c07b", "soon": "#e5c07b", "here": "#98c379"}
_STOPPED = "#808080"
_OFF = frozenset({"moved", "cancelled", "excused"})
"""By the person's word; a bar has nothing to say of it any more."""


def text(agenda: "View", now: datetime, *, running: bool) -> str:
    """Lines for a person."""
    found = at_hand.status(agenda, now)
    last = "showup is running." if running else "showup is not running; `showup run` starts it."
    return "\n".join([*_now_and_next(found), *_questions(found), *_calendars(found, now), last])


def as_json(agenda: "View", now: datetime, *, running: bool) -> str:
    """One object; docs/json.md has its keys. In ASCII, so that no control character ever meets a terminal."""
    found = at_hand.status(agenda, now)
    return json.dumps({"now": found.pop("now"), "running": running, **found}, indent=2)


def waybar(agenda: "View", now: datetime, *, running: bool) -> str:
    """One line of JSON for a custom module of waybar (waybar-custom(5), "return-type": "json")."""
    state, words = _state(agenda, now)
    shown = {
        "text": markup(words),
        "alt": state,
        "tooltip": markup(text(agenda, now, running=running)),
        "class": [state] if running else [state, "stopped"],
        "percentage": _percentage(agenda, now),
    }
    return json.dumps(shown)


def i3blocks(agenda: "View", now: datetime, *, running: bool) -> str:
    """Full text, short text and colour, a line each (i3blocks(1)); for a block with markup=pango."""
    state, words = _state(agenda, now)
    colour = _COLOURS.get(state, "") if running else _STOPPED
    return f"{markup(words)}\n{markup(plain(words, _SHORT)) if words else ''}\n{colour if words else ''}"


def markup(words: str) -> str:
    """Text that Pango shows as it is, whatever it holds."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


Form = Callable[..., str]
FORMS: Mapping[str, Form] = {"text": text, "json": as_json, "waybar": waybar, "i3blocks": i3blocks}


def _state(agenda: "View", now: datetime) -> tuple[str, str]:
    """How things are in one word, and in as few as a bar has room for."""
    present, coming = at_hand.current(agenda, now), at_hand.following(agenda, now)
    if present and present["interview"]["outcome"] not in _OFF:
        return _present(present, now)
    ahead = _minutes(now, at_hand.start(coming)) if coming else _DAY
    if coming and ahead < _SOON:
        return "soon", f"{_name(coming)} in {brief(ahead)}" if ahead >= 1 else f"{_name(coming)} now"
    if agenda["questions"]:
        count = len(agenda["questions"])
        return "question", times(count, "question")
    if coming:
        return "planned", f"{_name(coming)} {_when(at_hand.start(coming), ahead)}"
    return "none", ""


def _present(entry: "View", now: datetime) -> tuple[str, str]:
    """An interview that has begun: only what is known, else the question."""
    name, asked = _name(entry), at_hand.asks_from(entry) <= now
    match entry["they"]:
        case at_hand.HERE:
            return "here", f"{name} is here"
        case at_hand.AWAY:
            return "away", f"{name} did not come"
        case at_hand.ABSENT if asked:
            return "late", f"{name} {brief(_minutes(at_hand.start(entry), now))} late"
        case at_hand.UNKNOWN if asked and entry["interview"]["outcome"] == "pending":
            return "ask", f"Has {name} joined?"
        case at_hand.UNKNOWN if asked and entry["interview"]["outcome"] == "unknown":
            return "ask", f"Did {name} come?"
    return "now", f"{name} since {_local(at_hand.start(entry)):%H:%M}"


def _percentage(agenda: "View", now: datetime) -> int:
    """How much of the interview is over; before it, of the hour that leads to it."""
    present, coming = at_hand.current(agenda, now), at_hand.following(agenda, now)
    if present:
        begin, end = at_hand.start(present), at_hand.end(present)
        return int(100 * (now - begin) / (end - begin))
    ahead = _minutes(now, at_hand.start(coming)) if coming else _SOON
    return max(0, int(100 * (_SOON - ahead) / _SOON))


def _when(start: datetime, ahead: float) -> str:
    """The hour within a day, and the day as well beyond it."""
    return f"in {brief(ahead)}" if ahead < 3 * _SOON else f"{_local(start):{'%H:%M' if ahead < _DAY else '%a %d %b'}}"


def _name(entry: "View") -> str:
    return plain(who(entry["interview"]), _ROOM // 2)


def _minutes(begin: datetime, end: datetime) -> float:
    return (end - begin).total_seconds() / 60


def _now_and_next(found: "View") -> list[str]:
    current, following = found["current"], found["next"]
    lines = []
    if current:
        lines.append(f"Now: {plain(who(current), _ROOM)}, since {_local(_moment(current['start'])):%H:%M %Z}")
    if following:
        when = f"{_local(_moment(following['start'])):%a %d %b %Y %H:%M %Z}"
        lines.append(f"Next: {plain(who(following), _ROOM)}, {when}")
    return lines or ["No interview is planned."]


def _questions(found: "View") -> list[str]:
    lines = []
    for question in found["questions"]:
        lines.append(f"Open: {plain(question['text'], 2 * _ROOM)}")
        lines.append(f"      showup answer {question['id']} {' | '.join(question['words'])}")
    return lines


def _calendars(found: "View", now: datetime) -> list[str]:
    lines = []
    for calendar in found["calendars"]:
        read = f"read {_ago(calendar['last_read'], now)}" if calendar["last_read"] else "not read yet"
        state = plain(calendar["problem"], 4 * _ROOM) if calendar["problem"] else read
        lines.append(f"Calendar {plain(calendar['name'], _ROOM)} ({calendar['type']}): {state}")
    return lines


def _ago(moment: str, now: datetime) -> str:
    minutes = _minutes(_moment(moment).astimezone(UTC), now)
    return f"{length(minutes)} ago" if minutes >= 1 else "just now"


def _moment(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def _local(moment: datetime) -> datetime:
    """In the machine's own zone, as the C library has it: `zoneinfo` takes time."""
    time.tzset()
    return moment.astimezone()
