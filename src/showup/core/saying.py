"""What the record says of an employer, in two plain sentences: never more than it knows, and nothing of why."""

from collections.abc import Sequence
from datetime import datetime

from showup.core.lengths import length
from showup.core.record import Entry
from showup.core.reliability import MISS, Reliability
from showup.core.verdict.result import Outcome

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_CHANGED = frozenset({Outcome.MOVED, Outcome.CANCELLED})


def saying(newest: Sequence[Entry], score: Reliability) -> tuple[str, str]:
    """The two sentences. `newest` are the employer's appointments, the newest first, as many as are looked at.

    The first tells of what counts, the second of how the person learnt of it, or of what does not count. It may be
    empty, where there is nothing more to say.
    """
    counted = [entry for entry in newest if entry.verdict.counted]
    missed = counted[: min(score.misses_in_a_row, len(counted))]
    if score.n == 0:
        return "Nothing counts yet, so nothing is known of how reliable they are.", _uncounted(newest)
    return _how(score, missed), _told(missed) or _changes(newest) or _waited(score) or _uncounted(newest)


def _how(score: Reliability, missed: Sequence[Entry]) -> str:
    if score.misses_in_a_row > 1:
        return _row(score, [entry.verdict.outcome for entry in missed])
    if score.on_time == score.n:
        many = {1: "the one interview that counts", 2: "both interviews that count"}
        return f"Came on time to {many.get(score.n, f'all {_number(score.n)} interviews that count')}."
    told = _counts(score.on_time, score.late, score.no_shows, score.n)
    if score.n == 1:
        return f"The one interview that counts was {told[0].removeprefix('one ')}."
    return f"Of {_number(score.n)} that count, {_listed(told)}."


def _row(score: Reliability, outcomes: Sequence[Outcome]) -> str:
    run = _number(score.misses_in_a_row)
    rest = f", of {_number(score.n)} that count" if score.n > score.misses_in_a_row else ""
    if set(outcomes) == {Outcome.NO_SHOW}:
        return f"Missed {run} in a row{rest}."
    late, absent = outcomes.count(Outcome.LATE), outcomes.count(Outcome.NO_SHOW)
    return f"The last {run}{rest} did not go as planned: {_listed(_counts(0, late, absent, len(outcomes)))}."


def _counts(on_time: int, late: int, absent: int, n: int) -> list[str]:
    """How many went how; what is none of these was moved or called off with too little notice."""
    rest = n - on_time - late - absent
    parts = [(on_time, "on time"), (late, "late"), (absent, "missed"), (rest, "moved or called off at short notice")]
    return [f"{_number(count)} {what}" for count, what in parts if count]


def _told(missed: Sequence[Entry]) -> str:
    """How the person learnt of the run of misses, as far as the calendar tells."""
    kinds = [_when_told(entry) for entry in missed]
    if not kinds or None in kinds:
        return ""
    every = "both times" if len(kinds) == 2 else "every time"
    if len(set(kinds)) == 1:
        often = f" {every}" if len(kinds) > 1 else ""
        return {
            "after": f"Told you after the start{often}.",
            "before": f"Told you less than two hours before{often}.",
            "never": f"The calendar said nothing of it{',' if often else ''}{often}.",
        }[str(kinds[0])]
    parts = [(kinds.count("before"), "before the start"), (kinds.count("after"), "after the start")]
    told = [f"{_times(count)} {when}" for count, when in parts if count]
    silent = kinds.count("never")
    return f"Told you {_listed(told)}{f'; {_times(silent)} the calendar said nothing of it' if silent else ''}."


def _when_told(entry: Entry) -> str | None:
    """Before or after the start, or not by the calendar; None where they came, late."""
    verdict, changed, start = entry.verdict, entry.appointment.changed, entry.appointment.start
    if (verdict.fault or 0) < MISS or verdict.outcome not in {Outcome.NO_SHOW, *_CHANGED}:
        return None
    if verdict.notice_minutes is not None:
        return "before" if verdict.notice_minutes > 0 else "after"
    return _side(changed, start) if changed else "never"


def _side(changed: datetime, start: datetime) -> str:
    return "before" if changed < start else "after"


def _changes(newest: Sequence[Entry]) -> str:
    changed = [entry.verdict for entry in newest if entry.verdict.outcome in _CHANGED]
    notices = sorted(one.notice_minutes for one in changed if one.notice_minutes is not None)
    if not notices:
        return ""
    least = notices[0]
    how = f"{length(least)} of notice" if least >= 0 else f"a word only {length(-least)} after the start"
    if len(changed) == 1:
        return f"Moved or called off one, with {how}."
    return f"Moved or called off {_number(len(changed))}; the least you were given was {how}."


def _waited(score: Reliability) -> str:
    return f"You waited {length(score.minutes_waited)} in all." if score.minutes_waited >= 1 else ""


def _uncounted(newest: Sequence[Entry]) -> str:
    unknown = sum(entry.verdict.outcome is Outcome.UNKNOWN for entry in newest)
    if not unknown:
        return ""
    return f"How {_number(unknown)} more went is not known, and counts against nobody."


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{_number(count)} times")


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
