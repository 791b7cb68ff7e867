"""Records of every earlier version, as it wrote them (`versions/`), are brought up to date without a loss."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from showup.store.copies import Copies
from showup.store.database import Database
from showup.store.file import HEAD
from showup.store.tables import metadata
from showup.store.transfer import build, dump

WRITTEN = sorted((Path(__file__).parent / "versions").glob("*.sql"))
each = pytest.mark.parametrize("written", WRITTEN, ids=lambda file: file.stem)


def lay_out(written: Path, folder: Path) -> Path:
    path = folder / "showup.sqlite"
    with closing(sqlite3.connect(path)) as driver:
        driver.executescript(written.read_text("utf-8"))
    return path


def held(path: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(path)) as driver:
        tables: dict[str, Any] = dump(driver)["tables"]
    return tables


def cells(table: dict[str, Any], columns: list[str]) -> list[list[Any]]:
    return [[dict(zip(table["columns"], row, strict=True))[column] for column in columns] for row in table["rows"]]


def test_every_earlier_version_is_here() -> None:
    config = Config()
    config.set_main_option("script_location", "showup.store:migrations")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    assert {file.stem for file in WRITTEN} == known - {HEAD}


@each
def test_nothing_is_lost(written: Path, tmp_path: Path) -> None:
    path = lay_out(written, tmp_path)
    before = held(path)
    assert all(before[name]["rows"] for name in ("appointments", "evidence", "verdicts", "notices", "memory"))
    with closing(Database(path)) as store:
        assert store.check() == "ok"
        with store.reading() as record:
            known = [entry.appointment.details for entry in record.entries()]
            assert [details.employer.name for details in known][:2] == ["Acme", "Birchwood"]
            assert {(details.declined, details.reachable) for details in known} == {(False, True)}  # no reason to warn
    after = held(path)
    for name, table in before.items():
        assert cells(after[name], table["columns"]) == table["rows"], name
    assert held(Copies(path).shelf.folder / f"showup-before-{HEAD}.sqlite") == before


@each
def test_its_tables_are_those_of_a_new_one(written: Path, tmp_path: Path) -> None:
    path = lay_out(written, tmp_path)
    Database(path).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


@each
def test_what_it_exported_is_taken_in(written: Path, tmp_path: Path) -> None:
    path = lay_out(written, tmp_path)
    with closing(sqlite3.connect(path)) as driver:
        exported = {**dump(driver), "version": written.stem}
    (tmp_path / "new").mkdir()
    new = tmp_path / "new/showup.sqlite"
    build(exported, new)
    Database(new).close()
    Database(path).close()
    assert held(new) == held(path)
