"""Values that this program never writes. SQLite keeps whatever it is handed, in a column of whatever type.

Nobody looks at each value that is read: a record is looked through once something went wrong with it, and each copy. A
new word for one of these columns needs a new version of the tables: who does not know it takes it for one of them.
"""

import sqlite3
from collections.abc import Iterable

from sqlalchemy import JSON, Boolean, Column, Float, Integer, Table

from showup.core.appointment import Side
from showup.core.change import State
from showup.core.checkpoints import Point
from showup.core.evidence import Sign, Source, Word
from showup.core.notice import Kind, Urgency
from showup.core.recognition.result import Decision, Medium, Stage
from showup.core.reliability import Label
from showup.core.remark import Colleagues, Feeling, Room
from showup.core.verdict.result import Absence, Certainty, Outcome, Rule
from showup.store import tables
from showup.store.tables import Utc, metadata

_WORDS: dict[Column[object], Iterable[str]] = {
    tables.scores.c.label: Label,
    tables.appointments.c.medium: Medium,
    tables.appointments.c.stage: Stage,
    tables.appointments.c.organiser: Side,
    tables.appointments.c.decision: Decision,
    tables.occurrences.c.state: State,
    tables.evidence.c.source: Source,
    tables.evidence.c.sign: (*Sign, *Word),
    tables.evidence.c.side: Side,
    tables.coverage.c.source: Source,
    tables.checkpoints.c.point: Point,
    tables.verdicts.c.outcome: Outcome,
    tables.verdicts.c.certainty: Certainty,
    tables.verdicts.c.rule: Rule,
    tables.verdicts.c.absence: Absence,
    tables.notices.c.kind: Kind,
    tables.notices.c.urgency: Urgency,
    tables.impressions.c.questions: Room,
    tables.impressions.c.colleagues: Colleagues,
    tables.impressions.c.feeling: Feeling,
}
_FIGURES = tables.policies.c.figures
"""JSON as well, which nobody but the program that wrote it reads."""
_LARGEST = 10**15
"""No count, id or length of ours comes near it."""


def bent(driver: sqlite3.Connection) -> bool:
    """Whether there is any; tables and columns that a record of an older version lacks are passed over.

    Raises:
        sqlite3.Error: the record cannot be read.
    """
    return any(_any(driver, table) for table in metadata.sorted_tables)


def _any(driver: sqlite3.Connection, table: Table) -> bool:
    there = {row[1] for row in driver.execute("SELECT * FROM pragma_table_info(?)", (table.name,))}
    odd = " OR ".join(_odd(column) for column in table.columns if column.name in there)
    return bool(odd and driver.execute(f'SELECT EXISTS (SELECT 1 FROM "{table.name}" WHERE {odd})').fetchone()[0])  # noqa: S608 - names of our own


def _odd(column: Column[object]) -> str:
    """A condition for values that the column never has. NULL meets none of them."""
    name, kind = f'"{column.name}"', column.type
    if column in _WORDS:
        words = ", ".join(f"'{word}'" for word in _WORDS[column])
        return f"{name} NOT IN ({words})"
    if isinstance(kind, JSON) or column is _FIGURES:
        wanted = "object" if column is _FIGURES else "array"
        return f"CASE WHEN json_valid({name}) THEN json_type({name}) != '{wanted}' ELSE {name} IS NOT NULL END"
    if isinstance(kind, Float):
        return f"typeof({name}) NOT IN ('real', 'integer', 'null') OR abs({name}) > {_LARGEST}"
    if isinstance(kind, (Integer, Boolean)):
        return f"typeof({name}) NOT IN ('integer', 'null') OR abs({name}) > {_LARGEST}"
    if isinstance(kind, Utc):
        return f"typeof({name}) NOT IN ('text', 'null') OR ({name} IS NOT NULL AND julianday({name}) IS NULL)"
    return f"typeof({name}) NOT IN ('text', 'null')"
