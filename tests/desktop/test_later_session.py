"""A service that is older than the session finds the bus that the session brought along."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from showup.desktop.notifications import DesktopNotifier
from showup.ports import NotifierAway, Returned
from tests.desktop.contract import ASK
from tests.support.session import session
from tests.support.stand_in import stand_in


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the service manager says that it gives to new programs; nothing so far."""
    told, program = tmp_path / "environment", tmp_path / "bin/systemctl"
    told.write_text("LANG=C.UTF-8\n")
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\n[ "$*" = "--user show-environment" ] && cat "{told}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    monkeypatch.setenv("NOTIFY_SOCKET", "/run/user/1000/systemd/notify")
    return told


@pytest.fixture
def notifier() -> Iterator[DesktopNotifier]:
    made = DesktopNotifier(limit=1.0)
    yield made
    made.close()


@pytest.fixture(params=["no bus", "another bus"])
def alone(request: pytest.FixtureRequest, env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the session there is no bus, or one on which nobody shows notices."""
    assert env
    if request.param == "no bus":
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
        monkeypatch.setenv("XDG_RUNTIME_DIR", env["XDG_RUNTIME_DIR"])


@pytest.mark.usefixtures("alone")
def test_the_session_s_bus_is_found_when_it_comes(tmp_path: Path, manager: Path, notifier: DesktopNotifier) -> None:
    with pytest.raises(NotifierAway):
        notifier.show(ASK)
    folder = tmp_path / "session"
    folder.mkdir()
    with session(folder) as later, stand_in(later, "actions", "body") as server:
        manager.write_text(f"LANG=C.UTF-8\nDBUS_SESSION_BUS_ADDRESS={later['DBUS_SESSION_BUS_ADDRESS']}\n")
        assert notifier.show(ASK)
        assert len(server.notices()) == 1
        assert Returned() in notifier.drain()  # what was shown elsewhere is shown here again
