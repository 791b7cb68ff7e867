"""The words of the notices: short, gentle, and never more than is known. Unescaped; each place escapes for itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from showup.core.address import shown_host
from showup.core.appointment import Side
from showup.core.evidence import Word
from showup.core.lengths import length
from showup.core.letter import mailto
from showup.core.notice import Choice, Kind, Message, Urgency
from showup.core.reliability import Label, Reliability
from showup.core.telling import Scene
from showup.core.text import plain
from showup.core.verdict.result import Outcome

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
_ROOM = 60


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words need besides the scene: the person's zone, the employer's score, the next time if it was moved."""

    zone: tzinfo | None
    score: Reliability | None = None
    moved_to: datetime | None = None


def message(kind: Kind, scene: Scene, setting: Setting) -> Message:
    """The notice of this kind in words."""
    return _WORDS[kind](scene, setting)


def who(scene: Scene) -> str:
    """The employer's name, or the title of the event where it is not known; bounded and clean."""
    details = scene.appointment.details
    return plain(details.employer.name or details.title or "the other side", _ROOM)


def clock_time(moment: datetime, zone: tzinfo | None) -> str:
    """Hours and minutes as the person's clock shows them."""
    return f"{moment.astimezone(zone):%H:%M}"


def day_and_time(moment: datetime, zone: tzinfo | None) -> str:
    """The day as well, with the zone named."""
    return f"{moment.astimezone(zone):%a %d %b %H:%M %Z}"


def _brief(scene: Scene, setting: Setting) -> Message:
    details, start = scene.appointment.details, scene.appointment.start
    minutes = int((start - scene.now).total_seconds() // 60)
    ahead = f"in {minutes} minutes" if minutes > 0 else f"at {clock_time(start, setting.zone)}"
    link = f"link to {shown_host(details.join)}" if details.join else ""
    facts = [details.stage.value.replace("_", " ") if details.stage else "", _by(scene), link, _history(setting.score)]
    join = (Choice("Join", url=details.join),) if details.join else ()
    body = f"{clock_time(start, setting.zone)}. " + " · ".join(fact for fact in facts if fact)
    return Message(Kind.BRIEF, f"Interview with {who(scene)} {ahead}", body.strip(), join, Urgency.LOW)


def _by(scene: Scene) -> str:
    medium = scene.appointment.details.medium
    return f"by {medium.value}" if medium else ""


def _history(score: Reliability | None) -> str:
    if score is None or score.label is Label.NO_HISTORY:
        return "no history with them yet"
    missed = f", {score.no_shows} missed" if score.no_shows else ""
    return f"{score.label.value}: {score.reliability:.0f} of 100 after {score.n} appointments{missed}"


def _late(scene: Scene, setting: Setting) -> Message:
    minutes = int((scene.now - scene.appointment.start).total_seconds() // 60)
    body = f"Planned for {clock_time(scene.appointment.start, setting.zone)}; nobody has been seen yet."
    title = f"{who(scene)} is {minutes} minutes late"
    return Message(Kind.LATE, title, body, (_HERE, _WAITING, _MOVED_IT, _MY_SIDE), Urgency.NORMAL)


def _ask(scene: Scene, setting: Setting) -> Message:
    blind = "" if scene.readable else " Your calendar could not be read, so it may have been moved."
    body = f"Planned for {clock_time(scene.appointment.start, setting.zone)}.{blind}"
    choices = (_HERE, _WAITING, _MOVED_IT, _MY_SIDE)
    return Message(Kind.ASK, f"Has {who(scene)} joined?", body, choices, Urgency.NORMAL)


def _nudge(scene: Scene, setting: Setting) -> Message:
    letter = _write(scene, setting)
    minutes = int((scene.now - scene.appointment.start).total_seconds() // 60)
    title = f"Still nobody from {who(scene)} after {minutes} minutes"
    body = (
        "A short message may help. Nothing is sent unless you send it." if letter else "You may want to write to them."
    )
    return Message(Kind.NUDGE, title, body, (*letter, _HERE, _WAITING), Urgency.NORMAL)


def _write(scene: Scene, setting: Setting) -> tuple[Choice, ...]:
    details, start = scene.appointment.details, scene.appointment.start
    letter = mailto(details.contact, details.employer.name, start.astimezone(setting.zone))
    return (Choice("Write to them", url=letter),) if letter else ()


def _no_show(scene: Scene, setting: Setting) -> Message:
    planned = clock_time(scene.appointment.start, setting.zone)
    body = f"Nobody came to the interview planned for {planned}. It is recorded; you can leave."
    choices = (*_write(scene, setting), _THEY_CAME, _TOLD)
    return Message(Kind.NO_SHOW, f"{who(scene)} did not come", body, choices, Urgency.NORMAL)


def _confirm(scene: Scene, setting: Setting) -> Message:
    verdict, planned = scene.verdict, day_and_time(scene.appointment.start, setting.zone)
    if verdict.outcome is Outcome.LATE:
        body = f"{who(scene)}, planned for {planned}. {' '.join(verdict.reasons)}"
        return Message(Kind.CONFIRM, f"{verdict.minutes_late} minutes late?", body, (_YES, _IN_TIME), Urgency.LOW)
    if verdict.seen:
        body = f"{who(scene)} came, planned for {planned}. {' '.join(verdict.reasons)}"
        choices = (_ON_TIME, *(Choice(f"{late} min late", Word.LATE, late) for late in (10, 15, 20)), _LATE)
        return Message(Kind.CONFIRM, "How late did they come?", body, choices, Urgency.LOW)
    body = f"Planned for {planned}. {' '.join(verdict.reasons)}"
    letter = _write(scene, setting) if scene.now <= scene.appointment.ends else ()
    return Message(Kind.CONFIRM, f"Did {who(scene)} come?", body, (_NOBODY, _ON_TIME, _LATE, *letter), Urgency.NORMAL)


def _moved(scene: Scene, setting: Setting) -> Message:
    planned = day_and_time(scene.appointment.start, setting.zone)
    to = f" to {day_and_time(setting.moved_to, setting.zone)}" if setting.moved_to else ""
    body = f"It was planned for {planned}{_notice(scene)}"
    return Message(Kind.MOVED, f"Interview with {who(scene)} moved{to}", body, _whose(scene, _MOVED_IT), Urgency.NORMAL)


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
        return f"; changed {-minutes} minutes after the start."
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
