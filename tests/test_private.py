"""Files of ours that somebody has put something else in the place of: nothing waits, swells or is destroyed."""

import os
import signal
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from showup import private, ready
from showup.alone import alone
from showup.cli.setup.found import candidates
from showup.clock import SystemClock
from showup.config import load
from showup.config.file import text_of
from showup.core.problem import Problem
from showup.desktop import menu
from showup.secrets.file import FileSecrets
from showup.web.codes import Codes
from showup.web.questions import worth_asking

SOON = 5


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """What waits is ended."""

    def over(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(SOON)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def pipe(file: Path) -> None:
    os.mkfifo(file)


def to_a_pipe(file: Path) -> None:
    os.mkfifo(file.with_name("pipe"))
    file.symlink_to("pipe")


PLACED = pytest.mark.parametrize("place", [pipe, to_a_pipe, Path.mkdir])
Place = Callable[[Path], None]


@PLACED
def test_only_a_plain_file_is_read(tmp_path: Path, place: Place) -> None:
    place(tmp_path / "x")
    with pytest.raises(OSError, match=r"plain file|directory"):
        private.read(tmp_path / "x", 10)
    (tmp_path / "y").write_bytes(b"12345")
    assert [private.read(tmp_path / "y", most) for most in (10, 5, 2)] == [b"12345", b"12345", b"123"]


@PLACED
def test_settings_that_are_no_file_are_one_sentence(tmp_path: Path, place: Place) -> None:
    place(tmp_path / "config.toml")
    with pytest.raises(Problem, match="cannot be read"):
        text_of(tmp_path / "config.toml")
    with pytest.raises(Problem, match="cannot be read"):
        load({"SHOWUP_HOME": str(tmp_path)})


@PLACED
def test_what_lies_where_setup_looks_and_writes_and_is_no_file(tmp_path: Path, place: Place) -> None:
    for name in (*(".config/vdirsyncer/config", ".config/khal/config"), str(Path(".local/share") / menu.ENTRY)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        place(tmp_path / name)
    assert candidates(tmp_path) == []
    put = menu.put(["showup"], {"HOME": str(tmp_path)}, prefix="/nowhere")
    assert {file.name for file in put} == {"showup.svg", "showup.1"}
    menu.take_away({"HOME": str(tmp_path)})
    assert not (tmp_path / ".local/share" / menu.ENTRY).is_file()


@PLACED
def test_secrets_questions_and_codes_that_are_no_file(tmp_path: Path, place: Place) -> None:
    place(tmp_path / "secrets.json")
    with pytest.raises(Problem, match="cannot be read"):
        FileSecrets(tmp_path).get("x")
    assert worth_asking(tmp_path / "secrets.json") == worth_asking(tmp_path / "nothing")
    assert not Codes(tmp_path, SystemClock()).take("x")
    Codes(tmp_path, SystemClock()).new()


@PLACED
def test_a_running_state_that_is_no_file(tmp_path: Path, place: Place) -> None:
    (tmp_path / "run").mkdir(0o700)
    place(tmp_path / "run/status.json")
    with alone(tmp_path / "run/daemon.lock", ""):
        assert ready.find({"SHOWUP_HOME": str(tmp_path)}, SystemClock().now()) is None
    place(tmp_path / "showup.sqlite-shm")
    ready.sign(str(tmp_path / "showup.sqlite"))


@PLACED
def test_a_lock_that_is_no_file_is_one_sentence(tmp_path: Path, place: Place) -> None:
    place(tmp_path / "daemon.lock")
    assert not ready.locked(str(tmp_path / "daemon.lock"))
    with pytest.raises(Problem, match="cannot be used"), alone(tmp_path / "daemon.lock", ""):
        pass


def test_what_a_lock_leads_to_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("all my work")
    (tmp_path / "daemon.lock").symlink_to("precious")
    with pytest.raises(Problem, match="cannot be used"), alone(tmp_path / "daemon.lock", ""):
        pass
    assert (tmp_path / "precious").read_text() == "all my work"


def test_nothing_takes_the_place_of_a_device(tmp_path: Path) -> None:
    """As root, `--output /dev/null` would otherwise make an ordinary file of it, for all programs, or close it."""
    os.mkfifo(tmp_path / "device")
    (tmp_path / "device").chmod(0o666)
    (tmp_path / "link").symlink_to("device")
    private.tighten(tmp_path / "link")
    for name in ("device", "link"):
        with pytest.raises(Problem, match="cannot be written: it is no plain file"):
            private.write(tmp_path / name, "x")
    assert (tmp_path / "device").stat().st_mode == stat.S_IFIFO | 0o666
    assert sorted(file.name for file in tmp_path.iterdir()) == ["device", "link"]
