"""Once a day, beside the beats: a copy, and what is old is forgotten. What fails is said once, and tried again."""

import shutil
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from showup.config import Settings
from showup.config.paths import paths_in
from showup.config.settings import Keeping
from showup.daemon.upkeep import Upkeep
from showup.store.copies import Copies
from showup.store.database import Database
from showup.store.file import draft_of
from tests.store.contract import S, draft
from tests.support.fakes import FakeClock

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


class Machine:
    """A record, a clock that is set by hand, and the upkeep of it."""

    def __init__(self, folder: Path, now: datetime, months: int = 0) -> None:
        self.settings = Settings(paths_in(folder), record=Keeping(months))
        self.clock = FakeClock(now)
        self.said: list[str] = []
        self.upkeep = Upkeep(self.clock, BERLIN, self.said.append)
        self.copies = Copies(self.settings.paths.database)
        Database(self.settings.paths.database).close()

    def beat(self, now: datetime | None = None) -> None:
        self.clock.wall = now or self.clock.wall
        self.upkeep.look(self.settings)
        if self.upkeep._thread:
            self.upkeep._thread.join(20)

    def days(self) -> list[str]:
        return [day.isoformat() for day in self.copies.days()]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path, datetime(2026, 3, 28, 12, tzinfo=UTC))


def test_what_was_cut_short_is_finished(machine: Machine) -> None:
    """A forgetting, and a restore: what they left behind goes, and the day has its copy."""
    folder = machine.copies.shelf.folder
    machine.copies.keep(date(2026, 3, 27))
    machine.copies.forgetting()
    draft_of(machine.settings.paths.database).write_text("half")
    machine.beat()
    assert machine.days() == ["2026-03-28"]
    assert sorted(file.name for file in folder.parent.iterdir() if file.name.startswith(".")) == []
    assert machine.said == []


def test_one_copy_each_local_day(machine: Machine) -> None:
    """Over the night in which the clocks are set: the day begins at midnight, wherever that lies in UTC."""
    for hour in range(48):
        machine.beat(datetime(2026, 3, 28, 0, 30, tzinfo=UTC) + hour * HOUR)
    assert machine.days() == ["2026-03-28", "2026-03-29", "2026-03-30"]
    assert machine.said == []


def test_a_restart_makes_none_anew(machine: Machine) -> None:
    machine.beat()
    (file,) = machine.copies.shelf.copies()
    before = file.stat().st_mtime_ns
    machine.upkeep = Upkeep(machine.clock, BERLIN, machine.said.append)
    machine.beat()
    assert file.stat().st_mtime_ns == before


def test_a_machine_that_slept_for_weeks_makes_one_for_today(machine: Machine) -> None:
    machine.beat()
    machine.beat(machine.clock.now() + timedelta(days=30))
    assert machine.days() == ["2026-03-28", "2026-04-27"]


def test_a_clock_that_runs_wild_costs_no_good_copy(machine: Machine) -> None:
    for day in range(7):
        machine.beat(datetime(2026, 3, 28, 12, tzinfo=UTC) + timedelta(days=day))
    good = machine.days()
    machine.beat(datetime(1970, 1, 1, 12, tzinfo=UTC))
    assert machine.days() == ["1970-01-01", *good]
    machine.beat(datetime(2026, 4, 4, 12, tzinfo=UTC))
    assert machine.days() == [*good[1:], "2026-04-04"]


def test_what_fails_is_said_once_and_tried_again_after_an_hour(machine: Machine) -> None:
    machine.copies.shelf.folder.write_text("in the way")
    for minute in range(150):
        machine.beat(datetime(2026, 3, 28, 12, minute % 60, tzinfo=UTC) + minute // 60 * HOUR)
    assert len(machine.said) == 1
    assert machine.said[0].startswith("The daily upkeep failed, and is tried again in an hour. The folder ")
    machine.copies.shelf.folder.unlink()
    machine.beat(datetime(2026, 3, 28, 15, 30, tzinfo=UTC))
    assert machine.days() == ["2026-03-28"]
    shutil.rmtree(machine.copies.shelf.folder)
    machine.copies.shelf.folder.write_text("in the way again")
    machine.beat(datetime(2026, 3, 29, 12, tzinfo=UTC))
    assert len(machine.said) == 2  # it had gone well in between


def test_a_beat_does_not_wait_for_it(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    before, begun, finished = threading.active_count(), threading.Event(), threading.Event()

    def slow(_copies: Copies, _today: date) -> bool:
        begun.set()
        return finished.wait(20)

    monkeypatch.setattr(Copies, "keep", slow)
    machine.upkeep.look(machine.settings)
    assert begun.wait(5)
    for _ in range(3):
        machine.upkeep.look(machine.settings)  # and none is begun beside it
    assert threading.active_count() == before + 1
    finished.set()
    machine.upkeep.close()
    assert threading.active_count() == before


def test_what_should_never_happen_ends_up_where_it_is_seen(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_copies: Copies, _today: date) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(Copies, "keep", broken)
    machine.beat()
    with pytest.raises(ZeroDivisionError):
        machine.upkeep.look(machine.settings)


# ---------------------------------------------------------------- what is old
def held(machine: Machine) -> list[str]:
    with closing(Database(machine.settings.paths.database)) as store, store.reading() as record:
        return [one.key.uid for one in record.ended_before(S + timedelta(days=9999), 99)]


@pytest.fixture
def aged(tmp_path: Path) -> Callable[[int], Machine]:
    """A record with an interview of now and one of two years before; kept for so many months."""

    def make(months: int) -> Machine:
        machine = Machine(tmp_path, S - timedelta(days=1), months)
        with closing(Database(machine.settings.paths.database)) as store, store.transaction() as record:
            record.add_appointment(draft("new"))
            record.add_appointment(draft("old", -2 * 365 * 24 * 60))
        return machine

    return make


def test_without_a_setting_all_is_kept(aged: Callable[[int], Machine]) -> None:
    machine = aged(0)
    for day in range(3):
        machine.beat(S + timedelta(days=day))
    assert held(machine) == ["old", "new"]


def test_what_is_older_is_forgotten_and_the_setting_read_anew(aged: Callable[[int], Machine]) -> None:
    machine = aged(36)
    machine.beat(S)
    machine.beat(S + timedelta(days=1))
    assert held(machine) == ["old", "new"]
    machine.settings = replace(machine.settings, record=Keeping(12))
    machine.beat(S + timedelta(days=2))
    assert held(machine) == ["new"]


def test_a_clock_that_jumped_ahead_makes_nothing_old(aged: Callable[[int], Machine]) -> None:
    machine = aged(36)
    machine.beat(S)
    machine.beat(datetime(2038, 1, 19, 12, tzinfo=UTC))
    assert held(machine) == ["old", "new"]
