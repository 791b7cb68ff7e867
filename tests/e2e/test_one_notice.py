"""The real program on a real server: one notice at a time, and an answer given elsewhere closes it."""

from contextlib import ExitStack
from pathlib import Path

from tests.support.home import Home
from tests.support.session import dunst, screen, session, wait_for


def test_an_answer_by_command_clears_the_screen_and_a_rename_is_shown(tmp_path: Path) -> None:
    with ExitStack() as stack:
        env = stack.enter_context(session(tmp_path))
        env["DISPLAY"] = stack.enter_context(screen(tmp_path))
        desktop = stack.enter_context(dunst(tmp_path, env))
        home = Home(tmp_path / "sam", {"DBUS_SESSION_BUS_ADDRESS": env["DBUS_SESSION_BUS_ADDRESS"]})
        home.plan(-6)
        stack.enter_context(home.daemon())
        wait_for(lambda: desktop.displayed() == 1, 15)
        assert home.command("company", "rename", "Acme", "Acme Labs").returncode == 0
        wait_for(lambda: home.asked("SELECT title FROM notices") == [("Has Acme Labs joined?",)], 15)
        assert desktop.displayed() == 1
        assert home.command("answer", "acme-1", "here").returncode == 0
        wait_for(lambda: desktop.displayed() == 0, 15)
        wait_for(lambda: home.asked("SELECT shown_id FROM notices") == [(0,)], 15)
