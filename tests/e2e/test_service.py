"""The real daemon as the real user unit, under a real `systemd --user`."""

import shutil
import subprocess
import sysconfig
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from showup.clock import SystemClock
from tests.support import manager
from tests.support.parts import need

ROOT = Path(__file__).parents[2]
PYTHON = "/usr/bin/python3"  # one that the unprivileged user may run
FOR_TESTS_ONLY = (
    "__pycache__",
    "numpy*",
    "scipy*",
    "mypy*",
    "hypothesis*",
    "pip*",
    "ruff*",
    "*pytest*",
    "importlinter*",
)
CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//EN\r
BEGIN:VEVENT\r
UID:acme-1\r
DTSTAMP:20261101T000000Z\r
DTSTART:{start:%Y%m%dT%H%M%SZ}\r
DTEND:{end:%Y%m%dT%H%M%SZ}\r
SUMMARY:Interview with Acme – Editor\r
ORGANIZER:mailto:hr@acme.example\r
ATTENDEE:mailto:sam@example.org\r
END:VEVENT\r
END:VCALENDAR\r
"""
SETTINGS = """owner = ["sam@example.org"]
[[calendars]]
name = "mine"
type = "ics"
path = "~/interviews.ics"
"""
SCRIPT = """
systemctl --user start showup.service
echo "state $(systemctl --user is-active showup.service)"
systemctl --user show showup.service -p StatusText
/home/sam/.local/bin/showup status
systemctl --user kill --kill-whom=main --signal=KILL showup.service
for _ in $(seq 150); do
    sleep .2
    [ "$(systemctl --user show showup.service -p NRestarts --value)" = 1 ] || continue
    [ "$(systemctl --user is-active showup.service)" != active ] || break
done
echo "again $(systemctl --user is-active showup.service)"
systemctl --user stop showup.service
systemctl --user show showup.service -p Result
"""


def install(home: Path) -> None:
    """Put this tree and what it needs into the home folder: the unit sees no other /tmp than its own."""
    asked = [PYTHON, "-c", "import sysconfig; print(sysconfig.get_python_version())"]
    same = subprocess.run(asked, capture_output=True, text=True, check=True)
    if same.stdout.strip() != sysconfig.get_python_version():
        pytest.skip(f"{PYTHON} is not of the version that the tests run with")
    shutil.copytree(sysconfig.get_path("purelib"), home / "lib", ignore=shutil.ignore_patterns(*FOR_TESTS_ONLY))
    shutil.copytree(ROOT / "src/showup", home / "lib/showup", ignore=shutil.ignore_patterns("__pycache__"))
    command = home / ".local/bin/showup"
    command.write_text(f'#!/bin/sh\nPYTHONPATH=/home/sam/lib exec {PYTHON} -m showup "$@"\n')
    command.chmod(0o755)


def test_it_runs_as_a_user_unit_and_comes_back_after_a_crash() -> None:
    need("systemctl", PYTHON)
    start = SystemClock().now().astimezone(UTC) + timedelta(minutes=30)
    with manager.home() as home:
        for folder in (".local/bin", ".config/systemd/user", ".config/showup"):
            (home / folder).mkdir(parents=True)
        install(home)
        (home / "interviews.ics").write_text(
            CALENDAR.format(start=start, end=start + timedelta(minutes=30)), newline=""
        )
        (home / ".config/showup/config.toml").write_text(SETTINGS)
        shutil.copy(ROOT / "systemd/showup.service", home / ".config/systemd/user/")
        done = manager.run(home, SCRIPT)
    told = f"{done.stdout}\n{done.stderr}"
    lines = done.stdout.splitlines()
    assert done.returncode == 0, told
    assert lines[0] == "state active", told  # READY came: the calendar was read and the first timer stands
    assert lines[1].startswith("StatusText=next look at "), told
    assert "Next: Acme" in done.stdout, told
    assert "again active" in lines, told
    assert lines[-1] == "Result=success", told
