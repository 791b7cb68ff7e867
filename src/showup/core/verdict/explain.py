"""Why a verdict is as it is, and what would change it, in sentences for a person."""

from showup.core.evidence import Evidence, Sign, Source, Word
from showup.core.lengths import length
from showup.core.verdict.result import Certainty, Outcome, Rule, Verdict

_BECAUSE = {
    Rule.SETTLED: "You said how it went, and your word stands.",
    Rule.CONFIRMED_BY_YOU: "You confirmed what had been presumed.",
    Rule.LATE_WITHOUT_MINUTES: "You said that they were late, but nobody knows by how many minutes.",
    Rule.HERE: "You said in time that they were there.",
    Rule.HERE_AFTER_WAITING: "You were still waiting, and then said that they were there: so that is when they came.",
    Rule.HERE_TOO_LATE_TO_TELL: "You said that they were there, but too late to tell since when.",
    Rule.WAITING: "You were still waiting when it was no delay any more, and nobody was noticed afterwards.",
    Rule.WAITING_EARLY: (
        "You were waiting soon after the start, and nobody was noticed afterwards. "
        "They may have come a minute later, so it is only presumed."
    ),
    Rule.CHANGED: "The calendar was changed before anybody could be late.",
    Rule.CHANGED_BY_YOU: "The change was yours, so it is held against nobody.",
    Rule.CHANGED_LATE_ABSENT: "They had not come, and changed the calendar after the start.",
    Rule.CHANGED_LATE_UNKNOWN: "The calendar was changed after the start, and nobody knows whether they had come.",
    Rule.LIST: "The list of participants tells when they were there.",
    Rule.LIST_ABSENT: "On the list of participants you were alone to the end of the case.",
    Rule.SPEECH: "Speech was heard in the call, so they were there.",
    Rule.SILENCE: (
        "You were in the call, it was listened to all the time, and nobody spoke. "
        "Silence can mislead, so it is only presumed."
    ),
    Rule.GAP: "They were noticed, but not everything before that was watched, so nobody knows since when.",
    Rule.RANG: "The phone rang, and that was presumably they.",
    Rule.JOINED_LATE: "You joined too late to tell what they did, so it is held against nobody.",
    Rule.PROMPT: "They spoke as soon as you joined, so they had been there.",
    Rule.NOTHING: (
        "Nothing was seen, and nobody said anything. Silence proves nothing: it is unknown, and counts against nobody."
    ),
    Rule.PENDING: "It is not over yet, so nothing is decided.",
}
_NOTICED = {
    (Source.SOUND, Sign.YOU_IN): "Your microphone opened in a call application.",
    (Source.SOUND, Sign.YOU_OUT): "Your microphone closed.",
    (Source.SOUND, Sign.THEY_IN): "Speech came out of the call application.",
    (Source.SOUND, Sign.THEY_OUT): "The speech stopped, which says nothing.",
    (Source.MEET, Sign.YOU_IN): "You joined, says the list of participants.",
    (Source.MEET, Sign.YOU_OUT): "You left, says the list of participants.",
    (Source.MEET, Sign.THEY_IN): "Somebody else joined, says the list of participants.",
    (Source.MEET, Sign.THEY_OUT): "The last of the others left, says the list of participants.",
    (Source.PHONE, Sign.RANG): "The phone rang.",
    (Source.PHONE, Sign.MISSED): "A call was missed.",
    (Source.CALENDAR, Sign.MOVED): "The event was moved.",
    (Source.CALENDAR, Sign.CANCELLED): "The event was cancelled.",
    (Source.CALENDAR, Sign.VANISHED): "The event was last seen in the calendar; later it was gone.",
    (Source.CALENDAR, Sign.DECLINED): "You declined the event.",
    (Source.CALENDAR, Sign.RESTORED): "The event was put back as it had been.",
}
_NOT_THERE = {Sign.SLEPT: "The computer slept", Sign.STOPPED: "showup was not running"}
_SAY = "`showup answer ID {}`"


def explain(rule: Rule) -> str:
    """The sentence that belongs to a rule."""
    return _BECAUSE[rule]


def noticed(item: Evidence) -> str:
    """A piece of evidence in a sentence; what the person wrote is bounded and clean, and not escaped."""
    if item.sign is Word.UNDO:
        return "You took back what you had said last."
    if item.source is Source.ANSWER:
        minutes = f", {item.minutes} minutes" if item.minutes is not None else ""
        note = f" Your note: {item.detail}" if item.detail else ""
        return f"You said “{item.sign}”{minutes}.{note}"
    if item.moment and item.sign in _NOT_THERE:
        return f"{_NOT_THERE[Sign(item.sign)]} for {length((item.moment - item.at).total_seconds() / 60)}."
    return _NOTICED.get((item.source, Sign(item.sign)), f"{item.source}: {item.sign}.")


def what_would_change(verdict: Verdict) -> str:
    """What the person can say about it; ID stands for the appointment's own."""
    if verdict.outcome in {Outcome.LATE, Outcome.NO_SHOW} and verdict.certainty is Certainty.PRESUMED:
        return f"{_say('yes')} confirms it, and only then it counts. If they came in time, {_say('on_time')}."
    match verdict.outcome:
        case Outcome.PENDING:
            return f"Say {_say('here')} when they are there, or {_say('waiting')} while they are not."
        case Outcome.UNKNOWN:
            return f"Only you can tell: {_say('on_time')}, {_say('late --minutes 12')} or {_say('no_show')}."
        case Outcome.MOVED | Outcome.CANCELLED if verdict.ask:
            return f"Only you can tell whose wish it was: {_say(verdict.outcome)} for theirs, {_say('mine')} for yours."
        case Outcome.MOVED | Outcome.CANCELLED:
            return f"If you had asked for it, {_say('mine')}."
        case Outcome.ON_TIME:
            return f"If they were late, {_say('late --minutes 12')}."
        case Outcome.LATE | Outcome.NO_SHOW:
            return f"If they came in time, {_say('on_time')}; if it was on your side, {_say('mine')}."
        case _:
            return f"If it was not on your side, {_say('on_time')}, {_say('late --minutes 12')} or {_say('no_show')}."


def _say(words: str) -> str:
    return _SAY.format(words)
