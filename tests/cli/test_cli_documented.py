"""docs/json.md names every key that is printed; those of the tables are in docs/database.md."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

Cli = Callable[..., Result]
DOCUMENT = Path(__file__).parents[2] / "docs/json.md"


def keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner) if key not in {"policy", "tables"} else ()
    elif isinstance(value, list):
        for item in value:
            yield from keys(item)


@pytest.mark.usefixtures("told")
def test_every_key_is_documented(cli: Cli) -> None:
    known = set(re.findall(r"[`\"]([a-z_]+)[`\"]", DOCUMENT.read_text("utf-8")))
    commands = (
        *(["interviews"], ["why", "4"], ["companies"], ["company", "Acme"], ["status"], ["rehearse"]),
        ["export"],
    )
    for command in commands:
        printed = json.loads(cli(*command, *(["--json"] if command != ["export"] else [])).stdout)
        assert set(keys(printed)) <= known, command
