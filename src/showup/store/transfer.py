"""The whole record as plain values, table by table, and back: whatever tables there are, so that none is forgotten."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from showup.core.problem import Problem
from showup.store.file import HEAD, connect, migrate

_PRAGMAS = ("foreign_keys=OFF", "secure_delete=ON")
_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name != 'alembic_version'"


def dump(driver: sqlite3.Connection) -> dict[str, Any]:
    """Every row of every table as it is stored, in the order of its key, with the version of the tables."""
    names = sorted(row[0] for row in driver.execute(_NAMES))
    return {"version": HEAD, "tables": {name: _rows(driver, name) for name in names}}


def build(found: object, path: Path) -> None:
    """Make a database that holds such a dump, with the tables of its version.

    Raises:
        Problem: it is none, is of a newer version, or its rows do not fit together.
    """
    from alembic.util import CommandError  # noqa: PLC0415 - as in `migrate`

    version, tables = _checked(found)
    try:
        migrate(path, _PRAGMAS, version)
        with closing(connect(path, _PRAGMAS)) as driver:
            driver.execute("BEGIN")
            for name, held in tables.items():
                _fill(driver, name, held)
            if driver.execute("PRAGMA foreign_key_check").fetchone():
                raise _no_record()
            driver.execute("COMMIT")
    except (CommandError, sqlite3.Error, OverflowError, KeyError, TypeError, ValueError) as error:
        raise _no_record() from error


def _rows(driver: sqlite3.Connection, table: str) -> dict[str, Any]:
    cursor = driver.execute(f'SELECT * FROM "{table}" ORDER BY rowid')  # noqa: S608 - the name of a table there is
    return {"columns": [column[0] for column in cursor.description], "rows": [list(row) for row in cursor]}


def _checked(found: object) -> tuple[str, Mapping[str, Any]]:
    if not isinstance(found, dict) or not isinstance(found.get("tables"), dict):
        raise _no_record()
    version = found.get("version")
    if not isinstance(version, str) or not version.isascii() or not version.isdecimal():
        raise _no_record()
    if version > HEAD:
        raise Problem(
            f"That was exported by a newer showup (version {version}, this one knows {HEAD}).",
            "Install the newer showup; nothing was changed.",
        )
    return version, found["tables"]


def _fill(driver: sqlite3.Connection, table: str, held: Mapping[str, Any]) -> None:
    """Only what has a place in the tables: names from a file are looked up, never believed."""
    known = [row[1] for row in driver.execute("SELECT * FROM pragma_table_info(?)", (table,))]
    columns, rows = held["columns"], held["rows"]
    if table not in {row[0] for row in driver.execute(_NAMES)} or sorted(columns) != sorted(known):
        raise _no_record()
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join("?" for _ in columns)
    driver.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)  # noqa: S608 - looked up above


def _no_record() -> Problem:
    return Problem("That is no record that `showup export` wrote; nothing was changed.", "Name another file.")
