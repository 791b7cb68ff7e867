"""A time zone that a calendar defines itself (VTIMEZONE: RFC 5545, section 3.6.5), as the list of its changes."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import chain, islice

from dateutil.rrule import rrulestr

from showup.formats.ics.lines import lines
from showup.formats.ics.rule import Rule

_FIRST, _LAST = date(1970, 1, 1), date(2070, 1, 1)
"""Changes before and after are not looked for: Exchange begins in 1601, and no rule ever ends."""
_COSTS_LIMIT = 30_000
"""Microseconds to follow all rules of a zone. Two rules take a third of it."""
_CHANGES_LIMIT = 1_000
_OBSERVANCE = re.compile(rb"\nBEGIN:(?:STANDARD|DAYLIGHT)[ \t]*\n", re.IGNORECASE)
_NAMES = frozenset({"DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"})
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)(\d\d)?", re.ASCII)
_LOCAL = re.compile(r"\d{8}(?:T\d{6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Change:
    """At `at` (UTC, without its zone) clocks go from one offset to another."""

    at: datetime
    before: timedelta
    after: timedelta


class Custom(tzinfo):
    """A zone that knows its changes. What the clocks skip is told by the offset before (RFC 5545, section 3.3.5)."""

    def __init__(self, changes: Sequence[_Change]) -> None:
        self._utc = [change.at for change in changes]
        self._offsets = [changes[0].before, *(change.after for change in changes)]
        steps = list(zip(self._utc, self._offsets, self._offsets[1:], strict=False))
        self._local = (
            [at + max(before, after) for at, before, after in steps],
            [at + min(before, after) for at, before, after in steps],
        )

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """Return the offset at a moment by the clock on the wall; of hours that come twice, `fold` tells which."""
        if moment is None:
            return None
        return self._offsets[bisect_right(self._local[moment.fold], moment.replace(tzinfo=None, fold=0))]

    def fromutc(self, moment: datetime) -> datetime:
        """Return what the clocks of this zone show at a moment of UTC."""
        utc = moment.replace(tzinfo=None)
        index = bisect_right(self._utc, utc)
        offset = self._offsets[index]
        twice = index > 0 and utc - self._utc[index - 1] < self._offsets[index - 1] - offset
        return (moment + offset).replace(fold=int(twice))

    def dst(self, _: datetime | None) -> None:
        """Return nothing: which of its offsets is summer time is of no use here."""

    def tzname(self, _: datetime | None) -> str:
        """Return what stands for all of them."""
        return "custom"


@lru_cache(maxsize=200)
def custom(text: bytes) -> Custom | None:
    """Make a zone of a VTIMEZONE; None where it says nothing usable, or what no real zone says."""
    allowed = float(_COSTS_LIMIT)
    changes: list[_Change] = []
    try:
        for body in _OBSERVANCE.split(text)[1:]:
            observance = _Observance.read(body.partition(b"\nEND:")[0])
            allowed -= observance.costs()
            if allowed < 0:
                return None
            changes += islice(observance.changes(), _CHANGES_LIMIT)
    except (ValueError, KeyError, OverflowError):
        return None
    usable = 0 < len(changes) < _CHANGES_LIMIT
    return Custom(sorted(changes, key=lambda change: change.at)) if usable else None


@dataclass(frozen=True, slots=True)
class _Observance:
    """A STANDARD or DAYLIGHT: its onsets are by the clock that was right before."""

    starts: tuple[datetime, ...]
    rule: Rule | None
    before: timedelta
    after: timedelta

    @classmethod
    def read(cls, body: bytes) -> "_Observance":
        properties = list(lines(body, _NAMES))
        found = {line.name: line.value.strip().upper() for line in properties}
        before, after = _offset(found["TZOFFSETFROM"]), _offset(found["TZOFFSETTO"])
        start = _local(found["DTSTART"], before)
        rule = Rule.read(found["RRULE"], start) if "RRULE" in found else None
        if rule and rule.parts["FREQ"] != "YEARLY":
            raise ValueError
        dates = ",".join(line.value for line in properties if line.name == "RDATE")
        return cls((start, *(_local(each, before) for each in dates.split(",") if each)), rule, before, after)

    def costs(self) -> float:
        return self.rule.costs(self._begin(self.rule), self._last(self.rule)) if self.rule else 0

    def changes(self) -> Iterator[_Change]:
        for onset in chain(self.starts, self._repeated(self.rule) if self.rule else ()):
            yield _Change(onset.astimezone(UTC).replace(tzinfo=None), self.before, self.after)

    def _begin(self, rule: Rule) -> datetime:
        """Return the start, brought nearer to the first year looked at."""
        return datetime.combine(rule.nearer(self.starts[0].date(), _FIRST), self.starts[0].timetz())

    def _last(self, rule: Rule) -> date:
        """Until when the rule is followed; a day more than it says is none too many."""
        until = rule.parts.get("UNTIL", "")
        return min(date.fromisoformat(until[:8]) + timedelta(days=1), _LAST) if until else _LAST

    def _repeated(self, rule: Rule) -> Iterator[datetime]:
        start, last = self._begin(rule), self._last(rule)
        if not rule.parts.get("UNTIL", "").endswith("Z"):  # by the clock, like the onsets, though it should be UTC
            start = start.replace(tzinfo=None)
        for onset in rrulestr(rule.text, dtstart=start):
            if onset.date() > last:
                return
            yield onset.replace(tzinfo=self.starts[0].tzinfo)


def _offset(value: str) -> timedelta:
    found = _OFFSET.fullmatch(value)
    if not found:
        raise ValueError
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length


def _local(value: str, before: timedelta) -> datetime:
    value = value.strip().upper().removesuffix("Z")
    if not _LOCAL.fullmatch(value):
        raise ValueError
    return datetime.fromisoformat(value).replace(tzinfo=timezone(before))
