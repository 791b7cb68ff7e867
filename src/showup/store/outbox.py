"""The outbox of notices: written with the verdict, marked when really shown, never shown twice."""

from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from showup.core.notice import Kind, Message
from showup.core.record import Notice
from showup.store import rows
from showup.store.tables import notices


class Outbox:
    """The part of the repository that knows what was said."""

    _connection: Connection

    def say(
        self, subject: str, kind: Kind, message: Message, at: datetime, appointment_id: int | None = None
    ) -> Notice | None:
        """See the port Record, here and below."""
        before = exists().where(notices.c.subject == subject, notices.c.kind == kind)
        if self._connection.execute(select(before)).scalar():
            return None
        row = {"subject": subject, "kind": kind, "appointment_id": appointment_id, "created": at, "shown_id": 0}
        result = self._connection.execute(insert(notices).values({**row, **rows.of_message(message)}))
        return Notice(result.lastrowid, subject, kind, message, at, appointment_id)

    def reword(self, notice_id: int, message: Message) -> None:
        """Other words for a notice that stands."""
        self._connection.execute(update(notices).where(notices.c.id == notice_id).values(rows.of_message(message)))

    def notices(self, *, unclosed: bool = False) -> tuple[Notice, ...]:
        """All of them, or those that wait or are open; oldest first."""
        query = select(notices).order_by(notices.c.id)
        query = query.where(notices.c.closed.is_(None)) if unclosed else query
        return tuple(map(rows.notice, self._connection.execute(query)))

    def mark_shown(self, notice_id: int, at: datetime, shown_id: int) -> None:
        """It is on the screen; `at` stays that of the first time."""
        values = {"shown": func.coalesce(notices.c.shown, at), "shown_id": shown_id}
        self._connection.execute(update(notices).where(notices.c.id == notice_id).values(values))

    def close_notice(self, notice_id: int, at: datetime) -> None:
        """It was answered, withdrawn or overtaken."""
        self._connection.execute(update(notices).where(notices.c.id == notice_id).values(closed=at))

    def forget_notice(self, subject: str, kind: Kind) -> None:
        """It may be said again."""
        self._connection.execute(delete(notices).where(notices.c.subject == subject, notices.c.kind == kind))
