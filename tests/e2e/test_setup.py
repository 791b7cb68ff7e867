"""The first minutes: from an empty home to a running service, by five answers at a terminal."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from showup.clock import SystemClock
from tests.support import manager
from tests.support.installed import PYTHON, ROOT, install
from tests.support.parts import need

CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//EN\r
BEGIN:VEVENT\r
UID:acme-1\r
DTSTAMP:20261101T000000Z\r
DTSTART:{start:%Y%m%dT%H%M%SZ}\r
DURATION:PT30M\r
SUMMARY:Interview with Acme – Editor\r
ORGANIZER:mailto:hr@acme.example\r
ATTENDEE:mailto:sam@example.org\r
END:VEVENT\r
END:VCALENDAR\r
"""
PERSON = f"""#!{PYTHON}
import os, sys
from terminal import terminal

with terminal(["showup", "setup", *sys.argv[2:]], os.environ) as person:
    for word in sys.argv[1].split(","):
        person.answer("of 5.", word)
    code = person.end(60)
print(person.shown)
sys.exit(code)
"""
SCRIPT = r"""
export PATH="$HOME/.local/bin:/usr/bin:/bin"
python3 ~/lib/person.py ,sam@example.org,,,
echo "service: $(systemctl --user is-active showup), $(systemctl --user is-enabled showup)"
showup status
echo --- again
python3 ~/lib/person.py ,,6,,no
echo "service: $(systemctl --user is-active showup)"
ls ~/.config/systemd 2>&1
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A home with showup and a calendar in it, and no settings."""
    need("systemctl", "/lib/systemd/systemd-journald", PYTHON)
    start = SystemClock().now().astimezone(UTC) + timedelta(hours=30)
    with manager.home() as folder:
        install(folder)
        shutil.copy(ROOT / "tests/support/terminal.py", folder / "lib/terminal.py")
        (folder / "lib/person.py").write_text(PERSON)
        work = folder / ".calendars/work"
        work.mkdir(parents=True)
        (work / "acme.ics").write_text(CALENDAR.format(start=start), newline="")
        yield folder


def test_from_nothing_to_a_running_service_and_back(home: Path) -> None:
    done = manager.run(home, SCRIPT)
    told = f"{done.stdout}\n{done.stderr}"
    first, _, again = done.stdout.partition("--- again")
    assert "1 event in the next fortnight; 1 looks like an interview: Acme " in first, told
    assert "The service is running, and starts with your session from now on" in first, told
    assert re.search(r"ok +service: .*running", first), told
    assert "broken" not in first, told
    assert "service: active, enabled\n" in first, told
    assert "Next: Acme, " in first, told
    assert "The service is stopped and removed." in again, told
    assert "service: inactive" in again, told
    assert "systemd': No such file" in again, told
    settings = (home / ".config/showup/config.toml").read_text()
    assert 'owner = ["sam@example.org"]' in settings
    assert "late_after_minutes = 6" in settings
