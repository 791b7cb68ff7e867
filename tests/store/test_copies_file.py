"""The folder of copies: made beside a writer, kept, let go of, offered where the record is damaged."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from showup.core.copies import daily
from showup.core.problem import Problem
from showup.store.copies import Copies
from showup.store.database import Database
from showup.store.file import HEAD, beside
from tests.store.contract import draft

DAY = date(2026, 3, 29)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "showup/showup.sqlite"
    remember(path, "first")
    return path


@pytest.fixture
def copies(path: Path) -> Copies:
    return Copies(path)


def remember(path: Path, word: str) -> None:
    with closing(Database(path)) as store, store.transaction() as record:
        record.remember(word, interview=True)
        record.add_appointment(draft(word))


def known(path: Path) -> set[str]:
    with closing(Database(path)) as store, store.reading() as record:
        return set(record.memory().interviews)


def names(copies: Copies) -> list[str]:
    return [file.name for file in copies.shelf.copies()]


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


# ---------------------------------------------------------------- kept
def test_one_a_day_and_seven_in_all(path: Path, copies: Copies) -> None:
    made = [copies.keep(DAY + timedelta(days=day)) for day in range(10) for _twice in range(2)]
    assert made == [True, False] * 10
    assert copies.days() == tuple(DAY + timedelta(days=day) for day in range(3, 10))
    assert known(path) == {"first"}


def test_it_is_private_and_nothing_lies_about(copies: Copies) -> None:
    with umask(0):
        copies.keep(DAY)
    (file,) = copies.shelf.folder.iterdir()
    assert file.name == "showup-2026-03-29.sqlite"
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(file.parent.stat().st_mode)) == (0o600, 0o700)


def test_what_others_put_there_stays(copies: Copies) -> None:
    copies.shelf.folder.mkdir()
    (copies.shelf.folder / "notes.txt").touch()
    by_hand = copies.shelf.folder / "showup-2026-03-01-101500.sqlite"
    by_hand.touch()
    for day in range(9):
        copies.keep(DAY + timedelta(days=day))
    assert by_hand.exists()
    assert (copies.shelf.folder / "notes.txt").exists()
    assert len(copies.days()) == 7


def test_half_a_copy_of_before_is_cleared_away(copies: Copies) -> None:
    copies.shelf.folder.mkdir()
    (copies.shelf.folder / ".showup-2026-03-28.sqlite.a1b2").write_text("half")
    copies.keep(DAY)
    assert sorted(os.listdir(copies.shelf.folder)) == [daily(DAY)]  # noqa: PTH208 - the hidden ones as well


def test_a_pipe_among_them_keeps_nobody_waiting(copies: Copies) -> None:
    copies.keep(DAY)
    os.mkfifo(copies.shelf.folder / daily(DAY + timedelta(days=1)))
    assert names(copies) == [daily(DAY)]
    assert copies.shelf.good() == DAY


def test_renewing_leaves_one_fresh_copy_and_nothing_of_the_others(copies: Copies) -> None:
    """Whatever they are called, and what was begun; but a file that is no database is somebody else's."""
    folder = copies.shelf.folder
    for day in range(3):
        copies.keep(DAY - timedelta(days=day))
    (folder / "mine [1].db").write_bytes((folder / daily(DAY)).read_bytes())
    for name in (f".{daily(DAY)}.a1b2", "mine [1].db-wal", "damaged.sqlite", "notes.txt"):
        (folder / name).write_text("first")
    copies.forgetting()
    assert copies.renew(DAY) == 5
    assert sorted(os.listdir(folder)) == ["notes.txt", daily(DAY)]  # noqa: PTH208 - the hidden ones as well
    assert not copies.unfinished


def test_drafts_go_also_where_there_is_no_copy(copies: Copies) -> None:
    copies.shelf.folder.mkdir()
    (copies.shelf.folder / f".{daily(DAY)}.a1b2").write_text("half")
    assert copies.renew(DAY) == 0
    assert list(copies.shelf.folder.iterdir()) == []


def test_a_damaged_record_takes_the_place_of_no_good_copy(path: Path, copies: Copies) -> None:
    for day in range(7):
        copies.keep(DAY + timedelta(days=day))
    before = names(copies)
    content = bytearray(path.read_bytes())
    content[4096 * 4 : 4096 * 12] = b"\xff" * 4096 * 8
    path.write_bytes(content)
    with pytest.raises(Problem, match="is damaged"):
        copies.keep(DAY + timedelta(days=8))
    assert names(copies) == before


