"""Employers: by what they are known again, and their scores."""

import json
from collections.abc import Iterable

from sqlalchemy import and_, bindparam, case, delete, exists, func, insert, or_, select, update

from showup.core.change import State
from showup.core.event import EventKey
from showup.core.following import Candidate
from showup.core.identity import event_name, keys
from showup.core.policy import Score
from showup.core.recognition.result import Employer
from showup.core.record import Company
from showup.core.reliability import Reliability, reliability
from showup.store import rows, tables
from showup.store.answers import reads, writes
from showup.store.prepared import Part
from showup.store.tables import appointments, employer_names, employers, occurrences, scores
from showup.store.upsert import upsert

_WANTED = func.json_each(bindparam("wanted")).table_valued("value")
_NAMES = select(employer_names).where(employer_names.c.key.in_(select(_WANTED.c.value)))
_ADD_NAME = upsert(employer_names)
_MOVE_NAMES = (
    update(employer_names)
    .where(employer_names.c.employer_id == bindparam("source"))
    .values(employer_id=bindparam("target"))
)
_OTHER = employers.alias()
_DOMAIN_OF = select(_OTHER.c.domain).where(_OTHER.c.id == bindparam("source")).scalar_subquery()
_GIVE_DOMAIN = (
    update(employers).where(employers.c.id == bindparam("target"), employers.c.domain == "").values(domain=_DOMAIN_OF)
)
_ADD_EMPLOYER = insert(employers)
_RENAME = update(employers).where(employers.c.id == bindparam("number")).values(name=bindparam("called"))
_FORGET = delete(employers).where(employers.c.id == bindparam("number"))
_NAME_OF = select(employers.c.name).where(employers.c.id == bindparam("target")).scalar_subquery()
_MOVE = (
    update(appointments)
    .where(appointments.c.id == bindparam("number"))
    .values(employer_id=bindparam("target"), employer=_NAME_OF)
)
_SHOW = update(appointments).where(appointments.c.employer_id == bindparam("target")).values(employer=_NAME_OF)
_OFF = and_(
    occurrences.c.appointment_id == appointments.c.id,
    or_(occurrences.c.state == State.CANCELLED, occurrences.c.state == State.GONE),
)
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


class Known(Part):
    """The part of the repository that knows employers."""

    def identify(self, employer: Employer, event: EventKey | None = None) -> int | None:
        """See the port Record, here and below."""
        said = self.known_by(event_name(event)) if event else None
        wanted = keys(employer)
        if said or not wanted:
            return said.id if said else None
        known = self._lead(wanted)
        number = next((known[key] for key in wanted if key in known), None) or self._add_employer(employer)
        fresh = [key for key in wanted if key not in known]
        if fresh:
            self.add_names(number, fresh)
        return number

    def known_by(self, key: str) -> Company | None:
        """By one key."""
        number = self._lead((key,)).get(key)
        return self.company(number) if number is not None else None

    @writes(tables.employer_names)
    def add_names(self, employer_id: int, keys: Iterable[str]) -> None:
        """They lead here from now on."""
        self._write_all(_ADD_NAME, ({"key": key, "employer_id": employer_id} for key in keys))

    @writes(tables.employers, tables.appointments)
    def rename(self, employer_id: int, name: str) -> None:
        """The row, and what its appointments show."""
        self._write(_RENAME, {"number": employer_id, "called": name})
        self._write(_SHOW, {"target": employer_id})

    @writes(tables.employer_names, tables.employers)
    def move_names(self, employer_id: int, target: int) -> None:
        """All of them, and the domain where the target has none."""
        self._write(_MOVE_NAMES, {"source": employer_id, "target": target})
        self._write(_GIVE_DOMAIN, {"source": employer_id, "target": target})

    @writes(tables.appointments)
    def move_appointments(self, numbers: Iterable[int], target: int) -> None:
        """To another employer."""
        self._write_all(_MOVE, ({"number": number, "target": target} for number in numbers))

    @writes(tables.employers, tables.employer_names, tables.scores, tables.appointments)
    def forget_employer(self, employer_id: int) -> None:
        """Its score goes with it."""
        self._write(_FORGET, {"number": employer_id})

    @reads(tables.appointments, tables.occurrences)
    def candidates(self, employer_id: int) -> tuple[Candidate, ...]:
        """This employer's appointments, as far as following goes."""
        return tuple(Candidate(*row) for row in self._all(_CANDIDATES, {"employer": employer_id}))

    @reads(tables.employers, tables.scores)
    def company(self, employer_id: int) -> Company | None:
        """By its id."""
        return self._one(rows.company, _COMPANY, {"employer": employer_id})

    @reads(tables.employers, tables.scores)
    def companies(self) -> tuple[Company, ...]:
        """All of them, the least reliable first."""
        return tuple(map(rows.company, self._all(_COMPANIES)))

    def company_named(self, name: str) -> Company | None:
        """By any of its names, or its domain."""
        found = self._lead((*keys(Employer(name)), name.casefold()))
        return self.company(next(iter(found.values()))) if found else None

    @writes(tables.scores)
    def save_score(self, employer_id: int, score: Reliability) -> None:
        """One row per employer."""
        self._write(_SAVE_SCORE, {"employer_id": employer_id, **rows.of_score(score)})

    @reads(tables.employer_names)
    def _lead(self, wanted: tuple[str, ...]) -> dict[str, int]:
        """The employers to which these keys lead, as far as they lead anywhere."""
        found = self._all(_NAMES, {"wanted": json.dumps(wanted)})
        return {row.key: int(row.employer_id) for row in found}

    @writes(tables.employers, tables.scores)
    def _add_employer(self, employer: Employer) -> int:
        row = {"name": employer.name, "domain": employer.domain}
        number = self._write(_ADD_EMPLOYER, row)
        self.save_score(number, reliability((), Score()))
        return number
