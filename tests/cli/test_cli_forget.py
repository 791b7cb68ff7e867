"""forget: what it says of what it cannot reach."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from showup.store.database import Database
from tests.cli.test_cli_documented import DOCUMENT

Cli = Callable[..., Result]


@pytest.fixture
def forwarded(told: Path) -> None:
    """Two notices of Acme and one of Birchwood went to the phone."""
    sent = datetime(2026, 3, 4, 15, tzinfo=UTC)
    with closing(Database(told / "showup/showup.sqlite")) as store, store.transaction() as record:
        notices = record.notices()
        for number in (1, 1, 2):
            notice = next(one for one in notices if one.appointment_id == number)
            notices = tuple(one for one in notices if one is not notice)
            record.mark_forwarded(notice.id, sent)


@pytest.mark.usefixtures("forwarded")
def test_what_went_to_the_phone_is_said_to_be_there(cli: Cli) -> None:
    said = cli("forget", "Acme", "--yes").stdout
    assert "letters that you sent" in said
    assert "2 notices went to your phone as well" in said
    found = json.loads(cli("forget", "Birchwood", "--yes", "--json").stdout)
    assert found["forwarded"] == 1
    text = DOCUMENT.read_text("utf-8").partition("## Forgetting")[2]
    assert {key for key in found if f"`{key}`" not in text} == set()


def test_what_was_cut_short_is_finished_by_the_next(cli: Cli, told: Path) -> None:
    """The copies cannot be changed at first; then nobody has to name again what is not on record any more."""
    cli("backup")
    backups, aside = told / "showup/backups", told / "aside"
    backups.rename(aside)
    backups.write_text("in the way")
    done = cli("forget", "Acme", "--yes")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("It has left the record, but not its log and the copies yet. The folder ")
    assert done.stderr.endswith("Not a directory. The same command again finishes it.\n")
    backups.unlink()
    aside.rename(backups)
    assert holding(told, b"acme")
    done = cli("forget", "Acme", "--yes")
    assert done.stderr.startswith(
        "What was forgotten before had not left every file yet; now it has.\nThere is no company"
    )
    assert holding(told, b"acme") == []
    assert "had not left" not in cli("forget", "Birchwood", "--yes").stderr


def test_nothing_that_was_killed_keeps_it(cli: Cli, told: Path) -> None:
    """A showup that was killed leaves what it had at hand for `showup status`; a restore, the record it was making."""
    record = told / "showup/showup.sqlite"
    for name in ("status.json", ".status.json.a1b2", ".showup.sqlite.new"):
        (told / "showup" / name).write_bytes(record.read_bytes())
    assert len(holding(told, b"acme")) == 4
    assert cli("forget", "Acme", "--yes").exit_code == 0
    assert holding(told, b"acme") == []


def test_what_cannot_be_forgotten_costs_no_copy(cli: Cli, told: Path) -> None:
    cli("backup")
    assert cli("forget", "Nobody", "--yes").exit_code == 1
    assert cli("forget", "Birchwood").exit_code == 1
    assert len(list((told / "showup/backups").iterdir())) == 1
    assert not (told / "showup/.forgetting").exists()


def holding(folder: Path, word: bytes) -> list[str]:
    """The files in which it is written."""
    return [file.name for file in folder.rglob("*") if file.is_file() and word in file.read_bytes().lower()]


@pytest.mark.usefixtures("told")
def test_where_nothing_went_there_nothing_is_said(cli: Cli) -> None:
    said = cli("forget", "Acme", "--yes").stdout
    assert "Out of reach are files that you exported" in said
    assert "phone" not in said
