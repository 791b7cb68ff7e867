"""The real program as the real user unit, put there by its own command, under a real `systemd --user`."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path
from shlex import quote
from typing import Any

import pytest

from showup.clock import SystemClock
from tests.support import manager
from tests.support.installed import PYTHON, install
from tests.support.parts import need

COMMAND = f"""#!{PYTHON}
import os, sys, time
sys.path.insert(0, "/home/sam/lib")
from showup.calendars.ics import IcsCalendar
from showup.__main__ import main

read, hang = IcsCalendar.read, "/home/sam/.local/share/showup/hang"

def hanging(*arguments):
    if os.path.exists(hang):
        os.unlink(hang)
        time.sleep(1000)
    return read(*arguments)

IcsCalendar.read = hanging
main()
"""
"""What pip would write, and a calendar that hangs once where it is told to, in spite of all time limits."""
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
BEGIN:VEVENT\r
UID:private-1\r
DTSTAMP:20261101T000000Z\r
DTSTART:{start:%Y%m%dT%H%M%SZ}\r
RRULE:FREQ=SECONDLY\r
SUMMARY:Dentist\r
END:VEVENT\r
END:VCALENDAR\r
"""
SETTINGS = """owner = ["sam@example.org"]
[[calendars]]
name = "mine"
type = "ics"
path = "~/interviews.ics"
[[calendars]]
name = "gone"
type = "ics"
path = "~/gone.ics"
"""
LOOK = """
from http.cookiejar import CookieJar
from urllib.request import HTTPCookieProcessor, build_opener

page = build_opener(HTTPCookieProcessor(CookieJar())).open(input(), timeout=20)
print('the page:', page.status, 'Acme' in page.read().decode())
"""
"""As a browser does: the code is exchanged for a cookie, and leads to the overview."""
BEGIN = r"""
export PATH="$HOME/.local/bin:/usr/bin:/bin"
unit=$HOME/.config/systemd/user/showup.service
tree() {
    find "$HOME" "$XDG_RUNTIME_DIR" \( -path '*/lib/*' -o -path "$XDG_RUNTIME_DIR/systemd/*" -o -path '*/pulse/*' \
        -o -path "$HOME/.local/state*" \) -prune -o -print | sort
}
value() { systemctl --user show showup -p "$1" --value; }
until_restarted() {
    for _ in $(seq 200); do
        [ "$(value NRestarts)" = "$1" ] && [ "$(value ActiveState)" = active ] && break
        sleep .1
    done
    echo "$2: $(value ActiveState), restarts $(value NRestarts)"
}
"""
WHOLE_LIFE = r"""
mkdir -p "$unit.d"
printf '[Service]\nWatchdogSec=3\nRestartSec=100ms\n' >"$unit.d/mine.conf"
mkdir -p ~/.local/share
tree >"$XDG_RUNTIME_DIR/systemd/before"
showup service install
echo "state: $(value ActiveState), enabled $(systemctl --user is-enabled showup)"
stamp=$(stat -c %Y.%Z "$unit")
showup service install
[ "$stamp" = "$(stat -c %Y.%Z "$unit")" ] && echo "unchanged, restarts $(value NRestarts)"
stat -c '%a %n' "$unit"
showup status
showup answer 1 told_late
for _ in $(seq 150); do journalctl --user -u showup --quiet | grep -q 'next look' && break; sleep .2; done
showup service status --json >"$HOME/lib/status.json"
showup web --print-url | PYTHON -c "$LOOK"
systemctl --user kill --kill-whom=main --signal=KILL showup
until_restarted 1 killed
touch ~/.local/share/showup/hang
systemctl --user reload showup 2>&1 || true
until_restarted 2 hung
showup service uninstall
echo "state: $(value ActiveState), $(value LoadState)"
tree | diff "$XDG_RUNTIME_DIR/systemd/before" - || true
showup why 1 --json | grep '"detail"'
"""


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home in which showup is installed, with an interview in half an hour."""
    need("systemctl", "/lib/systemd/systemd-journald", PYTHON)
    start = SystemClock().now().astimezone(UTC) + timedelta(minutes=30)
    with manager.home() as folder:
        for place in (".local/bin", ".config/showup"):
            (folder / place).mkdir(parents=True)
        install(folder, COMMAND)
        text = CALENDAR.format(start=start, end=start + timedelta(minutes=30))
        (folder / "interviews.ics").write_text(text, newline="")
        (folder / ".config/showup/config.toml").write_text(SETTINGS)
        yield folder


def test_from_install_to_uninstall(home: Path) -> None:
    life = f"LOOK={quote(LOOK)}\n{WHOLE_LIFE.replace('PYTHON', PYTHON)}"
    done = manager.run(home, BEGIN + life)
    told = f"{done.stdout}\n{done.stderr}"
    assert done.returncode == 0, told
    lines = [line for line in done.stdout.splitlines() if not line.startswith(("Calendar", "Next", "Job", "See"))]
    ready = "next look "
    begins = [
        "Written: /home/sam/.config/systemd/user/showup.service",
        f"The service is running, and starts with your session from now on: {ready}",
        "state: active, enabled enabled",
        f"The service is installed already, and running: {ready}",
        "unchanged, restarts 0",
        "644 /home/sam/.config/systemd/user/showup.service",
        "showup is running.",
        "Stored: Acme, ",
        "the page: 200 True",
        "killed: active, restarts 1",
        "hung: active, restarts 2",
        "Your own drop-ins are kept: /home/sam/.config/systemd/user/showup.service.d",
        "The service is stopped and removed.",
        "The record stays: /home/sam/.local/share/showup/showup.sqlite",
        "state: inactive, not-found",
    ]
    assert [line.startswith(begin) for line, begin in zip(lines, begins, strict=False)] == [True] * len(begins), told
    # The record and its copies are all that came.
    new = [line for line in lines if line.startswith(("< ", "> "))]
    assert new
    assert all(line.startswith("> /home/sam/.local/share/showup") for line in new), told
    assert '"detail": "told_late"' in lines[-1], told
    said(json.loads((home / "lib/status.json").read_text()))


def said(state: dict[str, Any]) -> None:
    """What the journal holds of the start, with its levels; nothing of events that are no interviews."""
    assert (state["installed"], state["enabled"], state["running"], state["state"]) == (True, True, True, "running")
    assert state["status"].startswith("next look ")
    log = [(line["level"], line["text"]) for line in state["log"]]
    levels = {text.partition(" ")[0]: level for level, text in log}
    assert levels == {"The": "warning", "Some": "warning", "watching:": "info", "next": "info"}, log
    assert "Dentist" not in str(log)


FORBIDDEN = r"""
unshare --user true 2>/dev/null && echo "user namespaces are allowed"
showup service install
grep -E '^(NoNewPrivs|Seccomp):' "/proc/$(value MainPID)/status" | tr '\n\t' '  '; echo
showup service install
sed -i 's/^Description=.*/Description=mine/' "$unit"
showup service install
value Description
showup service install --replace
grep Description "$unit.yours"
value Description
rm "$unit.yours"
showup service uninstall
"""
SAID = """\
Written: {folder}/showup.service
This system allows no user namespaces, which a part of the sandbox needs; the service runs without that part \
({folder}/showup.service.d/showup-without-namespaces.conf).
The service is running, and starts with your session from now on: next look
NoNewPrivs: 1 Seccomp: 2
The service is installed already, and running: next look
You have changed {folder}/showup.service: it is kept as it is. `--replace` puts showup's own there.
The service is installed already, and running: next look
mine
Your own unit is kept as {folder}/showup.service.yours.
Written: {folder}/showup.service
The service is running, and starts with your session from now on: next look
Description=mine
showup watches for interviewers who do not come
The service is stopped and removed.
The record stays: /home/sam/.local/share/showup/showup.sqlite
"""


def test_where_user_namespaces_are_forbidden_and_where_the_unit_was_edited(home: Path) -> None:
    shutil.rmtree(home / ".config/systemd", ignore_errors=True)
    done = manager.run(home, BEGIN + FORBIDDEN, namespaces=False)
    told = f"{done.stdout}\n{done.stderr}"
    assert done.returncode == 0, told
    lines = [re.sub("(?<=next look) .*", "", line).strip() for line in done.stdout.splitlines()]
    assert lines == SAID.format(folder="/home/sam/.config/systemd/user").splitlines(), told
    assert not (home / ".config/systemd").exists()
