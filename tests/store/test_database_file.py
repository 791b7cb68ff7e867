"""The file: who may read it, what is refused, how it is shared and copied."""

import os
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from showup.core.evidence import Sign
from showup.core.problem import Problem
from showup.store.database import Database
from showup.store.file import HEAD
from showup.store.tables import metadata
from tests.store.contract import draft, fact
from tests.support.parts import need


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "showup/showup.sqlite"


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    store = Database(path)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# ---------------------------------------------------------------- private
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_it_is_the_person_s_own_whatever_the_umask(path: Path, mask: int) -> None:
    with umask(mask), opened(path) as store:
        with store.transaction() as record:
            record.remember("a", interview=True)
        modes = {file.name: mode(file) for file in path.parent.iterdir()}
    assert mode(path.parent) == 0o700
    assert set(modes.values()) == {0o600}, modes
    assert len(modes) == 3  # with the write-ahead log and its index


def test_one_that_others_could_read_is_closed_to_them(path: Path) -> None:
    with opened(path):
        pass
    path.chmod(0o644)
    with opened(path):
        assert mode(path) == 0o600


# ---------------------------------------------------------------- refused
def damaged(path: Path) -> None:
    with opened(path) as store, store.transaction() as record:
        for number in range(200):
            record.add_appointment(draft(f"{number}"))
    content = bytearray(path.read_bytes())
    content[100:4000] = b"\xff" * 3900
    path.write_bytes(content)


def truncated(path: Path) -> None:
    with opened(path):
        pass
    path.write_bytes(path.read_bytes()[:5000])


def text(path: Path) -> None:
    path.write_text("No database at all, but long enough to be taken for a header of one.\n" * 100)


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (address TEXT)")


def newer(path: Path) -> None:
    with opened(path):
        pass
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()
        other.execute("PRAGMA journal_mode=DELETE")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (damaged, "is damaged or no database; it was left as it is. Put a backup in its place by"),
        (truncated, "is damaged or no database; it was left as it is."),
        (text, "is damaged or no database; it was left as it is."),
        (foreign, "is a database, but not one of showup's. Name another folder by XDG_DATA_HOME."),
        (newer, f"was written by a newer showup (version 9999, this one knows {HEAD}). Install the newer showup again"),
    ],
)
def test_what_is_refused_is_left_as_it_is(path: Path, make: Callable[[Path], None], said: str) -> None:
    path.parent.mkdir(mode=0o700)
    make(path)
    before = path.read_bytes()
    for _ in range(2):
        with pytest.raises(Problem) as raised:
            Database(path)
        assert said in str(raised.value)
        assert str(path) in str(raised.value)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_damage_that_shows_later_is_one_sentence(path: Path) -> None:
    with opened(path) as store, store.transaction() as record:
        for number in range(500):
            record.add_appointment(draft(f"{number}", number))
    content = bytearray(path.read_bytes())
    content[4096 * 20 :] = b"\xff" * (len(content) - 4096 * 20)
    path.write_bytes(content)
    with pytest.raises(Problem, match="damaged"), opened(path) as store, store.reading() as record:  # noqa: PT012 - what fails is the block as a whole
        for number in range(500):
            record.named(f"{number}")


@pytest.mark.parametrize(
    "bent",
    [
        "UPDATE memory SET key = CAST(x'1b5d303bff' AS TEXT)",
        "UPDATE appointments SET start = '2026-03-03 1;:00:00.000000'",
        "UPDATE appointments SET start = 0x1b5d303b",
    ],
)
def test_a_value_that_is_none_any_more_is_damage(path: Path, bent: str) -> None:
    """A few bits are other ones, in a place at which SQLite does not look."""
    with opened(path) as store, store.transaction() as record:
        record.remember("x", interview=True)
        record.add_appointment(draft("x"))
    with closing(sqlite3.connect(path)) as driver:
        driver.execute(bent)
        driver.commit()
    with pytest.raises(Problem, match="damaged") as raised, opened(path) as store, store.reading() as record:
        record.memory(), record.appointment(1)
    assert "\x1b" not in str(raised.value)


