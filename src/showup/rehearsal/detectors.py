"""The detectors of a story: each sees of the world what the real one could."""

from datetime import datetime, timedelta

from showup.core.appointment import Appointment
from showup.core.evidence import Covered, Evidence, Sign, Source
from showup.core.recognition.result import Medium
from showup.core.spans import Span
from showup.ports import Findings, Sighting, Watched
from showup.rehearsal.clock import StoryClock
from showup.rehearsal.world import Room, World

_BEFORE = timedelta(minutes=10)


class _Sensing:
    """What all have in common: they watch or rest, and begin anew when told to.

    `sense` is called before and after everything that happens, so that coverage ends when it really does.
    """

    source: Source

    def __init__(self, world: World, clock: StoryClock) -> None:
        self._world, self._clock = world, clock
        self._watching: tuple[Appointment, ...] = ()
        self._since: datetime | None = None
        self._sightings: list[Sighting] = []
        self._watched: list[Watched] = []

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        """See the port Detector, here and below."""
        self.sense()
        begins = bool(appointments) and not self._watching
        self._watching = appointments
        if begins or not appointments:
            self.restart()

    def restart(self) -> None:
        """Begin anew."""
        self._since = None
        self._forget()
        self.sense()

    def drain(self) -> Findings:
        """Everything up to now."""
        self.sense()
        findings = Findings(tuple(self._sightings), tuple(self._watched))
        self._sightings, self._watched = [], []
        return findings

    def close(self) -> None:
        """Stop."""
        self._watching = ()

    def sense(self) -> None:
        """Look at the world."""
        now = self._clock.now()
        able = bool(self._watching) and self._world.able(self.source.value) and self._hears()
        if self._since is not None and self._since < now:
            self._watched.append(Watched(Covered(Span(self._since, now), self.source)))
        begins = able and self._since is None
        self._since = now if able else None
        self._notice(now, begins)

    def _hears(self) -> bool:
        return True

    def _forget(self) -> None:
        """What was seen before it begins anew."""

    def _notice(self, now: datetime, begins: bool) -> None:
        raise NotImplementedError

    def _see(self, sign: Sign, at: datetime, appointment_id: int | None = None) -> None:
        evidence = Evidence(at, self.source, sign, self._clock.now())
        self._sightings.append(Sighting(evidence, appointment_id))


class StorySound(_Sensing):
    """Your microphone, and speech in the call application; deaf while that is muted."""

    source = Source.SOUND

    def __init__(self, world: World, clock: StoryClock) -> None:
        super().__init__(world, clock)
        self._you = self._they = self._began = False

    def _hears(self) -> bool:
        return not self._world.muted

    def _forget(self) -> None:
        self._you = self._they = self._began = False

    def _notice(self, now: datetime, begins: bool) -> None:
        if not self._watching or not self._world.able("sound"):
            self._you = self._they = self._began = False
            return
        if not self._began:
            # A stretch of no length marks where it began: who is there then may have been there before.
            self._watched.append(Watched(Covered(Span(now, now), self.source)))
        self._began = True
        you, they = self._world.you_in_call, self._world.speech
        if you != self._you or (begins and you):
            self._see(Sign.YOU_IN if you else Sign.YOU_OUT, now)
        self._you = you
        if self._world.muted:
            self._they = False
            return
        if they != self._they or (begins and they):
            self._see(Sign.THEY_IN if they else Sign.THEY_OUT, now)
        self._they = they


class StoryMeet(_Sensing):
    """The participant lists of the meetings that you joined: read each minute while you are in, and when it begins.

    A list names joins that nobody was there to see.
    """

    source = Source.MEET

    def __init__(self, world: World, clock: StoryClock) -> None:
        super().__init__(world, clock)
        self._last: dict[int, datetime] = {}
        self._begun: set[int] = set()
        self._told: set[tuple[int, datetime, Sign]] = set()

    def sense(self) -> None:
        """Read the lists."""
        now = self._clock.now()
        for appointment in self._watching:
            if appointment.details.medium is Medium.MEET and self._world.able("meet"):
                self._read(appointment, now)
            else:
                self._last.pop(appointment.id, None)
                self._begun.discard(appointment.id)

    def restart(self) -> None:
        """Begin anew."""
        self._last, self._begun = {}, set()
        self.sense()

    def _notice(self, now: datetime, begins: bool) -> None:
        """Nothing beside the lists."""

    def _read(self, appointment: Appointment, now: datetime) -> None:
        room, number = self._world.rooms[appointment.key.uid], appointment.id
        last = self._last.pop(number, None)
        held = _meeting(room, appointment.start - _BEFORE)
        if not any(sign is Sign.YOU_IN for _at, sign in held):
            return
        if not room.you and last is None and number in self._begun:
            return
        if room.you:
            self._last[number] = now
        self._begun.add(number)
        self._watched.append(Watched(Covered(Span(last or now, now), self.source), number))
        for at, sign in held:
            if (number, at, sign) not in self._told:
                self._told.add((number, at, sign))
                self._see(sign, at, number)


def _meeting(room: Room, since: datetime) -> list[tuple[datetime, Sign]]:
    """What the list of the meeting held at that time names: not who was in the room for an earlier one."""
    inside, begun = set[bool](), 0
    for place, (at, sign) in enumerate(room.history):
        yours = sign in {Sign.YOU_IN, Sign.YOU_OUT}
        (inside.add if sign in {Sign.YOU_IN, Sign.THEY_IN} else inside.discard)(yours)
        if not inside and at < since:
            begun = place + 1
    return room.history[begun:]


class StoryPhone(_Sensing):
    """The phone beside the computer."""

    source = Source.PHONE

    def __init__(self, world: World, clock: StoryClock) -> None:
        super().__init__(world, clock)
        self._told = len(world.calls)

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        """Only for those for which it may ring."""
        super().watch(tuple(one for one in appointments if one.details.by_phone))

    def _notice(self, now: datetime, begins: bool) -> None:  # noqa: ARG002 - what all detectors are told
        fresh, self._told = self._world.calls[self._told :], len(self._world.calls)
        if self._watching and self._world.able("phone"):
            for _at, sign in fresh:
                self._see(sign, now)
