"""A sample calendar around this moment, to see the program work without a calendar of one's own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

OWNER = "sam@example.org"


@dataclass(frozen=True, slots=True)
class _Sample:
    """An event: `start` and `length` in minutes, the start from now."""

    name: str
    title: str
    start: int
    length: int
    organiser: str
    link: str = ""


_RUNNING = _Sample("running", "Interview with Fernwood – Account Executive", -3, 30, "talent@fernwood.example", "frn")
_SOON = _Sample("soon", "Interview with Birchwood – Account Manager", 12, 30, "people@birchwood.example", "brc")
_MOVED = _Sample("moved", "Interview with Acme – Customer Success Manager", 90, 45, "hr@acme.example", "acm")
_DENTIST = _Sample("dentist", "Dentist", 180, 30, OWNER)
_A_DAY = 24 * 60


def calendar(begun: datetime, *, moved: bool) -> str:
    """The calendar as iCalendar text: an interview that runs, one that comes, one that is moved, and a dentist.

    `begun` (aware UTC) is when the sample was begun; `moved` tells whether the move to the next day was made.
    """
    stamp = begun.replace(second=0, microsecond=0)
    events = [_event(one, stamp, 0) for one in (_RUNNING, _SOON, _DENTIST)]
    events.append(_event(_MOVED, stamp, _A_DAY if moved else 0))
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//showup//sample//EN"]
    return "\r\n".join([*head, *(line for event in events for line in event), "END:VCALENDAR", ""])


def _event(one: _Sample, now: datetime, later: int) -> list[str]:
    """Its lines; `later` is by how many minutes it was moved."""
    start = now + timedelta(minutes=one.start + later)
    guests = [f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{OWNER}", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{one.organiser}"]
    link = [f"CONFERENCE;VALUE=URI:https://meet.google.com/{one.link}-samp-lex"] if one.link else []
    return [
        "BEGIN:VEVENT",
        f"UID:{one.name}-{_utc(now)}@showup.example",
        f"DTSTAMP:{_utc(now)}",
        f"SEQUENCE:{1 if later else 0}",
        f"SUMMARY:{one.title}",
        f"DTSTART:{_utc(start)}",
        f"DTEND:{_utc(start + timedelta(minutes=one.length))}",
        f"ORGANIZER:mailto:{one.organiser}",
        *(guests if one.link else []),
        *link,
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"
