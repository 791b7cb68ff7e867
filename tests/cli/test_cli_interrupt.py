"""Signals at any moment, the first ones included: Ctrl-C ends the program quietly, a reload never ends a daemon."""

import signal
import subprocess
import sys

import pytest

INTERRUPTED = {130, -signal.SIGINT}
"""A shell reports either as 130."""
BEGIN = """
import os, signal, sys

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background work ignores it
number, moment, sys.argv[1:] = int(sys.argv[1]), sys.argv[2], sys.argv[3:]

class Dying:
    def __del__(self):
        os.kill(os.getpid(), number)

class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == moment.removeprefix("~"):
            Dying() if moment.startswith("~") else os.kill(os.getpid(), number)

sys.meta_path.insert(0, Interrupting())
from showup.__main__ import main
main()
"""


def begun(moment: str, *arguments: str, number: int = signal.SIGINT, script: str = BEGIN) -> tuple[int, bytes, bytes]:
    """A command that gets this signal when it begins to import something; `~` for a place that raises nothing."""
    command = [sys.executable, "-c", script, str(int(number)), moment, *arguments]
    done = subprocess.run(command, capture_output=True, timeout=30, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    "moment",
    [
        "showup.cli",
        "showup.cli.quick",
        "showup.clock",
        "click",
        "showup.cli.interviews",
        "showup.wiring",
        "~sqlalchemy",
    ],
)
def test_ctrl_c_while_it_begins_is_quiet(moment: str) -> None:
    code, out, err = begun(moment, "interviews")
    assert (code in INTERRUPTED, out, err.strip()) == (True, b"", b"")


@pytest.mark.usefixtures("told")
def test_ctrl_c_while_it_ends_is_quiet() -> None:
    ending = f"import atexit, os, signal\natexit.register(lambda: os.kill(os.getpid(), signal.SIGINT))\n{BEGIN}"
    code, _, err = begun("-", "interviews", script=ending)
    assert (code in INTERRUPTED, err) == (True, b"")


@pytest.mark.usefixtures("told")
def test_where_ctrl_c_is_ignored_it_stays_so() -> None:
    code, _, err = begun("showup.wiring", "interviews", script=BEGIN.replace("default_int_handler", "SIG_IGN"))
    assert (code, err) == (0, b"")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("moment", ["showup.cli", "click", "showup.cli.run", "showup.daemon"])
def test_a_daemon_that_begins_is_not_ended_by_a_reload(moment: str) -> None:
    code, _, err = begun(moment, "run", "--home", ".", number=signal.SIGHUP)
    assert (code, err) == (2, b"--home belongs to --sample. Add --sample, or take it out.\n")


@pytest.mark.usefixtures("told")
def test_a_terminal_that_is_closed_ends_any_other_command() -> None:
    assert begun("click", "interviews", number=signal.SIGHUP)[0] == -signal.SIGHUP
