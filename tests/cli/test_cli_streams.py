"""Whoever starts the program may have closed its streams: it goes on, and prints into no file of its own."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

SHOWUP = f"exec {sys.executable} -m showup"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_command_works_without_them(told: Path, closed: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{SHOWUP} answer 2 mine {closed}"], capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    with closing(sqlite3.connect(told / "showup/showup.sqlite")) as record:
        assert record.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert record.execute("SELECT count(*) FROM evidence WHERE sign = 'mine'").fetchone() == (1,)


def test_a_refusal_without_them_is_an_exit_code(told: Path) -> None:
    (told / "showup/showup.sqlite").write_text("no database")
    done = subprocess.run(["sh", "-c", f"{SHOWUP} interviews >&- 2>&-"], capture_output=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
    assert (told / "showup/showup.sqlite").read_text() == "no database"
