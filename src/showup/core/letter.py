"""A short, polite message to the other side: written here, sent by nobody but the person.

The texts are data (`knowledge/letters`), and the person may put others in their place.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from showup.core.address import mailbox
from showup.core.appointment import Appointment
from showup.core.problem import Problem
from showup.core.text import plain

_ROOM = 120
_SUBJECT, _BODY = 200, 2000
"""The longest texts, in characters."""
_GAP = re.compile(r"\{(company|title|date|time)\}")
_FRAME = ("greeting", "nameless", "closing")


class Occasion(StrEnum):
    """What it is about."""

    WAITING = "waiting"
    """They are late, and the person is still there."""
    MISSED = "missed"
    """They did not come."""
    WAY = "way"
    """It is near, and the invitation does not say how to meet."""
    DECLINED = "declined"
    """It is near, and they declined it."""


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """The texts: `frame` holds greeting, nameless (a greeting without the company's name) and closing.

    They are read once and told apart by identity, so that what was made from them can be remembered by them.
    """

    frame: Mapping[str, str]
    subjects: Mapping[Occasion, str]
    bodies: Mapping[Occasion, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is filled in. `start` is in the zone to be shown; the texts are the calendar's own."""

    contact: str
    company: str
    title: str
    start: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it would be sent: to one address, in plain text."""

    to: str
    subject: str
    body: str

    @property
    def link(self) -> str:
        """The same as a mailto address (RFC 6068), everything percent-encoded: it can add no header and no receiver."""
        return _mailto(self)


@lru_cache(maxsize=32)
def _mailto(letter: Letter) -> str:
    """Put together once: as long as a notice stands, each beat asks for it anew."""
    lines = quote(letter.body.replace("\n", "\r\n"), safe="")  # a line break is %0D%0A: RFC 6068, section 5
    return f"mailto:{quote(letter.to, safe='@')}?subject={quote(letter.subject, safe='')}&body={lines}"


def facts(appointment: Appointment, zone: tzinfo | None) -> Facts:
    """What is filled in of an appointment, its start as in this zone."""
    details = appointment.details
    return Facts(details.contact, details.employer.name, details.title, appointment.start.astimezone(zone))


def letters_from(table: Mapping[str, Any], base: Letters | None = None) -> Letters:
    """The texts of a table; what it does not hold is taken from `base`.

    Raises:
        Problem: a text is missing, no text or too long, or a key is none of ours.
    """
    texts = {key: value for key, value in table.items() if key not in set(Occasion)}
    frame = {**(base.frame if base else {}), **_texts(texts, _FRAME, _BODY)}
    subjects, bodies = dict(base.subjects if base else {}), dict(base.bodies if base else {})
    for occasion in Occasion:
        given = table.get(occasion, {})
        if not isinstance(given, dict):
            raise Problem(f"“{occasion}” holds no texts.", f"Write [{occasion}], and below it subject and body.")
        found = _texts(given, ("subject", "body"), _BODY)
        subjects |= {occasion: found["subject"]} if "subject" in found else {}
        bodies |= {occasion: found["body"]} if "body" in found else {}
    if len(frame) < len(_FRAME) or len(subjects) + len(bodies) < 2 * len(Occasion):
        raise Problem("A text of the letters is missing.", "Write all of them.")
    return Letters(frame, subjects, bodies)


def write(letters: Letters, occasion: Occasion, facts: Facts) -> Letter | None:
    """The letter, everything from the calendar bounded; None where `contact` is no plain address."""
    if not mailbox(facts.contact):
        return None
    greeting = letters.frame["greeting" if facts.company else "nameless"]
    parts, known = (greeting, letters.bodies[occasion], letters.frame["closing"]), _known(facts)
    body = "\n\n".join(plain(_filled(part, known), 2 * _BODY, lines=True) for part in parts) + "\n"
    subject = plain(_filled(letters.subjects[occasion], known), 2 * _SUBJECT)
    return Letter(facts.contact, subject, body)


def _texts(table: Mapping[str, Any], known: tuple[str, ...], most: int) -> dict[str, str]:
    for key, value in table.items():
        if key not in known:
            raise Problem(f"“{plain(key, 40)}” is no text of a letter.", f"Known here: {', '.join(known)}.")
        longest = _SUBJECT if key == "subject" else most
        if not isinstance(value, str) or not value.strip() or len(value) > longest:
            raise Problem(f"“{key}” is no text of at most {longest} characters.", "Write it in quotes.")
    return {key: str(value) for key, value in table.items()}


def _known(facts: Facts) -> dict[str, str]:
    """What fills the gaps."""
    zone = f"{facts.start:%Z}"
    zone = f"UTC{zone}" if zone[:1] in {"+", "-"} else zone
    return {
        "company": plain(facts.company, _ROOM),
        "title": plain(facts.title, _ROOM),
        "date": f"{facts.start:%Y-%m-%d}",
        "time": f"{facts.start:%H:%M} {zone}".strip(),
    }


def _filled(text: str, known: Mapping[str, str]) -> str:
    """The text with its gaps filled, all at once: what is filled in is not looked at again."""
    return _GAP.sub(lambda gap: known[gap[1]], text)
