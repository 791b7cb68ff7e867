"""Where two answers to the same story differ, in lines that a person can read."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

Row = Mapping[str, Any]
LENIENT = frozenset({"problem", "recognise"})
"""Kinds of notices that the reference does not speak of."""


def differences(expected: Mapping[str, Any], got: Mapping[str, Any], tolerance_seconds: float = 60) -> list[str]:
    """Readable lines, none where all agrees. `expected` is the reference's answer, `got` the program's."""
    open_ones = {row["employer"] for row in expected["appointments"] if row.get("_verge")}
    certain = [row for row in expected["employers"] if row["name"] not in open_ones]
    theirs = [row for row in got["employers"] if row["name"] not in open_ones]
    return [
        *_appointments(expected["appointments"], got["appointments"]),
        *_employers(certain, theirs),
        *_notices(expected["notices"], got["notices"], tolerance_seconds),
    ]


def _time(text: object) -> float:
    return datetime.fromisoformat(str(text)).timestamp()


def _place(row: Row) -> str:
    return f"{row['uid']} of {str(row['start']).replace('+00:00', 'Z')}"


# ---------------------------------------------------------------- appointments
def _appointments(expected: list[Row], got: list[Row]) -> Iterator[str]:
    yield from _rows("appointment", expected, got, lambda row: (row["uid"], _time(row["start"])), _appointment)


def _appointment(want: Row, have: Row) -> Iterator[str]:
    if want.get("_verge"):
        return
    yield from _same(want, have, ["employer", "outcome", "counted"])
    if want["outcome"] in {"on_time", "late", "no_show"}:
        yield from _same(want, have, ["certainty"])
    if want["outcome"] == "late":
        yield from _near(want, have, {"minutes_late": 0})
    if want["outcome"] in {"moved", "cancelled"}:
        yield from _near(want, have, {"notice_minutes": float(want.get("_notice_slack", 1))})
    if want["counted"]:
        yield from _near(want, have, {"fault": 0.01})
    if _followed(have) not in [_followed(want), *map(_place_of, want.get("_follows", []))]:
        yield f"follows: expected {want['follows']}, got {have['follows']}"


def _followed(row: Row) -> tuple[str, float] | None:
    return _place_of(row["follows"]) if row["follows"] else None


def _place_of(row: Row) -> tuple[str, float]:
    return row["uid"], _time(row["start"])


# ---------------------------------------------------------------- employers
def _employers(expected: list[Row], got: list[Row]) -> Iterator[str]:
    yield from _rows("employer", expected, got, lambda row: (row["name"], 0.0), _employer)


def _employer(want: Row, have: Row) -> Iterator[str]:
    yield from _same(want, have, ["n", "label", "no_shows", "misses_in_a_row"])
    figures = {"reliability": 0.01, "low": 0.05, "high": 0.05, "pattern": 0.001, "minutes_waited": 1.5}
    yield from _near(want, have, figures)


# ---------------------------------------------------------------- notices
def _notices(expected: list[Row], got: list[Row], tolerance: float) -> Iterator[str]:
    wanted = {_notice_key(row): row for row in expected}
    had: dict[tuple[str, float, str], list[Row]] = {}
    for row in got:
        if row["kind"] not in LENIENT:
            had.setdefault(_notice_key(row), []).append(row)
    for key, row in wanted.items():
        rows = had.pop(key, [])
        if not rows and not row.get("_optional"):
            yield f"notice {row['kind']} for {_place(row)}: missing, expected at {row['at']}"
        if len(rows) > 1:
            yield f"notice {row['kind']} for {_place(row)}: {len(rows)} times"
        if rows and not row.get("_optional"):
            yield from _in_time(row, rows[0], tolerance)
    for rows in had.values():
        yield f"notice {rows[0]['kind']} for {_place(rows[0])} at {rows[0]['at']}: not expected"


def _notice_key(row: Row) -> tuple[str, float, str]:
    return str(row["uid"]), _time(row["start"]), str(row["kind"])


def _in_time(want: Row, have: Row, tolerance: float) -> Iterator[str]:
    """By true time, or by the wall clock where that has jumped."""
    earliest, latest = (_time(want.get(key, want["at"])) for key in ("_earliest", "_latest"))
    ahead = _time(want.get("_wall", want["at"])) - _time(want["at"])
    at = _time(have["at"])
    if not any(earliest + by <= at <= latest + by + tolerance for by in (0.0, ahead)):
        yield f"notice {want['kind']} for {_place(want)}: expected at {want['at']}, got {have['at']}"


# ---------------------------------------------------------------- rows and figures
def _rows(
    what: str,
    expected: list[Row],
    got: list[Row],
    key: Callable[[Row], tuple[str, float]],
    compare: Callable[[Row, Row], Iterator[str]],
) -> Iterator[str]:
    had = {key(row): row for row in got}
    if len(had) < len(got):
        yield f"{what}s: {len(got) - len(had)} listed twice"
    for want in expected:
        have = had.pop(key(want), None)
        name = f"{what} {want['name'] if 'name' in want else _place(want)}"
        if have is None:
            if not want.get("_optional"):
                yield f"{name}: missing"
            continue
        for line in compare(want, have):
            yield f"{name}: {line}"
    for have in had.values():
        yield f"{what} {have['name'] if 'name' in have else _place(have)}: not expected"


def _same(want: Row, have: Row, keys: list[str]) -> Iterator[str]:
    for key in keys:
        if want[key] != have[key]:
            yield f"{key}: expected {want[key]!r}, got {have[key]!r}"


def _near(want: Row, have: Row, slack: Mapping[str, float]) -> Iterator[str]:
    for key, most in slack.items():
        expected, got = want[key], have[key]
        if (expected is None) != (got is None) or (expected is not None and abs(expected - got) > most + 1e-9):
            yield f"{key}: expected {expected!r}, got {got!r}"
