"""Every VEVENT of a file once, not expanded."""

from collections.abc import Iterator

from showup.core.event import Event
from showup.core.problem import Problem
from showup.formats.ics.scan import Block, Source
from showup.formats.ics.survey import Survey
from showup.formats.ics.vevent import UnreadableError, version_of, vevent


def vevents(source: Source, zone: str | None) -> Iterator[Event | Problem]:
    """Yield each VEVENT as it stands in the file; of those with an equal UID and RECURRENCE-ID the newest version only.

    `zone` is the IANA name for times that name no zone. A VEVENT that cannot be used is a Problem in its place.

    Raises:
        Problem: before anything is yielded, where it is no calendar, empty, or cut off.
    """
    best: dict[int, tuple[tuple[int, str, str], int]] = {}
    place = 0

    def look(block: Block) -> None:
        nonlocal place
        key, version = version_of(block.text)
        other = best.get(key)
        if other is None or version > other[0]:
            best[key] = version, place
        place += 1

    survey = Survey(source, zone, look)
    chosen = {at for _, at in best.values()}
    for at, (calendar, block) in enumerate(survey.events(source)):
        if at not in chosen:
            continue
        try:
            read = vevent(block, calendar)
        except UnreadableError as problem:
            yield Problem(problem.sentence)
            continue
        yield read.once()
