"""A record in which somebody else wrote what the program never writes: it is called damaged, with the way back."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from showup.cli.main import run
from showup.core.copies import daily
from showup.core.problem import Problem
from showup.store.copies import copy
from showup.store.shelf import whole

Cli = Callable[..., Result]
DAY = date(2026, 3, 6)
SAID = (
    "The record {} is damaged or no database; it was left as it is. `showup restore 2026-03-06` puts back the copy of "
    "that day, and keeps this file; or move it away to begin anew.\n"
)
BLOB = "x'ff00fe'"


@pytest.fixture
def path(told: Path) -> Path:
    return told / "showup/showup.sqlite"


def bend(path: Path, column: str, value: str) -> None:
    table, _, name = column.partition(".")
    with closing(sqlite3.connect(path)) as driver, driver:
        driver.execute(f'UPDATE {table} SET "{name}" = {value}')  # noqa: S608 - the test's own words


@pytest.mark.parametrize(
    ("column", "value", "command"),
    [
        ("appointments.medium", "'pigeon'", ["interviews"]),
        ("appointments.title", BLOB, ["report", "--output", "report.md"]),
        ("appointments.end", "'soon'", ["interviews"]),
        ("verdicts.outcome", "'grand'", ["company", "Acme"]),
        ("verdicts.minutes_late", "'few'", ["interviews"]),
        ("verdicts.reasons", "3", ["why", "1"]),
        ("scores.low", "'much'", ["companies"]),
        ("scores.label", BLOB, ["companies"]),
        ("notices.urgency", "'very'", ["export"]),
        ("calendars.problem", BLOB, ["export"]),
        ("policies.figures", "'{'", ["why", "1"]),
    ],
)
def test_what_nobody_can_read_is_called_damaged(
    path: Path, cli: Cli, column: str, value: str, command: list[str]
) -> None:
    copy(path, path.parent / "backups" / daily(DAY))
    bend(path, column, value)
    assert not whole(path)
    result = cli(*command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == SAID.format(path)


def test_no_copy_of_it_takes_the_place_of_a_good_one(path: Path, cli: Cli) -> None:
    good = path.parent / "backups" / daily(DAY)
    copy(path, good)
    bend(path, "verdicts.outcome", "'grand'")
    with pytest.raises(Problem, match="is damaged"):
        copy(path, path.parent / "backups" / daily(date(2026, 3, 7)))
    assert cli("restore", "2026-03-06").exit_code == 0
    assert cli("interviews").exit_code == 0


def test_an_error_of_ours_is_called_one(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert whole(path)
    monkeypatch.setattr("showup.cli.interviews.reviewing", lambda: int("one"))
    assert run(["interviews"]) == 1
    assert "Something went wrong that should not: ValueError" in capsys.readouterr().err
