"""A short, polite message to the recruiter, as a mailto address: written here, sent by nobody but the person."""

from datetime import datetime
from urllib.parse import quote

from showup.core.text import plain

_ROOM = 120


def mailto(contact: str, company: str, start: datetime) -> str:
    """A mailto address (RFC 6068) with subject and body; empty without a contact. `start` is in the zone to be shown.

    Everything from the calendar is bounded and percent-encoded, so that it can add no header of its own.
    """
    if "@" not in contact:
        return ""
    when = f"{start:%H:%M %Z}".strip()
    subject = f"Our conversation today at {when}"
    greeting = f"Hello {plain(company, _ROOM)} team," if company else "Hello,"
    body = (
        f"{greeting}\n\nI am in our conversation planned for {when} and have not met anybody yet. "
        "Did something come up? I am glad to wait a little longer, or to find another time.\n\nKind regards\n"
    )
    address = quote(plain(contact, _ROOM), safe="@.+-_")
    return f"mailto:{address}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
