"""A detector of somebody else that hangs, or is slow: the beat and the keeping before a sleep go on without it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from showup.core.appointment import Appointment
from showup.core.evidence import Covered, Evidence, Sign, Source
from showup.core.policy import Policy
from showup.core.spans import Span
from showup.detectors.apart import Apart
from showup.detectors.needs import Needs
from showup.flow.judge import Judge
from showup.ports import Detector, Findings, Sighting, Watched
from showup.store.database import temporary
from tests.detectors.test_machine_sleep import logind
from tests.flow import test_watch
from tests.support.fakes import FakeClock, at
from tests.support.google_parts import Secrets
from tests.support.home import Home
from tests.support.session import wait_for

AT_ONCE = 1.5
"""Seconds in which a beat must be over; one that waited for a detector which hangs would never be."""


class Stuck:
    """A careless detector: says that it watched from the first call to now, wherever it hung meanwhile."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.calls: list[str] = []
        self.hangs_in, self.returned = "", 0
        self.free = threading.Event()
        self.since: datetime | None = None

    def watch(self, appointments: tuple[Appointment, ...]) -> None:
        self._called(f"watch {len(appointments)}")

    def restart(self) -> None:
        self._called("restart")

    def drain(self) -> Findings:
        self.since = self.since or self.clock.now()
        self._called("drain")
        now = self.clock.now()
        seen = Sighting(Evidence(now, Source.MEET, Sign.YOU_IN, now), 1)
        return Findings((seen,), (Watched(Covered(Span(self.since, now), Source.MEET), 1),))

    def close(self) -> None:
        self._called("close")

    def _called(self, what: str) -> None:
        self.calls.append(what)
        if self.hangs_in and what.startswith(self.hangs_in):
            self.free.wait(30)
        self.returned += 1


class Desk(test_watch.Desk):
    """The daemon's work on a real record, with a detector of somebody else beside one of ours."""

    def detectors(self) -> list[Detector]:
        self.stuck, self.said = Stuck(self.clock), list[str]()
        self.plug = Apart("bridge", lambda: self.stuck, Needs(self.clock, self.said.append, Secrets()))
        return [self.detector, self.plug]

    def beat(self, minutes: float = 0.25) -> None:
        self.clock.go(minutes)
        in_time(self.watch.beat)

    def watched_by_it(self) -> list[tuple[float, float]]:
        """In minutes after S, rounded."""
        with self.store.reading() as record:
            found = record.coverage(1, Span(at(-600), at(600)))
        spans = [one.span for one in found if one.source is Source.MEET]
        return [(minutes(span.start), minutes(span.end)) for span in spans]

    def let_go(self, *, begins_anew: bool = False) -> None:
        """It answers again; `begins_anew` as a careful one does."""
        self.stuck.hangs_in = ""
        self.stuck.since = self.clock.now() if begins_anew else self.stuck.since
        self.stuck.free.set()
        wait_for(lambda: self.stuck.returned == len(self.stuck.calls))


def minutes(moment: datetime) -> float:
    return round((moment - at(0)).total_seconds() / 60, 2)


def in_time(act: Callable[[], object]) -> None:
    begun = time.perf_counter()
    act()
    assert time.perf_counter() - begun < AT_ONCE


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Desk]:
    """A desk before the first beat."""
    with closing(temporary(tmp_path)) as store:
        made = Desk(store, Judge(Policy(), None))
        yield made
        made.stuck.free.set()
        made.watch.close()


@pytest.fixture
def desk(new: Desk) -> Desk:
    for _ in range(3):
        new.beat()
    return new


def test_one_that_is_well_is_heard_at_each_beat(desk: Desk) -> None:
    assert "you_in" in desk.signs()
    assert desk.watched_by_it()[-1][1] == minutes(desk.clock.now())
    assert desk.said == []


def test_one_that_hangs_is_said_once_and_its_coverage_ends(desk: Desk) -> None:
    ended, desk.stuck.hangs_in = desk.watched_by_it()[-1][1], "drain"
    for count in range(8):
        desk.detector.saw(minutes(desk.clock.now()), minutes(desk.clock.now()) + 0.25, (count - 9, Sign.THEY_IN))
        desk.beat()
    assert desk.signs().count("they_in") == 8  # the others go on
    assert desk.watched_by_it()[-1][1] == ended
    assert desk.said == ["The detector “bridge” does not answer. It counts for nothing until it does."]
    in_time(desk.watch.flush)


