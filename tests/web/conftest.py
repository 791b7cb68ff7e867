"""A page on the record of the founding tale, and one on a record whose every text is hostile."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from showup.rehearsal.narration import founding_tale
from tests.support.page import Clock, Served, Visitor, serve
from tests.support.played import play

AFTER = "2026-03-06T09:00:00-05:00"
"""The day after the tale."""


@pytest.fixture(scope="session")
def tale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the tale; to be copied, not touched."""
    database = tmp_path_factory.mktemp("tale") / "showup.sqlite"
    play(founding_tale(), database)
    return database


@pytest.fixture
def database(tale: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(tale, tmp_path / "showup.sqlite"))


@pytest.fixture(scope="module")
def server(tale: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all tests of a file: to start and end it takes longer than most of them."""
    with serve(tale, tmp_path_factory.mktemp("server"), AFTER) as found:
        yield found


@pytest.fixture
def served(server: Served, database: Path) -> Served:
    """The page on a record of the test's own, at the time at which all begin."""
    server.database, server.clock.wall, server.clock.ahead = database, Clock(AFTER).wall, 0.0
    server.said.clear()
    return server


@pytest.fixture
def alone(database: Path, tmp_path: Path) -> Iterator[Served]:
    """A server that the test may end or let time pass for; its folder is `tmp_path`."""
    with serve(database, tmp_path, AFTER) as found:
        yield found


@pytest.fixture
def visitor(served: Served) -> Visitor:
    return served.visitor()
