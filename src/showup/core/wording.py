"""The words of the notices: short, gentle, and never more than is known. Unescaped; each place escapes for itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from showup.core.address import shown_host
from showup.core.appointment import Details, Side
from showup.core.evidence import Evidence, Sign, Word
from showup.core.lengths import length, times
from showup.core.letter import Letters, Occasion, facts, write
from showup.core.moments import clock_time, day_and_time, near
from showup.core.notice import Choice, Kind, Message, Urgency
from showup.core.recognition.result import Medium, Stage
from showup.core.reliability import Label, Reliability
from showup.core.telling import Scene, doubt
from showup.core.text import plain
from showup.core.verdict.result import Outcome, Rule

_HERE = Choice("They're here", Word.HERE)
_WAITING = Choice("Still waiting", Word.WAITING)
_MOVED_IT = Choice("They moved it", Word.MOVED)
_CANCELLED_IT = Choice("They cancelled it", Word.CANCELLED)
_MY_SIDE = Choice("My side", Word.MINE)
_ASKED_FOR = Choice("I asked for it", Word.MINE)
_NOBODY = Choice("Nobody came", Word.NO_SHOW)
_ON_TIME = Choice("On time", Word.ON_TIME)
_LATE = Choice("Late", Word.LATE)
_YES = Choice("Yes", Word.YES)
_IN_TIME = Choice("No, on time", Word.ON_TIME)
_THEY_CAME = Choice("They came", Word.HERE)
_TOLD = Choice("They had told me", Word.TOLD_LATE)
_AN_INTERVIEW = Choice("An interview", Word.YES)
_NO_INTERVIEW = Choice("Not an interview", Word.NOT_INTERVIEW)
_BLIND = "Your calendar could not be read, so it may have been moved."
_ROOM = 60
_STILL_THERE = timedelta(minutes=15)
"""So long after the planned end the person may still be waiting."""
_STAGES = {
    Stage.RECRUITER_SCREEN: "recruiter screen",
    Stage.PHONE_SCREEN: "phone screen",
    Stage.TECHNICAL: "technical interview",
    Stage.HIRING_MANAGER: "hiring manager",
    Stage.PANEL: "panel",
    Stage.ONSITE: "onsite round",
    Stage.FINAL: "final round",
}
MEDIA = {
    Medium.MEET: "by Google Meet",
    Medium.ZOOM: "by Zoom",
    Medium.TEAMS: "by Microsoft Teams",
    Medium.WEBEX: "by Webex",
    Medium.PHONE: "by phone",
    Medium.ONSITE: "on site",
}
"""How they meet, for those ways that have a name."""

_WARNINGS = {
    Occasion.DECLINED: "The calendar shows that they declined the invitation.",
    Occasion.WAY: "The invitation names no link, number or place to meet.",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words need besides the scene.

    The person's zone; the employer's score; the next time, if it was moved; the stretch in which nobody was watching
    (see core.away); the texts of letters, without which none is offered.
    """

    zone: tzinfo | None
    score: Reliability | None = None
    moved_to: datetime | None = None
    missed: Evidence | None = None
    letters: Letters | None = None


def message(kind: Kind, scene: Scene, setting: Setting) -> Message:
    """The notice of this kind in words."""
    return _WORDS[kind](scene, setting)


def who(scene: Scene) -> str:
    """The employer's name, or the title of the event where it is not known; bounded and clean."""
    details = scene.appointment.details
    return plain(details.employer.name or details.title or "the other side", _ROOM)


def history(score: Reliability | None) -> str:
    """How reliable they have been, in counts alone: what they mean is the person's own to say."""
    if score is None or score.n == 0:
        return "No history with them yet."
    by = f" (about {times(round(score.late_median), 'minute')})" if score.late_median is not None else ""
    counts = ((score.on_time, " on time"), (score.late, f" late{by}"), (score.no_shows, " missed"))
    facts = [(number, what) for number, what in counts if number]
    shown = [f"{number}{'' if place else f' of {score.n}'}{what}" for place, (number, what) in enumerate(facts)]
    moved = [f"{score.moved} moved or cancelled"] if score.moved else []
    lead = "Reliable so far" if facts and score.label is Label.RELIABLE else "So far"
    return f"{lead}: {', '.join([*shown, *moved])}."


