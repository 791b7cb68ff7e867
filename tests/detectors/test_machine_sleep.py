"""Sleep and waking, by a logind that is made of its words on a private bus."""

import os
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from showup.detectors.machine import NAME, Sleep
from tests.support.bus_service import Answer, Service, service
from tests.support.home import Home
from tests.support.session import wait_for

PATH, MANAGER = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"


class Logind:
    """The service, and the ends of the inhibitors that it gave out: a closed one can be read to its end."""

    def __init__(self, standing: Service) -> None:
        self.service = standing
        self.ends: list[int] = []
        standing.answers["Inhibit"] = self._inhibit

    def _inhibit(self) -> Answer:
        ours, theirs = os.pipe()
        self.ends.append(ours)
        return "h", (os.fdopen(theirs, "wb"),)

    def asleep(self, sleeping: bool) -> None:
        self.service.emit(PATH, MANAGER, "PrepareForSleep", "b", sleeping)

    def held(self) -> int:
        """How many inhibitors are held by somebody."""
        return sum(not select.select([end], [], [], 0)[0] for end in self.ends)


@contextmanager
def logind(env: dict[str, str]) -> Iterator[Logind]:
    with service(env, NAME) as standing:
        made = Logind(standing)
        yield made
        for end in made.ends:
            os.close(end)


def test_before_it_sleeps_all_is_kept_and_only_then_let_go(env: dict[str, str]) -> None:
    told: list[str] = []
    keeping, done = threading.Event(), threading.Event()

    def before() -> None:
        told.append("before")
        keeping.set()
        done.wait(5)

    with logind(env) as machine:
        watching = Sleep(before, lambda: told.append("after"))
        wait_for(lambda: machine.held() == 1)
        ((member, body),) = machine.service.calls
        assert (member, body[0], body[1], body[3]) == ("Inhibit", "sleep", "showup", "delay")
        machine.asleep(True)
        assert keeping.wait(5)
        assert machine.held() == 1  # it waits until everything is kept
        done.set()
        wait_for(lambda: machine.held() == 0)
        machine.asleep(False)
        wait_for(lambda: machine.held() == 1)  # ready for the next sleep
        assert told == ["before", "after"]
        watching.close()
        assert machine.held() == 0


def test_a_logind_that_comes_later_or_again_is_found(env: dict[str, str]) -> None:
    watching = Sleep(lambda: None, lambda: None, again=0.05)
    for _ in range(2):
        with logind(env) as machine:
            wait_for(lambda machine=machine: machine.held() >= 1)  # type: ignore[misc]  # mypy wants no default
    watching.close()


@pytest.mark.parametrize("address", ["unix:path=/nowhere", "nonsense"])
def test_without_a_system_bus_nothing_happens(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    told: list[str] = []
    watching = Sleep(lambda: told.append("before"), lambda: told.append("after"), again=0.02)
    watching.close()
    assert told == []


def test_a_logind_that_refuses_still_tells(env: dict[str, str]) -> None:
    told: list[str] = []
    with service(env, NAME) as standing:
        watching = Sleep(lambda: told.append("before"), lambda: told.append("after"))
        wait_for(lambda: bool(standing.calls))
        standing.emit(PATH, MANAGER, "PrepareForSleep", "b", True)
        standing.emit(PATH, MANAGER, "PrepareForSleep", "b", False)
        wait_for(lambda: told == ["before", "after"])
        watching.close()


def test_the_real_program_keeps_what_it_saw_before_it_sleeps(env: dict[str, str], tmp_path: Path) -> None:
    home = Home(tmp_path / "sam", {"DBUS_SYSTEM_BUS_ADDRESS": env["DBUS_SESSION_BUS_ADDRESS"]})
    home.plan(-1)
    with logind(env) as machine, home.daemon() as process:
        wait_for(lambda: machine.held() == 1)
        before = home.asked("SELECT count(*), max(end) FROM coverage")
        machine.asleep(True)
        wait_for(lambda: machine.held() == 0)
        after = home.asked("SELECT count(*), max(end) FROM coverage")
        assert before != after  # up to this moment, and not to the last beat
        machine.asleep(False)
        wait_for(lambda: machine.held() == 1)
        wait_for(lambda: home.asked("SELECT count(*), max(end) FROM coverage") != after)  # a beat at once
        assert process.poll() is None
    assert "Traceback" not in home.said()
