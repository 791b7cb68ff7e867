"""Notices on a real server, with buttons really pressed, and the server in every bad state."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney.bus_messages import message_bus

from showup.bus import Bus
from showup.core.notice import Choice, Kind, Message
from showup.desktop.notifications import DesktopNotifier
from showup.ports import Closed, Happening, NotifierAway, Pressed, Returned
from tests.desktop.contract import ASK
from tests.support.parts import need
from tests.support.session import NOTIFICATIONS, Dunst, dunst, end, owned, session, wait_for


class Hearing:
    """A notifier with a limit fit for tests, and what was drained whenever it woke somebody."""

    def __init__(self) -> None:
        self.woken = threading.Event()
        self.notifier = DesktopNotifier(wake=self.woken.set, limit=0.5)
        self.happened: list[Happening] = []

    def until(self, wanted: Happening) -> None:
        while wanted not in self.happened:
            assert self.woken.wait(5), f"{wanted} did not come; {self.happened} did"
            self.woken.clear()
            self.happened += self.notifier.drain()


@pytest.fixture
def hearing() -> Iterator[Hearing]:
    hearing = Hearing()
    yield hearing
    hearing.notifier.close()


def history(desktop: Dunst) -> list[dict[str, dict[str, object]]]:
    """What dunst was given, newest first."""
    desktop.control("close-all")
    notices: list[dict[str, dict[str, object]]] = json.loads(desktop.control("history"))["data"][0]
    return notices


def test_a_button_is_reported_and_the_notice_closed_after_it_was_not_dismissed(
    desktop: Dunst, hearing: Hearing
) -> None:
    shown = hearing.notifier.show(ASK)
    desktop.press("Still waiting")
    hearing.until(Pressed(shown, 1))
    desktop.control("close")
    hearing.until(Closed(shown, dismissed=False))


def test_a_notice_swept_away_was_dismissed(desktop: Dunst, hearing: Hearing) -> None:
    shown = hearing.notifier.show(ASK)
    desktop.control("close")
    hearing.until(Closed(shown, dismissed=True))


def test_a_rule_of_the_person_takes_away_what_was_to_stay(
    env: dict[str, str], display: str, hearing: Hearing, tmp_path: Path
) -> None:
    rule = '[soon]\n appname = "showup"\n override_dbus_timeout = 200ms\n'
    with dunst(tmp_path, env | {"DISPLAY": display}, rule) as desktop:
        asked = hearing.notifier.show(ASK)
        brief = hearing.notifier.show(Message(Kind.BRIEF, "Soon", ""))
        hearing.until(Closed(asked, dismissed=False, lapsed=True))
        hearing.until(Closed(brief, dismissed=False))
        assert desktop.displayed() == 0
        assert hearing.notifier.show(ASK, replaces=asked) == asked
        assert desktop.displayed() == 1


def test_withdrawn_means_gone_from_the_screen(desktop: Dunst, hearing: Hearing) -> None:
    shown = hearing.notifier.show(ASK)
    assert desktop.displayed() == 1
    hearing.notifier.withdraw(shown)
    hearing.until(Closed(shown, dismissed=False))
    assert desktop.displayed() == 0


def test_a_later_life_answers_for_a_notice_of_an_earlier_one(desktop: Dunst, hearing: Hearing) -> None:
    before = DesktopNotifier()
    shown = before.show(ASK)
    before.close()
    assert hearing.notifier.show(ASK, replaces=shown) == shown
    assert desktop.displayed() == 1
    desktop.press("They are here")
    hearing.until(Pressed(shown, 0))


def test_dunst_understands_what_it_is_told(desktop: Dunst, hearing: Hearing) -> None:
    hearing.notifier.show(ASK)
    hearing.notifier.show(Message(Kind.BRIEF, "Soon <b>", "Acme & <i>Sons</i>"))
    brief, ask = history(desktop)
    assert ask["timeout"]["data"] == 0
    assert brief["timeout"]["data"] != 0
    assert brief["category"]["data"] == "x-showup.brief"
    assert brief["appname"]["data"] == "showup"
    assert brief["summary"]["data"] == "Soon <b>"
    assert str(brief["message"]["data"]).endswith("Acme &amp; &lt;i&gt;Sons&lt;/i&gt;")


def test_a_dunst_that_is_paused_keeps_it_and_says_so(desktop: Dunst, hearing: Hearing) -> None:
    desktop.control("set-paused", "true")
    shown = hearing.notifier.show(ASK)
    assert hearing.notifier.quiet
    assert (desktop.displayed(), desktop.control("count", "waiting")) == (0, "1")
    desktop.control("set-paused", "false")
    wait_for(lambda: not hearing.notifier.quiet)
    assert hearing.notifier.show(ASK, replaces=shown) == shown
    assert (desktop.displayed(), desktop.control("count", "waiting")) == (1, "0")


def test_the_server_restarts(desktop: Dunst, hearing: Hearing, tmp_path: Path) -> None:
    before = hearing.notifier.show(ASK)
    desktop.process.kill()
    desktop.process.wait()
    with pytest.raises(NotifierAway):
        hearing.notifier.show(ASK)
    assert Returned() not in hearing.notifier.drain()
    with dunst(tmp_path, desktop.env) as again:
        hearing.until(Returned())
        shown = hearing.notifier.show(ASK, replaces=before)
        again.press("They are here")
        hearing.until(Pressed(shown, 0))


def test_a_frozen_server_holds_nobody_up_and_shows_nothing_twice(desktop: Dunst, hearing: Hearing) -> None:
    open_one = hearing.notifier.show(ASK)
    os.kill(desktop.process.pid, signal.SIGSTOP)
    before = time.perf_counter()
    for _ in range(2):
        with pytest.raises(NotifierAway):
            hearing.notifier.show(ASK)
    hearing.notifier.withdraw(4711)
    assert list(hearing.notifier.drain()) == []
    assert time.perf_counter() - before < 1.5
    os.kill(desktop.process.pid, signal.SIGCONT)
    hearing.until(Returned())
    assert desktop.displayed() == 1
    desktop.press("They are here")
    hearing.until(Pressed(open_one, 0))


def test_a_frozen_bus_holds_nobody_up(tmp_path: Path, hearing: Hearing, monkeypatch: pytest.MonkeyPatch) -> None:
    with session(tmp_path) as env:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", env["DBUS_SESSION_BUS_ADDRESS"])
        os.kill(int(env["BUS_PID"]), signal.SIGSTOP)
        before = time.perf_counter()
        with pytest.raises(NotifierAway, match="no session bus"):
            hearing.notifier.show(ASK)
        hearing.notifier.withdraw(1)
        assert time.perf_counter() - before < 2


def tell_often(bus: Bus) -> None:
    """More than fits between us and a bus that takes nothing."""
    for _ in range(20_000):
        bus.tell(message_bus.GetId())


def test_a_bus_that_freezes_later_holds_nobody_up_either(desktop: Dunst, hearing: Hearing) -> None:
    hearing.notifier.show(ASK)
    bus = hearing.notifier._bus
    assert bus
    os.kill(int(desktop.env["BUS_PID"]), signal.SIGSTOP)
    before = time.perf_counter()
    with pytest.raises(NotifierAway, match="takes nothing"):
        tell_often(bus)
    assert time.perf_counter() - before < 5
    assert bus.lost


def test_a_server_that_the_bus_can_start_is_started_to_show_and_not_to_withdraw(
    tmp_path: Path, display: str, hearing: Hearing, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("dunst")
    (tmp_path / "services").mkdir()
    service = f"[D-BUS Service]\nName={NOTIFICATIONS}\nExec=/usr/bin/env dunst -config /dev/null\n"
    (tmp_path / "services/dunst.service").write_text(service)
    with session(tmp_path, DISPLAY=display) as env:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", env["DBUS_SESSION_BUS_ADDRESS"])
        hearing.notifier.withdraw(1)
        time.sleep(0.2)
        assert not owned(env)
        try:
            assert hearing.notifier.show(ASK) > 0
        except NotifierAway:  # it took its time
            hearing.until(Returned())
            assert hearing.notifier.show(ASK) > 0
        assert owned(env)


def test_no_server(env: dict[str, str], hearing: Hearing) -> None:
    assert env
    with pytest.raises(NotifierAway, match="ServiceUnknown"):
        hearing.notifier.show(ASK)
    hearing.notifier.withdraw(1)
    assert list(hearing.notifier.drain()) == []


@pytest.mark.parametrize("address", ["", "nonsense", "unix:path=/nowhere/bus", "tcp:host=localhost,port=1", "unix:"])
def test_no_bus(address: str, hearing: Hearing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    with pytest.raises(NotifierAway, match="no session bus"):
        hearing.notifier.show(ASK)
    hearing.notifier.withdraw(1)
    assert list(hearing.notifier.drain()) == []


def test_the_bus_goes_and_another_comes(
    tmp_path: Path, display: str, hearing: Hearing, monkeypatch: pytest.MonkeyPatch
) -> None:
    for life in ("first", "second"):
        folder = tmp_path / life
        folder.mkdir()
        with session(folder, DISPLAY=display) as env, dunst(folder, env) as desktop:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", env["DBUS_SESSION_BUS_ADDRESS"])
            if life == "second":
                wait_for(lambda: Returned() in hearing.notifier.drain())
            shown = hearing.notifier.show(ASK)
            desktop.press("They are here")
            hearing.until(Pressed(shown, 0))
            hearing.happened.clear()
    with pytest.raises(NotifierAway):
        hearing.notifier.show(ASK)


def test_the_bus_goes_during_a_call(desktop: Dunst, hearing: Hearing) -> None:
    hearing.notifier.show(ASK)
    os.kill(desktop.process.pid, signal.SIGSTOP)
    threading.Timer(0.1, os.kill, (int(desktop.env["BUS_PID"]), signal.SIGKILL)).start()
    with pytest.raises(NotifierAway, match="gone"):
        hearing.notifier.show(ASK)


def test_a_link_is_opened_and_the_press_reported(
    desktop: Dunst, hearing: Hearing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, folder = tmp_path / "opened", tmp_path / "bin"
    folder.mkdir()
    program = folder / "xdg-open"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {opened}.part; mv {opened}.part {opened}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.delenv("INVOCATION_ID", raising=False)
    shown = hearing.notifier.show(ASK)
    desktop.press("Join")
    hearing.until(Pressed(shown, 2))
    wait_for(opened.exists)
    assert opened.read_text() == "https://meet.google.com/abc-defg-hij\n"


def test_a_link_of_another_kind_is_not_opened(
    desktop: Dunst, hearing: Hearing, caplog: pytest.LogCaptureFixture
) -> None:
    shown = hearing.notifier.show(Message(Kind.BRIEF, "Acme", "", (Choice("Join", url="file:///etc/passwd"),)))
    desktop.press("Join")
    hearing.until(Pressed(shown, 0))
    wait_for(lambda: "not opened" in caplog.text)


def test_closing_ends_its_thread(desktop: Dunst, hearing: Hearing) -> None:
    hearing.notifier.show(ASK)
    hearing.notifier.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "showup-bus"]
    assert desktop.displayed() == 1
    end(desktop.process)
