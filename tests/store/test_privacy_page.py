"""docs/privacy.md names every table and column, and whatever can be forgotten is."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Table

from showup.store.tables import metadata

PAGE = (Path(__file__).parents[2] / "docs/privacy.md").read_text("utf-8")
ROWS = {
    found[1]: found[2]
    for found in re.finditer(r"^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \| [^|]+ \| [^|]+ \|$", PAGE, re.MULTILINE)
}
OF_NOBODY = {"calendars", "policies"}
"""They hold nothing of an interview."""
BY_THEIR_KEY = {"memory"}
"""What leads to an event or sender is looked for by name."""


def leaves_with(table: Table) -> set[str]:
    """The tables whose rows take rows of this one along."""
    return {key.column.table.name for key in table.foreign_keys if key.ondelete == "CASCADE"}


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_and_column_is_named(table: Table) -> None:
    assert re.findall(r"`(\w+)`", ROWS[table.name]) == [column.name for column in table.columns]


def test_no_table_is_named_that_is_not_there() -> None:
    assert set(ROWS) == set(metadata.tables)


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_what_is_of_somebody_goes_with_them(table: Table) -> None:
    """A new table hangs on an employer or an appointment, or says here why it need not."""
    if table.name not in OF_NOBODY | BY_THEIR_KEY | {"employers", "appointments"}:
        assert leaves_with(table) & {"employers", "appointments"}, table.name


@pytest.mark.parametrize("name", sorted(OF_NOBODY))
def test_what_is_of_nobody_is_said_to_stay(name: str) -> None:
    assert not metadata.tables[name].foreign_keys
    assert re.search(rf"^\| `{name}` .* never; it holds nothing of an interview \|$", PAGE, re.MULTILINE)
