"""Servers that several files of tests share."""

from collections.abc import Iterator

import pytest

from tests.support.radicale import radicale


@pytest.fixture(scope="session")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real Radicale."""
    with radicale(tmp_path_factory.mktemp("radicale")) as found:
        yield found
