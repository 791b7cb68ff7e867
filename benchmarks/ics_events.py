"""A calendar file of four years, as people have it."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

ZONES = ("Europe/Berlin", "America/New_York")
HEAD = """BEGIN:VCALENDAR
PRODID:-//Example//Calendar//EN
VERSION:2.0
X-WR-TIMEZONE:Europe/Berlin
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:DAYLIGHT
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
DTSTART:19700308T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
DTSTART:19701101T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
END:VTIMEZONE
"""
EVENT = """BEGIN:VEVENT
DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}
DTEND;TZID={zone}:{end:%Y%m%dT%H%M%S}
{more}DTSTAMP:20261122T120000Z
ORGANIZER;CN=Talent Team:mailto:talent@employer{number}.example
UID:{number:08}@calendar.example
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Sam
 ;X-NUM-GUESTS=0:mailto:sam@example.org
CREATED:20251001T080000Z
DESCRIPTION:Join with Google Meet: https://meet.google.com/abc-defg-hij\\n\\nL
 earn more about Meet at: https://support.google.com/a/users/answer/9282720
 \\nAgenda\\, notes: {notes}
LAST-MODIFIED:20261101T080000Z
LOCATION:
SEQUENCE:{sequence}
STATUS:CONFIRMED
SUMMARY:{title} {number}
TRANSP:OPAQUE
END:VEVENT
"""


def calendar(count: int) -> Iterator[str]:
    """Four years of events: 85 % single, 10 % weekly with an exception, 5 % weekly with one occurrence moved."""
    chance = random.Random(20261123)
    yield HEAD
    written = number = 0
    while written < count:
        number += 1
        zone = chance.choice(ZONES)
        start = datetime(2026, 11, 23, 9) + timedelta(days=chance.randint(-1400, 60), hours=chance.randint(-1, 8))  # noqa: DTZ001 - the zone stands beside it
        later = timedelta(weeks=chance.randint(1, 30))
        kind = chance.random()
        events = [(start, "")]
        if kind > 0.95:
            events = [
                (start, f"RRULE:FREQ=WEEKLY;UNTIL={start + timedelta(days=400):%Y%m%dT%H%M%SZ}\n"),
                (start + later + timedelta(hours=2), f"RECURRENCE-ID;TZID={zone}:{start + later:%Y%m%dT%H%M%S}\n"),
            ]
        elif kind > 0.85:
            rule = f"RRULE:FREQ=WEEKLY;COUNT={chance.randint(5, 60)}\n"
            events = [(start, f"{rule}EXDATE;TZID={zone}:{start + later / 6:%Y%m%dT%H%M%S}\n")]
        for begins, more in events:
            written += 1
            yield EVENT.format(
                zone=zone,
                start=begins,
                end=begins + timedelta(minutes=chance.choice((30, 45, 60))),
                more=more,
                number=number,
                notes="x" * chance.randint(20, 200),
                sequence=chance.randint(0, 3),
                title="Interview" if number % 9 == 0 else "Meeting",
            )
    yield "END:VCALENDAR\n"


def written(count: int, folder: Path) -> Path:
    path = folder / f"{count}.ics"
    with path.open("w", newline="") as file:
        file.writelines(part.replace("\n", "\r\n") for part in calendar(count))
    return path
