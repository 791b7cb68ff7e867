"""A real record that nobody keeps."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from showup.core.policy import Policy
from showup.flow.judge import Judge
from showup.store.database import Database, temporary


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    made = temporary(tmp_path)
    yield made
    made.close()


@pytest.fixture
def judge() -> Judge:
    return Judge(Policy(), UTC)
