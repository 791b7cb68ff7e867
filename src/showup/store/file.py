"""The SQLite file itself: made private, looked at, opened, brought up to date; and its errors in our own words."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import DatabaseError, OperationalError

from showup import private
from showup.core.problem import Problem
from showup.store.shelf import Shelf, looking

HEAD = "0004"
"""The version of the tables that this program works with: the newest file in `migrations/versions`."""
_BUSY_MS = 10_000
PRAGMAS = (
    *("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", f"busy_timeout={_BUSY_MS}"),
    *("secure_delete=ON", "temp_store=MEMORY"),  # what was deleted lies in no page, and in no file of /tmp
    "cache_size=-512",  # kB; the system keeps the file in memory anyway, and a daemon is not to grow with its record
)
ALONE = "locking_mode=EXCLUSIVE"
"""Whoever begins with it keeps others out, and its index in memory: sqlite.org/wal.html, section 6."""
_LITTLE = 100_000
"""Bytes."""
SIDES = ("-wal", "-shm")
"""The files that SQLite keeps beside a database in WAL mode."""


def beside(path: Path) -> tuple[Path, ...]:
    """Those files."""
    return tuple(path.with_name(path.name + side) for side in SIDES)


def draft_of(path: Path) -> Path:
    """Where the record is made that is to take the place of this one."""
    return path.with_name(f".{path.name}.new")


def remove(path: Path) -> None:
    """Remove a database, with the files beside it; that there is none is fine."""
    for file in (path, *beside(path)):
        file.unlink(missing_ok=True)


def connect(path: Path, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    """A connection on which we say BEGIN ourselves: the driver's own way locks too late."""
    driver = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    for pragma in pragmas:
        driver.execute(f"PRAGMA {pragma}")
    return driver


def prepare(path: Path, *, file: bool = True) -> None:
    """The record is the person's own: 0600 in a 0700 folder, whatever the umask; an empty `file` where there is none.

    Raises:
        Problem: the folder cannot be used.
    """
    try:
        private.own(path.parent)
        if file:
            path.touch(mode=0o600, exist_ok=True)
        private.tighten(path)
    except OSError as error:
        raise Problem(
            f"The record {path} cannot be opened: {error.strerror}.", "Make the folder writable, or set XDG_DATA_HOME."
        ) from error


def version(path: Path, *, alone: bool = False) -> str:
    """The version of the tables, empty where there are none yet; any other file is refused.

    It is looked up before the first pragma that changes a file, as asking for WAL does: it may not be ours.
    """
    with closing(connect(path, (ALONE,)) if alone else _cautious(path)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in tables:
            if tables:
                raise Problem(
                    f"{path} is a database, but not one of showup's.", "Name another folder by XDG_DATA_HOME."
                )
            return ""
        found = "".join(row[0] for row in connection.execute("SELECT version_num FROM alembic_version"))
    if found > HEAD:
        raise Problem(
            f"The record {path} was written by a newer showup (version {found}, this one knows {HEAD}).",
            "Install the newer showup again; nothing was changed.",
        )
    return found


def migrate(path: Path, pragmas: tuple[str, ...], to: str = HEAD) -> None:
    """Bring the tables up to date, or make them: all of it or nothing."""
    from alembic import command  # noqa: PLC0415 - a quarter of a second that only a new database needs
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "showup.store:migrations")
    engine = create_engine("sqlite://", creator=lambda: connect(path, pragmas), poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        connection.commit()


def without_index(error: sqlite3.OperationalError) -> bool:
    """Whether the small file could not be made that is the index of a record's log."""
    return error.sqlite_errorname.startswith("SQLITE_IOERR_SHM")


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """The database's errors in our own words."""
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        raise _unusable(path, str(getattr(error, "orig", error))) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        reason = str(getattr(error, "orig", error))
        if "evidence is never edited" in reason or "constraint" in reason:
            raise
        raise damaged(path) from error


def damaged(path: Path) -> Problem:
    """What is said of a record that cannot be read, with the newest copy that can."""
    return Problem(f"The record {path} is damaged or no database; it was left as it is.", way_back(path))


def way_back(path: Path) -> str:
    """How to go on from the last good copy."""
    day = Shelf(path).good()
    if day is None:
        return "Put a backup in its place by `showup restore FILE`, or move the file away to begin anew."
    return f"`showup restore {day}` puts back the copy of that day, and keeps this file; or move it away to begin anew."


def _cautious(path: Path) -> sqlite3.Connection:
    """Where a crash left a log beside it, looking must not merge the two: a file that is refused stays as it is."""
    if beside(path)[0].exists():
        return looking(path, _BUSY_MS / 1000)
    return sqlite3.connect(path, timeout=_BUSY_MS / 1000)


def _no_room(folder: Path) -> bool:
    """Where not even the small files beside a record can be made, SQLite only says that writing went wrong."""
    return shutil.disk_usage(folder).free < _LITTLE


def _unusable(path: Path, reason: str) -> Problem:
    if "readonly" in reason or "read-only" in reason:
        return Problem(f"The record {path} is read-only.", "Make the file and its folder writable.")
    if "full" in reason or ("I/O" in reason and _no_room(path.parent)):
        return Problem("The disk is full, so nothing could be stored.", "Free some space and try again.")
    if "locked" in reason:
        return Problem(f"The record {path} is busy.", "Try again in a moment.")
    if "decode" in reason:  # a text is none any more; SQLite itself does not look
        return damaged(path)
    return Problem(f"The record {path} cannot be used: {reason}.", "Check that its folder can be written and has room.")
