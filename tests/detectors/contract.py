"""The contract that every implementation of the port Detector keeps."""

import threading

import pytest

from showup.clock import SystemClock
from showup.core.appointment import Appointment, Details
from showup.core.event import EventKey
from showup.core.recognition.result import Medium
from showup.core.spans import Span
from showup.detectors.plugs import Guarded
from showup.ports import Detector, Findings
from tests.support.session import wait_for


class DetectorContract:
    """Derive from it, and give a fixture `detector` that can watch: it has what it needs to cover `wanted`."""

    medium: Medium | None = None

    @pytest.fixture
    def wanted(self) -> tuple[Appointment, ...]:
        """An interview that has just begun."""
        now = SystemClock().now()
        details = Details("Interview", medium=self.medium, join="https://meet.google.com/abc-mnop-xyz")
        return (Appointment(1, EventKey("contract"), now, None, now, details),)

    def test_at_rest_it_tells_nothing_and_does_nothing(self, detector: Detector) -> None:
        before = threading.active_count()
        assert detector.drain() == Findings()
        detector.watch(())
        detector.restart()
        assert detector.drain() == Findings()
        assert threading.active_count() == before

    def test_it_tells_what_a_detector_may_tell_and_never_ahead(
        self, detector: Detector, wanted: tuple[Appointment, ...]
    ) -> None:
        begun, said = SystemClock().now(), list[str]()
        guarded = Guarded("contract", detector, said.append)
        guarded.watch(wanted)
        found = watching(guarded)
        now = SystemClock().now()
        assert all(begun <= one.covered.span.start <= one.covered.span.end <= now for one in found.watched)
        assert all(one.evidence.noted <= now for one in found.sightings)
        assert said == []

    def test_after_a_restart_its_stretches_begin_anew(
        self, detector: Detector, wanted: tuple[Appointment, ...]
    ) -> None:
        detector.watch(wanted)
        watching(detector)
        detector.drain()
        again = SystemClock().now()
        detector.restart()
        spans = list[Span]()
        while not any(span.start >= again for span in spans):
            spans += [one.covered.span for one in watching(detector).watched]
        assert not any(span.start < again < span.end for span in spans)

    def test_when_it_is_told_to_rest_it_ceases(self, detector: Detector, wanted: tuple[Appointment, ...]) -> None:
        detector.watch(wanted)
        watching(detector)
        detector.watch(())
        over = SystemClock().now()
        detector.drain()
        threading.Event().wait(0.2)
        assert all(one.covered.span.end <= over for one in detector.drain().watched)
        detector.close()
        detector.close()


def watching(detector: Detector) -> Findings:
    """Wait until it has covered anything; what it told then."""
    told = list[Findings]()

    def covers() -> bool:
        told.append(detector.drain())
        return bool(told[-1].watched)

    wait_for(covers, 10)
    return told[-1]
