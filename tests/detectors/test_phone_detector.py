"""A phone that rings, by a KDE Connect that is made of its words on the bus."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from showup.clock import SystemClock
from showup.core.appointment import Appointment
from showup.core.evidence import Case, Sign
from showup.core.policy import Policy
from showup.core.recognition.result import Medium
from showup.core.verdict import judge
from showup.detectors.phone import NAME, PhoneDetector
from showup.ports import Findings, Sighting, Watched
from tests.detectors.test_meet_detector import appointment, at
from tests.support.bus_service import Service, service
from tests.support.google_parts import Clock
from tests.support.session import wait_for

PATH = "/modules/kdeconnect/devices/abc/telephony"
BY_PHONE = appointment(medium=Medium.PHONE)


class Desk:
    """A detector that looks often, and all that it told."""

    def __init__(self, every: float = 0.05) -> None:
        self.clock = SystemClock()
        self.detector = PhoneDetector(self.clock, every=every)
        self.sightings: list[Sighting] = []
        self.watched: list[Watched] = []

    def drain(self) -> Findings:
        found = self.detector.drain()
        self.sightings += found.sightings
        self.watched += found.watched
        return found

    def covers(self) -> bool:
        return bool(self.drain().watched)

    def signs(self) -> list[Sign]:
        self.drain()
        return [Sign(one.evidence.sign) for one in self.sightings]

    def covered(self, moment: datetime) -> bool:
        self.drain()
        return any(one.covered.span.start <= moment <= one.covered.span.end for one in self.watched)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.detector.close()


@pytest.fixture
def kde(env: dict[str, str]) -> Iterator[Service]:
    with service(env, NAME, devices=("as", (["abc"],))) as standing:
        yield standing


def ring(kde: Service, event: str = "callReceived", to: str = "") -> None:
    kde.emit(PATH, f"{NAME}.device.telephony", "callReceived", "sss", event, "+15550100", "Acme HR", to=to)


def test_a_ring_is_told_at_its_moment_and_no_number_with_it(desk: Desk, kde: Service) -> None:
    desk.detector.watch((BY_PHONE,))
    wait_for(desk.covers)
    before = desk.clock.now()
    ring(kde)
    ring(kde, "missedCall")
    ring(kde, "talking")
    ring(kde, "sms\x1b[0m")
    wait_for(lambda: len(desk.signs()) == 2)
    assert desk.signs() == [Sign.RANG, Sign.MISSED]
    assert before <= desk.sightings[0].evidence.at <= desk.clock.now()
    assert desk.covered(desk.sightings[0].evidence.at)
    assert "5550100" not in repr(desk.sightings)
    assert "Acme" not in repr(desk.sightings)
    assert {call for call, _ in kde.calls} == {"devices"}
    assert kde.calls[0][1] == (True, True)  # reachable, and paired


@pytest.mark.parametrize("medium", [Medium.MEET, Medium.ZOOM, Medium.ONSITE])
def test_nothing_is_listened_to_for_other_media_or_for_none(desk: Desk, kde: Service, medium: Medium) -> None:
    for wanted in ((appointment(medium=medium),), ()):
        desk.detector.watch(wanted)
        ring(kde)
        time.sleep(0.1)
        assert desk.drain() == Findings()
    assert kde.calls == []


@pytest.mark.usefixtures("kde")
def test_where_it_is_not_known_how_it_listens(desk: Desk) -> None:
    desk.detector.watch((appointment(medium=None),))
    wait_for(desk.covers)


def test_afterwards_nothing_is_heard(desk: Desk, kde: Service) -> None:
    desk.detector.watch((BY_PHONE,))
    wait_for(desk.covers)
    desk.detector.watch(())
    ring(kde)
    time.sleep(0.1)
    assert desk.drain() == Findings()


def test_without_a_phone_that_can_be_reached_nothing_is_covered(desk: Desk, kde: Service) -> None:
    kde.answers["devices"] = ("as", ([],))
    desk.detector.watch((BY_PHONE,))
    wait_for(lambda: len(kde.calls) > 2)
    assert desk.drain() == Findings()
    kde.answers["devices"] = ("as", (["abc"],))
    wait_for(desk.covers)


@pytest.mark.usefixtures("env")
def test_without_the_daemon_nothing_is_covered_and_nothing_started(desk: Desk) -> None:
    desk.detector.watch((BY_PHONE,))
    time.sleep(0.2)
    assert desk.drain() == Findings()


def test_without_a_bus_nothing_is_covered(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    desk.detector.watch((BY_PHONE,))
    time.sleep(0.1)
    assert desk.drain() == Findings()


def test_a_phone_that_comes_and_goes_is_a_gap(desk: Desk, kde: Service) -> None:
    desk.detector.watch((BY_PHONE,))
    wait_for(desk.covers)
    kde.answers["devices"] = ("as", ([],))
    kde.emit("/modules/kdeconnect/devices/abc", f"{NAME}.device", "reachableChanged", "b", False)
    asked = len(kde.calls)
    wait_for(lambda: len(kde.calls) > asked + 2)
    gone = desk.clock.now()
    kde.answers["devices"] = ("as", (["abc"],))
    desk.drain()
    wait_for(desk.covers)
    assert not desk.covered(gone)


def test_a_phone_that_was_away_between_two_looks_is_a_gap_as_well(kde: Service) -> None:
    desk = Desk(every=60)
    desk.detector.watch((BY_PHONE,))
    wait_for(lambda: bool(kde.calls))
    time.sleep(0.1)
    gone = desk.clock.now()
    kde.emit("/modules/kdeconnect/devices/abc", f"{NAME}.device", "reachableChanged", "b", False)
    wait_for(lambda: len(kde.calls) > 1)
    time.sleep(0.1)
    ring(kde)
    wait_for(desk.covers)
    assert min(one.covered.span.start for one in desk.watched) > gone
    desk.detector.close()


def test_a_daemon_that_is_started_again_is_found_and_one_that_hangs_covers_nothing(
    desk: Desk, env: dict[str, str]
) -> None:
    for _ in range(2):
        with service(env, NAME, devices=("as", (["abc"],))) as standing:
            desk.detector.watch((BY_PHONE,))
            wait_for(desk.covers)
            standing.waits = True
            time.sleep(0.2)
            desk.drain()
            time.sleep(0.2)
            assert desk.drain() == Findings()


def test_another_program_cannot_ring(desk: Desk, kde: Service, env: dict[str, str]) -> None:
    desk.detector.watch((BY_PHONE,))
    wait_for(desk.covers)
    with service(env, "org.example.other") as other:
        ring(other)
        ring(other, to=kde.client)
        time.sleep(0.1)
    assert desk.signs() == []
    ring(kde)
    wait_for(lambda: desk.signs() == [Sign.RANG])


@pytest.mark.usefixtures("kde")
def test_after_a_sleep_it_begins_anew(desk: Desk) -> None:
    desk.detector.watch((BY_PHONE,))
    wait_for(desk.covers)
    moment = desk.clock.now()
    desk.detector.restart()
    desk.drain()
    wait_for(desk.covers)
    assert min(one.covered.span.start for one in desk.watched[-1:]) >= moment


def test_a_missed_call_before_any_ring_keeps_silence_from_accusing(desk: Desk, kde: Service) -> None:
    """What the judge makes of it: a call in time is on time, presumed; a missed one is asked about."""
    desk.detector.watch((BY_PHONE,))
    wait_for(desk.covers)
    ring(kde)
    wait_for(lambda: desk.signs() == [Sign.RANG])
    evidence = desk.sightings[0].evidence
    one = Appointment(
        **{name: getattr(BY_PHONE, name) for name in ("id", "key", "created", "details")},
        start=evidence.at - timedelta(minutes=2),
        end=evidence.at + timedelta(minutes=28),
    )
    verdict = judge(Case(one, (evidence,)), Policy(), evidence.at + timedelta(hours=1))
    assert (verdict.outcome, verdict.certainty) == ("on_time", "presumed")


def test_a_clock_that_stands_makes_no_coverage_that_runs_back(kde: Service) -> None:
    clock = Clock()
    detector = PhoneDetector(clock, every=0.02)
    detector.watch((BY_PHONE,))
    wait_for(lambda: len(kde.calls) > 2)
    clock.passed = -3600
    wait_for(lambda: len(kde.calls) > 5)
    assert all(one.covered.span.start <= one.covered.span.end <= at(0) for one in detector.drain().watched)
    detector.close()
