"""Statements put into SQLite's words once, and run on the driver itself.

SQLAlchemy's Core says what is asked and of which type each value is. Its way of running a statement takes several times
as long as SQLite takes to answer, and a beat asks dozens of times; so the words and the conversions are kept.
"""

import json
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Executable
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from showup.store.answers import Answers

Value = TypeVar("Value")
Values = Mapping[str, Any]
Convert = Callable[[Any], Any]


@lru_cache(maxsize=256)
def _parsed(text: str) -> Any:  # noqa: ANN401 - JSON
    """Nobody changes what is read: of a row that changes elsewhere, its lists stay the same."""
    return json.loads(text)


_DIALECT = pysqlite.dialect(paramstyle="qmark", json_deserializer=_parsed)


class Columns:
    """What a statement asks for: how its rows are read."""

    def __init__(self, columns: Sequence[ColumnElement[Any]]) -> None:
        self._row: Any = namedtuple("Row", [getattr(column, "name", "") for column in columns], rename=True)  # type: ignore[misc]  # noqa: PYI024
        self._read = [(place, of) for place, column in enumerate(columns) if (of := _from_store(column.type))]

    def row(self, found: tuple[Any, ...]) -> Any:  # noqa: ANN401 - its columns are the statement's own
        """What the driver gave, by the names of the columns.

        Raises:
            sqlite3.DatabaseError: a value is none of its column's type. SQLite itself does not look at that.
        """
        values = list(found)
        try:
            for place, of in self._read:
                values[place] = of(values[place])
        except (ValueError, TypeError, LookupError) as error:
            raise sqlite3.DatabaseError("a value is not of its type") from error
        return self._row._make(values)


class Prepared:
    """One statement for values of these names."""

    def __init__(self, statement: Executable, names: Sequence[str]) -> None:
        compiled = statement.compile(  # type: ignore[attr-defined]  # every statement has it
            dialect=_DIALECT, column_keys=list(names)
        )
        self.words = str(compiled)
        self._fixed = {name: value for name, value in compiled.params.items() if name not in names}
        self._bound = [(name, _to_store(compiled, name)) for name in compiled.positiontup or ()]
        self.columns = _columns(tuple(getattr(statement, "exported_columns", ())))

    def values(self, given: Values) -> list[Any]:
        """What the driver is handed."""
        ready = {**self._fixed, **given} if self._fixed else given
        return [to(ready[name]) if to else ready[name] for name, to in self._bound]


class Part:
    """A part of the repository: what all of them need to ask and to write."""

    def __init__(self, driver: sqlite3.Connection, answers: Answers) -> None:
        self._driver, self._answers = driver, answers

    def _all(self, statement: Executable, values: Values | None = None) -> list[Any]:
        """Every row."""
        return list(self._each(statement, values))

    def _each(self, statement: Executable, values: Values | None = None) -> Iterator[Any]:
        """Every row, one after the other: many are never held at once."""
        prepared, cursor = self._run(statement, values or {})
        return map(prepared.columns.row, cursor)

    def _many(self, make: Callable[[Any], Value], statement: Executable, values: Values) -> tuple[Value, ...]:
        """What is made of every row. Made of the same row a moment ago, it is the same."""
        prepared, cursor = self._run(statement, values)
        return tuple([_made(make, prepared.columns, found) for found in cursor])

    def _one(self, make: Callable[[Any], Value], statement: Executable, values: Values) -> Value | None:
        """What is made of the first row; None where there is none."""
        prepared, cursor = self._run(statement, values)
        found = cursor.fetchone()
        return _made(make, prepared.columns, found) if found else None

    def _value(self, statement: Executable, values: Values | None = None) -> Any:  # noqa: ANN401
        """The first column of the first row; None where there is none."""
        prepared, cursor = self._run(statement, values or {})
        found = cursor.fetchone()
        return prepared.columns.row(found)[0] if found else None

    def _write(self, statement: Executable, values: Values) -> int:
        """The id of what was added, where anything was."""
        return self._run(statement, values)[1].lastrowid or 0

    def _write_all(self, statement: Executable, rows: Iterable[Values]) -> None:
        """The same for each row of values; all of them name the same columns."""
        many = list(rows)
        if many:
            prepared = _prepared(statement, tuple(many[0]))
            self._driver.executemany(prepared.words, [prepared.values(row) for row in many])

    def _run(self, statement: Executable, values: Values) -> tuple[Prepared, sqlite3.Cursor]:
        prepared = _prepared(statement, tuple(values))
        return prepared, self._driver.execute(prepared.words, prepared.values(values))


@lru_cache(maxsize=512)
def _made(make: Callable[[Any], Value], columns: Columns, found: tuple[Any, ...]) -> Value:
    """A frozen value. To look a row up takes a tenth of making it again, and most were read before."""
    return make(columns.row(found))


@cache
def _columns(columns: tuple[ColumnElement[Any], ...]) -> Columns:
    """The same for all statements that ask for the same: what one of them read is known to the others."""
    return Columns(columns)


@lru_cache(maxsize=512)
def _prepared(statement: Executable, names: tuple[str, ...]) -> Prepared:
    return Prepared(statement, names)


def _to_store(compiled: SQLCompiler, name: str) -> Convert | None:
    bound = compiled.binds.get(name)
    kind: TypeEngine[Any] | None = bound.type if bound is not None else None
    return kind.dialect_impl(_DIALECT).bind_processor(_DIALECT) if kind is not None else None


def _from_store(kind: TypeEngine[Any]) -> Convert | None:
    return kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
