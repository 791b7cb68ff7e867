"""What is taken away for good. Its pages are overwritten (`secure_delete`); `Database.scrub` does the rest."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, func, or_, select

from showup.core.appointment import Appointment
from showup.core.spans import Span
from showup.store import rows, tables
from showup.store.answers import writes
from showup.store.prepared import Part
from showup.store.tables import appointments, coverage, employers, evidence, memory, metadata, notices

_OLDEST = (
    select(appointments)
    .where(func.coalesce(appointments.c.end, appointments.c.start) < bindparam("moment", type_=appointments.c.end.type))
    .order_by(appointments.c.start)
    .limit(bindparam("most"))
)
_FORGET = delete(appointments).where(appointments.c.id == bindparam("number"))
_UNSEE = delete(evidence).where(
    evidence.c.appointment_id.is_(None), evidence.c.at.between(bindparam("early"), bindparam("until"))
)
_UNSAY = delete(memory).where(memory.c.key == bindparam("name"))
_UNTELL = delete(notices).where(notices.c.subject == bindparam("about"))
_OLD_SIGHTINGS = delete(evidence).where(evidence.c.appointment_id.is_(None), evidence.c.at < bindparam("moment"))
_OLD_COVERAGE = delete(coverage).where(coverage.c.end < bindparam("moment"))
_OLD_NOTICES = delete(notices).where(
    or_(
        notices.c.closed < bindparam("moment"),
        and_(notices.c.closed.is_(None), notices.c.created < bindparam("moment")),
    )
)
_STRANGERS = delete(employers).where(
    employers.c.id.not_in(select(appointments.c.employer_id).where(appointments.c.employer_id.is_not(None)))
)
_ALL = tuple(metadata.tables.values())


class Forgetting(Part):
    """The part of the repository that forgets. Whatever hangs on a row goes with it, by its foreign keys."""

    def ended_before(self, moment: datetime, most: int) -> tuple[Appointment, ...]:
        """See the port Oblivion, here and below."""
        return tuple(map(rows.appointment, self._all(_OLDEST, {"moment": moment, "most": most})))

    @writes(*_ALL)
    def forget_appointments(self, numbers: Iterable[int]) -> None:
        """With all that hangs on them."""
        self._write_all(_FORGET, ({"number": number} for number in numbers))

    @writes(tables.evidence)
    def forget_sightings(self, span: Span) -> None:
        """Nobody's, in the span."""
        self._write(_UNSEE, {"early": span.start, "until": span.end})

    @writes(tables.memory)
    def forget_words(self, keys: Iterable[str]) -> None:
        """The person's own."""
        self._write_all(_UNSAY, ({"name": key} for key in keys))

    @writes(tables.notices)
    def forget_said(self, subjects: Iterable[str]) -> None:
        """What the program said."""
        self._write_all(_UNTELL, ({"about": subject} for subject in subjects))

    @writes(tables.evidence, tables.coverage, tables.notices)
    def forget_before(self, moment: datetime) -> None:
        """What belongs to no appointment, and is as old as those that were forgotten."""
        for statement in (_OLD_SIGHTINGS, _OLD_COVERAGE, _OLD_NOTICES):
            self._write(statement, {"moment": moment})

    @writes(*_ALL)
    def forget_strangers(self) -> None:
        """Employers that nothing is left of."""
        self._write(_STRANGERS, {})

    def mentions(self, words: Iterable[str]) -> int:
        """Looked for in every column of every table, whatever it is for."""
        wanted = [word.casefold() for word in words if word]
        return sum(
            any(word in str(value).casefold() for value in row if isinstance(value, str) for word in wanted)
            for table in _ALL
            for row in self._driver.execute(f'SELECT * FROM "{table.name}"')  # noqa: S608 - a name of ours
        )
