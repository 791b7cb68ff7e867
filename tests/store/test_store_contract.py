"""The contract, kept by the record on a file and by the one that nobody keeps."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from showup.ports import Store
from showup.store.database import Database, temporary
from tests.store.contract import StoreContract


class TestOnAFile(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        store = Database(tmp_path / "showup.sqlite")
        yield store
        store.close()


class TestForNobody(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        store = temporary(tmp_path)
        yield store
        store.close()
