"""What a story came to: the JSON of `showup rehearse`, and whether its expectations hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from showup.core import views
from showup.core.problem import Problem
from showup.ports import Store

_SOON = timedelta(seconds=60)
Outcome = dict[str, Any]


def outcome(store: Store) -> Outcome:
    """The notices that were shown, the appointments and the employers of a record."""
    with store.reading() as record:
        entries = record.entries()
        by_id = {entry.appointment.id: entry.appointment for entry in entries}
        on_record = {entry.appointment.employer_id for entry in entries}
        shown = [notice for notice in record.notices() if notice.shown]
        notices = [
            views.notice(item, record.appointment(item.appointment_id) if item.appointment_id is not None else None)
            for item in shown
        ]
        return {
            "notices": sorted(notices, key=lambda item: (item["at"], item["uid"] or "", item["kind"])),
            "appointments": [views.appointment(entry, by_id) for entry in entries],
            "employers": [views.employer(company) for company in record.companies() if company.id in on_record],
        }


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation: what was expected, whether it holds, and what there is instead."""

    expected: str
    holds: bool
    found: str = ""


def checks(expects: Iterable[Mapping[str, Any]], found: Outcome) -> list[Check]:
    """Every `[[expect]]` of a story against its outcome."""
    return [_check(expect, found) for expect in expects]


def _check(expect: Mapping[str, Any], found: Outcome) -> Check:
    said = ", ".join(f"{key} = {_shown(value)}" for key, value in expect.items())
    if "notice" in expect or "no_notice" in expect:
        return _notice(said, expect, found["notices"])
    if "employer" in expect and "id" not in expect:
        rows = [item for item in found["employers"] if item["name"] == expect["employer"]]
        return _fields(said, expect, rows, {"employer"})
    if "id" in expect:
        return _fields(said, expect, _about(expect, found["appointments"]), {"id", "start"})
    raise Problem(f"This expectation is about nothing: {said}.", "Give it an id, an employer, a notice or no_notice.")


def _shown(value: object) -> str:
    """A value as a story file writes it."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_shown(item)}" for key, item in value.items()) + " }"
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _about(expect: Mapping[str, Any], rows: list[Outcome]) -> list[Outcome]:
    """The rows of one event, and of one planned time where that is named."""
    same = [row for row in rows if "id" not in expect or row["uid"] == expect["id"]]
    return [row for row in same if "start" not in expect or _equal(expect["start"], row["start"])]


def _notice(said: str, expect: Mapping[str, Any], rows: list[Outcome]) -> Check:
    unwanted = "no_notice" in expect
    kind = expect["no_notice" if unwanted else "notice"]
    same = [row for row in _about(expect, rows) if row["kind"] == kind]
    shown = ", ".join(row["at"] for row in same) or "none"
    if unwanted:
        return Check(said, not same, shown)
    at = expect.get("at")
    in_time = [row for row in same if at is None or timedelta(0) <= _moment(row["at"]) - at <= _SOON]
    times = expect.get("times")
    return Check(said, bool(in_time) if times is None else len(in_time) == len(same) == times, shown)


def _fields(said: str, expect: Mapping[str, Any], rows: list[Outcome], names: set[str]) -> Check:
    wanted = {key: value for key, value in expect.items() if key not in names}
    if not rows:
        return Check(said, holds=False, found="nothing of the kind")
    row = rows[-1]
    wrong = {key: row.get(key) for key, value in wanted.items() if not _equal(value, row.get(key))}
    return Check(said, not wrong, ", ".join(f"{key} = {value}" for key, value in wrong.items()))


def _equal(wanted: object, got: object) -> bool:
    """Whether a value of a story equals one of the outcome; figures to half a unit of the last digit written."""
    if wanted is False:
        return got is None or got is False
    if isinstance(wanted, datetime):
        return isinstance(got, str) and _moment(got) == wanted
    if isinstance(wanted, float) and isinstance(got, int | float) and not isinstance(got, bool):
        exponent = Decimal(str(wanted)).as_tuple().exponent
        half = 0.5 * 10.0 ** (exponent if isinstance(exponent, int) else 0)
        return abs(got - wanted) <= half + 1e-9
    if isinstance(wanted, int) and not isinstance(wanted, bool) and isinstance(got, float):
        return abs(got - wanted) <= 0.5
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(_equal(value, got.get(key)) for key, value in wanted.items())
    return wanted == got


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
