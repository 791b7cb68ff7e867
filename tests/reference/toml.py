"""A story as TOML."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any


def to_toml(story: Mapping[str, Any]) -> str:
    """Written so that `tomllib.loads` gives the same story back."""
    plain = {key: value for key, value in story.items() if not _tables(value)}
    lines = [f"{key} = {_value(value)}" for key, value in plain.items()]
    for key, tables in story.items():
        for table in tables if _tables(tables) else []:
            lines += ["", f"[[{key}]]", *(f"{name} = {_value(value)}" for name, value in table.items())]
    return "\n".join(lines) + "\n"


def _tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.isoformat()
        case str():
            return json.dumps(value, ensure_ascii=False)
        case Mapping():
            return "{ " + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + " }"
        case list():
            return "[" + ", ".join(_value(one) for one in value) + "]"
        case _:
            return str(value)


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() else json.dumps(name)
