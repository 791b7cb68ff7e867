"""The occurrences of a series, worked out as the server does: from the rule, without any part of ours."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

Resource = dict[str, Any]
_MOST = 750


def moment(value: Mapping[str, Any]) -> datetime:
    """A start or end as a moment; a day begins at midnight in Berlin."""
    if "dateTime" in value:
        return datetime.fromisoformat(value["dateTime"]).astimezone(UTC)
    return datetime.combine(date.fromisoformat(value["date"]), datetime.min.time(), ZoneInfo("Europe/Berlin"))


def span(resource: Resource) -> tuple[datetime, datetime]:
    """When it begins and ends."""
    return moment(resource["start"]), moment(resource["end"])


def slot_of(resource: Mapping[str, Any]) -> str:
    """The RECURRENCE-ID."""
    told = resource["originalStartTime"]
    return told["date"].replace("-", "") if "date" in told else f"{moment(told):%Y%m%dT%H%M%SZ}"


def instance_id(series: str, slot: datetime | date) -> str:
    """The id that Google gives an occurrence."""
    return (
        f"{series}_{slot.astimezone(UTC):%Y%m%dT%H%M%SZ}" if isinstance(slot, datetime) else f"{series}_{slot:%Y%m%d}"
    )


def instances(master: Resource, events: Mapping[str, Resource], *, exceptions: bool = True) -> Iterator[Resource]:
    """The occurrences; where there are exceptions, these in their place."""
    if not master.get("recurrence"):
        return
    for start in islice(_starts(master), _MOST):
        one = _one(master, start)
        changed = events.get(one["id"]) if exceptions else None
        if changed is None:
            yield one
        elif changed["status"] != "cancelled":
            yield changed


def _starts(master: Resource) -> Iterator[datetime]:
    """By the clock on the wall."""
    rule = rrulestr("\n".join(master["recurrence"]), dtstart=_wall(master["start"]), ignoretz=False)
    return iter(rule)


def _wall(value: Mapping[str, Any]) -> datetime:
    if "date" in value:
        return datetime.fromisoformat(value["date"])
    return datetime.fromisoformat(value["dateTime"]).astimezone(ZoneInfo(value["timeZone"]))


def _one(master: Resource, start: datetime) -> Resource:
    if "date" in master["start"]:
        days = date.fromisoformat(master["end"]["date"]) - date.fromisoformat(master["start"]["date"])
        begins: Resource = {"date": f"{start:%Y-%m-%d}"}
        ends: Resource = {"date": f"{start + days:%Y-%m-%d}"}
        slot = f"{start:%Y%m%d}"
    else:
        zone = master["start"]["timeZone"]
        begins, ends = (
            {"dateTime": when.isoformat(timespec="seconds"), "timeZone": zone} for when in _times(master, start)
        )
        slot = f"{moment(begins):%Y%m%dT%H%M%SZ}"
    kept = {key: value for key, value in master.items() if key != "recurrence"}
    one = {**kept, "id": f"{master['id']}_{slot}", "recurringEventId": master["id"]}
    return {**one, "originalStartTime": begins, "start": begins, "end": ends}


def _times(master: Resource, start: datetime) -> tuple[datetime, datetime]:
    first, last = span(master)
    zone = start.tzinfo
    lasts: timedelta = last - first
    return start, (start.astimezone(UTC) + lasts).astimezone(zone)
