"""Evidence and coverage: what was noticed, and when anybody was watching."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from showup.core.evidence import Covered, Evidence
from showup.core.spans import Span
from showup.ports.world import Watched


class Seen(Protocol):
    """What was noticed, and when anybody was watching."""

    def add_evidence(self, appointment_id: int | None, items: Iterable[Evidence]) -> None:
        """Append; a fact that is known already is not kept twice."""
        ...

    def evidence(self, appointment_id: int, window: Span) -> tuple[Evidence, ...]:
        """What belongs to the appointment, and what belongs to none and lies in the window."""
        ...

    def cover(self, watched: Iterable[Watched]) -> None:
        """Keep stretches of coverage; one that is known by its source and start is made as long as it is now."""
        ...

    def uncover(self, after: datetime) -> None:
        """Take back coverage later than this: the clock was set back."""
        ...

    def coverage(self, appointment_id: int, window: Span) -> tuple[Covered, ...]:
        """What was watched in the window: by everybody, and for this appointment alone."""
        ...
