"""Checkpoints, verdicts, employers and their scores."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as insert_or_leave

from showup.core.checkpoints import Point
from showup.core.policy import Policy
from showup.core.recognition.result import Decision
from showup.core.record import Entry
from showup.core.verdict.result import Outcome, Verdict
from showup.store import rows
from showup.store.tables import appointments, checkpoints, policies, verdicts
from showup.store.upsert import upsert

_DONE = select(checkpoints).where(checkpoints.c.appointment_id.between(bindparam("least"), bindparam("most")))
_MARK = insert_or_leave(checkpoints).on_conflict_do_nothing()
_UNDO = delete(checkpoints).where(checkpoints.c.judged > bindparam("after"))
_VERDICT = select(verdicts).where(verdicts.c.appointment_id == bindparam("number"))
_VERDICTS_OF = select(verdicts).where(verdicts.c.appointment_id.in_(bindparam("numbers", expanding=True)))
_SAVE_VERDICT = upsert(verdicts)
_POLICY_OF = select(policies.c.figures).join(verdicts).where(verdicts.c.appointment_id == bindparam("number"))
_POLICY = select(policies.c.id).where(policies.c.figures == bindparam("text"))
_ADD_POLICY = insert(policies)
_ON_RECORD = and_(
    verdicts.c.outcome != Outcome.NOT_INTERVIEW,
    appointments.c.decision == Decision.INTERVIEW,
    or_(bindparam("employer", None).is_(None), appointments.c.employer_id == bindparam("employer", None)),
)
_VERDICTS = select(verdicts).join(appointments).where(_ON_RECORD)
_ENTRIES = select(appointments).join(verdicts).where(_ON_RECORD).order_by(appointments.c.start, appointments.c.id)


class Judged:
    """The part of the repository that knows what was made of it."""

    _connection: Connection

    def done(self, appointment_ids: Iterable[int]) -> Mapping[int, frozenset[Point]]:
        """See the port Record, here and below."""
        found: dict[int, set[Point]] = defaultdict(set)
        numbers = frozenset(appointment_ids)
        # The appointments of a few days have ids close together: a range costs a fraction of a list of any length.
        params = {"least": min(numbers, default=0), "most": max(numbers, default=0)}
        for number, point, _judged in self._connection.execute(_DONE, params):
            if number in numbers:
                found[number].add(Point(point))
        return {number: frozenset(points) for number, points in found.items()}

    def mark_done(self, appointment_id: int, points: Iterable[Point], at: datetime) -> None:
        """These were judged."""
        values = [{"appointment_id": appointment_id, "point": point, "judged": at} for point in points]
        if values:
            self._connection.execute(_MARK, values)

    def undo_done(self, after: datetime) -> None:
        """The clock was set back to this moment."""
        self._connection.execute(_UNDO, {"after": after})

    def verdict(self, appointment_id: int) -> Verdict | None:
        """As it stands."""
        row = self._connection.execute(_VERDICT, {"number": appointment_id}).first()
        return rows.verdict(row) if row else None

    def _verdicts_of(self, numbers: list[int]) -> dict[int, Verdict]:
        found = self._connection.execute(_VERDICTS_OF, {"numbers": numbers})
        return {row.appointment_id: rows.verdict(row) for row in found}

    def save_verdict(self, appointment_id: int, verdict: Verdict, policy: Policy, at: datetime) -> None:
        """With the policy it was judged by."""
        row = {**rows.of_verdict(verdict), "judged": at, "policy_id": self._policy(policy)}
        self._connection.execute(_SAVE_VERDICT, {"appointment_id": appointment_id, **row})

    def policy_of(self, appointment_id: int) -> Mapping[str, object]:
        """The figures by which an appointment was judged."""
        text = self._connection.execute(_POLICY_OF, {"number": appointment_id}).scalar()
        return rows.policy_figures(text) if text else {}

    def entries(self, employer_id: int | None = None) -> tuple[Entry, ...]:
        """What is in the record, by start."""
        of = {"employer": employer_id}
        found = {row.appointment_id: rows.verdict(row) for row in self._connection.execute(_VERDICTS, of)}
        planned = map(rows.appointment, self._connection.execute(_ENTRIES, of))
        return tuple(Entry(item, found[item.id]) for item in planned)

    def _policy(self, policy: Policy) -> int:
        figures = rows.of_policy(policy)
        number = self._connection.execute(_POLICY, {"text": figures}).scalar()
        if number is None:
            number = self._connection.execute(_ADD_POLICY, {"figures": figures}).lastrowid
        return int(number)
