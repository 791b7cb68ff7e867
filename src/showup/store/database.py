"""The SQLite file: opened, checked, brought up to date. One file, WAL, shared by daemon, commands and page."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock

from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import DatabaseError, OperationalError

from showup.core.problem import Problem
from showup.store.answers import Answers
from showup.store.repository import Repository

HEAD = "0003"
"""The version of the tables that this program works with: the newest file in `migrations/versions`."""
_BUSY_MS = 10_000
_PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", f"busy_timeout={_BUSY_MS}")

_THROWAWAY = ("journal_mode=MEMORY", "foreign_keys=ON", "synchronous=OFF")


class Database:
    """The port Store on one SQLite file. Safe to use from several threads and beside other processes.

    It keeps one connection, so that what others change can be told from what was changed here.
    """

    def __init__(self, path: Path, pragmas: tuple[str, ...] = _PRAGMAS) -> None:
        """Open the file, making or upgrading it where needed.

        Raises:
            Problem: it cannot be opened, is damaged, or was written by a newer version. It is left as it is.
        """
        self._path = path
        self._one_at_a_time = RLock()
        with self._sentences():
            _make_private(path)
            if _version(path) < HEAD:
                _migrate(path, pragmas)
            self._driver = _open(path, pragmas)
        self._answers, self._answered = Answers(), -1

    @contextmanager
    def transaction(self) -> Iterator[Repository]:
        """See the port."""
        with self._begun("BEGIN IMMEDIATE"):
            yield Repository(self._driver, self._answers)
            self._driver.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[Repository]:
        """See the port."""
        with self._begun("BEGIN"):
            yield Repository(self._driver, self._answers)

    def version(self) -> int:
        """See the port: SQLite's own count of other connections' changes."""
        with self._sentences(), self._one_at_a_time:
            return int(self._driver.execute("PRAGMA data_version").fetchone()[0])

    def backup(self, target: Path) -> None:
        """Write a consistent copy, while others go on working.

        Raises:
            Problem: the copy cannot be written.
        """
        with self._sentences(), self._one_at_a_time:
            _make_private(target)
            copy = sqlite3.connect(target)
            try:
                self._driver.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
            finally:
                copy.close()

    def check(self) -> str:
        """SQLite's own integrity check: "ok", or what is wrong."""
        with self._sentences(), self._one_at_a_time:
            return str(self._driver.execute("PRAGMA integrity_check").fetchone()[0])

    def close(self) -> None:
        """See the port."""
        self._driver.close()

    @contextmanager
    def _begun(self, how: str) -> Iterator[None]:
        """A transaction that is rolled back unless it was committed; there is never one inside another."""
        with self._sentences(), self._one_at_a_time:
            if self._driver.in_transaction:
                raise RuntimeError("a transaction inside a transaction")
            self._driver.execute(how)
            try:
                self._refresh()
                yield
            except BaseException:
                self._answers.clear()
                raise
            finally:
                self._undo()

    def _undo(self) -> None:
        """Undo what was not committed."""
        if self._driver.in_transaction:
            self._driver.execute("ROLLBACK")

    def _refresh(self) -> None:
        """Forget what was read before somebody else wrote. Asked inside the transaction, it is true until its end."""
        version = self._driver.execute("PRAGMA data_version").fetchone()[0]
        if version != self._answered:
            self._answers.clear()
            self._answered = version

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        """The database's errors in our own words."""
        try:
            yield
        except (OperationalError, sqlite3.OperationalError) as error:
            raise _unusable(self._path, str(getattr(error, "orig", error))) from error
        except (DatabaseError, sqlite3.DatabaseError) as error:
            reason = str(getattr(error, "orig", error))
            if "evidence is never edited" in reason or "constraint" in reason:
                raise
            raise _damaged(self._path) from error


def temporary(folder: Path) -> Database:
    """A record that nobody keeps: the same tables and rules, without waiting for the disk.

    The migrations run once a process; further ones begin as a copy of what they made.
    """
    path = folder / "record.sqlite"
    path.write_bytes(_fresh())
    return Database(path, _THROWAWAY)


@cache
def _fresh() -> bytes:
    with TemporaryDirectory(prefix="showup-") as folder:
        path = Path(folder, "fresh.sqlite")
        Database(path, _THROWAWAY).close()
        return path.read_bytes()


def _open(path: Path, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    # We say BEGIN ourselves: the driver's own way locks too late.
    driver = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    for pragma in pragmas:
        driver.execute(f"PRAGMA {pragma}")
    return driver


def _make_private(path: Path) -> None:
    """The record is the person's own: 0600 in a 0700 folder, whatever the umask."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600, exist_ok=True)
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise Problem(
            f"The record {path} cannot be opened: {error.strerror}.", "Make the folder writable, or set XDG_DATA_HOME."
        ) from error


def _version(path: Path) -> str:
    """The version of the tables, empty where there are none yet; any other file is refused.

    It is looked up before the first pragma: already asking for WAL would change a file that is not ours.
    """
    with closing(sqlite3.connect(path, timeout=_BUSY_MS / 1000)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in tables:
            if tables:
                raise Problem(
                    f"{path} is a database, but not one of showup's.", "Name another folder by XDG_DATA_HOME."
                )
            return ""
        version = "".join(row[0] for row in connection.execute("SELECT version_num FROM alembic_version"))
    if version > HEAD:
        raise Problem(
            f"The record {path} was written by a newer showup (version {version}, this one knows {HEAD}).",
            "Install the newer showup again; nothing was changed.",
        )
    return version


def _migrate(path: Path, pragmas: tuple[str, ...]) -> None:
    from alembic import command  # noqa: PLC0415 - a quarter of a second that only a new database needs
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "showup.store:migrations")
    engine = create_engine("sqlite://", creator=lambda: _open(path, pragmas), poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)
        connection.commit()


def _unusable(path: Path, reason: str) -> Problem:
    if "readonly" in reason or "read-only" in reason:
        return Problem(f"The record {path} is read-only.", "Make the file and its folder writable.")
    if "full" in reason:
        return Problem("The disk is full, so nothing could be stored.", "Free some space and try again.")
    if "locked" in reason:
        return Problem(f"The record {path} is busy.", "Try again in a moment.")
    return Problem(f"The record {path} cannot be used: {reason}.", "Check that its folder can be written and has room.")


def _damaged(path: Path) -> Problem:
    return Problem(
        f"The record {path} is damaged or no database; it was left as it is.",
        "Put a backup in its place (`showup backup` makes them), or move the file away to begin anew.",
    )
