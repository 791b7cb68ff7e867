"""Servers that several files of tests share."""

import ssl
from collections.abc import Iterator
from functools import cache

import pytest

from tests.support.radicale import radicale

_certificates = cache(ssl.create_default_context)


@pytest.fixture(scope="session")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real Radicale."""
    with radicale(tmp_path_factory.mktemp("radicale")) as found:
        yield found


@pytest.fixture
def certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's certificates are loaded once; it takes 30 ms, and hundreds of readings need none of them."""
    monkeypatch.setattr(ssl, "create_default_context", _certificates)
