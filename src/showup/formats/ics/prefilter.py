"""A quick look at an event's bytes: can it meet a stretch of days? Where that is not plain, the answer is yes."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self

from showup.formats.ics.lines import lines, unfolded
from showup.formats.ics.texts import Properties
from showup.formats.ics.vevent import UID_LIMIT, uid_of

_DAY = re.compile(rb"\d{8}(?:T\d{6}Z?)?")
_SHORT = re.compile(rb"\+?PT(?:\d{1,2}H)?(?:\d{1,3}M)?(?:\d{1,4}S)?")
_COUNTED = frozenset({b"FREQ", b"COUNT", b"INTERVAL", b"WKST"})
_PERIODS = {b"DAILY": 1, b"WEEKLY": 7}
_ZONES = timedelta(days=2)
_SHORT_DAYS = timedelta(days=5)
_UID_NAMES = frozenset({"UID", "DTSTART", "RECURRENCE-ID", "SUMMARY"})


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days as "20260303", both ends included. `early` lies before `first` by what a short event lasts."""

    early: bytes
    first: bytes
    last: bytes

    @classmethod
    def around(cls, start: datetime, end: datetime) -> Self:
        """Return all days that a moment from start to end can have in any time zone."""
        return cls(_day(start, -_ZONES - _SHORT_DAYS), _day(start, -_ZONES), _day(end, _ZONES))

    def may_meet(self, text: bytes) -> bool:
        """Say whether an event or one of its own repetitions may meet the stretch."""
        text = _own(unfolded(text).upper())
        begins = _value(text, b"\nDTSTART")
        if begins is None or b"\nRDATE" in text:
            return True
        day = begins[:8]
        if day > self.last:
            return False
        if day >= self.first:
            return True
        ends = self._ends(text, day)
        if b"\nRRULE" not in text:
            return ends >= self.first
        return ends > day or self._last(text, day) >= self.early

    def _last(self, text: bytes, day: bytes) -> bytes:
        """Return the last day of a series as far as that is plain, else the stretch's last."""
        if text.count(b"\nRRULE") != 1:
            return self.last
        rule = (_line(text, b"\nRRULE") or b"").strip()
        parts = dict(part.split(b"=", 1) for part in rule.split(b";") if b"=" in part)
        if until := parts.get(b"UNTIL", b""):
            return until[:8] if _DAY.fullmatch(until) else self.last
        period = _PERIODS.get(parts.get(b"FREQ", b""), 0)
        allowed = _COUNTED | {b"BYDAY"} if period == 7 else _COUNTED
        if not period or b"COUNT" not in parts or not parts.keys() <= allowed:
            return self.last
        try:
            periods = int(parts[b"COUNT"]) * int(parts.get(b"INTERVAL", b"1"))
            if periods > 0:
                return _iso(date.fromisoformat(day.decode()) + timedelta(days=period * (periods + 1)))
        except (ValueError, OverflowError):
            pass
        return self.last

    def _ends(self, text: bytes, day: bytes) -> bytes:
        """Return the last day of an event (of a series: of its first) as far as that is plain, else the stretch's."""
        if ends := _value(text, b"\nDTEND"):
            return ends[:8]
        if b"\nDTEND" in text:
            return self.last
        if b"\nDURATION" not in text:
            return day
        short = _SHORT.fullmatch((_line(text, b"\nDURATION") or b"").strip())
        return day if short and day < self.early else self.last


def uid(text: bytes) -> str:
    """Return the UID under which the event will be known."""
    at = text.find(b"\nUID:")
    end = text.find(b"\n", at + 1)
    if 0 <= at < end < at + UID_LIMIT and text[end + 1 : end + 2] not in (b" ", b"\t", b"\n"):
        before = text[:at].upper()
        name = text[at + 5 : end].decode("utf-8", "replace").strip()
        if name and "\\" not in name and b"\nBEGIN:" not in before and b"\nUID" not in before:
            return name
    return uid_of(Properties(list(lines(text, _UID_NAMES))))


def identity(text: bytes) -> int:
    """Return a hash of UID and RECURRENCE-ID, equal for the versions of one event."""
    text = unfolded(text)
    own = _own(text.upper())
    return hash((uid(text), _line(own, b"\nRECURRENCE-ID")))


def _own(text: bytes) -> bytes:
    """Return the properties before the components inside it; none where some stand after those."""
    inner = text.find(b"\nBEGIN:")
    if inner < 0:
        return text
    after = text.rfind(b"\nEND:")
    return text[:inner] if text.find(b"\n", after + 1) < 0 else b"\n"


def _day(moment: datetime, apart: timedelta) -> bytes:
    try:
        return _iso((moment.astimezone(UTC) + apart).date())
    except OverflowError:
        return b"00010101" if apart < timedelta(0) else b"99991231"


def _iso(day: date) -> bytes:
    return day.isoformat().replace("-", "").encode()


def _line(text: bytes, name: bytes) -> bytes | None:
    """Return the value of a property as it stands; None where it is not plainly there."""
    at = text.find(name)
    if at < 0 or text[at + len(name) : at + len(name) + 1] not in (b":", b";"):
        return None
    end = text.find(b"\n", at + 1)
    line = text[at : end if end >= 0 else len(text)]
    return line[line.rfind(b":") + 1 :]


def _value(text: bytes, name: bytes) -> bytes | None:
    """Return the value of a property that holds a date or time; None where it is no such thing, or missing."""
    value = _line(text, name)
    value = value.strip() if value is not None else None
    return value if value is not None and _DAY.fullmatch(value) else None
