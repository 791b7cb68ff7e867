"""Calendars for tests, written with plain line ends and made into real ones."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 20, tzinfo=UTC)
END = START + timedelta(days=20)
HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//\n"
TAIL = "END:VCALENDAR\n"


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def calendar(*parts: str) -> bytes:
    """A calendar of head lines, VTIMEZONEs and VEVENTs."""
    return crlf(HEAD + "".join(parts) + TAIL)


def vevent(body: str, uid: str = "a@x", title: str = "Interview") -> str:
    return f"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20261101T000000Z\nSUMMARY:{title}\n{body}\nEND:VEVENT\n"


def timed(start: str, end: str = "", uid: str = "a@x", more: str = "") -> str:
    return vevent(f"DTSTART{start}" + (f"\nDTEND{end}" if end else "") + (f"\n{more}" if more else ""), uid)


GOOD = timed(":20261125T090000Z", ":20261125T100000Z", uid="good@x")
