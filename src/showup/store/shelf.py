"""The folder in which copies of the record lie, beside it."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from showup import private
from showup.core.copies import day_of
from showup.store.bent import bent

_MAGIC = b"SQLite format 3\0"
"""How a database begins: sqlite.org/fileformat.html, section 1.3."""


class Shelf:
    """The copies of the record `database`."""

    def __init__(self, database: Path) -> None:
        self.folder = database.parent / "backups"

    def copies(self) -> tuple[Path, ...]:
        """All of them, by name: every database there is, and what is called like one. A pipe would keep us waiting."""
        plain = (file for file in self._files() if file.is_file() and not file.name.startswith("."))
        return tuple(sorted(file for file in plain if file.suffix == ".sqlite" or _is_database(file)))

    def drafts(self) -> tuple[Path, ...]:
        """What was begun and never finished."""
        return tuple(file for file in self._files() if file.name.startswith("."))

    def of(self, day: date) -> tuple[Path, ...]:
        """The copies of a local day, the daily one last."""
        return tuple(file for file in self.copies() if day_of(file.name) == day)

    def good(self) -> date | None:
        """The newest day of which there is a copy that can be put back; None where there is none."""
        dated = ((day, file) for file in self.copies() if (day := day_of(file.name)))
        return next((day for day, file in sorted(dated, reverse=True) if whole(file)), None)

    def _files(self) -> tuple[Path, ...]:
        try:
            return tuple(self.folder.iterdir())
        except OSError:
            return ()


def _is_database(file: Path) -> bool:
    try:
        return private.read(file, len(_MAGIC)).startswith(_MAGIC)
    except OSError:
        return False


def whole(file: Path) -> bool:
    """Whether a copy can be read from its first page to its last, and holds what the program understands."""
    try:
        with closing(looking(file)) as driver:
            return (
                bool(driver.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
                and bool(driver.execute("SELECT count(*) FROM alembic_version").fetchone()[0])
                and not bent(driver)
            )
    except sqlite3.Error:
        return False


def looking(file: Path, seconds: float = 10.0) -> sqlite3.Connection:
    """A connection that changes nothing: without it, closing a file would clear up after a crash."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=seconds, isolation_level=None)
