"""rejudge: other settings, shown before they are kept."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Cli = Callable[..., Result]
STRICT = "[score]\non_time_within_minutes = 1\nlate_full_fault_minutes = 6\nprior_kept = 2.1\n"


def rows(home: Path, name: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(home / "showup/showup.sqlite")
    found = connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - a test's own name
    connection.close()
    return found


@pytest.fixture
def stricter(told: Path) -> Path:
    (told / "showup/config.toml").write_text(STRICT)
    return told


@pytest.mark.usefixtures("told")
def test_with_the_same_settings_nothing_changes(cli: Cli, home: Path) -> None:
    before = rows(home, "verdicts"), rows(home, "scores")
    assert cli("rejudge", "--keep").stdout == "Nothing would change.\n"
    assert json.loads(cli("rejudge", "--json").stdout) == {"kept": False, "interviews": [], "employers": []}
    assert (rows(home, "verdicts"), rows(home, "scores")) == before


def test_what_would_change_is_shown_and_nothing_is_kept(cli: Cli, stricter: Path) -> None:
    before = rows(stricter, "verdicts"), rows(stricter, "scores")
    result = cli("rejudge")
    assert result.exit_code == 0
    assert "Score before" in result.stdout
    assert result.stdout.endswith("Nothing was changed. `showup rejudge --keep` does.\n")
    assert (rows(stricter, "verdicts"), rows(stricter, "scores")) == before


def test_what_is_kept_stands_and_the_rest_is_untouched(cli: Cli, stricter: Path) -> None:
    before = {row[0]: row for row in rows(stricter, "verdicts")}
    kept = json.loads(cli("rejudge", "--keep", "--json").stdout)
    changed = {one["after"]["id"] for one in kept["interviews"]}
    assert kept["kept"]
    assert changed
    assert kept["employers"]
    after = {row[0]: row for row in rows(stricter, "verdicts")}
    assert {number for number in before if before[number] != after[number]} == changed
    record = {one["name"]: one["reliability"] for one in json.loads(cli("companies", "--json").stdout)["employers"]}
    assert all(record[one["after"]["name"]] == one["after"]["reliability"] for one in kept["employers"])
    assert cli("rejudge").stdout == "Nothing would change.\n"


def test_settings_out_of_order_are_one_sentence_and_change_nothing(cli: Cli, told: Path) -> None:
    (told / "showup/config.toml").write_text("[checkpoints]\nlate_after_minutes = 20\nnudge_after_minutes = 10\n")
    before = rows(told, "verdicts")
    result = cli("rejudge", "--keep")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nudge_after_minutes" in result.stderr
    assert "Traceback" not in result.stderr
    assert rows(told, "verdicts") == before
