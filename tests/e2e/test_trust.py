"""The real program where the disk is full, under load, beside a forgetting; and what it leaves on the disk."""

import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest

from showup.clock import SystemClock
from showup.store.database import Database
from showup.store.file import beside
from tests.support.home import PEOPLE, Home, ends
from tests.support.ics import vevent
from tests.support.owner import stamp
from tests.support.page import entered
from tests.support.parts import absent, need
from tests.support.session import wait_for


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "sam", {})
    home.plan(9)
    return home


def watched(home: Home) -> None:
    """The interview is on record."""
    with home.daemon() as process:
        assert ends(process) == 0


# ---------------------------------------------------------------- a full disk
FULL = """
set -e
mount -t tmpfs -o size=1m tmpfs "$DATA"
cp -a "$KEPT"/. "$DATA"
cat /dev/zero > "$DATA/fill" 2> /dev/null || true
$SHOWUP answer acme-1 mine && echo "full: stored" || echo "full: refused"
$SHOWUP company Acme | head -1
$SHOWUP backup "$KEPT/copy.sqlite" > /dev/null && echo "full: copied"
rm "$DATA/fill"
$SHOWUP interviews --json | grep outcome
$SHOWUP answer acme-1 mine
$SHOWUP interviews --json | grep outcome
"""


