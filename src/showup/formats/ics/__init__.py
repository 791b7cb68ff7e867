"""iCalendar files (RFC 5545): from bytes to events, at any size, whatever they hold."""

from showup.formats.ics.occurrences import Parsed, merged, occurrences
from showup.formats.ics.scan import Source
from showup.formats.ics.single import vevents

__all__ = ["Parsed", "Source", "merged", "occurrences", "vevents"]
