"""What the record knows by name, for completion in a shell: read at once, without the weight of the repository."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_MOST = 200
_WAIT = 0.2
"""Seconds that a busy record is waited for: somebody has just pressed Tab."""
_INTERVIEWS = """
    SELECT a.id, coalesce(e.name, a.employer, ''), a.title, a.start
    FROM appointments a
    LEFT JOIN employers e ON e.id = a.employer_id
    LEFT JOIN verdicts v ON v.appointment_id = a.id
    WHERE coalesce(v.outcome, '') != 'not_interview'
    ORDER BY a.start DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Named:
    """An interview as one would look for it; `start` is UTC in SQLite's form of a date. Texts are hostile."""

    number: int
    employer: str
    title: str
    start: str


def interviews(database: Path) -> list[Named]:
    """The latest first; none where the record is not there or cannot be read."""
    return [Named(*row) for row in _rows(database, _INTERVIEWS)]


def companies(database: Path) -> list[str]:
    """All of them by name; none where the record is not there or cannot be read."""
    return [name for (name,) in _rows(database, "SELECT name FROM employers ORDER BY name LIMIT ?")]


def _rows(database: Path, words: str) -> list[Any]:
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", timeout=_WAIT, uri=True)) as driver:
            return driver.execute(words, (_MOST,)).fetchall()
    except sqlite3.Error:
        return []
