"""The real `showup run`, as a program of its own: with no desktop, and on a desktop with dunst."""

import re
import signal
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.home import SETTINGS, Home, ends
from tests.support.session import dunst, screen, session, wait_for


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "sam", {})


def test_a_day_without_a_desktop(home: Home) -> None:
    home.plan(9)
    with home.daemon() as process:
        wait_for(lambda: "Interview with Acme in" in home.said())
        assert "watching: interview with Acme, " in home.said()
        assert "with Acme" in home.said()
        assert "Traceback" not in home.said()

        second = home.command("run")
        assert (second.returncode, second.stdout) == (1, "")
        assert second.stderr == "showup is already running. `showup status` shows what it does.\n"

        answered = home.command("answer", "acme-1", "mine", "--note", "I am ill.")
        assert (answered.returncode, answered.stderr) == (0, "")
        assert home.asked("SELECT source, sign, detail FROM evidence") == [("answer", "mine", "I am ill.")]
        assert home.asked("SELECT outcome, counted FROM verdicts") == [("excused", 0)]
        assert home.asked("SELECT closed IS NULL FROM notices") == [(0,)]

        assert ends(process) == 0
    assert "Traceback" not in home.said()


def test_a_restart_says_no_notice_anew(home: Home) -> None:
    home.plan(9)
    with home.daemon() as process:
        wait_for(lambda: "Interview with Acme in" in home.said())
        before = home.asked("SELECT id, kind, shown FROM notices")
        assert ends(process, signal.SIGINT) == 0
    with home.daemon() as process:
        assert ends(process) == 0
    assert home.asked("SELECT id, kind, shown FROM notices") == before


def test_a_crowd_is_taken_in_at_once_and_keeps_nothing_waiting(home: Home) -> None:
    home.plan(60 * 36)
    (one,) = re.findall(rb"BEGIN:VEVENT.*END:VEVENT\r\n", (home.folder / "my.ics").read_bytes(), re.DOTALL)
    crowd = b"".join(one.replace(b"acme-1", b"forged-%d" % number) for number in range(1_000))
    home.plan(9)
    whole = (home.folder / "my.ics").read_bytes()
    (home.folder / "my.ics").write_bytes(whole.replace(b"BEGIN:VEVENT", crowd + b"BEGIN:VEVENT", 1))
    with home.daemon() as process:
        wait_for(lambda: "Interview with Acme in" in home.said())
        assert home.command("answer", "acme-1", "mine").returncode == 0
        wait_for(lambda: home.asked("SELECT count(*) FROM appointments") == [(1_001,)], 10)
        assert ends(process) == 0
    assert "Traceback" not in home.said()


def test_broken_settings_leave_the_old_ones(home: Home) -> None:
    home.plan(60)
    with home.daemon() as process:
        home.settings.write_text("owner = [")
        process.send_signal(signal.SIGHUP)
        wait_for(lambda: "The settings stay as they were." in home.said())
        home.settings.write_text(SETTINGS.format(path=home.folder / "my.ics"))
        process.send_signal(signal.SIGHUP)
        wait_for(lambda: "The settings were read again." in home.said())
        assert ends(process) == 0
    assert "Traceback" not in home.said()


def test_broken_settings_at_the_start_are_said(home: Home) -> None:
    home.settings.write_text("owner = [")
    done = home.command("run")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(home.settings) in done.stderr


def test_on_a_desktop(tmp_path: Path) -> None:
    """A real notice with a button; after a restart it stands under its old id, and its button still works."""
    with ExitStack() as stack:
        env = stack.enter_context(session(tmp_path))
        env["DISPLAY"] = stack.enter_context(screen(tmp_path))
        desktop = stack.enter_context(dunst(tmp_path, env))
        home = Home(tmp_path / "sam", {"DBUS_SESSION_BUS_ADDRESS": env["DBUS_SESSION_BUS_ADDRESS"]})
        home.plan(-6)
        with home.daemon() as process:
            wait_for(lambda: desktop.displayed() == 1)
            assert "Has Acme joined?" in desktop.control("history") + home.said()
            ((kind, shown_id),) = home.asked("SELECT kind, shown_id FROM notices")
            assert ends(process) == 0
        assert (kind, desktop.displayed()) == ("ask", 1)  # what is on the screen stays
        with home.daemon():
            assert home.asked("SELECT kind, shown_id FROM notices") == [("ask", shown_id)]
            assert desktop.displayed() == 1
            desktop.press("My side")
            wait_for(lambda: home.asked("SELECT sign FROM evidence") == [("mine",)], 15)
            wait_for(lambda: desktop.displayed() == 0)
            assert home.asked("SELECT outcome FROM verdicts") == [("excused",)]
