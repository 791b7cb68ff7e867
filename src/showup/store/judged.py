"""Checkpoints, verdicts, employers and their scores."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from showup.core.checkpoints import Point
from showup.core.policy import Policy
from showup.core.recognition.result import Decision
from showup.core.record import Entry
from showup.core.verdict.result import Outcome, Verdict
from showup.store import rows, tables
from showup.store.answers import reads, writes
from showup.store.prepared import Part
from showup.store.tables import appointments, checkpoints, policies, verdicts
from showup.store.upsert import upsert

_DONE = select(checkpoints.c.appointment_id, checkpoints.c.point).where(
    checkpoints.c.appointment_id.between(bindparam("least"), bindparam("most"))
)
_MARK = insert(checkpoints).on_conflict_do_nothing()
_UNDO = delete(checkpoints).where(checkpoints.c.judged > bindparam("after"))
_VERDICT = select(verdicts).where(verdicts.c.appointment_id == bindparam("number"))
_SAVE_VERDICT = upsert(verdicts)
_POLICY_OF = select(policies.c.figures).join(verdicts).where(verdicts.c.appointment_id == bindparam("number"))
_POLICY = select(policies.c.id).where(policies.c.figures == bindparam("text"))
_ADD_POLICY = insert(policies)
_ON_RECORD = and_(verdicts.c.outcome != Outcome.NOT_INTERVIEW, appointments.c.decision == Decision.INTERVIEW)
_OF_THIS = appointments.c.employer_id == bindparam("employer")
_IN_ORDER = (appointments.c.start, appointments.c.id)
_VERDICTS = select(verdicts).join(appointments).where(_ON_RECORD).order_by(*_IN_ORDER)
_VERDICTS_OF = _VERDICTS.where(_OF_THIS)
_ENTRIES = select(appointments).join(verdicts).where(_ON_RECORD).order_by(*_IN_ORDER)
_ENTRIES_OF = _ENTRIES.where(_OF_THIS)


class Judged(Part):
    """The part of the repository that knows what was made of it."""

    def done(self, appointment_ids: Iterable[int]) -> Mapping[int, frozenset[Point]]:
        """See the port Record, here and below."""
        found: dict[int, set[Point]] = defaultdict(set)
        numbers = frozenset(appointment_ids)
        # The appointments of a few days have ids close together: a range costs a fraction of a list of any length.
        params = {"least": min(numbers, default=0), "most": max(numbers, default=0)}
        for number, point in self._all(_DONE, params):
            if number in numbers:
                found[number].add(Point(point))
        return {number: frozenset(points) for number, points in found.items()}

    @writes(tables.checkpoints)
    def mark_done(self, appointment_id: int, points: Iterable[Point], at: datetime) -> None:
        """These were judged."""
        self._write_all(_MARK, ({"appointment_id": appointment_id, "point": point, "judged": at} for point in points))

    @writes(tables.checkpoints)
    def undo_done(self, after: datetime) -> None:
        """The clock was set back to this moment."""
        self._write(_UNDO, {"after": after})

    @reads(tables.verdicts)
    def verdict(self, appointment_id: int) -> Verdict | None:
        """As it stands."""
        return self._one(rows.verdict, _VERDICT, {"number": appointment_id})

    @writes(tables.verdicts)
    def save_verdict(self, appointment_id: int, verdict: Verdict, policy: Policy, at: datetime) -> None:
        """With the policy it was judged by."""
        row = {**rows.of_verdict(verdict), "judged": at, "policy_id": self._policy(policy)}
        self._write(_SAVE_VERDICT, {"appointment_id": appointment_id, **row})

    @reads(tables.verdicts, tables.policies)
    def policy_of(self, appointment_id: int) -> Mapping[str, object]:
        """The figures by which an appointment was judged."""
        text = self._value(_POLICY_OF, {"number": appointment_id})
        return rows.policy_figures(text) if text else {}

    @reads(tables.verdicts, tables.appointments)
    def verdicts_on(self, employer_id: int) -> Mapping[int, Verdict]:
        """What the score is reckoned from."""
        return dict(self._many(rows.verdict_on, _VERDICTS_OF, {"employer": employer_id}))

    def entries(self, employer_id: int | None = None) -> tuple[Entry, ...]:
        """What is in the record, by start."""
        if employer_id is None:
            planned, judged = self._all(_ENTRIES), self._all(_VERDICTS)
        else:
            of = {"employer": employer_id}
            planned, judged = self._all(_ENTRIES_OF, of), self._all(_VERDICTS_OF, of)
        return tuple(
            Entry(*pair) for pair in zip(map(rows.appointment, planned), map(rows.verdict, judged), strict=True)
        )

    def _policy(self, policy: Policy) -> int:
        figures = rows.of_policy(policy)
        number = self._policy_known(figures)
        return self._add_policy(figures) if number is None else number

    @reads(tables.policies)
    def _policy_known(self, figures: str) -> int | None:
        number: int | None = self._value(_POLICY, {"text": figures})
        return number

    @writes(tables.policies)
    def _add_policy(self, figures: str) -> int:
        return self._write(_ADD_POLICY, {"figures": figures})
