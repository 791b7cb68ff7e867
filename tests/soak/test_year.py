"""Some days of the made-up year, or all of it: SHOWUP_SOAK_DAYS=365, which is `make soak-year`."""

import gc
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import closing

import pytest

from showup.store.database import Database
from tests.soak.year import DAY, FIRST, Measure, Year, doubled, year

DAYS = int(os.environ.get("SHOWUP_SOAK_DAYS", "15"))
SETTLED = 5
"""Weeks after which everything that is remembered once is there."""
BASE, EACH = 142_000, 4_700
"""Bytes of an empty record, and of each appointment with its evidence, coverage, notices and employer's score."""
FLAT = 0.05
"""By this share the memory of the process may grow."""
LONG = DAYS >= 7 * (SETTLED + 4)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Year, list[Measure]]]:
    """The year at its end, and what was measured each week."""
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        gc.collect()  # what other tests left behind is not of this year
    with pytest.MonkeyPatch.context() as patch, year(tmp_path_factory.mktemp("year"), patch) as running:
        measures = list(running.live(FIRST + DAYS * DAY))
        sys.stdout.write("\n" + "\n".join(map(told, measures)) + "\n")
        yield running, measures


def told(measure: Measure) -> str:
    """A week in a line, for who runs the whole year."""
    foreseen = BASE + EACH * measure.appointments
    return (
        f"{measure.at:%Y-%m-%d}  {measure.beats:6} beats  {measure.appointments:4} appointments"
        f"  record {measure.record:8} of {foreseen:8} bytes"
        f"  memory {measure.rss / 1e6:6.1f} MB in {measure.blocks} blocks"
        f"  {measure.jobs} jobs  {measure.threads} threads  {measure.files} files"
    )


def test_nothing_is_doubled(lived: tuple[Year, list[Measure]]) -> None:
    running, _ = lived
    with closing(Database(running.settings.paths.database)) as store:
        assert doubled(store) == []
        assert store.check() == "ok"
    assert running.beats > 100 * DAYS


def test_no_job_thread_or_file_is_leaked(lived: tuple[Year, list[Measure]]) -> None:
    running, measures = lived
    assert measures
    calendars = len(running.settings.calendars)
    for measure in measures:
        assert calendars <= measure.jobs <= calendars + 1, measure
    first, last = measures[0], measures[-1]
    assert max(measure.threads for measure in measures) <= first.threads + 2
    assert last.files <= min(measure.files for measure in measures) + 8


def test_the_record_grows_by_what_an_appointment_takes(lived: tuple[Year, list[Measure]]) -> None:
    for measure in lived[1]:
        assert 0.85 <= measure.record / (BASE + EACH * measure.appointments) <= 1.15, measure


@pytest.mark.skipif(not LONG, reason="memory takes weeks to settle: make soak-year")
def test_memory_is_flat(lived: tuple[Year, list[Measure]]) -> None:
    settled = lived[1][SETTLED:]
    first = settled[0]
    for measure in settled:
        assert measure.rss <= first.rss * (1 + FLAT), measure
        assert measure.blocks <= first.blocks * (1 + FLAT), measure
