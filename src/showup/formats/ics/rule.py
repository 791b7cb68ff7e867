"""Which rules of repetition (RFC 5545, section 3.3.10) are followed. No calendar may hang the program by one."""

from icalendar.prop import vRecur

_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_LENGTH_LIMIT = 2_000
_TIMES_A_DAY = 24


class RefusedRuleError(ValueError):
    """A rule that is not followed; `str()` says why, to go on after a colon."""


def usable(rule: str) -> str:
    """Return the rule as the library shall have it.

    Raises:
        RefusedRuleError: it cannot be read, or it repeats within a day.
    """
    if len(rule) > _LENGTH_LIMIT:
        raise RefusedRuleError("its rule of repetition is too long")
    try:
        parts = vRecur.from_ical(rule)
    except ValueError as problem:
        raise RefusedRuleError("its rule of repetition cannot be read") from problem
    frequency = str((parts.get("FREQ") or [""])[0])
    if frequency not in _FREQUENCIES:
        raise RefusedRuleError("it repeats within a day, or has no known frequency")
    if any(number < 1 for number in parts.get("INTERVAL", [])):
        raise RefusedRuleError("its rule of repetition cannot be read")
    times = 1
    for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= len(parts.get(part, [1]))
    if times > _TIMES_A_DAY:
        raise RefusedRuleError("it repeats within a day, or has no known frequency")
    return rule