def test_a_full_disk_takes_no_answer_and_says_so_and_the_record_can_be_read(home: Home) -> None:
    need("unshare", "mount")
    private = ["unshare", "--user", "--map-root-user", "--mount"]
    if subprocess.run([*private, "true"], capture_output=True, check=False).returncode:
        absent("no disk of its own can be made here")
    watched(home)
    data, kept = home.folder / "data/showup", home.folder / "kept"
    shutil.copytree(data, kept)
    env = home.environment() | {"DATA": str(data), "KEPT": str(kept), "SHOWUP": f"{sys.executable} -m showup"}
    done = subprocess.run(
        [*private, "sh", "-c", FULL], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    said = done.stdout.splitlines()
    assert (done.returncode, said[:3]) == (0, ["full: refused", "Acme: no history", "full: copied"]), done
    assert done.stderr == "The disk is full, so nothing could be stored. Free some space and try again.\n"
    assert [line.strip() for line in said if "outcome" in line] == ['"outcome": "pending",', '"outcome": "excused",']


def test_neither_is_one_for_which_files_may_not_grow(home: Home) -> None:
    watched(home)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

    command = [sys.executable, "-m", "showup", "answer", "acme-1", "mine"]
    env = home.environment() | {"PYTHONDONTWRITEBYTECODE": "1"}  # or half of what it compiles stays for others
    done = subprocess.run(command, env=env, preexec_fn=limited, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert str(home.folder / "data/showup/showup.sqlite") in done.stderr
    assert home.asked("SELECT count(*) FROM evidence WHERE source = 'answer'") == [(0,)]
    assert home.command("answer", "acme-1", "mine").returncode == 0
    assert home.asked("SELECT sign FROM evidence WHERE source = 'answer'") == [("mine",)]


# ---------------------------------------------------------------- load
HAMMER = """
import sys
from pathlib import Path
from showup.core.problem import Problem
from showup.store.database import Database
for number in range(25):
    store = Database(Path(sys.argv[1]))
    with store.transaction() as record:
        record.remember(f"{sys.argv[2]}-{number}", interview=True)
    with store.reading() as record:
        record.entries(), record.companies(), record.notices()
    store.close()
"""


PAGES = ("/", "/totals", "/appointments/1", "/employers/1")
BOUND = 5.0
"""Seconds for a page while two programs write without a pause, on a machine that may be busy with other tests."""


def test_many_at_once_beside_the_daemon_are_never_locked_out(home: Home) -> None:
    path = str(home.folder / "data/showup/showup.sqlite")
    with home.daemon() as process:
        with looking(home) as seen:
            hammers = [
                subprocess.Popen([sys.executable, "-c", HAMMER, path, name], stderr=subprocess.PIPE) for name in "abc"
            ]
            copy = str(home.folder / "copy.sqlite")
            for number, word in enumerate(("waiting", "here", "mine")):
                invited(home, f"new-{word}")
                process.send_signal(signal.SIGHUP)  # the calendar is read again
                for arguments in (("answer", "acme-1", word), (("companies",), ("backup", copy), ("status",))[number]):
                    done = home.command(*arguments)
                    assert (done.returncode, done.stderr) == (0, ""), arguments
            for hammer in hammers:
                _, err = hammer.communicate(timeout=60)
                assert (hammer.returncode, err) == (0, b"")
            wait_for(lambda: len(home.asked("SELECT id FROM appointments")) == 4, 15)
        assert ends(process) == 0
    assert len(seen) > len(PAGES)
    assert [one for one in seen if one[1] != 200 or one[2] > BOUND] == []
    assert home.asked("SELECT count(*) FROM memory") == [(75,)]
    assert home.asked("SELECT sign FROM evidence WHERE source = 'answer'") == [("waiting",), ("here",), ("mine",)]
    for word in ("busy", "locked", "went wrong", "Traceback"):
        assert word not in home.said()


def invited(home: Home, uid: str) -> None:
    """Another interview is in the calendar, tomorrow."""
    start = SystemClock().now() + timedelta(days=1)
    event = vevent(f"DTSTART:{stamp(start)}\nDTEND:{stamp(start + timedelta(hours=1))}\n{PEOPLE}", uid, "Interview")
    file = home.folder / "my.ics"
    before, end, _ = file.read_bytes().partition(b"END:VCALENDAR")
    file.write_bytes(before + event.replace("\n", "\r\n").encode() + b"\r\n" + end + b"\r\n")


@contextmanager
def looking(home: Home) -> Iterator[list[tuple[str, int, float]]]:
    """Somebody who looks at the page all the while: what was looked at, its status and its seconds."""
    visitor, seen, over = entered(home.command("web", "--print-url").stdout), [], threading.Event()

    def look() -> None:
        for page in cycle(PAGES):
            begun = time.perf_counter()
            status = visitor.get(page).status
            seen.append((page, status, time.perf_counter() - begun))
            if over.wait(0.1):
                return

    looks = threading.Thread(target=look)
    looks.start()
    try:
        yield seen
    finally:
        over.set()
        looks.join()


def test_the_daemon_keeps_the_locks_that_sqlite_took(home: Home) -> None:
    """Whoever closes a file gives up all locks on it: then others would cut the index short under a running daemon."""
    record = home.folder / "data/showup/showup.sqlite"
    with home.daemon() as process:
        wait_for(lambda: list((home.folder / "data/showup/backups").glob("showup-*.sqlite")), 15)
        assert home.command("answer", "acme-1", "here").returncode == 0
        wait_for(lambda: "on time" in home.said(), 30)  # it has looked at the record again since
        for file in (record, record.with_name("showup.sqlite-shm")):
            assert locks(process.pid, file), file
        assert ends(process) == 0


def test_a_record_that_is_replaced_under_it_ends_the_daemon(home: Home) -> None:
    """It would go on writing into a file that nobody finds any more. Its service begins it anew."""
    record, copy = home.folder / "data/showup/showup.sqlite", home.folder / "copy.sqlite"
    with home.daemon() as process:
        assert home.command("backup", str(copy)).returncode == 0
        copy.replace(record)
        for side in beside(record):
            side.unlink()
        process.send_signal(signal.SIGHUP)
        assert process.wait(20) == 1
    assert f"The record {record} was replaced while it was in use. Start showup anew." in home.said()
    assert "Traceback" not in home.said()
    watched(home)
    assert home.asked("PRAGMA integrity_check") == [("ok",)]


def locks(pid: int, file: Path) -> list[str]:
    """Those that a process has on a file."""
    about = re.compile(rf" {pid} \S+:{file.stat().st_ino} ")
    return [line for line in Path("/proc/locks").read_text().splitlines() if about.search(line)]


def test_a_state_that_cannot_be_written_costs_no_copy(home: Home) -> None:
    """The folder of running programs is small, and may be full."""
    (home.folder / "runtime/showup/status.json").mkdir(parents=True)
    with home.daemon() as process:
        wait_for(lambda: list((home.folder / "data/showup/backups").glob("showup-*.sqlite")), 15)
        assert home.command("status").returncode == 0
        assert ends(process) == 0
    assert home.said().count("status.json cannot be written") == 1


# ---------------------------------------------------------------- forgetting
def test_what_is_forgotten_beside_the_daemon_does_not_come_back(home: Home) -> None:
    data = home.folder / "data/showup"
    with home.daemon() as process:
        wait_for(lambda: list((data / "backups").glob("showup-*.sqlite")), 15)
        done = home.command("forget", "Acme", "--yes")
        assert (done.returncode, done.stderr) == (0, "")
        assert "Acme is forgotten, with 1 interview." in done.stdout
        assert "1 copy of the record held it too" in done.stdout
        assert [file for file in data.rglob("*") if file.is_file() and b"acme" in file.read_bytes().lower()] == []
        process.send_signal(signal.SIGHUP)  # and the calendar, which still holds the event, is read again
        wait_for(lambda: "The settings were read again." in home.said())
        wait_for(lambda: home.asked("SELECT last_read FROM calendars") != [(None,)])
        assert home.command("interviews", "--json").stdout == '{\n  "interviews": []\n}\n'
        assert process.poll() is None
        assert ends(process) == 0
    assert "Traceback" not in home.said()
    assert [file for file in data.rglob("*") if file.is_file() and b"acme" in file.read_bytes().lower()] == []


# ---------------------------------------------------------------- files
@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def loose(home: Home) -> None:
    """Folders and files as somebody careless would have made them."""
    for name in ("config/showup", "data/showup/backups", "runtime/showup"):
        (home.folder / name).mkdir(parents=True, exist_ok=True)
        (home.folder / name).chmod(0o755)
    (home.folder / "data/showup").chmod(0o755)
    Database(home.folder / "data/showup/showup.sqlite").close()
    for file in (home.settings, home.folder / "data/showup/showup.sqlite"):
        file.chmod(0o644)


@pytest.mark.parametrize("before", [lambda _home: None, loose], ids=["new", "loose"])
def test_everything_is_the_person_s_own(home: Home, before: Callable[[Home], None]) -> None:
    with umask(0):
        before(home)
        with home.daemon() as process:
            wait_for(lambda: list((home.folder / "data/showup/backups").glob("showup-*.sqlite")), 15)  # that of the day
            home.command("export", "--output", str(home.folder / "out.json"))
            home.command("backup")
            home.command("web", "--print-url")
            modes = dict(found(home))
            assert ends(process) == 0
    wrong = {str(path): oct(mode) for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)}
    assert wrong == {}
    assert {"address", "codes", "status.json", "showup.sqlite-wal", "config.toml"} <= {path.name for path in modes}


def found(home: Home) -> Iterator[tuple[Path, int]]:
    places = [home.folder / name for name in ("config/showup", "data/showup", "runtime/showup")]
    for place in places:
        for path in (place, *place.rglob("*")):
            yield path, stat.S_IMODE(path.stat().st_mode)
    yield home.folder / "out.json", stat.S_IMODE((home.folder / "out.json").stat().st_mode)
