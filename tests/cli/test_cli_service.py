"""service, where there is no manager to talk to, and what is said of one that answers. The real one: tests/e2e."""

import fcntl
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from showup.service.unit import unit

Cli = Callable[..., Result]
NOBODY = (
    "There is no service manager (systemd --user) for you here. Have your desktop start `showup run` by itself "
    "(its settings call that autostart), or by cron: @reboot.\n"
)
KNOWN = """\
ActiveState=failed
SubState=failed
Result=watchdog
ExecMainStatus=0
StatusText=next look at 10:00 \x1b[31m
UnitFileState=enabled
NeedDaemonReload=no
ActiveEnterTimestamp=
StateChangeTimestamp=Thu 2026-07-02 14:10:00 UTC
"""
JOURNAL = [
    {"__REALTIME_TIMESTAMP": "1782991800000000", "PRIORITY": "4", "MESSAGE": "The calendar cannot be read."},
    {"__REALTIME_TIMESTAMP": "1782991801000000", "MESSAGE": [27, 91]},
    {"__REALTIME_TIMESTAMP": "soon", "MESSAGE": "no time"},
]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of programs; empty."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(file: Path, says: str) -> None:
    (file.parent / f"{file.name}.says").write_text(says)
    file.write_text(f"#!/bin/sh\nwhile IFS= read -r line; do printf '%s\\n' \"$line\"; done <'{file}.says'\n")
    file.chmod(0o755)


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("command", ["install", "status"])
def test_without_a_manager_it_says_what_to_do_instead(cli: Cli, home: Path, command: str) -> None:
    done = cli("service", command)
    assert done.exit_code == 1
    assert done.stderr == NOBODY
    assert not (home / "systemd").exists()


@pytest.mark.usefixtures("programs")
def test_without_a_manager_it_can_still_be_removed(cli: Cli, home: Path) -> None:
    folder = home / "systemd/user"
    (folder / "showup.service.d").mkdir(parents=True)
    (folder / "showup.service").write_text(unit(("/a/showup",)))
    assert cli("service", "uninstall").stdout == "The service is stopped and removed.\n"
    assert not (home / "systemd").exists()
    assert cli("service", "uninstall").stdout == "No service is installed.\n"


def test_one_that_was_started_by_hand_is_not_disturbed(cli: Cli, home: Path, programs: Path) -> None:
    program(programs / "systemctl", f"{home}/systemd/user\n")
    with (home / "showup/daemon.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = cli("service", "install")
    assert done.exit_code == 1
    assert "started by hand. End it (Ctrl-C), then install the service." in done.stderr
    assert not (home / "systemd").exists()


def test_settings_with_a_fault_are_named_first(cli: Cli, home: Path, programs: Path) -> None:
    program(programs / "systemctl", f"{home}/systemd/user\n")
    (home / "showup/config.toml").write_text("owner = 1\n")
    done = cli("service", "install")
    assert (done.exit_code, "owner" in done.stderr) == (1, True)
    assert not (home / "systemd").exists()


def test_what_is_known_of_it(cli: Cli, home: Path, programs: Path) -> None:
    program(programs / "known", KNOWN)
    program(programs / "journalctl", "\n".join(map(json.dumps, JOURNAL)) + "\n")
    answer = f'case "$*" in *UnitPath*) echo "{home}/systemd/user";; *) exec "{programs}/known";; esac'
    (programs / "systemctl").write_text(f"#!/bin/sh\n{answer}\n")
    (programs / "systemctl").chmod(0o755)
    assert json.loads(cli("service", "status", "--json").stdout) == {
        "installed": True,
        "enabled": True,
        "running": False,
        "state": "failed: watchdog",
        "since": "2026-07-02T14:10:00Z",
        "status": "next look at 10:00",
        "log": [{"at": "2026-07-02T11:30:00Z", "level": "warning", "text": "The calendar cannot be read."}],
    }
    assert cli("service", "status").stdout.splitlines() == [
        "Installed, and starts with your session.",
        "It is not running (failed: watchdog), since Thu 02 Jul 2026 10:10 EDT.",
        "It says: next look at 10:00",
        "Thu 02 Jul 2026 07:30 EDT The calendar cannot be read.",
    ]
