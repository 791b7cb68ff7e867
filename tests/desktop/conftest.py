"""A session of its own for each test; the screen is shared by the tests of one process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.session import Dunst, dunst, screen, session


@pytest.fixture(scope="session")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with screen(tmp_path_factory.mktemp("screen")) as name:
        yield name


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A session bus, which is also that of the test itself."""
    with session(tmp_path) as made:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made["DBUS_SESSION_BUS_ADDRESS"])
        yield made


@pytest.fixture
def desktop(tmp_path: Path, env: dict[str, str], display: str) -> Iterator[Dunst]:
    """A session with a running dunst."""
    with dunst(tmp_path, env | {"DISPLAY": display}) as running:
        yield running
