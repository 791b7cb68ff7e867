"""A moment is kept as the one that it is, in whatever zone it is written."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.dialects import sqlite

from showup.store.tables import Utc

_BERLIN = ZoneInfo("Europe/Berlin")


def test_the_two_hours_of_a_clock_set_back_are_two() -> None:
    store, read = Utc().bind_processor(sqlite.dialect()), Utc().result_processor(sqlite.dialect(), None)
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=_BERLIN, fold=fold) for fold in (0, 1))
    assert [store(first), store(second)] == ["2026-10-25 00:30:00.000000", "2026-10-25 01:30:00.000000"]
    assert [read(store(one)) for one in (first, second)] == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ]
