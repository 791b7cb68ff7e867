"""Stretches of time as people say them. A status bar needs them: nothing is imported here."""


def length(minutes: float) -> str:
    """A stretch of time as people say it: 45 minutes, 3 hours, 2 days."""
    for size, name in ((24 * 60, "day"), (60, "hour")):
        if minutes >= 2 * size or minutes == size:
            return f"{int(minutes // size)} {name}{'' if minutes < 2 * size else 's'}"
    return times(int(minutes), "minute")


def times(number: int, what: str, more: str = "") -> str:
    """So many of something; `more` is the word for several, where it takes more than an s."""
    return f"{number} {what if number == 1 else more or what + 's'}"


def brief(minutes: float) -> str:
    """The same where there is little room: 45 min, 1 h 20 min, 3 h, 2 d."""
    whole = int(minutes)
    hours, rest = divmod(whole, 60)
    if whole < 60:
        return f"{whole} min"
    if hours < 24:
        return f"{hours} h {rest} min" if rest and hours < 3 else f"{hours} h"
    return f"{hours // 24} d"
