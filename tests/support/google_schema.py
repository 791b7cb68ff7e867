"""Google's own description of its Calendar API, as the client brings it: what may be asked, and answered."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib.resources import files
from typing import Any

DOCUMENT: dict[str, Any] = json.loads(
    files("googleapiclient").joinpath("discovery_cache/documents/calendar.v3.json").read_text("utf-8")
)
_SCHEMAS: dict[str, Any] = DOCUMENT["schemas"]
_TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "number": float}


class InvalidError(ValueError):
    """A request that Google would refuse with 400 invalid."""


def method(name: str) -> dict[str, Any]:
    """A method by its name, such as `events.list`."""
    resource, _, verb = name.partition(".")
    found: dict[str, Any] = DOCUMENT["resources"][resource]["methods"][verb]
    return found


def parameters(name: str, query: Mapping[str, list[str]]) -> dict[str, Any]:
    """The query of a request, with the types that the document names.

    Raises:
        InvalidError: a parameter is not known, twice there, or no value of its type.
    """
    known = {**DOCUMENT["parameters"], **method(name)["parameters"]}
    return {key: _parameter(key, values, known.get(key)) for key, values in query.items()}


def _parameter(key: str, values: list[str], told: dict[str, Any] | None) -> object:
    if told is None or told["location"] == "path":
        raise InvalidError(f"unknown parameter {key}")
    if told.get("repeated"):
        return values
    if len(values) > 1:
        raise InvalidError(f"{key} is given twice")
    value = values[0]
    if "enum" in told and value not in told["enum"]:
        raise InvalidError(f"{key} is {value!r}")
    if told["type"] == "boolean":
        if value not in ("true", "false"):
            raise InvalidError(f"{key} is {value!r}")
        return value == "true"
    if told["type"] == "integer":
        if not value.isdigit() or int(value) < int(told.get("minimum", 0)):
            raise InvalidError(f"{key} is {value!r}")
        return int(value)
    if told.get("format") == "date-time" and datetime.fromisoformat(value).tzinfo is None:
        raise InvalidError(f"{key} has no offset")
    return value


def check(schema: str, value: object) -> None:
    """Whether an answer is what the document says: an assertion about the test's own server."""
    for where, fault in _faults(_SCHEMAS[schema], value, schema):
        raise AssertionError(f"{where}: {fault}")


def _faults(told: Mapping[str, Any], value: object, where: str) -> Iterator[tuple[str, str]]:
    if "$ref" in told:
        yield from _faults(_SCHEMAS[told["$ref"]], value, where)
        return
    kind = _TYPES[told["type"]]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        yield where, f"{value!r} is no {told['type']}"
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _faults(told["items"], item, f"{where}[{index}]")
    elif isinstance(value, dict) and "properties" in told:
        for key, item in value.items():
            if key not in told["properties"]:
                yield f"{where}.{key}", "is not known"
            else:
                yield from _faults(told["properties"][key], item, f"{where}.{key}")
    elif isinstance(value, str):
        if told.get("format") == "date-time" and datetime.fromisoformat(value).tzinfo is None:
            yield where, f"{value!r} has no offset"
        if told.get("format") == "date":
            date.fromisoformat(value)


def partial(schema: str, value: Mapping[str, Any], fields: str) -> dict[str, Any]:
    """What is left of an answer where `fields` asks for a part of it.

    Raises:
        InvalidError: it names a field that there is not.
    """
    found = _part({"$ref": schema}, value, _tree(fields))
    assert isinstance(found, dict)
    return found


_Tree = dict[str, Any]


def _tree(fields: str) -> _Tree:
    """`a,b/c,d(e,f)` as a tree of names."""
    tokens = re.findall(r"[\w*]+|[(),/]", fields)
    if "".join(tokens) != fields:
        raise InvalidError(f"fields cannot be read: {fields}")
    return _branch(iter(tokens))


def _branch(tokens: Iterator[str]) -> _Tree:
    tree: _Tree = {}
    here, name = tree, ""
    for token in tokens:
        if token == ")":
            break
        if token == ",":
            here = tree
        elif token == "/":
            here = here[name]
        elif token == "(":
            here[name] = _branch(tokens)
        else:
            name = token
            here.setdefault(name, {})
    return tree


def _part(told: Mapping[str, Any], value: object, tree: _Tree) -> object:
    told = _SCHEMAS[told["$ref"]] if "$ref" in told else told
    if isinstance(value, list) and tree:
        return [_part(told["items"], item, tree) for item in value]
    if not tree or not isinstance(value, dict):
        return value
    unknown = tree.keys() - told["properties"].keys()
    if unknown:
        raise InvalidError(f"there is no field {sorted(unknown)}")
    return {key: _part(told["properties"][key], value[key], tree[key]) for key in tree if key in value}
