"""Insert a row, or renew the one with the same key."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import Insert, insert


def upsert(table: Table, values: Mapping[str, Any], key: tuple[str, ...]) -> Insert:
    """The statement for it; `key` names the columns that identify the row."""
    statement = insert(table).values(dict(values))
    rest = {name: statement.excluded[name] for name in values if name not in key}
    return statement.on_conflict_do_update(index_elements=list(key), set_=rest)
