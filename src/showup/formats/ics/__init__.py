"""iCalendar files (RFC 5545): from bytes to events, at any size, whatever they hold."""

from showup.formats.ics.occurrences import Parsed, Steps, merged, occurrences, steps
from showup.formats.ics.scan import PIECE, Source
from showup.formats.ics.single import vevents

__all__ = ["PIECE", "Parsed", "Source", "Steps", "merged", "occurrences", "steps", "vevents"]
