"""restore and import: another record in the place of the one there is, which is kept."""

import fcntl
import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import Result

Cli = Callable[..., Result]
DAY = "2026-03-06"


@pytest.fixture
def path(told: Path) -> Path:
    return told / "showup/showup.sqlite"


@contextmanager
def running(path: Path) -> Iterator[None]:
    """A daemon holds its lock."""
    lock = path.parent / "daemon.lock"
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def kept(path: Path) -> list[str]:
    return sorted(file.name for file in (path.parent / "backups").iterdir())


def test_it_lists_what_there_is(cli: Cli, path: Path) -> None:
    assert cli("restore").stdout.startswith(f"There are no copies in {path.parent}/backups yet.")
    cli("backup")
    (path.parent / "backups/showup-2026-03-01.sqlite").write_text("no copy")
    found = json.loads(cli("restore", "--json").stdout)
    assert found["folder"] == str(path.parent / "backups")
    assert [(one["name"], one["day"], one["whole"]) for one in found["copies"]] == [
        ("showup-2026-03-01.sqlite", "2026-03-01", False),
        ("showup-2026-03-06-090000.sqlite", DAY, True),
    ]
    assert "damaged" in cli("restore").stdout


@pytest.mark.parametrize("named", ["path", "name", "day"])
def test_a_copy_is_put_back_and_the_record_kept(cli: Cli, path: Path, named: str) -> None:
    cli("backup")
    copy = path.parent / f"backups/showup-{DAY}-090000.sqlite"
    shown = cli("interviews").stdout
    cli("answer", "2", "mine")
    changed = cli("interviews").stdout
    result = cli("restore", {"path": str(copy), "name": copy.name, "day": DAY}[named])
    replaced = path.parent / f"backups/showup-{DAY}-090000-replaced.sqlite"
    assert result.stdout == f"The record is that of {copy}.\nThe one before is kept as {replaced}\n"
    assert cli("interviews").stdout == shown != changed
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(replaced.stat().st_mode) == 0o600
    cli("restore", str(replaced))
    assert cli("interviews").stdout == changed


def test_a_damaged_record_is_kept_byte_for_byte(cli: Cli, path: Path) -> None:
    cli("backup")
    shown = cli("interviews").stdout
    damaged = path.read_bytes()[:5000] + b"\xff" * 4000
    path.write_bytes(damaged)
    path.with_name("showup.sqlite-wal").write_bytes(b"a log of it")
    refused = cli("interviews")
    assert refused.exit_code == 1
    assert f"`showup restore {DAY}` puts back the copy of that day" in refused.stderr
    assert cli("restore", DAY).exit_code == 0
    assert cli("interviews").stdout == shown
    replaced = path.parent / f"backups/showup-{DAY}-090000-replaced.sqlite"
    assert replaced.read_bytes() == damaged
    assert replaced.with_name(replaced.name + "-wal").read_bytes() == b"a log of it"
    assert not path.with_name("showup.sqlite-wal").exists()


def test_what_lies_beside_it_and_is_no_file_is_not_kept(cli: Cli, path: Path) -> None:
    """The record is damaged, and so kept as it is; in the place of its log is what never ends."""
    cli("backup")
    path.write_text("damaged")
    os.mkfifo(path.with_name(f"{path.name}-wal"))
    done = cli("restore", kept(path)[0])
    assert done.exit_code == 0, done.stderr
    assert [name for name in kept(path) if name.endswith("-wal")] == []
    assert not path.with_name(f"{path.name}-wal").exists()


def test_a_newer_record_is_kept_as_well(cli: Cli, path: Path) -> None:
    cli("backup")
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()
    before = path.read_bytes()
    assert cli("restore", DAY).exit_code == 0
    assert cli("interviews").exit_code == 0
    assert (path.parent / f"backups/showup-{DAY}-090000-replaced.sqlite").read_bytes() == before


