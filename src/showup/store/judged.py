"""Checkpoints, verdicts, employers and their scores."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, case, delete, exists, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as insert_or_leave

from showup.core.change import State
from showup.core.checkpoints import Point
from showup.core.following import Candidate
from showup.core.identity import keys
from showup.core.policy import Policy, Score
from showup.core.recognition.result import Decision, Employer
from showup.core.record import Company, Entry
from showup.core.reliability import Reliability, reliability
from showup.core.verdict.result import Outcome, Verdict
from showup.store import rows
from showup.store.tables import (
    appointments,
    checkpoints,
    employer_names,
    employers,
    occurrences,
    policies,
    scores,
    verdicts,
)
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
_NAMES = select(employer_names).where(employer_names.c.key.in_(bindparam("wanted", expanding=True)))
_ADD_NAME = insert(employer_names)
_ADD_EMPLOYER = insert(employers)
_OFF = and_(occurrences.c.appointment_id == appointments.c.id, occurrences.c.state.in_([State.CANCELLED, State.GONE]))
_CANDIDATES = select(
    appointments.c.id,
    appointments.c.created,
    appointments.c.start,
    case((exists().where(_OFF), appointments.c.changed)),
    appointments.c.follows,
).where(appointments.c.employer_id == bindparam("employer"))
_COMPANIES = select(employers, scores).join(scores).order_by(scores.c.low, employers.c.name)
_COMPANY = _COMPANIES.where(employers.c.id == bindparam("employer"))
_SAVE_SCORE = upsert(scores)


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

    def identify(self, employer: Employer) -> int | None:
        """By domain, else by name; a new one where neither is known."""
        wanted = keys(employer)
        if not wanted:
            return None
        found = self._connection.execute(_NAMES, {"wanted": wanted})
        known = {row.key: int(row.employer_id) for row in found}
        number = next((known[key] for key in wanted if key in known), None) or self._add_employer(employer)
        fresh = [{"key": key, "employer_id": number} for key in wanted if key not in known]
        if fresh:
            self._connection.execute(_ADD_NAME, fresh)
        return number

    def candidates(self, employer_id: int) -> tuple[Candidate, ...]:
        """This employer's appointments, as far as following goes."""
        return tuple(Candidate(*row) for row in self._connection.execute(_CANDIDATES, {"employer": employer_id}))

    def company(self, employer_id: int) -> Company | None:
        """By its id."""
        row = self._connection.execute(_COMPANY, {"employer": employer_id}).first()
        return rows.company(row) if row else None

    def companies(self) -> tuple[Company, ...]:
        """All of them, the least reliable first."""
        return tuple(map(rows.company, self._connection.execute(_COMPANIES)))

    def company_named(self, name: str) -> Company | None:
        """By any of its names, or its domain."""
        wanted = [*keys(Employer(name)), name.casefold()]
        row = self._connection.execute(_NAMES, {"wanted": wanted}).first()
        return self.company(row.employer_id) if row else None

    def save_score(self, employer_id: int, score: Reliability) -> None:
        """One row per employer."""
        self._connection.execute(_SAVE_SCORE, {"employer_id": employer_id, **rows.of_score(score)})

    def _add_employer(self, employer: Employer) -> int:
        number = self._connection.execute(_ADD_EMPLOYER, {"name": employer.name, "domain": employer.domain}).lastrowid
        self.save_score(number, reliability((), Score()))
        return number

    def _policy(self, policy: Policy) -> int:
        figures = rows.of_policy(policy)
        number = self._connection.execute(_POLICY, {"text": figures}).scalar()
        if number is None:
            number = self._connection.execute(_ADD_POLICY, {"figures": figures}).lastrowid
        return int(number)
