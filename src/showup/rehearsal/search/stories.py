"""Random stories of a search for work. The same seed tells the same story."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any

from showup.rehearsal.search import faults as breaking
from showup.rehearsal.search.knobs import GENTLE, HARD, Knobs
from showup.rehearsal.search.meeting import DAY, HOUR, Employer, Meeting, behave

ZONE = timezone(timedelta(hours=-5))
FIRST = datetime(2026, 3, 2, 9, tzinfo=ZONE)
NAMES = ["Acme", "Borealis", "Cormorant", "Dunmore", "Elmwood", "Fairhaven", "Granite", "Hollis"]
LENGTHS = [10, 15, 20, 30, 30, 45, 60, 60, 90]
_WEEK = 7
MEDIA = ["meet", "meet", "zoom", "phone"]
GYM = {"id": "gym", "summary": "Gym", "recurrence": ["RRULE:FREQ=DAILY;COUNT=30"]}


def random_story(seed: int, days: int = 7, faults: bool = True, knobs: Knobs | None = None) -> dict[str, Any]:
    """A story of so many days (at least two), in the form that `tomllib` gives: times are aware.

    Without `knobs`: HARD with faults, else GENTLE.
    """
    rng = Random(seed)  # noqa: S311 - stories are no secrets
    chosen = knobs or (HARD if faults else GENTLE)
    teller = Teller(rng, chosen, days)
    steps = teller.steps()
    if faults:
        steps = breaking.add(rng, chosen, steps, teller.meetings, days=days, first=FIRST.timestamp())
    return {
        "title": f"Random story {seed}",
        "owner": ["sam@example.org"],
        "start": FIRST,
        "end": FIRST + timedelta(days=days + 2),
        "config": {"detectors": {name: rng.random() < getattr(chosen, name) for name in ("sound", "meet", "phone")}},
        "step": [{"at": datetime.fromtimestamp(at, ZONE), **step} for at, step in steps],
    }


@dataclass(slots=True)
class Teller:
    """What is planned in those days, and what becomes of it."""

    rng: Random
    knobs: Knobs
    days: int
    meetings: list[Meeting] = field(default_factory=list)
    _steps: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    _slots: list[float] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def steps(self) -> list[tuple[float, dict[str, Any]]]:
        """Everything that happens, by time (seconds since 1970)."""
        start = FIRST.timestamp()
        gym_day = {"start": {"dateTime": "2026-03-02T06:00:00-05:00"}, "end": {"dateTime": "2026-03-02T06:30:00-05:00"}}
        self._steps.append((start, {"calendar": "put", "event": {**GYM, **gym_day}}))
        employers = [self._employer(name) for name in self.rng.sample(NAMES, self.knobs.employers)]
        self._slots = self._free_slots()
        if self.rng.random() < self.knobs.series:
            self._series(employers.pop())
        for _ in range(round(self.knobs.interviews * self.days / _WEEK)):
            if self._slots:
                self._interview(self.rng.choice(employers))
        for meeting in self.meetings:
            self._steps += behave(self.rng, self.knobs, meeting, self.meetings)
        self._steps.sort(key=lambda pair: pair[0])
        return self._steps

    def _employer(self, name: str) -> Employer:
        draw = self.rng.random()
        whose = "own" if draw < self.knobs.own else "theirs"
        if self.knobs.own <= draw < self.knobs.own + self.knobs.scheduler:
            whose = self.rng.choice(["calendly", "nobody"])
        return Employer(name, whose)

    def _free_slots(self) -> list[float]:
        """Two and a half hours apart, from the second day on."""
        slots = [
            FIRST.timestamp() + day * DAY + number * 2.5 * HOUR + self.rng.choice([0, 15, 30]) * 60
            for day in range(1, self.days)
            for number in range(4)
        ]
        self.rng.shuffle(slots)
        return slots

    # ------------------------------------------------------------ what is planned
    def _interview(self, employer: Employer) -> None:
        meeting = self._new(employer, self._slots.pop())
        asked_at = FIRST.timestamp()
        self._put(meeting, asked_at)
        draw, knobs = self.rng.random(), self.knobs
        if draw < knobs.moved:
            self._move(meeting)
        elif draw < knobs.moved + knobs.cancelled + knobs.vanished:
            self._cancel(meeting, vanish=draw >= knobs.moved + knobs.cancelled)
        elif draw > 1 - knobs.back_to_back - knobs.overlap:
            self._neighbour(meeting, overlap=draw > 1 - knobs.overlap)

    def _new(self, employer: Employer, start: float) -> Meeting:
        number = self._numbers[employer.name] = self._numbers.get(employer.name, 0) + 1
        length = self.rng.choice(LENGTHS) * 60
        uid = f"{employer.name.lower()}-{number}"
        meeting = Meeting(uid, employer, start, start + length, self.rng.choice(MEDIA), self.rng.getrandbits(30))
        self.meetings.append(meeting)
        return meeting

    def _put(self, meeting: Meeting, at: float, *, declined: bool = False) -> None:
        self._steps.append((at, {"calendar": "put", "event": meeting.event(ZONE, declined=declined)}))

    def _neighbour(self, meeting: Meeting, *, overlap: bool) -> None:
        """Another one right after it, or into it."""
        length = meeting.end - meeting.start
        start = meeting.start + (length / 2 // 300 * 300 if overlap else length)
        self._put(self._new(meeting.employer, start), FIRST.timestamp())

    def _change_moment(self, meeting: Meeting, *, late: bool) -> float:
        """Days, hours or minutes before it; after the start; after the end. Never on the verge of a rule."""
        earliest = FIRST.timestamp() + 2 * HOUR
        before = [26 * HOUR, 23 * HOUR, 5 * HOUR, 130 * 60, 110 * 60, 47 * 60, 17 * 60, 3 * 60]
        after = [-2 * 60, -9 * 60, -12 * 60, -22 * 60, meeting.start - meeting.end - 20 * 60]
        ahead = self.rng.choice(before + after if late else before)
        at = meeting.start - ahead + self.rng.choice([0, 60, 95])
        return max(at, earliest + self.rng.randrange(0, 60) * 60)

    def _move(self, meeting: Meeting) -> None:
        at = self._change_moment(meeting, late=True)
        later = [slot for slot in self._slots if slot > max(at, meeting.start) + HOUR]
        if not later:
            return
        meeting.changed = at
        start = self.rng.choice(later)
        self._slots.remove(start)
        again = meeting.at(start)
        self.meetings.append(again)
        self._put(again, at)
        if self.rng.random() < 0.15 and at < meeting.start - 2 * HOUR:
            again.changed = at + 40 * 60
            meeting.changed = None
            self._put(meeting, at + 40 * 60)

    def _cancel(self, meeting: Meeting, *, vanish: bool) -> None:
        at = self._change_moment(meeting, late=not vanish or self.rng.random() < 0.4)
        if self.rng.random() < 0.1 and at < meeting.start - HOUR:
            self._put(meeting, at - 20 * 60, declined=True)
        meeting.changed = at
        self._steps.append((at, {"calendar": "vanish" if vanish else "cancel", "id": meeting.uid}))
        later = [slot for slot in self._slots if slot > max(at, meeting.start) + 2 * HOUR]
        if later and self.rng.random() < self.knobs.rebooked:
            start = self.rng.choice(later)
            self._slots.remove(start)
            self._put(self._new(meeting.employer, start), at + self.rng.choice([-20, 1, 30, 90]) * 60)
        elif self.rng.random() < self.knobs.restored and at < meeting.start - 90 * 60:
            meeting.changed = None
            self._put(meeting, at + 35 * 60)

    def _series(self, employer: Employer) -> None:
        """Three days in a row, at eight in the morning; one of them may be moved or cancelled by itself."""
        first = FIRST.timestamp() + DAY - HOUR
        employer = replace(employer, organises="theirs")  # nobody invites himself three days in a row
        uid = f"{employer.name.lower()}-series"
        meeting = Meeting(uid, employer, first, first + 1800, self.rng.choice(MEDIA), self.rng.getrandbits(30))
        event = {**meeting.event(ZONE), "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]}
        self._steps.append((FIRST.timestamp(), {"calendar": "put", "event": event}))
        occurrences = [meeting.occurrence(number) for number in range(3)]
        self.meetings += occurrences
        one = self.rng.choice(occurrences)
        if self.rng.random() < 0.3:
            one.changed = one.start - 3 * HOUR
            self._steps.append((one.changed, {"calendar": "cancel", "id": one.uid}))
