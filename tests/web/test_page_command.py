"""`showup web`, as a person runs it: with a real daemon, and without one."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.home import Home, ends
from tests.support.page import entered
from tests.support.session import wait_for


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "sam", {})


def loaded(pid: int) -> bool:
    """Whether a process has the web stack at hand."""
    maps = Path(f"/proc/{pid}/maps").read_text()
    return "_speedups" in maps  # of markupsafe, which nothing but the page needs


def listening(pid: int) -> list[str]:
    """The TCP sockets on which a process listens."""
    mine = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    rows = [
        line.split() for table in ("tcp", "tcp6") for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    return [row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in mine]


def test_a_running_showup_serves_it_once_it_is_asked_for(home: Home) -> None:
    home.plan(-6)
    with home.daemon() as process:
        wait_for(lambda: "Has Acme joined?" in home.said())
        assert not loaded(process.pid)
        assert listening(process.pid) == []

        printed = home.command("web", "--print-url")
        assert (printed.returncode, printed.stderr) == (0, "")
        visitor = entered(printed.stdout)
        assert loaded(process.pid)
        assert len(listening(process.pid)) == 1
        assert printed.stdout.strip() not in home.said()

        asked = visitor.get()
        assert "Has Acme joined?" in asked.seen
        assert visitor.say("/", "/appointments/1/answer", word="mine", back="/").status == 200
        assert home.asked("SELECT sign FROM evidence") == [("mine",)]
        wait_for(lambda: home.asked("SELECT closed IS NULL FROM notices WHERE kind = 'ask'") == [(0,)])

        again = entered(home.command("web", "--print-url").stdout)
        assert again.authority == visitor.authority
        assert visitor.get().status == again.get().status == 200
        assert ends(process) == 0
    assert "Traceback" not in home.said()
    assert list(home.folder.rglob("web/address")) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_without_one_the_command_serves_it_until_it_is_ended(home: Home, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "showup", "web", "--print-url"]
    with subprocess.Popen(
        command, env=home.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            visitor = entered(process.stdout.readline())
            assert "Nothing is on record yet" in visitor.get().seen
            process.send_signal(number)
            rest, said = process.communicate(timeout=20)
            assert (process.returncode, rest, said) == (0, "", "It is served by this command. Ctrl-C ends it.\n")
        finally:
            process.kill()


def test_the_settings_say_where_and_how_long(home: Home) -> None:
    home.settings.write_text("[web]\nport = 70000\nidle_minutes = 0\n")
    done = home.command("web", "--print-url")
    assert done.returncode == 1
    assert "web.port is 70000" in done.stderr
    assert "web.idle_minutes is 0" in done.stderr


def test_a_record_that_cannot_be_read_is_said_where_it_is_asked_for(home: Home) -> None:
    database = home.folder / "data/showup/showup.sqlite"
    database.parent.mkdir(parents=True)
    database.write_text("no database " * 100)
    done = home.command("web", "--print-url")
    assert done.returncode == 1
    assert "is damaged or no database" in done.stderr
