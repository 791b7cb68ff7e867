"""Play a story: the real flow and a real record, with only the outermost parts replaced."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from showup.core.event import Event, EventKey
from showup.core.evidence import Sign, Word
from showup.core.letter import Letters
from showup.core.planning import Between
from showup.core.policy import Policy
from showup.core.problem import Problem
from showup.core.recognition.result import Memory, Recognition
from showup.flow.answer import Said, answer, find
from showup.flow.collect import Collector
from showup.flow.judge import Judge
from showup.flow.keep import Rules
from showup.flow.observe import Observer
from showup.flow.tell import Teller
from showup.flow.watch import Parts, Watch
from showup.ports import Detector, Store
from showup.rehearsal.calendar import StoryCalendar
from showup.rehearsal.clock import StoryClock
from showup.rehearsal.desktop import StoryDesktop
from showup.rehearsal.detectors import StoryMeet, StoryPhone, StorySound
from showup.rehearsal.story import Step, Story
from showup.rehearsal.world import World

_POLL = timedelta(seconds=20)
"""A rehearsed daemon reads its calendar with every tick: it costs nothing."""
_BREAKING = frozenset({"calendar", "machine"})
_DETECTORS: dict[str, Callable[[World, StoryClock], Detector]] = {
    "sound": StorySound,
    "meet": StoryMeet,
    "phone": StoryPhone,
}


@dataclass(frozen=True, slots=True)
class Cast:
    """What a rehearsal takes from the outside: the record, the figures, and how events are recognised."""

    store: Store
    policy: Policy
    detectors: Sequence[str]
    recognise: Callable[[Event, frozenset[str], Memory], Recognition]
    between: Between
    zone: tzinfo | None
    letters: Letters | None = None


class Play:
    """One story on its virtual clock."""

    def __init__(self, story: Story, cast: Cast, beat: Callable[[datetime, str], None] | None = None) -> None:
        """`beat` is told, in the story's time, of every step as it happens."""
        self._story, self._cast, self._beat = story, cast, beat
        self._owner = frozenset(address.casefold() for address in story.owner)
        self._clock = StoryClock(story.start)
        self._world = World()
        self._calendar = StoryCalendar(self._owner)
        self._desktop = StoryDesktop(self._world)
        self._judge = Judge(cast.policy, cast.zone, cast.letters)
        self._detectors: tuple[Detector, ...] = ()
        self._watch: Watch | None = None
        self._restless: datetime | None = story.start
        """From when on, in true time, a poll may change something; None where all is quiet."""
        self._recognised: dict[EventKey, tuple[Event, Memory, Recognition]] = {}

    def run(self) -> None:
        """From the story's start to its end."""
        steps = list(self._story.steps)
        self._at(self._story.start, steps, first=True)
        while steps and steps[0].at <= self._story.end:
            self._pass_until(steps[0].at, on_the_eve=_breaks(steps))
            self._at(steps[0].at, steps)
        self._pass_until(self._story.end, on_the_eve=True)
        self._at(self._story.end, [])

    def _at(self, moment: datetime, steps: list[Step], *, first: bool = False) -> None:
        """Everything that happens at this moment, in the order of the file; then the daemon looks."""
        self._clock.true = moment
        while steps and steps[0].at <= moment:
            step = steps.pop(0)
            if self._beat:
                self._beat(moment, f"{step.kind}: {step.what} {step.rest.get('id', '')}".rstrip())
            if step.kind == "calendar":
                self._restless = moment
            self._sense()
            self._do(step)
            self._sense()
        if first:
            self._start()
        restless = self._restless is not None and self._restless <= moment
        self._look(polls=restless and (moment - self._story.start) % _POLL == timedelta(0))

    def _pass_until(self, moment: datetime, *, on_the_eve: bool) -> None:
        """Let the daemon work until just before `moment`.

        What repeats and changes nothing is left out, but for the last time `on_the_eve` of what breaks off the watching
        or changes the calendar: what was known then is what it is dated by.
        """
        while self._watch and self._world.awake:
            due = self._watch.next_due
            ahead = max(self._clock.to_true(due), self._clock.true) if due else moment
            poll = self._next_poll(min(ahead, moment), the_last=ahead >= moment and on_the_eve)
            if poll is None and ahead >= moment:
                break
            self._clock.true = ahead if poll is None else poll
            self._look(polls=poll is not None)

    def _next_poll(self, ahead: datetime, *, the_last: bool) -> datetime | None:
        """The next poll before `ahead` that may change something, or `the_last` there is; None where there is none.

        A checkpoint reads the calendar itself: with all quiet, nothing is to be seen before it.
        """
        now, last = self._clock.true, self._poll_after(ahead - _POLL - datetime.resolution)
        restless = self._restless and self._poll_after(max(now, self._restless - datetime.resolution))
        if restless and restless < ahead:
            return restless
        return last if the_last and last > now else None

    def _poll_after(self, moment: datetime) -> datetime:
        done = (moment - self._story.start) // _POLL
        return self._story.start + (done + 1) * _POLL

    def _look(self, *, polls: bool) -> None:
        """One beat of the daemon, if it runs."""
        if self._watch and self._world.awake:
            self._watch.beat(frozenset({self._calendar.name}) if polls else frozenset())
            again = self._watch.restless_from(self._clock.now())
            self._restless = again and self._clock.to_true(again) if polls else self._restless

    def _sense(self) -> None:
        for detector in self._detectors:
            if isinstance(detector, StorySound | StoryMeet | StoryPhone):
                detector.sense()

    def _start(self) -> None:
        """The daemon starts on the record as it is."""
        cast = self._cast
        self._calendar.forget()
        rules = Rules(self._judge, self._owner, cast.between)
        collector = Collector(self._calendar, "story", cast.store, rules, self._recognise)
        self._detectors = tuple(_DETECTORS[name](self._world, self._clock) for name in cast.detectors)
        observer = Observer(self._clock, self._detectors)
        teller = Teller(self._desktop, cast.store, self._judge)
        self._watch = Watch(Parts(self._clock, cast.store, self._judge, observer, (collector,), teller))

    def _recognise(self, event: Event, memory: Memory) -> Recognition:
        """A daemon that starts anew looks at every event again; a rehearsed one may remember what it found."""
        known = self._recognised.get(event.key)
        if known is None or known[0] is not event or known[1] != memory:
            known = (event, memory, self._cast.recognise(event, self._owner, memory))
            self._recognised[event.key] = known
        return known[2]

    def _do(self, step: Step) -> None:
        what, rest = step.what, step.rest
        match step.kind:
            case "calendar":
                self._calendar.step(what, rest, step.at)
            case "you":
                self._world.you(what, self._world.rooms[self._room(rest)], self._clock.now())
            case "they":
                self._world.they(what, self._world.rooms[self._room(rest)], self._clock.now())
            case "phone":
                sign = Sign.RANG if what == "ring" else Sign.MISSED
                self._world.calls.append((self._clock.now(), sign))
            case "mute":
                self._world.muted = what == "on"
            case "detector":
                self._world.state[what] = str(rest.get("state", "dead"))
            case "answer":
                self._answer(what, rest)
            case "machine":
                self._machine(what, rest)
            case "desktop":
                self._world.desktop = what == "back"
                (self._desktop.back if self._world.desktop else self._desktop.gone)()
            case _:
                pass  # noise is no speech: nothing that watches notices it

    def _room(self, rest: Mapping[str, Any]) -> str:
        """The meeting that is meant: the one named, else that of the appointment under way, else of the nearest."""
        if "id" in rest:
            return str(rest["id"])
        now = self._clock.true
        nearest = min(self._calendar.planned(now), key=lambda item: _distance(item[1], item[2], now), default=None)
        return nearest[0] if nearest else ""

    def _answer(self, word: str, rest: Mapping[str, Any]) -> None:
        if word not in set(Word):
            raise Problem(f"“{word}” is no answer.", f"It is one of: {', '.join(Word)}.")
        said = Said(Word(word), rest.get("minutes"), str(rest.get("note", "")))
        try:
            with self._cast.store.transaction() as record:
                now = self._clock.now()
                appointment = find(record, str(rest.get("id", "")), rest.get("start"), now)
                answer(record, self._judge, appointment, said, now)
        except Problem as refused:
            if self._beat:
                self._beat(self._clock.true, f"refused: {refused}")
        if self._watch:
            self._watch.stir()

    def _machine(self, what: str, rest: Mapping[str, Any]) -> None:
        match what:
            case "sleep":
                if self._watch and self._world.awake:
                    self._watch.flush()
                self._clock.sleep()
                self._world.awake = False
            case "wake":
                self._clock.wake()
                self._world.awake = True
            case "crash":
                self._watch, self._world.running = None, False
            case "start":
                self._world.running = True
                self._start()
            case "clock":
                self._clock.jump(duration(str(rest.get("by", ""))))
            case _:
                raise Problem(f"“machine = {what}” is no step.", "Use sleep, wake, crash, start or clock.")


def _breaks(steps: list[Step]) -> bool:
    """Whether what comes next breaks off the watching, or changes the calendar."""
    return any(step.kind in _BREAKING for step in steps if step.at == steps[0].at)


def _distance(start: datetime, end: datetime, now: datetime) -> timedelta:
    return max(start - now, now - end, timedelta(0))


def duration(text: str) -> timedelta:
    """An ISO 8601 duration of days, hours, minutes and seconds.

    Raises:
        Problem: it is none.
    """
    found = re.fullmatch(r"([+-]?)P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?", text)
    if not found or not any(found.groups()[1:]):
        raise Problem(f"“{text}” is no duration.", "Write it like PT1H, -PT90M or P1D.")
    sign, *parts = found.groups()
    days, hours, minutes, seconds = (int(part or 0) for part in parts)
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if sign == "-" else length
