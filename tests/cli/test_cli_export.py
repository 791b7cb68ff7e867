"""export and backup: everything on record, and a copy of it."""

import csv
import json
import sqlite3
import stat
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import Result

from showup.cli.record import export
from tests.support.played import event

Cli = Callable[..., Result]


def private(file: Path) -> bool:
    return stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.usefixtures("told")
def test_json_holds_everything(cli: Cli) -> None:
    found = json.loads(cli("export").stdout)
    assert list(found) == ["version", "exported", "employers", "interviews", "notes", "notices", "calendars", "record"]
    assert found["exported"] == "2026-03-06T14:00:00Z"
    assert [one["name"] for one in found["employers"]] == ["Acme", "Calder", "Birchwood"]
    assert found["interviews"][1] == json.loads(cli("why", "2", "--json").stdout)
    assert {one["kind"] for one in found["notices"]} == {"brief", "ask", "nudge", "confirm", "moved", "no_show"}
    assert [one["name"] for one in found["calendars"]] == ["story"]


@pytest.mark.usefixtures("told")
def test_csv_holds_the_interviews(cli: Cli) -> None:
    result = cli("export", "--format", "csv")
    rows = list(csv.DictReader(StringIO(result.stdout)))
    assert [(row["employer"], row["outcome"], row["fault"], row["follows_uid"]) for row in rows] == [
        ("Acme", "no_show", "1.0", ""),
        ("Birchwood", "on_time", "0.0", ""),
        ("Acme", "no_show", "1.0", "acme-1"),
        ("Calder", "moved", "0.25", ""),
        ("Calder", "on_time", "0.0", "calder-1"),
    ]


@pytest.mark.parametrize(
    "title",
    [
        *(
            "=Interview with Acme",
            "@Interview with Acme",
            "-Interview with Acme",
            "+Interview with Acme",
            "＝Interview",
        ),
        "=cmd|'/C calc'!A0 Interview with Acme",
    ],
)
def test_no_title_becomes_a_formula(cli: Cli, story: Callable[[str], None], title: str) -> None:
    planned = event("=a", f"{title} – Designer", "2026-07-03T10:00:00-04:00", "2026-07-03T10:30:00-04:00")
    times = "start = 2026-07-02T09:00:00-04:00\nend = 2026-07-02T10:00:00-04:00"
    story(f'{times}\n[[step]]\nat = 2026-07-02T09:00:00-04:00\ncalendar = "put"\nevent = {planned}')
    (row,) = csv.DictReader(StringIO(cli("export", "--format", "csv").stdout))
    assert (row["title"], row["uid"]) == (f"'{title} – Designer", "'=a")


@pytest.mark.parametrize("before", ["\\t", "\\r", "\\n", "\\u00a0", " ", "\\u200b", "\\u001b[0m"])
def test_nor_one_behind_what_a_spreadsheet_passes_over(cli: Cli, story: Callable[[str], None], before: str) -> None:
    planned = event("a", f"{before}=Interview", "2026-07-03T10:00:00-04:00", "2026-07-03T10:30:00-04:00")
    times = "start = 2026-07-02T09:00:00-04:00\nend = 2026-07-02T10:00:00-04:00"
    story(f'{times}\n[[step]]\nat = 2026-07-02T09:00:00-04:00\ncalendar = "put"\nevent = {planned}')
    (row,) = csv.DictReader(StringIO(cli("export", "--format", "csv").stdout))
    assert row["title"] == "'=Interview"


def test_no_title_goes_on_in_a_cell_of_another_country(cli: Cli, story: Callable[[str], None]) -> None:
    planned = event(
        "a", "Interview with Acme – Designer; =SUM(A)", "2026-07-03T10:00:00-04:00", "2026-07-03T10:30:00-04:00"
    )
    times = "start = 2026-07-02T09:00:00-04:00\nend = 2026-07-02T10:00:00-04:00"
    story(f'{times}\n[[step]]\nat = 2026-07-02T09:00:00-04:00\ncalendar = "put"\nevent = {planned}')
    told = cli("export", "--format", "csv").stdout
    rows = csv.reader(StringIO(told.replace(",", ";")), delimiter=";")
    assert "Interview with Acme – Designer; =SUM(A)" in list(rows)[1]


@pytest.mark.usefixtures("told")
def test_a_file_is_written_whole_and_private(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")
    target.chmod(0o644)
    result = cli("export", "--output", str(target))
    assert (result.stdout, result.exit_code) == (f"Written to {target}\n", 0)
    assert json.loads(target.read_text()) == json.loads(cli("export").stdout)
    assert private(target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "showup"]


@pytest.mark.usefixtures("told")
def test_a_file_that_cannot_be_written_is_one_sentence(cli: Cli, tmp_path: Path) -> None:
    result = cli("export", "--output", str(tmp_path / "absent/out.json"))
    assert (result.exit_code, result.stderr) == (
        1,
        f"{tmp_path}/absent/out.json cannot be written: No such file or directory. Name another file.\n",
    )


@pytest.mark.usefixtures("told")
def test_a_backup_is_the_record(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite"
    result = cli("backup", str(target))
    assert (result.stdout, result.exit_code) == (f"Copied to {target}\n", 0)
    assert private(target)
    shown = cli("interviews").stdout
    target.replace(tmp_path / "showup/showup.sqlite")
    assert cli("interviews").stdout == shown


def test_without_a_name_it_lies_with_the_daily_copies(cli: Cli, told: Path) -> None:
    cli("backup")
    target = told / "showup/backups/showup-2026-03-06-090000.sqlite"
    assert private(target)
    with sqlite3.connect(target) as copy:
        assert copy.execute("SELECT count(*) FROM appointments").fetchone() == (5,)
    copy.close()


@pytest.mark.usefixtures("told")
def test_nothing_is_overwritten(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite"
    target.write_text("precious")
    result = cli("backup", str(target))
    assert (result.exit_code, result.stderr) == (
        1,
        f"{target} is there already; nothing was written. Name another file.\n",
    )
    assert target.read_text() == "precious"


@pytest.mark.usefixtures("told")
def test_half_a_copy_is_none(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", broken)
    result = cli("backup", str(tmp_path / "copy.sqlite"))
    said = f"The copy {tmp_path}/copy.sqlite cannot be written: No space left on device. Name another file.\n"
    assert (result.exit_code, result.stderr) == (1, said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["showup"]


def test_a_large_record_is_put_out_in_parts() -> None:
    large = {"interviews": [{"id": number, "reasons": ["“interview” in the title"]} for number in range(20_000)]}
    parts = list(export._json(large))
    assert max(map(len, parts)) < 500_000 < sum(map(len, parts))
    assert "".join(parts) == json.dumps(large, indent=2) + "\n"
