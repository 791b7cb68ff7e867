"""However a command ends: one sentence, the right exit code, no traceback."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from showup import __version__
from showup.cli import main
from showup.cli.main import run
from showup.core.problem import Problem, Usage

Cli = Callable[..., Result]
REPORT = "Please report it; SHOWUP_DEBUG=1 shows more. Nothing half done was stored."
SHOWUP = [sys.executable, "-m", "showup"]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, home: Path) -> Callable[[BaseException], None]:
    """Let `showup interviews` fail."""
    assert home.exists()

    def fail_with(error: BaseException) -> None:
        from showup.cli import interviews

        def fail() -> None:
            raise error

        monkeypatch.setattr(interviews, "reviewing", fail)

    return fail_with


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (Problem("It is broken.", "Mend it."), 1, "It is broken. Mend it.\n"),
        (Usage("That is no number.", "Give one."), 2, "That is no number. Give one.\n"),
        (KeyboardInterrupt(), 130, "\n"),
        (PermissionError(13, "Permission denied", "/a"), 1, "The system refused: Permission denied (/a).\n"),
        (
            ZeroDivisionError("one\ntwo\x1b[31m"),
            1,
            f"Something went wrong that should not: ZeroDivisionError: one two. {REPORT}\n",
        ),
        (Problem("a\x1b]8;;https://evil.example\x07b\u202e\x9b31m"), 1, "ab\n"),
    ],
)
def test_exit_codes_and_sentences(
    failing: Callable[[BaseException], None],
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    said: str,
) -> None:
    failing(error)
    assert run(["interviews"]) == code
    out, err = capsys.readouterr()
    assert (out, err) == ("", said)


def test_debugging_shows_where_it_came_from(
    failing: Callable[[BaseException], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOWUP_DEBUG", "1")
    failing(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        run(["interviews"])


def test_version_and_help(cli: Cli) -> None:
    assert cli("--version").stdout == f"showup {__version__}\n"
    shown = cli("--help").stdout
    commands = [line.split()[0] for line in shown.partition("Commands:\n")[2].splitlines()]
    assert commands == list(main._WHERE)
    assert "..." not in shown.partition("Commands:")[2]  # every command says in one line what it does
    for name in commands:
        assert cli(name, "--help").exit_code == 0


@pytest.mark.parametrize(
    "arguments", [["dance"], ["why"], ["--colour"], ["status", "--format", "xml"], ["interviews", "1"]]
)
def test_a_wrong_call_is_exit_code_2(cli: Cli, arguments: list[str]) -> None:
    result = cli(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr


def test_settings_that_cannot_be_used_stop_every_command_that_needs_them(cli: Cli, home: Path) -> None:
    (home / "showup/config.toml").write_text("ownr = []")
    result = cli("status")
    assert (result.exit_code, result.stderr) == (
        1,
        f"The settings in {home}/showup/config.toml cannot be used: line 1: ownr is no setting. Did you mean owner?\n",
    )


def test_no_home_folder_is_one_sentence(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name)
    result = cli("status")
    assert (result.exit_code, result.stderr) == (
        1,
        "There is no home folder: HOME is not set. Set HOME, or XDG_CONFIG_HOME and XDG_DATA_HOME.\n",
    )


@pytest.mark.usefixtures("told")
def test_a_broken_pipe_is_silent() -> None:
    for arguments in (["export"], ["interviews"], ["--help"]):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run([*SHOWUP, *arguments], stdout=writer, stderr=subprocess.PIPE, timeout=30, check=False)
        os.close(writer)
        assert done.stderr == b""
        assert done.returncode == 1


@pytest.mark.usefixtures("told")
def test_a_full_disk_is_one_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*SHOWUP, "export"], stdout=full, stderr=subprocess.PIPE, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (1, b"The system refused: No space left on device.\n")


@pytest.mark.usefixtures("told")
def test_ctrl_c_is_130_without_a_word(tmp_path: Path) -> None:
    waiting = tmp_path / "waiting.py"
    waiting.write_text(
        "import signal, sys, time\nfrom showup.cli import interviews, main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background work ignores it
        "interviews.reviewing = lambda: (print('here', flush=True), time.sleep(30))\n"
        "sys.exit(main.run(['interviews']))\n"
    )
    with subprocess.Popen([sys.executable, waiting], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"here\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=10)
    assert (process.returncode, err.strip()) == (130, b"")


@pytest.mark.usefixtures("told")
def test_a_terminal_without_the_letters_is_no_reason_to_fail() -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run([*SHOWUP, "companies"], capture_output=True, env=environ, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"64 (35?88)" in done.stdout
