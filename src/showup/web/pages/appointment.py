"""One appointment: its evidence on a time axis, the verdict, and the words that correct it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from showup.core.address import host
from showup.core.checkpoints import checkpoints
from showup.core.evidence import Word
from showup.core.link import checked
from showup.core.problem import Problem, Usage
from showup.core.record import Entry
from showup.core.remark import Colleagues, Feeling, Impression, Room
from showup.core.verdict.result import Certainty, Outcome, Verdict
from showup.flow.answer import Said
from showup.flow.answer import answer as keep
from showup.flow.remark import can_impress, keep_impression
from showup.flow.review import Review
from showup.web.asking import Asked, Goto
from showup.web.charts.strip import strip
from showup.web.desk import Desk
from showup.web.pages.employer import ASKED
from showup.web.pages.links import back
from showup.web.pages.said import said
from showup.web.showing import Shown

_ROOM = 500
_TAPS: Mapping[str, type[StrEnum]] = {"questions": Room, "colleagues": Colleagues, "feeling": Feeling}


@dataclass(frozen=True, slots=True)
class Correction:
    """A word to say, as a button; `minutes` tells whether a figure goes with it, and whether it has to."""

    word: Word
    label: str
    minutes: str = ""
    needed: bool = False


def look(desk: Desk, asked: Asked) -> Shown:
    """The page of the appointment whose number is asked for."""
    with desk.reviewing() as review:
        entry = _entry(review, asked.number)
        found, policy = review.one(entry.appointment), review.judge.policy
        points = checkpoints(entry.appointment, policy)
        follower = review.record.follower(asked.number)
        followed = review.record.appointment(entry.appointment.follows or 0)
        verdict = review.current(entry).verdict
        values = {
            "found": found,
            "employer": entry.appointment.employer_id,
            "strip": strip(found, points, review.now, review.judge.zone),
            "corrections": corrections(review, entry, verdict),
            "join": (link := _join(entry) if review.now < entry.appointment.ends else ""),
            "where": host(link),
            "follower": follower,
            "followed": followed,
            "said": said(review, str(asked.number)),
            "just": asked.query.get("said", "") == str(asked.number),
            "impression": review.record.impression(asked.number),
            "impressible": can_impress(verdict.outcome),
            "asked": ASKED,
            "here": f"/appointments/{asked.number}",
        }
    return Shown("appointment.html", values)


def answer(desk: Desk, asked: Asked) -> Goto:
    """Keep what the person says of it."""
    said_now = _said(asked)
    with desk.changing() as record:
        appointment = record.appointment(asked.number)
        if appointment is None:
            raise _none()
        keep(record, desk.judge(), appointment, said_now, desk.now())
    return Goto(back(asked.form, f"/appointments/{asked.number}", said=asked.number))


def impression(desk: Desk, asked: Asked) -> Goto:
    """Keep how it was for the person: a tap adds to what was said before, the same tap again takes it back."""
    with desk.changing() as record:
        known = record.impression(asked.number) or Impression()
        keep_impression(record, asked.number, _tapped(known, asked.form))
    return Goto(back(asked.form, f"/appointments/{asked.number}"))


def corrections(review: Review, entry: Entry, verdict: Verdict) -> list[Correction]:
    """The words that make sense now: of this moment while it is on, and always those that settle it."""
    appointment, now = entry.appointment, review.now
    presumed = verdict.certainty is Certainty.PRESUMED and verdict.outcome in {Outcome.LATE, Outcome.NO_SHOW}
    window = appointment.window(review.judge.policy)
    on = window.start <= now < appointment.give_up(review.judge.policy)
    words = [Correction(Word.YES, "Yes, that is right")] if presumed else []
    if on:
        words += [Correction(Word.HERE, "They're here now"), Correction(Word.WAITING, "Still waiting")]
    if on and now <= appointment.on_time_until(review.judge.policy):
        words.append(Correction(Word.TOLD_LATE, "They told me they'll be late"))
    if now >= appointment.start:
        words += [
            Correction(Word.ON_TIME, "They came on time"),
            Correction(Word.LATE, "They were late", "minutes late", needed=True),
            Correction(Word.NO_SHOW, "Nobody came"),
        ]
    return [
        *words,
        Correction(Word.MOVED, "They moved it", "minutes of notice"),
        Correction(Word.CANCELLED, "They called it off", "minutes of notice"),
        Correction(Word.MINE, "It was on my side"),
        Correction(Word.NOT_INTERVIEW, "It is no interview"),
    ]


def _entry(review: Review, number: int) -> Entry:
    entry = review.record.entry(number)
    if entry is None:
        raise _none()
    return entry


def _join(entry: Entry) -> str:
    """The link, as far as it may be opened at all."""
    try:
        return checked(entry.appointment.details.join)
    except Problem:
        return ""


def _none() -> Problem:
    return Problem("There is no such interview on record.", "The overview lists the companies.")


def _said(asked: Asked) -> Said:
    form = asked.form
    if form.get("word", "") not in {word.value for word in Word}:
        raise Usage("That is no answer.", "Choose one of the buttons.")
    return Said(
        Word(form["word"]), _minutes(form.get("minutes", "")), form.get("note", "")[:_ROOM], _of(form.get("of", ""))
    )


def _minutes(text: str) -> int | None:
    told = text.strip()
    if not told:
        return None
    figure = told.removeprefix("-")
    if not (figure.isascii() and figure.isdecimal() and len(figure) < len("100000")):
        raise Usage(f"“{told[:20]}” are no whole minutes.", "Give a figure, such as 12.")
    return int(told)


def _of(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Usage("That is no answer of yours.", "Open the page again.")
    return moment


def _tapped(known: Impression, form: Mapping[str, str]) -> Impression:
    tapped = {name: form[name] for name in _TAPS if name in form}
    try:
        fresh: dict[str, Any] = {name: _TAPS[name](value) for name, value in tapped.items()}
    except ValueError:
        raise Usage("That is no answer.", "Choose one of the buttons.") from None
    return replace(known, **{name: None if getattr(known, name) == value else value for name, value in fresh.items()})
