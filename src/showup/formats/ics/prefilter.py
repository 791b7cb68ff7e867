"""A quick look at an event's bytes: can it meet a stretch of days? Where that is not plain, the answer is yes."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from showup.formats.ics.lines import lines
from showup.formats.ics.texts import Properties
from showup.formats.ics.vevent import UID_LIMIT, uid_of

_FOLD = re.compile(rb"\r?\n[ \t]")
_DAY = re.compile(rb"\d{8}(?:T\d{6}Z?)?", re.IGNORECASE)
_SHORT = re.compile(rb"\+?PT(?:\d{1,2}H)?(?:\d{1,3}M)?(?:\d{1,4}S)?", re.IGNORECASE)
_UNTIL = re.compile(rb"UNTIL=(\d{8})")
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
        begins = _value(text, b"\nDTSTART")
        if begins is None or b"\nRDATE" in text or b"\nrdate" in text:
            return True
        day = begins[:8]
        if day > self.last:
            return False
        if b"\nRRULE" in text or b"\nrrule" in text:
            return self._until(text, day)
        if day >= self.first:
            return True
        return self._ends(text, day) >= self.first

    def _until(self, text: bytes, day: bytes) -> bool:
        rule = _line(text, b"\nRRULE") or b""
        until = _UNTIL.search(rule.upper())
        return until is None or until[1] >= self.early or self._ends(text, day) > day

    def _ends(self, text: bytes, day: bytes) -> bytes:
        """Return the last day as far as it is plain, else the stretch's first."""
        ends = _value(text, b"\nDTEND")
        if ends is not None:
            return ends[:8]
        length = _line(text, b"\nDURATION")
        if b"\nDTEND" in text or b"\nDURATION" in text:
            short = length and _SHORT.fullmatch(length.strip())
            return self.first if not short or day >= self.early else day
        return day if b"\ndtend" not in text and b"\nduration" not in text else self.first


def uid(text: bytes) -> str:
    """Return the UID under which the event will be known."""
    at = text.find(b"\nUID:")
    end = text.find(b"\n", at + 1)
    if (
        at >= 0
        and end - at < UID_LIMIT
        and text[end + 1 : end + 2] not in (b" ", b"\t")
        and b"\nBEGIN:" not in text[:at]
    ):
        name = text[at + 5 : end].decode("utf-8", "replace").strip()
        if name and "\\" not in name:
            return name
    return uid_of(Properties(list(lines(text, _UID_NAMES))))


def _day(moment: datetime, apart: timedelta) -> bytes:
    try:
        return (moment.astimezone(UTC) + apart).date().isoformat().replace("-", "").encode()
    except OverflowError:
        return b"00010101" if apart < timedelta(0) else b"99991231"


def _line(text: bytes, name: bytes) -> bytes | None:
    """Return the value of a property's line as it stands, unfolded."""
    at = text.find(name)
    if at < 0:
        return None
    end = text.find(b"\n", at + 1)
    while 0 < end < len(text) - 1 and text[end + 1] in b" \t":
        end = text.find(b"\n", end + 1)
    line = _FOLD.sub(b"", text[at : end if end >= 0 else len(text)])
    return line[line.rfind(b":") + 1 :]


def _value(text: bytes, name: bytes) -> bytes | None:
    """Return the value of a property that holds a date or time; None where it is no such thing, or missing."""
    value = _line(text, name)
    value = value.strip() if value is not None else None
    return value if value is not None and _DAY.fullmatch(value) else None
