"""Put another record in the place of the one there is, which is kept."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from showup import private
from showup.core.problem import Problem
from showup.store.copies import copy
from showup.store.database import Database
from showup.store.file import beside, draft_of, prepare, remove, sentences


def restore(database: Path, build: Callable[[Path], object], replaced: Path) -> bool:
    """Let `build` write a record into a file, look it through, bring it up to date, and put it in place in one step.

    What was there is kept as `replaced`; False where there was nothing. Nobody else may be using the record.

    Raises:
        Problem: what was built is no whole record, the one in place is in use, or the disk refuses. Nothing is changed.
    """
    prepare(database, file=False)
    draft = draft_of(database)
    try:
        remove(draft)
        draft.touch(mode=0o600)
        build(draft)
        _sound(draft)
        kept = database.exists() and database.stat().st_size > 0
        if kept:
            _set_aside(database, replaced)
        draft.replace(database)
    except OSError as error:
        raise Problem(f"The record {database} cannot be replaced: {error.strerror}.", "Check its folder.") from error
    else:
        return kept
    finally:
        remove(draft)


def _sound(draft: Path) -> None:
    """Whole, of a version that is known, and with nothing in it that the program could not read."""
    with closing(Database(draft)) as record:
        if record.check() != "ok" or record.damage():
            raise Problem("That copy is damaged; nothing was changed.", "`showup restore` lists others.")
        with sentences(draft), record.reading() as reading:
            try:
                reading.entries(), reading.companies(), reading.notices(), reading.calendars(), reading.memory()
            except (ValueError, TypeError, KeyError, sqlite3.DatabaseError) as error:
                raise Problem("That is no record of showup's; nothing was changed.", "Name another file.") from error


def _set_aside(database: Path, replaced: Path) -> None:
    """A copy of the record where it can be read, else its files as they are; and then no log of it may stay."""
    try:
        copy(database, replaced)
    except Problem:
        _as_they_are(database, replaced)
    else:
        _settle(database)
    for side in beside(database):
        side.unlink(missing_ok=True)


def _settle(database: Path) -> None:
    """Nobody else has it open: else they would go on writing into a file that is not there any more."""
    with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as driver:
        try:
            driver.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise Problem(f"The record {database} is in use.", "End the other command, and try again.") from error


def _as_they_are(database: Path, replaced: Path) -> None:
    private.make(replaced.parent)
    for file, name in zip((database, *beside(database)), (replaced, *beside(replaced)), strict=True):
        if file.is_file():  # a device may never end
            shutil.copyfile(file, name)
            private.tighten(name)
