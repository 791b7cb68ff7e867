"""Observe: take what the detectors noticed, and keep account of when anybody was watching."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from showup.core.appointment import Appointment
from showup.core.evidence import Covered, Source
from showup.core.heartbeat import Beat, Gap, gap
from showup.core.spans import Span
from showup.ports import Clock, Detector, Findings, Record, Sighting, Watched

_NOTHING = Findings()


@dataclass(frozen=True, slots=True)
class Observed:
    """What was noticed and watched between two beats.

    `missed` tells that the machine slept or its clock was set meanwhile; `after` is what was seen on waking then, at
    the moment `at`, which is None where nobody was watching.
    """

    missed: Gap | None = None
    before: Findings = _NOTHING
    after: Findings = _NOTHING
    at: datetime | None = None

    @property
    def bears_on(self) -> Span | None:
        """The stretch that the sightings bear on; None where there are none."""
        moments = [one.evidence.at for one in (*self.before.sightings, *self.after.sightings)]
        return Span(min(moments), max(moments) + datetime.resolution) if moments else None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to keep."""
        worth_it = self.missed and (self.missed.set_back or self.missed.slept)
        return self.before == self.after == _NOTHING and not worth_it

    def keep(self, record: Record) -> None:
        """Write it down. A clock that was set back takes back what was watched at times that are still to come."""
        _keep(record, self.before)
        if self.missed and self.missed.set_back and self.at:
            record.uncover(self.at)
        _keep(record, self.after)


class Observer:
    """The detectors together, between two beats. Coverage is told as it happens, never ahead."""

    def __init__(self, clock: Clock, detectors: Sequence[Detector]) -> None:
        self._clock, self._detectors = clock, tuple(detectors)
        self._last = self._beat()
        self._watching: tuple[Appointment, ...] = ()
        self._stretches: dict[tuple[Source, int | None], Span] = {}

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        """Watch for these from now on; with none, the detectors rest."""
        if appointments != self._watching:
            for detector in self._detectors:
                detector.watch(appointments)
            if not self._watching:
                self._last = self._beat()
            self._watching = appointments
            meetings = {None, *(one.id for one in appointments)}
            self._stretches = {key: span for key, span in self._stretches.items() if key[1] in meetings}

    def look(self) -> Observed:
        """What there is since the last beat. What lies in a gap was not watched, whatever a detector says."""
        last, self._last = self._last, self._beat()
        missed, at = gap(last, self._last), self._last.wall
        if not self._watching:
            return Observed(missed)
        until = last.wall if missed else at
        awake = [Watched(Covered(Span(last.wall, until), Source.MACHINE))] if until > last.wall else []
        before = self._take(awake, until)
        if not missed:
            return Observed(None, before, at=at)
        self._stretches = {}
        for detector in self._detectors:
            detector.restart()
        return Observed(missed, before, self._take([], None), at)

    def close(self) -> None:
        """Let the detectors go."""
        for detector in self._detectors:
            detector.close()

    def _take(self, watched: list[Watched], until: datetime | None) -> Findings:
        """Everything the detectors have, with no coverage later than `until`."""
        sightings = list[Sighting]()
        for detector in self._detectors:
            found = detector.drain()
            sightings += found.sightings
            watched += [cut for one in found.watched if (cut := _cut(one, until))]
        return Findings(tuple(sightings), self._joined(watched))

    def _joined(self, watched: list[Watched]) -> tuple[Watched, ...]:
        """What goes on from the stretch before is told as that stretch, longer: whole, by its start."""
        touched = dict[tuple[Source, int | None], Watched]()
        begun = list[Watched]()
        for one in watched:
            key, span = (one.covered.source, one.appointment_id), one.covered.span
            last = self._stretches.get(key)
            if last and last.start <= span.start <= last.end:
                span = Span(last.start, max(last.end, span.end))
            elif key in touched:
                begun.append(touched[key])
            self._stretches[key] = span
            touched[key] = Watched(Covered(span, key[0]), key[1])
        return (*begun, *touched.values())

    def _beat(self) -> Beat:
        return Beat(self._clock.now(), self._clock.monotonic(), self._clock.boottime())


def _cut(watched: Watched, until: datetime | None) -> Watched | None:
    span = watched.covered.span
    if until is None or span.end <= until:
        return watched
    if span.start > until:
        return None
    return Watched(Covered(Span(span.start, until), watched.covered.source), watched.appointment_id)


def _keep(record: Record, found: Findings) -> None:
    if found.watched:
        record.cover(found.watched)
    for sighting in found.sightings:
        record.add_evidence(sighting.appointment_id, [sighting.evidence])
