"""Which rules of repetition (RFC 5545, section 3.3.10) are followed, and from where. None may hang the program."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Self

from dateutil.rrule import rrulestr

_LENGTH_LIMIT = 2_000
_TIMES_A_DAY = 24
_PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH"}
    | {"BYSETPOS", "BYHOUR", "BYMINUTE", "BYSECOND"}
)

_BEAT_PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"})
_LAST_YEAR = 9999
_LAST_DAY = datetime(9999, 12, 31)  # noqa: DTZ001 - for the library's rules, which know no zones here
_OCCURRENCE = 1.0
"""Microseconds for each occurrence within a period, measured as well."""
_POSITION, _POSITION_OF_DAYS = 1.5, 0.03
"""And for each position of BYSETPOS, which goes through the days of the period anew."""
_AHEAD = 11
"""How many occurrences past the window the library works out at most: it goes by tens."""


@dataclass(frozen=True, slots=True)
class _Frequency:
    days: float
    costs: float
    """Microseconds that the library takes for one period, measured; only the order of magnitude matters."""


_FREQUENCIES = {
    "DAILY": _Frequency(1, 3),
    "WEEKLY": _Frequency(7, 6),
    "MONTHLY": _Frequency(30.44, 10),
    "YEARLY": _Frequency(365.24, 45),
}


class RefusedRuleError(ValueError):
    """A rule that is not followed; `str()` says why, to go on after a colon."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that the library understands: `parts` as they are written, `text` all of them."""

    text: str
    parts: dict[str, str]

    @classmethod
    def read(cls, text: str, start: date) -> Self:
        """Read the rule of what starts at `start` (a day, or a moment in its own zone).

        Raises:
            RefusedRuleError: it cannot be read, or it repeats within a day.
        """
        from icalendar.prop import vRecur  # noqa: PLC0415 - megabytes that a calendar without series does not need

        if len(text) > _LENGTH_LIMIT:
            raise RefusedRuleError("its rule of repetition is too long")
        parts = dict(part.split("=", 1) for part in "".join(text.upper().split()).split(";") if "=" in part)
        if parts.get("FREQ") in ("SECONDLY", "MINUTELY", "HOURLY") or _times_a_day(parts) > _TIMES_A_DAY:
            raise RefusedRuleError("it repeats within a day")
        rule = cls(";".join(f"{name}={value}" for name, value in parts.items()), parts)
        try:
            vRecur.from_ical(rule.text)
            usable = parts.get("FREQ") in _FREQUENCIES and parts.keys() <= _PARTS and 1 <= rule.interval < 10_000
            if not rule.is_beat:
                rrulestr(rule._endless(), dtstart=_naive(start))
        except (ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError):
            usable = False
        if not usable:
            raise RefusedRuleError("its rule of repetition cannot be read")
        return rule

    @property
    def interval(self) -> int:
        """How many periods lie between two that count."""
        return int(self.parts.get("INTERVAL", "1"))

    def nearer(self, start: date, day: date) -> date:
        """Return the last start on the same beat that lies well before `day`, so that the library begins there.

        A rule that counts has to be followed from its first occurrence, and a month's last days are in no other month.
        """
        frequency = self.parts["FREQ"]
        if "COUNT" in self.parts or day <= _day(start):
            return start
        if frequency in ("DAILY", "WEEKLY"):
            step = self.interval * int(_FREQUENCIES[frequency].days)
            return start + timedelta(days=((day - _day(start)).days // step) * step)
        if start.day > 28:
            return start
        months = self.interval * (1 if frequency == "MONTHLY" else 12)
        apart = (day.year - start.year) * 12 + day.month - start.month - 1
        if apart < months:
            return start
        years, month = divmod(start.year * 12 + start.month - 1 + apart // months * months, 12)
        return start.replace(year=years, month=month + 1)

    def costs(self, start: date, end: date) -> float:
        """Estimate how many microseconds it takes to follow the rule from `start` until after `end`.

        The library looks for what comes next until the year 9999, so a rule that is never met is dear.
        """
        frequency = _FREQUENCIES[self.parts["FREQ"]]
        apart = max((end - _day(start)).days, 0) / frequency.days
        most = (_LAST_YEAR - start.year) * 365.24 / frequency.days
        return min(apart + self._ahead(start), most) / self.interval * self._period_costs()

    def _period_costs(self) -> float:
        """Estimate how many microseconds the library takes for one period."""
        frequency = _FREQUENCIES[self.parts["FREQ"]]
        occurrences = self._days_met() * _times_a_day(self.parts)
        positions = len(self._listed("BYSETPOS"))
        each = _POSITION + _POSITION_OF_DAYS * frequency.days
        return frequency.costs + occurrences * _OCCURRENCE + positions * each

    def _days_met(self) -> int:
        """So many days of a period can be met, at most."""
        frequency = self.parts["FREQ"]
        weekdays, monthdays = self._listed("BYDAY"), self._listed("BYMONTHDAY")
        if frequency in ("DAILY", "WEEKLY"):
            return 1 if frequency == "DAILY" else max(len(weekdays), 1)
        named = len(self._listed("BYMONTH"))
        months = named or (12 if frequency == "YEARLY" else 1)
        numbered = months if named else 1  # the fifth Monday of each of these months, or of the year
        limits = (
            sum(numbered if any(map(str.isdigit, weekday)) else 5 * months for weekday in weekdays),
            len(monthdays) * months,
            len(self._listed("BYYEARDAY")),
            len(self._listed("BYWEEKNO")) * 7,
        )
        return min((limit for limit in limits if limit), default=max(named, 1))

    def _listed(self, name: str) -> list[str]:
        return [value for value in self.parts.get(name, "").split(",") if value]

    def _ahead(self, start: date) -> float:
        """Estimate how many periods the next occurrences take."""
        if self.is_beat:
            return _AHEAD * self.interval
        probe = _late(start, keep_weekday=self.parts["FREQ"] in ("DAILY", "WEEKLY"))
        found = list(islice(rrulestr(self._endless(), dtstart=probe), _AHEAD))
        if not found:
            return float("inf")
        covered = (found[-1] if len(found) == _AHEAD else _LAST_DAY) - probe
        return covered.days / len(found) * _AHEAD / _FREQUENCIES[self.parts["FREQ"]].days + _AHEAD

    @property
    def is_beat(self) -> bool:
        """Whether something happens in each of its periods."""
        weekly = self.parts["FREQ"] == "WEEKLY"
        return self.parts.keys() <= (_BEAT_PARTS | {"BYDAY"} if weekly else _BEAT_PARTS)

    def _endless(self) -> str:
        return ";".join(f"{name}={value}" for name, value in self.parts.items() if name not in ("COUNT", "UNTIL"))


def _late(start: date, *, keep_weekday: bool) -> datetime:
    """Return a start like this one in the last years that there are, where a search soon comes to its end.

    28 years later the days of the week and the leap years are the same again, within a century.
    """
    late = _naive(start).replace(year=9964 + (start.year - 9964) % 28, day=min(start.day, 28))
    if keep_weekday:
        late += timedelta(days=(start.weekday() - late.weekday()) % 7)
    return late


def _naive(start: date) -> datetime:
    return datetime(start.year, start.month, start.day)  # noqa: DTZ001 - a day, for the library's rules


def _day(start: date) -> date:
    return start.date() if isinstance(start, datetime) else start


def _times_a_day(parts: dict[str, str]) -> int:
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= parts.get(name, "").count(",") + 1
    return times
