"""One interview of a random story: how the calendar writes it, and how it goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from random import Random
from typing import Any

from showup.rehearsal.search.knobs import Knobs

HOUR = 3600.0
DAY = 24 * HOUR
Step = tuple[float, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Employer:
    """A company that hires."""

    name: str
    organises: str
    """Who organises: theirs, own, calendly, nobody."""

    @property
    def address(self) -> str:
        """Where its people write from."""
        return f"hr@{self.name.lower()}.example"


@dataclass(slots=True)
class Meeting:
    """One interview; `start`, `end` and `changed` are seconds since 1970, `number` stands for all that is arbitrary."""

    uid: str
    employer: Employer
    start: float
    end: float
    medium: str
    number: int
    changed: float | None = None
    """When it was moved or cancelled."""
    series: str = ""

    def at(self, start: float) -> "Meeting":
        """The same, planned for another time."""
        return replace(self, start=start, end=start + self.end - self.start, changed=None)

    def occurrence(self, number: int) -> "Meeting":
        """The one so many days later, of a series."""
        moved = self.at(self.start + number * DAY)
        stamp = datetime.fromtimestamp(moved.start, UTC).strftime("%Y%m%dT%H%M%SZ")
        return replace(moved, uid=f"{self.uid}_{stamp}", series=self.uid)

    def event(self, zone: tzinfo, *, declined: bool = False) -> dict[str, Any]:
        """As in the Google Calendar API v3."""
        kind = "Phone interview" if self.medium == "phone" else "Interview"
        role = ["Account Executive", "Data Engineer", "Editor"][self.number % 3]
        attendees = [
            {"email": "sam@example.org", "self": True, "responseStatus": "declined" if declined else "accepted"},
            {"email": self.employer.address, "responseStatus": "accepted"},
        ]
        event: dict[str, Any] = {
            "id": self.uid,
            "status": "confirmed",
            "summary": f"{kind} with {self.employer.name} – {role}",
            "start": {"dateTime": datetime.fromtimestamp(self.start, zone).isoformat()},
            "end": {"dateTime": datetime.fromtimestamp(self.end, zone).isoformat()},
            "attendees": attendees,
        }
        return {**event, **self._organizer(), **self._place()}

    def _organizer(self) -> dict[str, Any]:
        match self.employer.organises:
            case "own":
                text = f"Dear Sam, thank you for your application. {self.employer.name} recruiting"
                return {"organizer": {"email": "sam@example.org", "self": True}, "description": text}
            case "calendly":
                return {"organizer": {"email": "notifications@calendly.com"}}
            case "nobody":
                return {}
            case _:
                return {"organizer": {"email": self.employer.address}}

    def _place(self) -> dict[str, Any]:
        match self.medium:
            case "meet":
                letters = "".join(chr(97 + self.number // 26**place % 26) for place in range(10))
                return {"hangoutLink": f"https://meet.google.com/{letters[:3]}-{letters[3:7]}-{letters[7:]}"}
            case "zoom":
                return {"location": f"https://zoom.us/j/{2_000_000_000 + self.number % 900_000_000}"}
            case _:
                text = f"We will call you at the planned time. {self.employer.name} recruiting"
                return {"location": "+1 555 0100", "description": text}


# ---------------------------------------------------------------- how it goes
def behave(rng: Random, knobs: Knobs, meeting: Meeting, others: Sequence[Meeting]) -> list[Step]:
    """What both sides do and what the person says; nothing where it was called off before it began."""
    if meeting.changed is not None and meeting.changed < meeting.start + 5 * 60:
        return _after_change(rng, knobs, meeting)
    came = _arrival(rng, knobs, meeting)
    steps = _call(rng, knobs, came) if meeting.medium == "phone" else _room(rng, knobs, meeting, came)
    steps += _words(rng, knobs, meeting, came, you=_you_came(meeting, steps))
    return [(_clear(at, others), step) for at, step in steps]


def _you_came(meeting: Meeting, steps: Iterable[Step]) -> float:
    """When the person was there: by joining; on the phone from the start on."""
    if meeting.medium == "phone":
        return meeting.start
    return min((at for at, step in steps if step.get("you") == "join"), default=meeting.end + DAY)


def _arrival(rng: Random, knobs: Knobs, meeting: Meeting) -> float | None:
    draw, length = rng.random(), int(meeting.end - meeting.start) // 60
    odd = rng.randrange(60) if rng.random() < knobs.odd_seconds else 0
    if draw < knobs.never or meeting.changed:
        return None
    if draw < knobs.never + knobs.late:
        return meeting.start + 60 * min(rng.choice([6, 7, 8, 12, 14, 17, 22, 28, 34, 41]), length - 3) + odd
    return meeting.start + 60 * rng.choice([-6, -3, -1, 0, 1, 2, 3]) + odd


def _call(rng: Random, knobs: Knobs, came: float | None) -> list[Step]:
    if came is None:
        return []
    return [(came, {"phone": "missed" if rng.random() < knobs.silent else "ring"})]


def _room(rng: Random, knobs: Knobs, meeting: Meeting, came: float | None) -> list[Step]:
    uid, start = meeting.uid, meeting.start
    length = (meeting.end - start) / 60
    draw = rng.random()
    if draw < knobs.you_absent:
        you = None
    elif draw < knobs.you_absent + knobs.you_late:
        you = start + 60 * min(rng.choice([7, 9, 13, 18, 21, 26]), length - 4)
    else:
        you = start - 60 * rng.choice([1, 2, 3, 4])
    steps = _they(rng, knobs, meeting, came)
    if you is None:
        return steps
    waits = start + 60 * rng.choice([8, 12, 17, 21, 33, 38])
    leave = meeting.end - 90 if came is not None else max(you + 240, waits)
    steps += [(you, {"you": "join", "id": uid}), (leave, {"you": "leave", "id": uid})]
    if rng.random() < knobs.reconnect and leave - you > 1200:
        again = you + 600 + rng.choice([20, 45, 200])
        steps += [(you + 600, {"you": "leave", "id": uid}), (again, {"you": "join", "id": uid})]
    return steps


def _they(rng: Random, knobs: Knobs, meeting: Meeting, came: float | None) -> list[Step]:
    uid, start, draw = meeting.uid, meeting.start, rng.random()
    if came is None:
        if rng.random() >= knobs.noisy:
            return []
        return [(start + 120, {"noise": rng.choice(["ring", "music", "chime"])}), (start + 1500, {"noise": "off"})]
    leave = (meeting.end - 120, {"they": "leave", "id": uid})
    if draw < knobs.silent:
        return [(came, {"they": "join", "id": uid}), leave]
    joins = came - 65 if rng.random() < 0.3 else came
    steps = [(joins, {"they": "join", "id": uid}), (came, {"they": "speak", "id": uid}), leave]
    if draw < knobs.silent + knobs.muted:
        steps += [(start - 300, {"mute": "on"}), (meeting.end + 20, {"mute": "off"})]
    return steps


# ---------------------------------------------------------------- what the person says
def _words(rng: Random, knobs: Knobs, meeting: Meeting, came: float | None, *, you: float) -> list[Step]:
    steps: list[Step] = []
    start, end = meeting.start, meeting.end
    if rng.random() < knobs.told_late:
        steps.append(_say(meeting, start - 60 * rng.choice([2, 20, 90]), "told_late"))
    if rng.random() < knobs.says and you < start + 300:
        steps += _at_the_time(rng, meeting, came)
    if rng.random() < knobs.odd_words:
        word = rng.choice(["excused", "mine", "not_interview", "moved", "cancelled"])
        minutes = {"minutes": 600} if word in {"moved", "cancelled"} and rng.random() < 0.5 else {}
        steps.append(_say(meeting, end + rng.choice([600, 7200, DAY]), word, **minutes))
    if rng.random() < knobs.corrects:
        steps.append(_correction(rng, meeting, came))
    return steps


def _at_the_time(rng: Random, meeting: Meeting, came: float | None) -> list[Step]:
    start, end = meeting.start, meeting.end
    there = came if came is not None else float("inf")
    steps = []
    for minute in (3, 6, 8, 13, 17, 24, 33):
        at = start + 60 * minute + rng.choice([0, 25, 40])
        if rng.random() < 0.25 and at < min(there, end) - 45:
            steps.append(_say(meeting, at, "waiting"))
    seen = there + 60 * rng.choice([1, 1, 2, 4, 9])
    if seen < end and rng.random() < 0.4:
        steps.append(_say(meeting, seen, "here"))
    if rng.random() < 0.2:
        steps.append(_say(meeting, end + 60 * rng.choice([2, 30, 300]), "yes"))
    return steps


def _correction(rng: Random, meeting: Meeting, came: float | None) -> Step:
    at = meeting.end + rng.choice([300, HOUR, 5 * HOUR, DAY])
    if came is None:
        return _say(meeting, at, "no_show")
    late = int((came - meeting.start) // 60)
    if late <= 5:
        return _say(meeting, at, "on_time")
    return _say(meeting, at, "late", minutes=late + rng.choice([0, 0, 1, 3]))


def _after_change(rng: Random, knobs: Knobs, meeting: Meeting) -> list[Step]:
    """A word about what the calendar already says."""
    if meeting.changed is None or rng.random() >= knobs.odd_words * 2:
        return []
    at = max(meeting.changed, meeting.start - 2 * HOUR) + 30 * 60
    return [_say(meeting, at, rng.choice(["mine", "moved", "excused"]))]


def _say(meeting: Meeting, at: float, word: str, **more: object) -> Step:
    start = datetime.fromtimestamp(meeting.start, UTC)
    return at, {"answer": word, "id": meeting.uid, "start": start, **more}


def _clear(at: float, others: Iterable[Meeting]) -> float:
    """Away from the verges of the rules, and from the minute before a checkpoint."""
    verges = [one.start + 60 * minute for one in others for minute in (-10, 5, 15, 30)] + [one.end for one in others]
    for _ in range(20):
        near = [verge for verge in verges if verge - 62 < at < verge + 5]
        if not near:
            break
        at = near[0] + 7
    return at
