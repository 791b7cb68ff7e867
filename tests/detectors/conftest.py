"""A private bus, which is also that of the test itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.session import session


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    with session(tmp_path) as made:
        for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"):
            monkeypatch.setenv(name, made["DBUS_SESSION_BUS_ADDRESS"])
        yield made
