"""Checkpoints, verdicts, employers and their scores."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, exists, insert, select, true
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

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

_INTERVIEW = Decision.INTERVIEW


class Judged:
    """The part of the repository that knows what was made of it."""

    _connection: Connection

    def done(self, appointment_ids: Iterable[int]) -> Mapping[int, frozenset[Point]]:
        """See the port Record, here and below."""
        found: dict[int, set[Point]] = defaultdict(set)
        query = select(checkpoints).where(checkpoints.c.appointment_id.in_(list(appointment_ids)))
        for row in self._connection.execute(query):
            found[row.appointment_id].add(Point(row.point))
        return {number: frozenset(points) for number, points in found.items()}

    def mark_done(self, appointment_id: int, points: Iterable[Point], at: datetime) -> None:
        """These were judged."""
        values = [{"appointment_id": appointment_id, "point": point, "judged": at} for point in points]
        if values:
            self._connection.execute(sqlite_insert(checkpoints).on_conflict_do_nothing(), values)

    def verdict(self, appointment_id: int) -> Verdict | None:
        """As it stands."""
        query = select(verdicts).where(verdicts.c.appointment_id == appointment_id)
        row = self._connection.execute(query).first()
        return rows.verdict(row) if row else None

    def save_verdict(self, appointment_id: int, verdict: Verdict, policy: Policy, at: datetime) -> None:
        """With the policy it was judged by."""
        values = {**rows.of_verdict(verdict), "judged": at, "policy_id": self._policy(policy)}
        statement = upsert(verdicts, {"appointment_id": appointment_id, **values}, ("appointment_id",))
        self._connection.execute(statement)

    def policy_of(self, appointment_id: int) -> Mapping[str, object]:
        """The figures by which an appointment was judged."""
        query = select(policies.c.figures).join(verdicts).where(verdicts.c.appointment_id == appointment_id)
        text = self._connection.execute(query).scalar()
        return rows.policy_figures(text) if text else {}

    def entries(self, employer_id: int | None = None) -> tuple[Entry, ...]:
        """What is in the record, by start."""
        asked = appointments.c.employer_id == employer_id if employer_id is not None else true()
        on_record = and_(asked, verdicts.c.outcome != Outcome.NOT_INTERVIEW, appointments.c.decision == _INTERVIEW)
        judged = self._connection.execute(select(verdicts).join(appointments).where(on_record))
        found = {row.appointment_id: rows.verdict(row) for row in judged}
        order = (appointments.c.start, appointments.c.id)
        planned = self._connection.execute(select(appointments).join(verdicts).where(on_record).order_by(*order))
        return tuple(Entry(item, found[item.id]) for item in map(rows.appointment, planned))

    def identify(self, employer: Employer) -> int | None:
        """By domain, else by name; a new one where neither is known."""
        wanted = keys(employer)
        if not wanted:
            return None
        query = select(employer_names.c.key, employer_names.c.employer_id).where(employer_names.c.key.in_(wanted))
        known = {row.key: int(row.employer_id) for row in self._connection.execute(query)}
        number = next((known[key] for key in wanted if key in known), None) or self._add_employer(employer)
        fresh = [{"key": key, "employer_id": number} for key in wanted if key not in known]
        if fresh:
            self._connection.execute(insert(employer_names), fresh)
        return number

    def candidates(self, employer_id: int) -> tuple[Candidate, ...]:
        """This employer's appointments, as far as following goes."""
        columns = appointments.c
        off = and_(occurrences.c.appointment_id == columns.id, occurrences.c.state.in_([State.CANCELLED, State.GONE]))
        cancelled = case((exists().where(off), columns.changed))
        query = select(columns.id, columns.created, columns.start, cancelled, columns.follows)
        found = self._connection.execute(query.where(columns.employer_id == employer_id))
        return tuple(Candidate(*row) for row in found)

    def company(self, employer_id: int) -> Company | None:
        """By its id."""
        return next(iter(self._companies(employers.c.id == employer_id)), None)

    def companies(self) -> tuple[Company, ...]:
        """All of them, the least reliable first."""
        return self._companies()

    def company_named(self, name: str) -> Company | None:
        """By any of its names."""
        wanted = keys(Employer(name)) or keys(Employer(domain=name))
        query = select(employer_names.c.employer_id).where(employer_names.c.key.in_([*wanted, name.casefold()]))
        number = self._connection.execute(query).scalars().first()
        return self.company(number) if number is not None else None

    def save_score(self, employer_id: int, score: Reliability) -> None:
        """One row per employer."""
        values = {"employer_id": employer_id, **rows.of_score(score)}
        self._connection.execute(upsert(scores, values, ("employer_id",)))

    def _companies(self, *where: ColumnElement[bool]) -> tuple[Company, ...]:
        query = select(employers, scores).join(scores).where(*where).order_by(scores.c.low, employers.c.name)
        return tuple(map(rows.company, self._connection.execute(query)))

    def _add_employer(self, employer: Employer) -> int:
        values = {"name": employer.name, "domain": employer.domain}
        number = int(self._connection.execute(insert(employers).values(values)).lastrowid)
        self.save_score(number, reliability((), Score()))
        return number

    def _policy(self, policy: Policy) -> int:
        figures = rows.of_policy(policy)
        query = select(policies.c.id).where(policies.c.figures == figures)
        number = self._connection.execute(query).scalar()
        if number is None:
            number = self._connection.execute(insert(policies).values(figures=figures)).lastrowid
        return int(number)