def test_it_is_taken_back_and_begins_anew(desk: Desk) -> None:
    before, desk.stuck.hangs_in = desk.watched_by_it(), "drain"
    for _ in range(4):
        desk.beat()
    again = minutes(desk.clock.now())
    desk.let_go(begins_anew=True)
    for _ in range(3):
        desk.beat()
    assert "restart" in desk.stuck.calls
    assert desk.watched_by_it() == [*before, (again, minutes(desk.clock.now()))]
    assert len(desk.said) == 1


def test_what_a_careless_one_says_of_the_time_in_which_it_hung_counts_for_nothing(desk: Desk) -> None:
    before, desk.stuck.hangs_in = desk.watched_by_it(), "drain"
    for _ in range(4):
        desk.beat()
    desk.let_go()
    for _ in range(3):
        desk.beat()
    assert desk.watched_by_it() == before


def test_one_that_hangs_as_it_is_told_what_to_watch(new: Desk) -> None:
    new.stuck.hangs_in = "watch"
    for _ in range(4):
        new.beat()
    assert new.watched_by_it() == []
    assert len(new.said) == 1
    in_time(new.watch.flush)
    in_time(new.watch.close)


def test_one_that_is_slow_is_heard_with_the_next_beat(desk: Desk) -> None:
    desk.stuck.hangs_in = "drain"
    desk.beat(0)
    slow, covered = desk.clock.now(), desk.watched_by_it()
    desk.let_go()
    desk.beat()
    assert desk.watched_by_it()[-1][1] >= minutes(slow)
    assert len(desk.watched_by_it()) == len(covered)  # one stretch, without a gap
    assert "restart" not in desk.stuck.calls
    assert desk.said == []


def test_what_it_tells_across_a_sleep_is_not_watched(desk: Desk) -> None:
    before, desk.stuck.hangs_in = desk.watched_by_it(), "drain"
    desk.beat(0)
    desk.clock.go(5, asleep=True)
    in_time(desk.watch.beat)
    desk.let_go(begins_anew=True)
    woken = minutes(desk.clock.now())
    desk.beat()
    assert [span for span in desk.watched_by_it() if span not in before] == [(woken, minutes(desk.clock.now()))]


def test_one_that_hangs_as_it_is_made_is_taken_when_it_is_there() -> None:
    clock, said, free = FakeClock(), list[str](), threading.Event()
    stuck = Stuck(clock)

    def make() -> Stuck:
        free.wait(30)
        return stuck

    plug = Apart("bridge", make, Needs(clock, said.append, Secrets()))
    assert plug.begun()
    plug.watch(())
    clock.go(1)
    assert plug.drain() == Findings()
    assert len(said) == 1
    free.set()
    wait_for(lambda: plug.drain() != Findings())
    plug.close()
    assert stuck.calls[-1] == "close"


PLUG = """import time
class Hung:
    def watch(self, appointments): pass
    def restart(self): pass
    def close(self): pass
    def drain(self):
        print("it hangs", flush=True)
        time.sleep(60)
def make(needs):
    return Hung()
"""


def test_the_real_program_goes_on_beside_one_that_hangs(env: dict[str, str], tmp_path: Path) -> None:
    info = tmp_path / "hung-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hung\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[showup.detectors]\nhung = plug_hung:make\n")
    (tmp_path / "plug_hung.py").write_text(PLUG)
    more = {"DBUS_SYSTEM_BUS_ADDRESS": env["DBUS_SESSION_BUS_ADDRESS"], "PYTHONPATH": str(tmp_path)}
    home = Home(tmp_path / "sam", more)
    home.settings.write_text(home.settings.read_text() + '[detectors]\nsound = false\nplugs = ["hung"]\n')
    home.plan(-1)
    with logind(env) as machine, home.daemon() as process:
        wait_for(lambda: "it hangs" in home.said())
        wait_for(lambda: machine.held() == 1)
        before = home.asked("SELECT max(end) FROM coverage")
        machine.asleep(True)
        wait_for(lambda: machine.held() == 0, 2)
        assert home.asked("SELECT max(end) FROM coverage") != before
        answered = home.command("answer", "acme-1", "here")
        assert answered.returncode == 0
        machine.asleep(False)
        wait_for(lambda: bool(home.asked("SELECT 1 FROM verdicts WHERE outcome = 'on_time'")))
        assert home.asked("SELECT DISTINCT source FROM coverage") == [("machine",)]
        process.terminate()
        assert process.wait(5) == 0
    assert "Traceback" not in home.said()
