"""Ten thousand appointments: a page asks for what it shows, and is there before one notices."""

import time
from pathlib import Path

import pytest

from tests.support.many import many
from tests.support.page import Visitor, serve

_PAINT = 0.5
"""Seconds of work for a page, that of the test's own asking included. `make bench-pages` says what it takes."""


def work(visitor: Visitor, path: str) -> float:
    """Seconds of processor time that a page takes, the second time and later."""
    taken = []
    for _ in range(4):
        before = time.process_time()
        told = visitor.get(path)
        taken.append(time.process_time() - before)
        assert told.status == 200
        assert len(told.text) < 250_000
    return min(taken[1:])


@pytest.mark.parametrize("employers", [[25] * 400, [10_000]], ids=["of many", "of one"])
def test_ten_thousand_appointments_take_no_longer(tmp_path: Path, employers: list[int]) -> None:
    many(tmp_path / "many.sqlite", employers)
    with serve(tmp_path / "many.sqlite", tmp_path, "2026-07-02T14:00:00+00:00") as served:
        visitor = served.visitor()
        for path in (
            "/",
            "/?sort=latest&page=2",
            "/?q=Company+3",
            "/totals",
            "/employers/1",
            "/employers/1?page=2",
            "/appointments/9",
        ):
            assert work(visitor, path) < _PAINT, path
