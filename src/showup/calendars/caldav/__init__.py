"""Calendars on a CalDAV server (RFC 4791), such as Nextcloud, iCloud, Fastmail or Radicale.

A small client of our own, on what `network.web` does already. The usual library replaces urllib3 for the whole
environment and, worse here, takes an invalid sync token for an empty one without saying so. What is needed of the
protocol are five questions; expansion is `formats.ics`, as everywhere.
"""

from showup.calendars.caldav.discovery import Found, discover
from showup.calendars.caldav.server import ElsewhereProblem, Login, Origin
from showup.calendars.caldav.source import CaldavCalendar, secret_key

__all__ = [
    "CaldavCalendar",
    "ElsewhereProblem",
    "Found",
    "Login",
    "Origin",
    "discover",
    "secret_key",
]
