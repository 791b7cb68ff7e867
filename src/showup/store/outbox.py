"""The outbox of notices: written with the verdict, marked when really shown, never shown twice."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, case, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from showup.core.notice import Kind, Message
from showup.core.record import Notice
from showup.store import rows, tables
from showup.store.answers import reads, writes
from showup.store.prepared import Part
from showup.store.tables import notices

_OF_THIS_KIND = (notices.c.subject == bindparam("about"), notices.c.kind == bindparam("sort"))
_NEW = insert(notices)
_NEVER_SEEN = and_(notices.c.shown.is_(None), notices.c.forwarded.is_(None), notices.c.closed.is_not(None))
_SAY = _NEW.on_conflict_do_update(
    index_elements=[notices.c.subject, notices.c.kind],
    set_={column.name: _NEW.excluded[column.name] for column in notices.c if column.name != "id"},
    where=_NEVER_SEEN,
).returning(notices.c.id)
_ALL = select(notices).order_by(notices.c.id)
_LAST = (Kind.MOVED, Kind.CANCELLED, Kind.RECOGNISE)
_RANK = case((notices.c.kind == Kind.PROBLEM, 0), *((notices.c.kind == kind, 2) for kind in _LAST), else_=1)
_FOREMOST = (
    select(notices)
    .where(notices.c.closed.is_(None))
    .order_by(_RANK, notices.c.created.desc(), notices.c.id)
    .limit(bindparam("most"))
)
_TOGETHER = 200
"""So many are read at least: a beat asks for many and for few of them, and this answers both."""
_ON_SCREEN = _ALL.where(notices.c.closed.is_(None), notices.c.shown_id != 0)
_LEFT_OVER = select(notices).where(notices.c.closed > bindparam("since"), notices.c.shown_id != 0)
_TIMELESS = select(notices.c.subject, notices.c.created).where(
    notices.c.appointment_id.is_(None), notices.c.kind == Kind.RECOGNISE
)
_THIS = notices.c.id == bindparam("number")
_SHOWN = (
    update(notices)
    .where(_THIS)
    .values(shown=func.coalesce(notices.c.shown, bindparam("at", type_=notices.c.shown.type)), shown_id=bindparam("on"))
)
_HANDED = update(notices).where(_THIS).values(shown_id=bindparam("on"))
_REWORD = update(notices).where(_THIS)
_FORWARDED = update(notices).where(_THIS).values(forwarded=bindparam("at"))
_CLOSE = update(notices).where(_THIS).values(closed=bindparam("at"))
_OTHERS = and_(
    notices.c.appointment_id == bindparam("number"), notices.c.closed.is_(None), notices.c.id != bindparam("standing")
)
_CLOSE_OF = update(notices).where(_OTHERS).values(closed=bindparam("at"))
_FORGET = delete(notices).where(*_OF_THIS_KIND)


class Outbox(Part):
    """The part of the repository that knows what was said."""

    @writes(tables.notices)
    def say(
        self, subject: str, kind: Kind, message: Message, at: datetime, appointment_id: int | None = None
    ) -> Notice | None:
        """See the port Record, here and below."""
        row = {"subject": subject, "kind": kind, "appointment_id": appointment_id, "created": at, "shown_id": 0}
        number = self._value(_SAY, {**row, **rows.of_message(message)})
        return None if number is None else Notice(number, subject, kind, message, at, appointment_id)

    @reads(tables.notices)
    def notices(self) -> tuple[Notice, ...]:
        """All of them; oldest first."""
        return tuple(map(rows.notice, self._all(_ALL)))

    def timeless(self) -> Sequence[tuple[str, datetime]]:
        """Asked, whether it was answered or not."""
        return [(row.subject, row.created) for row in self._all(_TIMELESS)]

    def foremost(self, most: int) -> tuple[Notice, ...]:
        """The first of what waits or is open."""
        return self._foremost(max(most, _TOGETHER))[:most]

    def handed(self, since: datetime) -> tuple[Notice, ...]:
        """What may be on a screen."""
        found = *self._all(_ON_SCREEN), *self._all(_LEFT_OVER, {"since": since})
        return tuple(sorted(map(rows.notice, found), key=lambda notice: notice.id))

    @writes(tables.notices)
    def mark_shown(self, notice_id: int, at: datetime, shown_id: int) -> None:
        """It is on the screen; `at` stays that of the first time."""
        self._write(_SHOWN, {"number": notice_id, "at": at, "on": shown_id})

    @writes(tables.notices)
    def mark_handed(self, notice_id: int, shown_id: int) -> None:
        """The server has it and shows it to nobody yet."""
        self._write(_HANDED, {"number": notice_id, "on": shown_id})

    @writes(tables.notices)
    def mark_forwarded(self, notice_id: int, at: datetime) -> None:
        """It was sent to the phone."""
        self._write(_FORWARDED, {"number": notice_id, "at": at})

    @writes(tables.notices)
    def reword(self, notice_id: int, message: Message) -> None:
        """The same in other words."""
        self._write(_REWORD, {"number": notice_id, **rows.of_message(message)})

    @writes(tables.notices)
    def close_notices_of(self, appointment_id: int, at: datetime, but: int = 0) -> None:
        """Whatever else waits or is open."""
        self._write(_CLOSE_OF, {"number": appointment_id, "at": at, "standing": but})

    @writes(tables.notices)
    def close_notice(self, notice_id: int, at: datetime) -> None:
        """It was answered, withdrawn or overtaken."""
        self._write(_CLOSE, {"number": notice_id, "at": at})

    @reads(tables.notices)
    def _foremost(self, most: int) -> tuple[Notice, ...]:
        return self._many(rows.notice, _FOREMOST, {"most": most})

    @writes(tables.notices)
    def forget_notice(self, subject: str, kind: Kind) -> None:
        """It may be said again."""
        self._write(_FORGET, {"about": subject, "sort": kind})
