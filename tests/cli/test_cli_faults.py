"""A record that cannot be trusted: every command says the sentence of docs/faults.md, and leaves the file as it is."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from showup.cli import main
from showup.store.copies import Copies
from showup.store.file import HEAD

Cli = Callable[..., Result]
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/faults.md").read_text("utf-8")
ROWS = [tuple(cell.strip() for cell in row.split("|")[1:-1]) for row in re.findall(r"^\| .* \|$", PAGE, re.MULTILINE)]
SENTENCES = {row[0]: row[1] for row in ROWS if row[2].endswith("test_every_command_refuses`")}
TESTS = [row[2].strip("`") for row in ROWS if "::" in row[2]]
COMMANDS = {
    "run": [],
    "status": [],
    "interviews": [],
    "why": ["1"],
    "companies": [],
    "company": ["Acme"],
    "answer": ["1", "mine"],
    "letter": ["1", "--about", "way"],
    "rejudge": [],
    "export": [],
    "report": [],
    "import": ["export.json"],
    "backup": ["copy.sqlite"],
    "forget": ["Acme", "--yes"],
}
WITHOUT_IT = {
    "setup",
    "calendar",
    "service",
    "detect",
    "recognise",
    "rehearse",
    "restore",
    "completion",
    "web",
    "notify",
}
"""They do their work without the record, or put another one in its place."""
DOCTOR = "doctor"
"""It tells of the record, as of all other parts."""


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:4000] = b"\xff" * 3900
    path.write_bytes(content)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def text(path: Path) -> None:
    path.write_text("No database at all, but long enough to be taken for a header of one.\n" * 100)


def without_copies(path: Path) -> None:
    damaged(path)
    for copy in Copies(path).shelf.copies():
        copy.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (address TEXT)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()


FAULTS: dict[str, Callable[[Path], None]] = {
    "damaged": damaged,
    "cut off": cut_off,
    "something else under its name": text,
    "damaged, and no copy": without_copies,
    "no bytes, though there are copies": emptied,
    "another program's database": foreign,
    "written by a newer version": newer,
}
IN_THE_WAY = "its folder is a file"


@pytest.fixture
def path(told: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(told)
    (told / "export.json").write_text("{}")
    found = told / "showup/showup.sqlite"
    Copies(found).keep(date(2026, 3, 29))
    return found


def sentence(fault: str, path: Path) -> str:
    told: str = SENTENCES[fault]
    return told.replace("RECORD", str(path)).replace("HEAD", HEAD) + "\n"


@pytest.mark.parametrize("fault", FAULTS)
def test_every_command_refuses(cli: Cli, path: Path, fault: str) -> None:
    FAULTS[fault](path)
    before = path.read_bytes()
    for name, arguments in COMMANDS.items():
        result = cli(name, *arguments)
        assert (result.exit_code, result.stderr) == (1, sentence(fault, path)), name
        assert path.read_bytes() == before, name
    assert not (path.parent.parent / "copy.sqlite").exists()


def test_a_folder_that_is_a_file_is_refused_as_well(cli: Cli, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path.parent.parent / "data").mkdir()
    (path.parent.parent / "data/showup").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(path.parent.parent / "data"))
    there = path.parent.parent / "data/showup/showup.sqlite"
    for name, arguments in COMMANDS.items():
        result = cli(name, *arguments)
        assert (result.exit_code, result.stderr) == (1, sentence(IN_THE_WAY, there)), name


@pytest.mark.parametrize("fault", FAULTS)
def test_the_doctor_says_so_and_goes_on(cli: Cli, path: Path, fault: str) -> None:
    FAULTS[fault](path)
    result = cli(DOCTOR)
    assert result.exit_code == 1
    assert "Traceback" not in result.stdout
    assert "broken" in result.stdout


def test_each_command_is_on_one_of_the_lists() -> None:
    assert set(COMMANDS) | WITHOUT_IT | {DOCTOR} >= set(main._WHERE)


def test_the_page_has_no_other_faults_of_the_record() -> None:
    assert set(SENTENCES) == {*FAULTS, IN_THE_WAY}


@pytest.mark.parametrize("name", sorted(set(TESTS)))
def test_each_test_that_the_page_names_is_there(name: str) -> None:
    file, *classes, function = name.split("::")
    wanted = [*(f"^class {one}:" for one in classes), rf"^{'    ' * len(classes)}def {function}\("]
    text = (ROOT / file).read_text("utf-8")
    assert all(re.search(one, text, re.MULTILINE) for one in wanted), name


def test_every_row_of_the_page_names_its_test() -> None:
    rows = [row for row in ROWS if not set(row[0]) <= {"-"} and row[0] != "fault"]
    assert len(rows) == len(TESTS) > 40
