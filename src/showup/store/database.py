"""The SQLite file: opened, checked, brought up to date. One file, WAL, shared by daemon, commands and page."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache
from pathlib import Path
from subprocess import DEVNULL
from tempfile import TemporaryDirectory
from threading import RLock

from showup.core.problem import Problem
from showup.ports import Replaced
from showup.store.answers import Answers
from showup.store.bent import bent
from showup.store.copies import copy, copy_by
from showup.store.file import (
    ALONE,
    HEAD,
    PRAGMAS,
    connect,
    damaged,
    migrate,
    prepare,
    sentences,
    version,
    way_back,
    without_index,
)
from showup.store.repository import Repository
from showup.store.shelf import Shelf

_THROWAWAY = ("journal_mode=MEMORY", "foreign_keys=ON", "synchronous=OFF")


class Database:
    """The port Store on one SQLite file. Safe to use from several threads and beside other processes.

    It keeps one connection, so that what others change can be told from what was changed here.
    """

    def __init__(self, path: Path, pragmas: tuple[str, ...] = PRAGMAS, *, briefly: bool = False) -> None:
        """Open the file, making or upgrading it where needed.

        Where the disk is full it can still be read by whoever needs it `briefly`: nobody else has it meanwhile.

        Raises:
            Problem: it cannot be opened, is damaged, or was written by a newer version. It is left as it is.
        """
        self._path = path
        self._one_at_a_time = RLock()
        _not_emptied(path)
        with sentences(path):
            prepare(path)
            self._driver = _alone_where_it_must(path, pragmas) if briefly else _opened(path, pragmas)
        self._file = _file(path)
        self._answers, self._answered = Answers(), -1
        self._alone = ALONE in pragmas

    def transaction(self) -> AbstractContextManager[Repository]:
        """See the port."""
        return self._begun("BEGIN IMMEDIATE", "COMMIT")

    def reading(self) -> AbstractContextManager[Repository]:
        """See the port."""
        return self._begun("BEGIN", "ROLLBACK")

    def version(self) -> int:
        """See the port: SQLite's own count of other connections' changes."""
        if self._alone:
            return 0
        with sentences(self._path), self._one_at_a_time:
            return self._answered if self._driver.in_transaction else self._version()

    def backup(self, target: Path) -> None:
        """Write a consistent copy, while others go on working.

        Raises:
            Problem: the copy cannot be written.
        """
        with self._one_at_a_time:
            copy_by(self._driver, self._path, target)

    def scrub(self) -> None:
        """Leave nothing of what was deleted in the file or its log.

        Raises:
            Problem: somebody else has been reading it for long.
        """
        with sentences(self._path), self._one_at_a_time:
            self._driver.execute("VACUUM")
            if self._driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise Problem(f"The record {self._path} is busy, and its log keeps what was deleted.", "Try again.")

    def check(self) -> str:
        """SQLite's own integrity check: "ok", or what is wrong."""
        with sentences(self._path), self._one_at_a_time:
            return str(self._driver.execute("PRAGMA integrity_check").fetchone()[0])

    def damage(self) -> Problem | None:
        """See the port."""
        with sentences(self._path), self._one_at_a_time:
            return damaged(self._path) if bent(self._driver) else None

    def close(self) -> None:
        """See the port."""
        self._driver.close()

    @contextmanager
    def _begun(self, begin: str, end: str) -> Iterator[Repository]:
        """A transaction that ends so, or is rolled back; there is never one inside another."""
        with sentences(self._path), self._one_at_a_time:
            if self._driver.in_transaction:
                raise RuntimeError("a transaction inside a transaction")
            self._driver.execute(begin)
            try:
                self._refresh()
                yield Repository(self._driver, self._answers)
                self._driver.execute(end)
            except BaseException:
                self._answers.clear()
                raise
            finally:
                self._undo()

    def _undo(self) -> None:
        """Undo what was not ended."""
        if self._driver.in_transaction:
            self._driver.execute("ROLLBACK")

    def _refresh(self) -> None:
        """See what others did: they put another file in its place, or wrote, and what was read is to be forgotten.

        Asked inside the transaction, it is true until its end. Whoever has the file alone need not ask.
        """
        if self._alone:
            return
        if _file(self._path) != self._file:
            raise Replaced(f"The record {self._path} was replaced while it was in use.", "Start showup anew.")
        version = self._version()
        if version != self._answered:
            self._answers.clear()
            self._answered = version

    def _version(self) -> int:
        return int(self._driver.execute("PRAGMA data_version").fetchone()[0])


def _file(path: Path) -> tuple[int, int] | None:
    """Which file it is that has this name now; None where none has."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def make_apart(path: Path) -> None:
    """Have the tables made or brought up to date by a process of its own, where that is to be done.

    What it takes weighs a dozen megabytes, and would stay with a daemon for life. What goes wrong there goes wrong
    again when the record is opened, and is told then.
    """
    with suppress(Problem, sqlite3.Error):
        if not path.exists() or version(path) < HEAD:
            command = [sys.executable, "-m", "showup.store", str(path)]
            subprocess.run(command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, check=False)  # noqa: S603 - our own


def temporary(folder: Path, *, alone: bool = False) -> Database:
    """A record that nobody keeps: the same tables and rules, without waiting for the disk.

    Used `alone` it is never unlocked. The migrations run once a process; further ones begin as a copy of what they
    made.
    """
    path = folder / "record.sqlite"
    path.write_bytes(_fresh())
    return Database(path, (ALONE, *_THROWAWAY) if alone else _THROWAWAY)


@cache
def _fresh() -> bytes:
    with TemporaryDirectory(prefix="showup-") as folder:
        path = Path(folder, "fresh.sqlite")
        Database(path, _THROWAWAY).close()
        return path.read_bytes()


def _opened(path: Path, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    _bring_up(path, pragmas)
    return connect(path, pragmas)


def _alone_where_it_must(path: Path, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    """With the index in memory where the disk has no room for it; older tables cannot be brought up to date then."""
    try:
        return _opened(path, pragmas)
    except sqlite3.OperationalError as error:
        if not without_index(error) or version(path, alone=True) != HEAD:
            raise
        return connect(path, (ALONE, *pragmas))


def _bring_up(path: Path, pragmas: tuple[str, ...]) -> None:
    """Make the tables, or bring them up to date: then there is a copy as they were first."""
    found = version(path)
    if found and found < HEAD:
        copy(path, Shelf(path).folder / f"showup-before-{HEAD}.sqlite")
    if found < HEAD:
        migrate(path, pragmas)


def _not_emptied(path: Path) -> None:
    """A file of no bytes is a record that begins, unless there are copies of one that was there before."""
    if path.is_file() and not path.stat().st_size and Shelf(path).good():
        raise Problem(f"The record {path} is empty, though there are copies of it.", way_back(path))
