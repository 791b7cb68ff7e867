"""The unit file, checked by systemd's own tools and run by a real manager."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import jeepney
import pytest

from tests.support import manager
from tests.support.parts import absent, need

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "systemd/showup.service"
PYTHON = "/usr/bin/python3"  # one that the unprivileged user may run


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A home in which the command is installed."""
    command = tmp_path / ".local/bin/showup"
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}


def analyze(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    need("systemd-analyze")
    return subprocess.run(["systemd-analyze", *words], env=env, capture_output=True, text=True, check=False)


def test_it_has_no_mistake(env: dict[str, str]) -> None:
    done = analyze(env, "--user", "verify", "--recursive-errors=yes", str(UNIT))
    assert (done.returncode, done.stderr) == (0, "")


def test_a_misspelt_key_would_be_found(env: dict[str, str], tmp_path: Path) -> None:
    wrong = tmp_path / "showup.service"
    wrong.write_text(UNIT.read_text().replace("WatchdogSec", "WatchdogSecs"))
    assert analyze(env, "--user", "verify", "--recursive-errors=yes", str(wrong)).returncode != 0


@pytest.mark.parametrize("scope", [(), ("--user",)])
def test_it_is_shut_in(env: dict[str, str], scope: tuple[str, ...]) -> None:
    done = analyze(env, *scope, "security", "--offline=true", "--threshold=30", "--no-pager", str(UNIT))
    assert done.returncode == 0, done.stdout[-200:]


@pytest.fixture
def home() -> Iterator[Path]:
    """A home with the unit, and the stand-in as its command, with all that it imports."""
    if not shutil.which(PYTHON):
        absent(f"not installed: {PYTHON}")
    with manager.home() as folder:
        library = folder / "library"
        shutil.copytree(ROOT / "src/showup", library / "showup", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(Path(str(jeepney.__file__)).parent, library / "jeepney")
        command = folder / ".local/bin/showup"
        command.parent.mkdir(parents=True)
        stand_in = (ROOT / "tests/support/stand_in_service.py").read_text()
        (folder / "stand_in.py").write_text(stand_in)
        command.write_text(f'#!/bin/sh\nPYTHONPATH="$HOME/library" exec {PYTHON} "$HOME/stand_in.py"\n')
        browser = folder / "bin/xdg-open"
        browser.parent.mkdir()
        browser.write_text('#!/bin/sh\necho "$@" > "$HOME/opened"\n')
        units = folder / ".config/systemd/user"
        (units / "showup.service.d").mkdir(parents=True)
        shutil.copy(UNIT, units)
        quick = "[Service]\nWatchdogSec=2\nRestartSec=100ms\nStandardError=append:%h/errors\n"
        (units / "showup.service.d/quick.conf").write_text(quick)
        for program in (command, browser):
            program.chmod(0o755)
        yield folder


SCRIPT = r"""
show() { systemctl --user show showup -p ActiveState,StatusText,NRestarts,Result --value | tr '\n' ' '; echo; }
systemctl --user set-environment PATH="$HOME/bin:/usr/bin:/bin"
until_shown() { for _ in $(seq 150); do show | grep -q "$1" && break; sleep .1; done; show; }
systemctl --user start showup && show
systemctl --user reload showup
until_shown reloaded
for _ in $(seq 150); do [ -s "$HOME/opened" ] && break; sleep .1; done
touch "$HOME/hang"
until_shown "1 active"
systemctl --user stop showup; show
"""


def test_a_real_manager_runs_it(home: Path) -> None:
    done = manager.run(home, SCRIPT)
    told = f"{done.stdout}\n{done.stderr}\n{(home / 'errors').read_text()}"
    assert done.returncode == 0, told
    assert done.stdout.splitlines() == [
        "life 0 success 0 active ",
        "reloaded success 0 active ",
        "life 1 success 1 active ",
        " success 0 inactive ",
    ], told
    tried = json.loads((home / ".local/share/showup/tried.json").read_text())
    assert {tried.pop(name) for name in ("data", "bus", "network", "link")} == {"ok"}, tried
    assert "Read-only" in tried["system"]
    assert "Read-only" in tried["home"]
    assert tried["privileges"] != "ok"
    assert (home / "opened").read_text() == "https://example.org/join\n"