def test_it_is_made_beside_a_writer_and_of_what_was_committed(path: Path, copies: Copies) -> None:
    with closing(Database(path)) as writer, writer.transaction() as record:
        record.remember("under way", interview=True)
        copies.keep(DAY)
    assert known(copies.shelf.folder / daily(DAY)) == {"first"}


def test_what_was_deleted_is_not_in_it(path: Path, copies: Copies) -> None:
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("PRAGMA secure_delete=OFF")
        plain.execute("INSERT INTO memory VALUES ('needle', 1)")
        plain.commit()
        plain.execute("DELETE FROM memory WHERE key = 'needle'")
        plain.commit()
    copies.keep(DAY)
    assert b"needle" not in (copies.shelf.folder / daily(DAY)).read_bytes()


def test_a_folder_that_is_none_is_one_sentence(copies: Copies) -> None:
    copies.shelf.folder.write_text("")
    with pytest.raises(Problem, match=r"The folder .*/backups cannot be used: Not a directory\."):
        copies.keep(DAY)


# ---------------------------------------------------------------- offered
def test_the_newest_good_one_is_offered(path: Path, copies: Copies) -> None:
    for day in range(3):
        copies.keep(DAY + timedelta(days=day))
    (copies.shelf.folder / daily(DAY + timedelta(days=2))).write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
    path.write_text("no database")
    with pytest.raises(Problem) as raised:
        Database(path)
    assert "left as it is. `showup restore 2026-03-30` puts back the copy of that day" in str(raised.value)
    assert path.read_text() == "no database"


def test_a_record_of_no_bytes_beside_copies_is_no_new_one(path: Path, copies: Copies) -> None:
    copies.keep(DAY)
    path.write_bytes(b"")
    with pytest.raises(Problem, match=r"is empty, though there are copies of it\. `showup restore 2026-03-29`"):
        Database(path)
    assert path.read_bytes() == b""
    path.unlink()
    assert known(path) == set()  # moved away, it begins anew


# ---------------------------------------------------------------- logs
def crashed(path: Path, word: str) -> Path:
    """The record and its log as a crash leaves them."""
    other = path.with_name("crashed.sqlite")
    with closing(Database(path)) as store:
        with store.transaction() as record:
            record.remember(word, interview=True)
        for file, name in zip((path, *beside(path)), (other, *beside(other)), strict=True):
            name.write_bytes(file.read_bytes())
    beside(other)[1].unlink()
    return other


def test_what_stood_in_the_log_alone_is_there_after_a_crash(path: Path) -> None:
    assert known(crashed(path, "late")) == {"first", "late"}


@pytest.mark.parametrize("broken", [b"", b"\xff" * 5000, b"\0" * 5000], ids=["emptied", "garbage", "zeros"])
def test_a_broken_log_costs_what_it_held_and_nothing_else(path: Path, broken: bytes) -> None:
    other = crashed(path, "late")
    beside(other)[0].write_bytes(broken)
    assert known(other) == {"first"}
    with closing(Database(other)) as store:
        assert store.check() == "ok"


def test_half_a_log_is_used_as_far_as_it_is_whole(path: Path) -> None:
    other = crashed(path, "late")
    log = beside(other)[0]
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2] + b"\xff" * 100)
    assert known(other) >= {"first"}
    with closing(Database(other)) as store:
        assert store.check() == "ok"


def as_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()


def test_one_of_a_newer_version_keeps_its_log_too(path: Path) -> None:
    as_newer(path)
    other = crashed_plain(path)
    before = [file.read_bytes() for file in (other, beside(other)[0])]
    with pytest.raises(Problem, match="was written by a newer showup"):
        Database(other)
    assert [file.read_bytes() for file in (other, beside(other)[0])] == before


def crashed_plain(path: Path) -> Path:
    other = path.with_name("crashed.sqlite")
    with closing(sqlite3.connect(path)) as driver:
        driver.execute("INSERT INTO memory VALUES ('newer', 1)")
        driver.commit()
        for file, name in zip((path, beside(path)[0]), (other, beside(other)[0]), strict=True):
            name.write_bytes(file.read_bytes())
    return other


# ---------------------------------------------------------------- older
def test_before_an_upgrade_there_is_a_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older = "0000"
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE alembic_version SET version_num = ?", (older,))
        other.commit()
    upgraded: list[Callable[..., None]] = []
    monkeypatch.setattr("showup.store.database.migrate", lambda *_: upgraded.append(as_newer))
    with closing(Database(path)):
        pass
    copy = Copies(path).shelf.folder / f"showup-before-{HEAD}.sqlite"
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [(older,)]
    assert len(upgraded) == 1
