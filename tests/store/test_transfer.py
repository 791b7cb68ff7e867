"""What is exported and taken in again is the same record: on made-up searches, with all that a person can add."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from showup import wiring
from showup.config.options import settings_from
from showup.core.problem import Problem
from showup.flow.judge import Judge
from showup.flow.review import Review
from showup.rehearsal.story import read
from showup.store.database import Database, temporary
from showup.store.file import HEAD
from showup.store.restoring import restore
from showup.store.tables import metadata
from showup.store.transfer import build
from tests.rehearsal.searches import told

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def exported(store: Database, judge: Judge) -> dict[str, Any]:
    """All that `showup export` gives out, through JSON and back."""
    with store.reading() as record:
        found = {**Review(record, judge, NOW).everything(), "record": record.dump()}
    text: dict[str, Any] = json.loads(json.dumps(found))
    return text


def take_in(found: object, path: Path) -> None:
    restore(path, lambda draft: build(found, draft), path.with_name("replaced.sqlite"))


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Judge]:
    return played(3, tmp_path_factory.mktemp("search"))


def played(seed: int, folder: Path) -> tuple[dict[str, Any], Judge]:
    story = read(told(seed))
    judge = Judge(settings_from(story.config).policy, wiring.zone())
    with closing(temporary(folder)) as store:
        wiring.play(story, store)
        return exported(store, judge), judge


@pytest.mark.parametrize("seed", range(8))
def test_an_export_that_is_taken_in_gives_the_same_export(tmp_path: Path, seed: int) -> None:
    found, judge = played(seed, tmp_path)
    path = tmp_path / "new/showup.sqlite"
    take_in(found["record"], path)
    with closing(Database(path)) as store:
        again = exported(store, judge)
    assert found["interviews"]
    assert again["interviews"] == found["interviews"]  # verdicts with evidence and coverage
    assert again["employers"] == found["employers"]  # scores
    assert again == found


def test_no_table_and_no_column_stays_behind(search: tuple[dict[str, Any], Judge]) -> None:
    tables = search[0]["record"]["tables"]
    assert {name: set(table["columns"]) for name, table in tables.items()} == {
        name: {column.name for column in table.columns} for name, table in metadata.tables.items()
    }


def test_every_table_travels(tmp_path: Path, search: tuple[dict[str, Any], Judge]) -> None:
    """Rows of every table there is, so that a new one has its row here."""
    record = search[0]["record"]
    tables = record["tables"]
    employer, appointment = tables["employers"]["rows"][0][0], tables["appointments"]["rows"][0][0]
    for name, row in {
        "memory": ["acme-1", 1],
        "notes": [employer, "Ask for the floor plan. \u202e\0", "2027-01-01 00:00:00.000000"],
        "impressions": [appointment, "enough", None, "bad"],
    }.items():
        tables[name]["rows"] = [row]
    assert [name for name, table in tables.items() if not table["rows"]] == []
    path = tmp_path / "showup.sqlite"
    take_in(record, path)
    with closing(Database(path)) as store, store.reading() as reading:
        assert reading.dump() == record


HOSTILE: dict[str, Any] = {
    "nothing": None,
    "a list": [],
    "no tables": {"version": HEAD},
    "tables that are none": {"version": HEAD, "tables": []},
    "no version": {"tables": {}},
    "a version that is none": {"version": "head", "tables": {}},
    "a version that never was": {"version": "0000", "tables": {}},
    "a table that is not there": {"version": HEAD, "tables": {"x": {"columns": [], "rows": []}}},
    "a name that commands": {"version": HEAD, "tables": {'memory" VALUES (1); --': {"columns": [], "rows": []}}},
    "SQLite's own": {"version": HEAD, "tables": {"sqlite_master": {"columns": ["type"], "rows": [["x"]]}}},
    "columns that are not there": {"version": HEAD, "tables": {"memory": {"columns": ["key", "x"], "rows": []}}},
    "rows too short": {"version": HEAD, "tables": {"memory": {"columns": ["key", "interview"], "rows": [["a"]]}}},
    "rows that are none": {"version": HEAD, "tables": {"memory": {"columns": ["key", "interview"], "rows": [1]}}},
    "values that are none": {
        "version": HEAD,
        "tables": {"memory": {"columns": ["key", "interview"], "rows": [[{"a": 1}, 1]]}},
    },
    "a figure too large": {
        "version": HEAD,
        "tables": {"memory": {"columns": ["key", "interview"], "rows": [["a", 10**30]]}},
    },
    "the same twice": {
        "version": HEAD,
        "tables": {"memory": {"columns": ["key", "interview"], "rows": [["a", 1], ["a", 1]]}},
    },
    "a score of nobody": {
        "version": HEAD,
        "tables": {"notes": {"columns": ["employer_id", "text", "written"], "rows": [[7, "x", "y"]]}},
    },
    "a moment that is none": {
        "version": HEAD,
        "tables": {
            "calendars": {
                "columns": ["name", "kind", "last_read", "complete", "problem", "problem_since", "readable"],
                "rows": [["a", "ics", "yesterday", None, "", None, 1]],
            }
        },
    },
}


@pytest.mark.parametrize("found", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_export_is_refused_and_nothing_is_changed(tmp_path: Path, found: object) -> None:
    path = tmp_path / "showup/showup.sqlite"
    with closing(Database(path)) as store, store.transaction() as record:
        record.remember("mine", interview=True)
    before = path.read_bytes()
    with pytest.raises(Problem, match="nothing was changed"):
        take_in(found, path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_one_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"exported by a newer showup \(version 9999, this one knows"):
        take_in({"version": "9999", "tables": {}}, tmp_path / "showup.sqlite")
    assert list(tmp_path.iterdir()) == []
