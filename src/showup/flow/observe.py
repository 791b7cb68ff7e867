"""Observe: take what the detectors noticed, and keep account of when anybody was watching."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from showup.core.appointment import Appointment
from showup.core.evidence import Covered, Source
from showup.core.heartbeat import Beat, Gap, gap
from showup.core.spans import Span
from showup.ports import Clock, Detector, Record, Watched


class Observer:
    """The detectors together, between two beats. Coverage is written as it happens, never ahead."""

    def __init__(self, clock: Clock, detectors: Sequence[Detector]) -> None:
        self._clock, self._detectors = clock, tuple(detectors)
        self._last = self._beat()
        self._watching: tuple[Appointment, ...] = ()

    def gap(self) -> Gap | None:
        """Whether the machine slept, or its clock was set, since the last beat."""
        return gap(self._last, self._beat())

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        """Watch for these from now on; with none, the detectors rest."""
        if appointments != self._watching:
            for detector in self._detectors:
                detector.watch(appointments)
            if not self._watching:
                self._last = self._beat()
            self._watching = appointments

    @property
    def watching(self) -> bool:
        """Whether there is anything to watch for."""
        return bool(self._watching)

    def rest(self) -> None:
        """A beat with nothing to watch for."""
        self._last = self._beat()

    def observe(self, record: Record) -> Span | None:
        """Keep what was noticed since the last beat; the stretch that it bears on, or None where there is nothing.

        What lies in a gap was not watched, whatever a detector says.
        """
        missed, last = self.gap(), self._last
        self._last = self._beat()
        until = last.wall if missed else self._last.wall
        if until > last.wall:
            record.cover(Watched(Covered(Span(last.wall, until), Source.MACHINE)))
        noticed = [moment for detector in self._detectors for moment in self._take(record, detector, until)]
        if missed:
            for detector in self._detectors:
                detector.restart()
            if missed.set_back:
                record.uncover(self._last.wall)
            noticed += [moment for detector in self._detectors for moment in self._take(record, detector, None)]
        return Span(min(noticed), max(noticed) + datetime.resolution) if noticed else None

    def close(self) -> None:
        """Let the detectors go."""
        for detector in self._detectors:
            detector.close()

    @staticmethod
    def _take(record: Record, detector: Detector, until: datetime | None) -> list[datetime]:
        findings = detector.drain()
        for watched in findings.watched:
            span = watched.covered.span
            end = min(span.end, until) if until else span.end
            if span.start <= end:
                kept = replace(watched, covered=replace(watched.covered, span=Span(span.start, end)))
                record.cover(kept)
        for sighting in findings.sightings:
            record.add_evidence(sighting.appointment_id, [sighting.evidence])
        return [sighting.evidence.at for sighting in findings.sightings]

    def _beat(self) -> Beat:
        return Beat(self._clock.now(), self._clock.monotonic(), self._clock.boottime())
