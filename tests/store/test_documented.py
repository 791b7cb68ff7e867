"""docs/database.md names every table and column, and its questions have answers."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from showup.rehearsal.narration import founding_tale
from showup.store.tables import metadata
from tests.support.played import event, play

PAGE = (Path(__file__).parents[2] / "docs/database.md").read_text()
QUESTIONS = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
ACME = event("a-1", "Interview with Acme – Editor", "2026-07-02T10:00:00-04:00", "2026-07-02T10:30:00-04:00")
MOVED = f"""owner = ["sam@example.org"]
start = 2026-07-01T09:00:00-04:00
end = 2026-07-02T09:00:00-04:00
[[step]]
at = 2026-07-01T09:00:00-04:00
calendar = "put"
event = {ACME}
[[step]]
at = 2026-07-02T07:00:00-04:00
calendar = "cancel"
id = "a-1"
"""


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_and_column_is_explained(table: object) -> None:
    name, columns = table.name, [column.name for column in table.columns]  # type: ignore[attr-defined]  # a Table
    begins = PAGE.index(f"`{name}`: ")
    following = re.compile(r"\n\n`\w+`: |\n## ").search(PAGE, begins)
    about = PAGE[begins : following.start() if following else None]
    assert [column for column in columns if f"`{column}`" not in about] == []


def test_no_table_is_explained_that_is_not_there() -> None:
    named = set(re.findall(r"(?:^|\. )`(\w+)`: ", PAGE, re.MULTILINE))
    assert named == set(metadata.tables) | {"alembic_version"}


def answers(story: str, database: Path) -> list[list[tuple[object, ...]]]:
    play(story, database)
    with closing(sqlite3.connect(database)) as record:
        return [record.execute(question).fetchall() for question in QUESTIONS]


def test_the_questions_have_answers(tmp_path: Path) -> None:
    waited, went, _ = answers(founding_tale(), tmp_path / "tale.sqlite")
    assert len(QUESTIONS) == 3
    assert waited
    assert all(isinstance(minutes, float) and minutes > 0 for _name, minutes in waited)
    assert {row[2] for row in went} >= {"no_show"}
    assert [row[0] for row in went] == sorted(str(row[0]) for row in went)
    assert answers(MOVED, tmp_path / "moved.sqlite")[2] == [("Acme", 1, 3.0)]
