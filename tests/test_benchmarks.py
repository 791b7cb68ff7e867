"""The benchmarks run, at a size at which their figures say nothing."""

from pathlib import Path

import pytest

from benchmarks.__main__ import GROUPS
from benchmarks.report import document
from benchmarks.size import SMALL


@pytest.mark.parametrize("group", GROUPS)
def test_it_measures(group: str, tmp_path: Path) -> None:
    sections = list(GROUPS[group](SMALL, tmp_path))
    assert any(section.goals for section in sections)
    for section in sections:
        assert section.rows
        assert {len(row) for row in section.rows} == {len(section.head)}
    text = document(sections, peers=("khal 1",), rounds=SMALL.rounds)
    assert all(goal.what in text for section in sections for goal in section.goals)
