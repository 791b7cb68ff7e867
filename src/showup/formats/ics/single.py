"""Every VEVENT of a file once, not expanded."""

from collections.abc import Iterator

from showup.core.event import Event, EventKey
from showup.core.problem import Problem
from showup.formats.ics.prefilter import identity
from showup.formats.ics.scan import Block, Source
from showup.formats.ics.survey import Survey
from showup.formats.ics.vevent import UnreadableError, Vevent, newer, vevent


def vevents(source: Source, zone: str | None) -> Iterator[Event | Problem]:
    """Yield each VEVENT as it stands in the file; of those with an equal UID and RECURRENCE-ID only the newest version.

    Those with several versions come last. `zone` is the IANA name for times that name no zone. A VEVENT that cannot
    be used is a Problem in its place.

    Raises:
        Problem: before anything is yielded, where it is no calendar, empty, or cut off.
    """
    seen: set[int] = set()
    several: set[int] = set()

    def look(block: Block) -> None:
        key = identity(block.text)
        (several if key in seen else seen).add(key)

    survey = Survey(zone)
    for _pause in survey.through(source, look):
        pass
    best: dict[EventKey, Vevent] = {}
    for calendar, block in filter(None, survey.events(source)):
        try:
            read = vevent(block, calendar)
        except UnreadableError as problem:
            yield Problem(problem.sentence, "The rest of the calendar is used.")
            continue
        if identity(block.text) in several:
            best[read.event.key] = newer(best.get(read.event.key), read)
        else:
            yield read.once()
    for read in best.values():
        yield read.once()
