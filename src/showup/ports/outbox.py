"""The outbox of notices: written with the verdict, marked when really shown, never shown twice."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from showup.core.notice import Kind, Message
from showup.core.record import Notice


class Outbox(Protocol):
    """What is to be said, and what was."""

    def say(
        self, subject: str, kind: Kind, message: Message, at: datetime, appointment_id: int | None = None
    ) -> Notice | None:
        """Put a notice into the outbox; None where this kind was said of this subject before.

        One that was closed before anybody could see it was never said.
        """
        ...

    def notices(self) -> tuple[Notice, ...]:
        """The whole outbox, oldest first."""
        ...

    def timeless(self) -> Sequence[tuple[str, datetime]]:
        """What is asked about events that are no appointments, or was: the subjects, and since when."""
        ...

    def foremost(self, most: int) -> tuple[Notice, ...]:
        """Of what waits or is open, `most` at most: what cannot be read, what goes on now, and then what has changed.

        The newest moment comes first, and of one moment what was written first.
        """
        ...

    def handed(self, since: datetime) -> tuple[Notice, ...]:
        """What a server has under an id, and is open or was closed since then."""
        ...

    def mark_shown(self, notice_id: int, at: datetime, shown_id: int) -> None:
        """It is on the screen under the server's id; `at` is kept for the first time only."""
        ...

    def mark_handed(self, notice_id: int, shown_id: int) -> None:
        """The server keeps it under this id and shows it to nobody yet: the person is not to be disturbed."""
        ...

    def mark_forwarded(self, notice_id: int, at: datetime) -> None:
        """It went to the person's phone as well."""
        ...

    def reword(self, notice_id: int, message: Message) -> None:
        """Say the same in other words: a company has another name now, a call another link."""
        ...

    def close_notices_of(self, appointment_id: int, at: datetime, but: int = 0) -> None:
        """What was said of an appointment was answered, or overtaken by the one notice that stands."""
        ...

    def close_notice(self, notice_id: int, at: datetime) -> None:
        """It was answered, withdrawn or overtaken."""
        ...

    def forget_notice(self, subject: str, kind: Kind) -> None:
        """So that it may be said again: a calendar that was readable in between."""
        ...
