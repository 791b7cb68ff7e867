"""What the person keeps beside the record: notes on employers, and how interviews were for them."""

from collections.abc import Mapping
from typing import Protocol

from showup.core.remark import Impression, Note


class Remarks(Protocol):
    """The person's own side."""

    def note(self, employer_id: int) -> Note | None:
        """The person's note on an employer."""
        ...

    def notes(self) -> Mapping[int, Note]:
        """All notes, by the employer's id."""
        ...

    def save_note(self, employer_id: int, note: Note) -> None:
        """Put a note in place of what was noted; an empty one takes it away."""
        ...

    def impression(self, appointment_id: int) -> Impression | None:
        """How an interview was for the person, where they said so."""
        ...

    def impressions(self, employer_id: int) -> Mapping[int, Impression]:
        """The same of all interviews with an employer, by the appointment's id."""
        ...

    def save_impression(self, appointment_id: int, impression: Impression) -> None:
        """Put an impression in place of the one there was; an empty one takes it away."""
        ...