def test_where_there_is_no_record_it_is_the_first(cli: Cli, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    cli("backup", str(copy))
    shown = cli("interviews").stdout
    shutil.rmtree(path.parent)
    assert cli("restore", str(copy)).stdout == f"The record is that of {copy}.\n"
    assert cli("interviews").stdout == shown


def no_file(copy: Path) -> str:
    copy.unlink()
    return f"There is no copy “{copy}”. `showup restore` lists those there are.\n"


def text(copy: Path) -> str:
    copy.write_text("No database at all, but long enough to be taken for a header of one.\n" * 100)
    return f"The record {copy} is damaged or no database; it was left as it is."


def foreign(copy: Path) -> str:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as other:
        other.execute("CREATE TABLE bookmarks (address TEXT)")
    return f"{copy} is a database, but not one of showup's."


def newer(copy: Path) -> str:
    with closing(sqlite3.connect(copy)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()
    return f"The record {copy} was written by a newer showup (version 9999,"


def broken_inside(copy: Path) -> str:
    content = bytearray(copy.read_bytes())
    content[4096 * 3 : 4096 * 20] = b"\xff" * 4096 * 17
    copy.write_bytes(content)
    return f"The record {copy} is damaged or no database; it was left as it is."


@pytest.mark.parametrize("spoil", [no_file, text, foreign, newer, broken_inside])
def test_what_is_no_copy_changes_nothing(cli: Cli, path: Path, tmp_path: Path, spoil: Callable[[Path], str]) -> None:
    copy = tmp_path / "copy.sqlite"
    cli("backup", str(copy))
    said, before = spoil(copy), path.read_bytes()
    result = cli("restore", str(copy))
    assert result.exit_code == 1
    assert result.stderr.startswith(said)
    assert path.read_bytes() == before
    assert {file.name for file in path.parent.iterdir()} <= {"daemon.lock", "showup.sqlite"}


@pytest.mark.parametrize("command", ["restore", "import"])
def test_not_while_showup_runs(cli: Cli, path: Path, tmp_path: Path, command: str) -> None:
    copy = tmp_path / "copy"
    cli(*{"restore": ("backup", str(copy)), "import": ("export", "--output", str(copy))}[command])
    before = path.read_bytes()
    with running(path):
        result = cli(command, str(copy), *(["--replace"] if command == "import" else []))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "showup is already running. End it first: `systemctl --user stop showup`, or Ctrl-C where it runs.\n"
    )
    assert path.read_bytes() == before


def test_not_while_a_command_holds_it(cli: Cli, path: Path) -> None:
    cli("backup")
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        result = cli("restore", DAY)
    assert result.exit_code == 1
    assert "is in use. End the other command, and try again." in result.stderr


# ---------------------------------------------------------------- import
def test_an_export_is_taken_in_where_nothing_is(cli: Cli, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    cli("export", "--output", str(file))
    shown = [cli(name).stdout for name in ("interviews", "companies", "export")]
    path.unlink()
    assert cli("import", str(file)).stdout == f"The record is that of {file}.\n"
    assert [cli(name).stdout for name in ("interviews", "companies", "export")] == shown


def test_two_records_are_not_made_one(cli: Cli, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    cli("export", "--output", str(file))
    cli("answer", "2", "mine")
    before = cli("export").stdout
    result = cli("import", str(file))
    assert result.exit_code == 1
    assert result.stderr == (
        "There are interviews on record already, and two records cannot be made one. "
        "`showup import --replace` puts this one in their place, and keeps them as a copy.\n"
    )
    assert cli("export").stdout == before
    assert cli("import", str(file), "--replace").exit_code == 0
    assert cli("export").stdout == file.read_text()
    assert kept(path) == [f"showup-{DAY}-090000-replaced.sqlite"]


def test_a_record_that_only_knows_calendars_is_empty(cli: Cli, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    cli("export", "--output", str(file))
    path.unlink()
    cli("status")  # makes a new one
    with closing(sqlite3.connect(path)) as other:
        other.execute("INSERT INTO calendars VALUES ('mine', 'ics', NULL, NULL, '', NULL, 1)")
        other.commit()
    assert cli("import", str(file)).exit_code == 0
    assert cli("export").stdout == file.read_text()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is no export of showup's. Give a file that `showup export` wrote, as JSON."),
        ("[" * 100_000, "is no export of showup's."),
        ("[]", "That is no record that `showup export` wrote; nothing was changed."),
        ('{"version": "1"}', "That is no record that `showup export` wrote; nothing was changed."),
        ("\xff", "That is no record"),
    ],
)
def test_what_is_no_export_is_one_sentence(cli: Cli, path: Path, tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "out.json"
    file.write_text(content or "", "latin-1")
    before = path.read_bytes()
    result = cli("import", str(file), "--replace")
    assert result.exit_code == 1
    assert said in result.stderr or "is no export of showup's." in result.stderr
    assert path.read_bytes() == before


def test_a_file_that_is_not_there_is_one_sentence(cli: Cli, path: Path) -> None:
    assert path.exists()
    result = cli("import", "absent.json")
    assert result.stderr == "absent.json cannot be read: No such file or directory. Name another file.\n"