def test_an_empty_file_is_a_record_that_begins(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with opened(path) as store:
        assert store.check() == "ok"


AS_NOBODY = """
import sys
from pathlib import Path
from showup.core.problem import Problem
from showup.store.database import Database
try:
    with Database(Path(sys.argv[1])).transaction() as record:
        record.remember("a", interview=True)
except Problem as problem:
    print(problem)
"""


def as_nobody(path: Path) -> str:
    """What a user who owns nothing is told; root may write everywhere."""
    need("setpriv")
    ids = ["--reuid=65534", "--regid=65534", "--clear-groups"]
    command = ["setpriv", *(ids if os.geteuid() == 0 else []), sys.executable, "-c", AS_NOBODY, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may enter, unlike the ones that tests have otherwise."""
    folder = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written(public: Path) -> None:
    public.chmod(0o555)
    path = public / "showup/showup.sqlite"
    assert as_nobody(path) == (
        f"The record {path} cannot be opened: Permission denied. Make the folder writable, or set XDG_DATA_HOME.\n"
    )


def test_a_record_that_is_read_only(public: Path) -> None:
    path = public / "showup.sqlite"
    with opened(path):
        pass
    path.chmod(0o444)
    public.chmod(0o555)
    assert as_nobody(path).endswith(".\n")
    assert "Traceback" not in as_nobody(path)
    assert str(path) in as_nobody(path)


# ---------------------------------------------------------------- append-only
def test_evidence_is_never_edited(path: Path) -> None:
    with opened(path) as store:
        with store.transaction() as record:
            number = record.add_appointment(draft()).id
            record.add_evidence(number, [fact(1, Sign.YOU_IN)])
        with closing(sqlite3.connect(path)) as other:
            for column in ("at", "sign", "detail", "minutes", "appointment_id"):
                with pytest.raises(sqlite3.IntegrityError, match="evidence is never edited"):
                    other.execute(f"UPDATE evidence SET {column} = {column}")  # noqa: S608 - names of ours


# ---------------------------------------------------------------- shared
def test_two_see_each_other_s_changes(path: Path) -> None:
    with opened(path) as one, opened(path) as other:
        before = one.version()
        assert one.version() == before
        with one.transaction() as record:
            record.remember("mine", interview=True)
        assert one.version() == before  # its own change is none
        with other.transaction() as record:
            assert record.memory().interviews == {"mine": True}
            record.remember("theirs", interview=False)
        assert one.version() != before
        with one.reading() as record:
            assert record.memory().interviews == {"mine": True, "theirs": False}


def test_a_reader_is_not_disturbed_by_a_writer(path: Path) -> None:
    with opened(path) as one, opened(path) as other, one.reading() as reading:
        assert reading.named("a") == ()
        with other.transaction() as writing:
            writing.add_appointment(draft())
        assert reading.named("a") == ()


def test_several_threads_take_turns(path: Path) -> None:
    def add(number: int) -> None:
        with store.transaction() as record:
            record.add_appointment(draft(f"{number}"))

    with opened(path) as store:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(add, range(80)))
        with store.reading() as record:
            assert all(record.named(f"{number}") for number in range(80))


def test_a_record_that_is_busy_for_long_is_one_sentence(path: Path) -> None:
    with opened(path):
        pass
    store = Database(path, ("journal_mode=WAL", "busy_timeout=50"))
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Problem, match=r"is busy\. Try again in a moment\."), store.transaction():
            pass
    with store.transaction() as record:  # and it works on
        record.remember("a", interview=True)
    store.close()


def test_a_full_disk_is_one_sentence_and_nothing_is_kept(path: Path) -> None:
    with opened(path) as store, store.transaction() as record:
        record.remember("before", interview=True)
    store = Database(path, ("journal_mode=WAL", "max_page_count=60"))
    with pytest.raises(Problem, match="The disk is full, so nothing could be stored"), store.transaction() as record:  # noqa: PT012 - what fails is the block as a whole
        record.remember("after", interview=True)
        for number in range(2000):
            record.add_appointment(draft(f"{number}", number))
    with store.reading() as record:
        assert record.memory().interviews == {"before": True}
    store.close()


@contextmanager
def no_room() -> Iterator[None]:
    """No file may grow, as where a disk is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_where_there_is_no_room_for_an_index_it_is_read_nevertheless(path: Path) -> None:
    with opened(path) as store, store.transaction() as record:
        record.remember("before", interview=True)
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name]
    with no_room():
        for _ in range(2):  # the first leaves the beginning of an index
            with closing(Database(path, briefly=True)) as store:
                with store.reading() as record:
                    assert record.memory().interviews == {"before": True}
                with pytest.raises(Problem), store.transaction() as record:
                    record.remember("after", interview=True)
        with pytest.raises(Problem):  # whoever keeps it open would keep all others out
            Database(path)
    with opened(path) as store, store.reading() as record:
        assert (record.memory().interviews, store.check()) == ({"before": True}, "ok")


def test_a_newer_version_is_refused_there_as_well(path: Path) -> None:
    with opened(path):
        pass
    with closing(sqlite3.connect(path)) as driver, driver:
        driver.execute("UPDATE alembic_version SET version_num = '9999'")
    with no_room(), pytest.raises(Problem, match="written by a newer showup"):
        Database(path, briefly=True)


# ---------------------------------------------------------------- copied
def test_a_backup_is_whole_and_private(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copies/backup.sqlite"
    with umask(0), opened(path) as store, opened(path) as writer:
        with store.transaction() as record:
            record.remember("kept", interview=True)
        with writer.transaction() as record:
            record.remember("under way", interview=True)
            store.backup(target)
    assert mode(target) == 0o600
    assert [file.name for file in target.parent.iterdir()] == [target.name]  # one file, to be carried away
    with opened(target) as copy:
        assert copy.check() == "ok"
        with copy.reading() as record:
            assert record.memory().interviews == {"kept": True}


def test_a_backup_that_cannot_be_written_is_one_sentence(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with opened(path) as store, pytest.raises(Problem, match=r"cannot be written: Not a directory\."):
        store.backup(tmp_path / "file/backup.sqlite")


# ---------------------------------------------------------------- tables
def test_the_migrations_make_the_tables(path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    with opened(path):
        pass
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == HEAD
    engine.dispose()


def test_the_newest_migration_is_the_one_that_is_known() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "showup.store:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


# ---------------------------------------------------------------- questions
def plans(path: Path, ask: Callable[[Database], object]) -> str:
    """How SQLite answers what `ask` puts to the record."""
    asked: list[str] = []
    with opened(path) as store:
        store._driver.set_trace_callback(asked.append)
        ask(store)
    with closing(sqlite3.connect(path)) as plain:
        steps = [
            row[3] for sql in asked if sql.startswith("SELECT") for row in plain.execute(f"EXPLAIN QUERY PLAN {sql}")
        ]
    assert steps
    return "\n".join(steps)


def test_evidence_is_found_by_its_index(path: Path) -> None:
    def ask(store: Database) -> None:
        with store.reading() as record:
            record.evidence(1, draft().planned)

    found = plans(path, ask)
    assert found.count("USING INDEX evidence_by_appointment") == 2  # its own, and nobody's
    assert "SCAN evidence" not in found


def test_each_beat_s_questions_need_no_full_scan(path: Path) -> None:
    def ask(store: Database) -> None:
        with store.reading() as record:
            record.around(draft().planned)
            record.unfinished(draft().planned)
            record.done([1])
            record.coverage(1, draft().planned)
            record.foremost(100)
            record.verdict(1)
            record.calendar_of(1)
            record.next_after(draft().start)

    scans = [step for step in plans(path, ask).splitlines() if step.startswith("SCAN") and "USING" not in step]
    assert scans == []
