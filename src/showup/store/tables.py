"""The tables. docs/database.md tells what is in them; the migrations make them, and a test holds the two together."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import UserDefinedType

metadata = MetaData()
_ROOM = 256
"""Moments that are put into words once: the same few come with every beat."""


class Utc(UserDefinedType[datetime]):
    """An aware moment, kept as UTC to the microsecond in SQLite's own form of a date; a naive one is refused."""

    cache_ok = True

    def get_col_spec(self, **_kw: object) -> str:
        """As SQLite is told of it; it keeps text."""
        return "DATETIME"

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | None]:  # noqa: ARG002 - SQLAlchemy's
        """From aware to what is stored."""

        def stored(value: datetime | None) -> str | None:
            if value is None:
                return None
            if value.tzinfo is None:
                raise ValueError(f"a moment without a time zone: {value}")
            return _written(value.astimezone(UTC))

        return stored

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], datetime | None]:  # noqa: ARG002
        """From what is stored to aware UTC."""
        return lambda value: None if value is None else _read(value)


@lru_cache(maxsize=_ROOM)
def _written(moment: datetime) -> str:
    # In UTC only: in other zones the two hours of a clock set back are equal, and would be told as one.
    return moment.isoformat(" ", "microseconds").removesuffix("+00:00")


@lru_cache(maxsize=_ROOM)
def _read(value: str) -> datetime:
    return datetime.fromisoformat(f"{value}+00:00")


calendars = Table(
    "calendars",
    metadata,
    Column("name", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("last_read", Utc),
    Column("complete", Utc),
    Column("problem", String, nullable=False),
    Column("problem_since", Utc),
    Column("readable", Boolean, nullable=False),
)

employers = Table(
    "employers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("domain", String, nullable=False),
)

employer_names = Table(
    "employer_names",
    metadata,
    Column("key", String, primary_key=True),
    Column("employer_id", ForeignKey("employers.id", ondelete="CASCADE"), nullable=False),
    Index("employer_names_by_employer", "employer_id"),
)

scores = Table(
    "scores",
    metadata,
    Column("employer_id", ForeignKey("employers.id", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, nullable=False),
    Column("reliability", Float, nullable=False),
    Column("low", Float, nullable=False),
    Column("high", Float, nullable=False),
    Column("pattern", Float, nullable=False),
    Column("label", String, nullable=False),
    Column("appointments", Integer, nullable=False),
    Column("on_time", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    Column("late_median", Float),
    Column("no_shows", Integer, nullable=False),
    Column("moved", Integer, nullable=False),
    Column("notice_median", Float),
    Column("misses_in_a_row", Integer, nullable=False),
    Column("minutes_waited", Float, nullable=False),
)

appointments = Table(
    "appointments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", String, nullable=False),
    Column("recurrence_id", String, nullable=False),
    Column("start", Utc, nullable=False),
    Column("end", Utc),
    Column("created", Utc, nullable=False),
    Column("changed", Utc),
    Column("employer_id", ForeignKey("employers.id", ondelete="SET NULL")),
    Column("follows", ForeignKey("appointments.id", ondelete="SET NULL")),
    Column("title", String, nullable=False),
    Column("employer", String, nullable=False),
    Column("domain", String, nullable=False),
    Column("via", String, nullable=False),
    Column("medium", String),
    Column("stage", String),
    Column("organiser", String, nullable=False),
    Column("join_link", String, nullable=False),
    Column("contact", String, nullable=False),
    Column("declined", Boolean, nullable=False, server_default=text("0")),
    Column("reachable", Boolean, nullable=False, server_default=text("1")),
    Column("decision", String, nullable=False),
    Column("reasons", JSON, nullable=False),
    UniqueConstraint("uid", "recurrence_id", "start"),
    Index("appointments_by_start", "start"),
    Index("appointments_by_employer", "employer_id", "start"),
    Index("appointments_by_followed", "follows"),
)

occurrences = Table(
    "occurrences",
    metadata,
    Column("uid", String, primary_key=True),
    Column("recurrence_id", String, primary_key=True),
    Column("calendar", String, nullable=False),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), nullable=False),
    Column("start", Utc, nullable=False),
    Column("end", Utc),
    Column("state", String, nullable=False),
    Column("updated", Utc),
    Column("series", String, nullable=False),
    Column("missing_since", Utc),
    Column("shown", Utc),
    Index("occurrences_by_calendar", "calendar"),
    Index("occurrences_by_appointment", "appointment_id"),
)

memory = Table(
    "memory",
    metadata,
    Column("key", String, primary_key=True),
    Column("interview", Boolean, nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE")),
    Column("at", Utc, nullable=False),
    Column("noted", Utc, nullable=False),
    Column("source", String, nullable=False),
    Column("sign", String, nullable=False),
    Column("minutes", Integer),
    Column("moment", Utc),
    Column("side", String, nullable=False),
    Column("detail", String, nullable=False),
    Index("evidence_by_appointment", "appointment_id", "at"),
)

coverage = Table(
    "coverage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE")),
    Column("start", Utc, nullable=False),
    Column("end", Utc, nullable=False),
    Index("coverage_by_end", "end"),
    # Two, as in an index NULL equals nothing, not even itself: one meeting's, and everybody's.
    Index("coverage_of_one", "source", "appointment_id", "start", unique=True),
    Index("coverage_by_appointment", "appointment_id", sqlite_where=text("appointment_id IS NOT NULL")),
    Index("coverage_of_all", "source", "start", unique=True, sqlite_where=text("appointment_id IS NULL")),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), primary_key=True),
    Column("point", String, primary_key=True),
    Column("judged", Utc, nullable=False),
)

policies = Table(
    "policies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("figures", String, nullable=False, unique=True),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), primary_key=True),
    Column("outcome", String, nullable=False),
    Column("certainty", String),
    Column("rule", String, nullable=False),
    Column("minutes_late", Integer),
    Column("notice_minutes", Integer),
    Column("fault", Float),
    Column("counted", Boolean, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("waited", Float, nullable=False),
    Column("came", Utc),
    Column("seen", Boolean, nullable=False),
    Column("absence", String, nullable=False),
    Column("ask", Boolean, nullable=False),
    Column("judged", Utc, nullable=False),
    Column("policy_id", ForeignKey("policies.id"), nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE")),
    Column("title", String, nullable=False),
    Column("body", String, nullable=False),
    Column("choices", JSON, nullable=False),
    Column("urgency", String, nullable=False),
    Column("created", Utc, nullable=False),
    Column("shown", Utc),
    Column("shown_id", Integer, nullable=False),
    Column("closed", Utc),
    Column("forwarded", Utc),
    UniqueConstraint("subject", "kind"),
    Index("notices_by_appointment", "appointment_id"),
    Index("notices_unclosed", "closed"),
)

notes = Table(
    "notes",
    metadata,
    Column("employer_id", ForeignKey("employers.id", ondelete="CASCADE"), primary_key=True),
    Column("text", String, nullable=False),
    Column("written", Utc, nullable=False),
)

impressions = Table(
    "impressions",
    metadata,
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), primary_key=True),
    Column("questions", String),
    Column("colleagues", String),
    Column("feeling", String),
)
