"""Servers that several files of tests share."""

import ssl
from collections.abc import Iterator
from functools import cache

import pytest

from tests.support.desk import Desk
from tests.support.front import front
from tests.support.made_up import Server
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


@pytest.fixture
def desk(port: int, certificates: None) -> Iterator[Desk]:  # noqa: ARG001 - in force meanwhile
    """A calendar of its own on it."""
    with front(port) as before:
        yield Desk(before)


@pytest.fixture
def server(certificates: None) -> Iterator[Server]:  # noqa: ARG001 - in force meanwhile
    """A made-up server."""
    with front() as before:
        yield Server(before)
