"""Copies of the record: made while others go on working, and whole or not at all."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from fcntl import LOCK_EX, flock
from pathlib import Path

from showup import private
from showup.core.copies import daily, day_of, due, spare
from showup.core.problem import Problem
from showup.store.file import beside, damaged, draft_of, remove, sentences, version
from showup.store.shelf import Shelf, looking, whole


def copy(source: Path, target: Path) -> None:
    """Write a consistent copy of a record into one file (0600), compact and read through; what was there is replaced.

    It reads a snapshot and holds nobody up. What was deleted from the record is not in it.

    Raises:
        Problem: the source is no record of ours, or damaged; or the target cannot be written.
    """
    with sentences(source):
        version(source)
    with closing(looking(source)) as driver:
        copy_by(driver, source, target)


def copy_by(driver: sqlite3.Connection, source: Path, target: Path) -> None:
    """The same by a connection to a record of ours.

    Raises:
        Problem: the source is damaged, or the target cannot be written.
    """
    try:
        private.make(target.parent)
        with _draft(target) as draft:
            _vacuum(driver, source, draft, target)
            if not whole(draft):
                raise damaged(source)
            _settle(draft, target)
    except OSError as error:
        raise Problem(f"The copy {target} cannot be written: {error.strerror}.", "Name another file.") from error


class Copies:
    """The copies beside the record: one for each of the last days, and others as they were made."""

    def __init__(self, database: Path) -> None:
        self._database, self.shelf = database, Shelf(database)
        self._begun = database.with_name(".forgetting")

    def days(self) -> tuple[date, ...]:
        """The local days of the daily copies."""
        dated = ((day_of(file.name), file.name) for file in self.shelf.copies())
        return tuple(day for day, name in dated if day and name == daily(day))

    def keep(self, today: date) -> bool:
        """Make today's copy if it is not there yet, and let go of those that are spare; whether one was made.

        Raises:
            Problem: it could not be made. Nothing was let go of then.
        """
        if not due(today, self.days()):
            return False
        with self.alone():
            copy(self._database, self.shelf.folder / daily(today))
            for day in spare(today, self.days()):
                (self.shelf.folder / daily(day)).unlink(missing_ok=True)
        return True

    @property
    def unfinished(self) -> bool:
        """Whether something was forgotten that may still lie in a copy or in the record's log."""
        return self._begun.exists()

    def forgetting(self) -> None:
        """Something is about to be forgotten: however this ends, it is to be finished by `renew`.

        Raises:
            Problem: that cannot be noted.
        """
        private.write(self._begun, "")

    def renew(self, today: date) -> int:
        """Put one fresh copy in place of all there are: something was forgotten. How many were removed.

        Raises:
            Problem: it cannot be done; then older copies may still be there.
        """
        with self.alone():
            old = self.shelf.copies()
            if old:
                copy(self._database, self.shelf.folder / daily(today))
            for part in {part for file in old for part in (file, *beside(file))} - {self.shelf.folder / daily(today)}:
                part.unlink(missing_ok=True)
            self._begun.unlink(missing_ok=True)
        return len(old)

    def tidy(self) -> None:
        """Remove what a restore that was cut short left; only for whoever holds the lock, so that none is under way.

        Raises:
            Problem: it cannot be removed.
        """
        draft = draft_of(self._database)
        try:
            remove(draft)
        except OSError as error:
            raise Problem(f"{draft} cannot be removed: {error.strerror}.", "Check its folder.") from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder, so that no copy of before is put into it after it was cleared; drafts are cleared away.

        Raises:
            Problem: the folder cannot be used.
        """
        folder = self.shelf.folder
        try:
            private.own(folder)
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise Problem(f"The folder {folder} cannot be used: {error.strerror}.", "Make it writable.") from error
        try:
            flock(held, LOCK_EX)
            for draft in self.shelf.drafts():
                draft.unlink(missing_ok=True)
            yield
        except OSError as error:
            raise Problem(f"The folder {folder} cannot be changed: {error.strerror}.", "Make it writable.") from error
        finally:
            os.close(held)


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """An empty file beside the target, 0600, which is gone afterwards."""
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _vacuum(driver: sqlite3.Connection, source: Path, draft: Path, target: Path) -> None:
    try:
        driver.execute("VACUUM INTO ?", (str(draft),))
    except sqlite3.OperationalError as error:
        reason = "the disk is full" if "full" in str(error) else str(error)
        raise Problem(f"The copy {target} cannot be written: {reason}.", "Free some space there.") from error
    except sqlite3.DatabaseError as error:
        raise damaged(source) from error


def _settle(draft: Path, target: Path) -> None:
    """On the disk first, then under its name."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(target)