def _brief(scene: Scene, setting: Setting) -> Message:
    details, start = scene.appointment.details, scene.appointment.start
    minutes = int((start - scene.now).total_seconds() // 60)
    ahead = f"in {times(minutes, 'minute')}" if minutes > 0 else f"at {clock_time(start, setting.zone)}"
    how = [_STAGES.get(details.stage or Stage.OTHER, ""), _by(details)]
    known = ", ".join([*filter(None, how), f"at {clock_time(start, setting.zone)}"])
    occasion = doubt(details)
    warning = _WARNINGS[occasion] if occasion else ""
    body = " ".join(filter(None, [warning, f"{known[:1].upper()}{known[1:]}.", history(setting.score)]))
    join = (Choice("Join", url=details.join),) if details.join else ()
    letter = _write(scene, setting, occasion) if occasion else ()
    urgency = Urgency.NORMAL if warning else Urgency.LOW
    return Message(Kind.BRIEF, f"Interview with {who(scene)} {ahead}", body, (*join, *letter), urgency)


def _by(details: Details) -> str:
    """How they meet, and where the link leads."""
    host, medium = shown_host(details.join), MEDIA.get(details.medium or Medium.OTHER, "")
    if medium and host:
        return f"{medium} ({host})"
    return medium or (f"by {host}" if host else "")


def is_blind(message: Message) -> bool:
    """Whether it says that the calendar could not be read."""
    return _BLIND in message.body


def _late(scene: Scene, setting: Setting) -> Message:
    minutes = int((scene.now - scene.appointment.start).total_seconds() // 60)
    body = f"Planned for {clock_time(scene.appointment.start, setting.zone)}; nobody has been seen yet."
    title = f"{who(scene)} is {times(minutes, 'minute')} late"
    return Message(Kind.LATE, title, body, (_HERE, _WAITING, _MOVED_IT, _MY_SIDE), Urgency.NORMAL)


def _ask(scene: Scene, setting: Setting) -> Message:
    blind = "" if scene.readable else _BLIND
    planned = f"Planned for {clock_time(scene.appointment.start, setting.zone)}."
    body = " ".join(filter(None, [planned, _away(scene, setting), blind]))
    choices = (_HERE, _WAITING, _MOVED_IT, _MY_SIDE)
    return Message(Kind.ASK, f"Has {who(scene)} joined?", body, choices, Urgency.NORMAL)


def _away(scene: Scene, setting: Setting) -> str:
    """Why nothing is known: the machine slept, or showup did not run."""
    missed = setting.missed
    if missed is None or missed.moment is None:
        return ""
    start, until = scene.appointment.start, near(missed.moment, scene.appointment.start, setting.zone)
    since = f"from {near(missed.at, start, setting.zone)} to"
    if missed.sign is Sign.SLEPT:
        return f"Your computer slept {since} {until}, so showup does not know."
    began = missed.at > scene.appointment.window(scene.policy).start
    return f"showup was not running {since if began else 'until'} {until}, so it does not know."


def _nudge(scene: Scene, setting: Setting) -> Message:
    letter = _write(scene, setting, Occasion.WAITING)
    minutes = int((scene.now - scene.appointment.start).total_seconds() // 60)
    title = f"Still nobody from {who(scene)} after {times(minutes, 'minute')}"
    body = (
        "A short message may help. Nothing is sent unless you send it." if letter else "You may want to write to them."
    )
    return Message(Kind.NUDGE, title, body, (*letter, _HERE, _WAITING), Urgency.NORMAL)


def _write(scene: Scene, setting: Setting, occasion: Occasion) -> tuple[Choice, ...]:
    if setting.letters is None:
        return ()
    letter = write(setting.letters, occasion, facts(scene.appointment, setting.zone))
    return (Choice("Write to them", url=letter.link),) if letter else ()


def _no_show(scene: Scene, setting: Setting) -> Message:
    leave = " and you can leave" if scene.now < scene.appointment.ends + _STILL_THERE else ""
    body = f"Nobody came to the interview planned for {_planned(scene, setting)}. It is recorded{leave}."
    choices = (*_write(scene, setting, Occasion.MISSED), _THEY_CAME, _TOLD)
    return Message(Kind.NO_SHOW, f"{who(scene)} did not come", body, choices, Urgency.NORMAL)


def _planned(scene: Scene, setting: Setting) -> str:
    """When it was planned for: the time alone on the same day."""
    start, zone = scene.appointment.start, setting.zone
    today = start.astimezone(zone).date() == scene.now.astimezone(zone).date()
    return clock_time(start, zone) if today else day_and_time(start, zone)


def _confirm(scene: Scene, setting: Setting) -> Message:
    verdict, planned = scene.verdict, day_and_time(scene.appointment.start, setting.zone)
    if verdict.outcome is Outcome.LATE:
        body = f"{who(scene)}, planned for {planned}. {' '.join(verdict.reasons)}"
        title = f"{times(verdict.minutes_late or 0, 'minute')} late?"
        return Message(Kind.CONFIRM, title, body, (_YES, _IN_TIME), Urgency.LOW)
    away = _away(scene, setting)
    reasons = away if away and verdict.rule is Rule.NOTHING else " ".join([*verdict.reasons, *filter(None, [away])])
    if verdict.seen:
        body = f"{who(scene)} came, planned for {planned}. {reasons}"
        choices = (_ON_TIME, *(Choice(f"{late} min late", Word.LATE, late) for late in (10, 15, 20)), _LATE)
        return Message(Kind.CONFIRM, "How late did they come?", body, choices, Urgency.LOW)
    body = f"Planned for {planned}. {reasons}"
    letter = _write(scene, setting, Occasion.WAITING) if scene.now <= scene.appointment.ends else ()
    return Message(Kind.CONFIRM, f"Did {who(scene)} come?", body, (_NOBODY, _ON_TIME, _LATE, *letter), Urgency.NORMAL)


def _moved(scene: Scene, setting: Setting) -> Message:
    planned = day_and_time(scene.appointment.start, setting.zone)
    # Not in the title, which some servers cut to a few words.
    to = f"Now on {day_and_time(setting.moved_to, setting.zone)}. " if setting.moved_to else ""
    body = f"{to}It was planned for {planned}{_notice(scene)}"
    return Message(Kind.MOVED, f"Interview with {who(scene)} moved", body, _whose(scene, _MOVED_IT), Urgency.NORMAL)


def _cancelled(scene: Scene, setting: Setting) -> Message:
    planned = day_and_time(scene.appointment.start, setting.zone)
    body = f"It was planned for {planned}{_notice(scene)}"
    return Message(
        Kind.CANCELLED, f"Interview with {who(scene)} cancelled", body, _whose(scene, _CANCELLED_IT), Urgency.NORMAL
    )


def _notice(scene: Scene) -> str:
    changed = scene.appointment.changed
    if changed is None:
        return "."
    minutes = int((scene.appointment.start - changed).total_seconds() // 60)
    if minutes < 0:
        return f"; changed {length(-minutes)} after the start."
    return f"; {length(minutes)} of notice."


def _whose(scene: Scene, theirs: Choice) -> tuple[Choice, ...]:
    if scene.verdict.outcome is Outcome.UNKNOWN:
        return (_NOBODY, _ON_TIME, _ASKED_FOR)
    unknown = scene.appointment.details.organiser is Side.UNKNOWN
    return (theirs, _ASKED_FOR) if unknown else (_ASKED_FOR,)


def _recognise(scene: Scene, setting: Setting) -> Message:
    details, planned = scene.appointment.details, day_and_time(scene.appointment.start, setting.zone)
    body = f"{plain(details.title, 200)}, {planned}. " + " ".join(details.reasons[:3])
    return Message(Kind.RECOGNISE, "Is this an interview?", body, (_AN_INTERVIEW, _NO_INTERVIEW), Urgency.LOW)


def timeless(title: str) -> Message:
    """What to ask of an event that may be an interview and has no time."""
    body = f"“{plain(title, 200)}” has no time that one could be late for. Give it one in your calendar if it is."
    return Message(Kind.RECOGNISE, "Is this an interview?", body, (), Urgency.LOW)


def problem(name: str, sentence: str) -> Message:
    """What to say of a calendar that cannot be read."""
    title = f"Your calendar “{plain(name, _ROOM)}” cannot be read"
    return Message(Kind.PROBLEM, title, plain(sentence, 500), (), Urgency.NORMAL)


def crowd(name: str) -> Message:
    """What to say of a calendar that shows more interviews than anybody has."""
    title = f"Your calendar “{plain(name, _ROOM)}” has more interviews than anybody can have"
    body = "The nearest are watched, and more as these pass. If somebody floods it with invitations, delete them there."
    return Message(Kind.PROBLEM, title, body, (), Urgency.NORMAL)


_WORDS: dict[Kind, Callable[[Scene, Setting], Message]] = {
    Kind.BRIEF: _brief,
    Kind.LATE: _late,
    Kind.ASK: _ask,
    Kind.NUDGE: _nudge,
    Kind.NO_SHOW: _no_show,
    Kind.CONFIRM: _confirm,
    Kind.MOVED: _moved,
    Kind.CANCELLED: _cancelled,
    Kind.RECOGNISE: _recognise,
}
