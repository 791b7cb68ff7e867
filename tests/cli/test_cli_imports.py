"""What it costs to begin: a status bar calls `showup status` every few seconds."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "sqlalchemy",
    "rich",
    "icalendar",
    "googleapiclient",
    "alembic",
    "apscheduler",
    "publicsuffixlist",
    "recurring_ical_events",
}


def loaded(code: str) -> set[str]:
    """The packages that are imported after this code."""
    show = "import sys; print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{show}"], capture_output=True, text=True, timeout=30, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_beginning_imports_nothing_heavy() -> None:
    assert loaded("import showup.__main__") & HEAVY == set()


@pytest.mark.parametrize("arguments", ["--version", "--help", "interviews --help", "rehearse --help"])
def test_help_imports_nothing_heavy(arguments: str) -> None:
    code = f"from showup.cli.main import run\nrun({arguments.split()!r})"
    assert loaded(code) & HEAVY == set()


def test_recognise_does_not_open_the_record(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "start": {"date": "2026-01-01"}}')
    code = f"from showup.cli.main import run\nrun(['recognise', '{tmp_path}/a.jsonl'])"
    assert loaded(code) & {"alembic", "apscheduler"} == set()


def test_a_process_that_lives_long_does_not_keep_what_makes_a_record(tmp_path: Path) -> None:
    path = tmp_path / "showup.sqlite"
    begin = "from pathlib import Path\nfrom showup.store.database import Database, make_apart"
    found = loaded(f"{begin}\nplace = Path('{path}')\nmake_apart(place)\nassert place.stat().st_size\nDatabase(place)")
    assert "sqlalchemy" in found
    assert "alembic" not in found
