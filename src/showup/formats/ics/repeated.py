"""The repetitions of one UID, by recurring-ical-events, which is told what it needs to know of an event and no more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from recurring_ical_events import EventAdapter, Occurrence, Series

from showup.formats.ics.times import When
from showup.formats.ics.vevent import Vevent


def repeated(versions: Sequence[Vevent], start: datetime, end: datetime) -> Iterator[tuple[Vevent, When, When]]:
    """Yield each occurrence that meets the stretch: what it comes from, its start, and its end.

    Raises:
        Exception: whatever the library raises on what nobody foresaw.
    """
    for found in _Series([_Adapter(version) for version in versions]).between(start, end):
        yield found.version, found.start, found.end


class _Adapter(EventAdapter):  # type: ignore[misc] # the library publishes no types
    """One VEVENT for the library. It would build a component for each occurrence, which nobody here needs."""

    def __init__(self, version: Vevent) -> None:
        super().__init__(_component(version))
        self.version = version


class _Occurrence(Occurrence):  # type: ignore[misc] # the same
    def __init__(
        self, adapter: _Adapter, start: When | None = None, end: When | None = None, sequence: int = -1
    ) -> None:
        super().__init__(adapter, start, end, sequence)
        self.version = adapter.version


class _Series(Series):  # type: ignore[misc] # the same
    def occurrence(self, adapter: _Adapter, start: When | None = None, end: When | None = None) -> _Occurrence:
        return _Occurrence(adapter, start, end)


def _component(version: Vevent) -> Mapping[str, Any]:
    """Return the properties that the library asks for, shaped as icalendar has them."""
    made: dict[str, Any] = {
        "UID": version.event.key.uid,
        "SEQUENCE": version.event.sequence,
        "DTSTART": SimpleNamespace(dt=version.start),
    }
    if version.end is not None:
        made["DTEND"] = SimpleNamespace(dt=version.end)
    if version.recurrence_id is not None:
        params = {"RANGE": "THISANDFUTURE"} if version.this_and_future else {}
        made["RECURRENCE-ID"] = SimpleNamespace(dt=version.recurrence_id, params=params)
    if version.rules:
        made["RRULE"] = [SimpleNamespace(to_ical=rule.encode) for rule in version.rules]
    if version.rdates:
        made["RDATE"] = _listed(version.rdates)
    if version.exdates:
        made["EXDATE"] = _listed(version.exdates)
    return made


def _listed(dates: Sequence[Any]) -> SimpleNamespace:
    return SimpleNamespace(dts=[SimpleNamespace(dt=each) for each in dates])
