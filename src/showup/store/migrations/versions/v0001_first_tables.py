"""The first tables.

Evidence is append-only, and the database sees to it: what was noted is never changed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "calendars",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("last_read", sa.DateTime(), nullable=True),
        sa.Column("complete", sa.DateTime(), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("problem_since", sa.DateTime(), nullable=True),
        sa.Column("readable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "employers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "memory",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("interview", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "policies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("figures", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("figures"),
    )
    op.create_table(
        "appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("recurrence_id", sa.String(), nullable=False),
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("end", sa.DateTime(), nullable=True),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=True),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("follows", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("medium", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("organiser", sa.String(), nullable=False),
        sa.Column("join_link", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["follows"], ["appointments.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid", "recurrence_id", "start"),
    )
    op.create_index("appointments_by_employer", "appointments", ["employer_id", "start"], unique=False)
    op.create_index("appointments_by_start", "appointments", ["start"], unique=False)
    op.create_table(
        "employer_names",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "scores",
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("reliability", sa.Float(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("pattern", sa.Float(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("appointments", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("late_median", sa.Float(), nullable=True),
        sa.Column("no_shows", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("notice_median", sa.Float(), nullable=True),
        sa.Column("misses_in_a_row", sa.Integer(), nullable=False),
        sa.Column("minutes_waited", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("employer_id"),
    )
    op.create_table(
        "checkpoints",
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(), nullable=False),
        sa.Column("judged", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointments.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("appointment_id", "point"),
    )
    op.create_table(
        "coverage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("end", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointments.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("coverage_by_end", "coverage", ["end"], unique=False)
    op.create_index("coverage_of_one", "coverage", ["source", "appointment_id", "start"], unique=True)
    everybody = sa.text("appointment_id IS NULL")
    op.create_index("coverage_of_all", "coverage", ["source", "start"], unique=True, sqlite_where=everybody)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("noted", sa.DateTime(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("moment", sa.DateTime(), nullable=True),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointments.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("evidence_by_appointment", "evidence", ["appointment_id", "at"], unique=False)
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("shown", sa.DateTime(), nullable=True),
        sa.Column("shown_id", sa.Integer(), nullable=False),
        sa.Column("closed", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointments.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subject", "kind"),
    )
    op.create_index("notices_by_appointment", "notices", ["appointment_id"], unique=False)
    op.create_index("notices_unclosed", "notices", ["closed"], unique=False)
    op.create_table(
        "occurrences",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("recurrence_id", sa.String(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("end", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("updated", sa.DateTime(), nullable=True),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("missing_since", sa.DateTime(), nullable=True),
        sa.Column("shown", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointments.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("uid", "recurrence_id"),
    )
    op.create_index("occurrences_by_appointment", "occurrences", ["appointment_id"], unique=False)
    op.create_index("occurrences_by_calendar", "occurrences", ["calendar"], unique=False)
    op.create_table(
        "verdicts",
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("certainty", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("minutes_late", sa.Integer(), nullable=True),
        sa.Column("notice_minutes", sa.Integer(), nullable=True),
        sa.Column("fault", sa.Float(), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("waited", sa.Float(), nullable=False),
        sa.Column("came", sa.DateTime(), nullable=True),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("absence", sa.String(), nullable=False),
        sa.Column("ask", sa.Boolean(), nullable=False),
        sa.Column("judged", sa.DateTime(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointments.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["policy_id"],
            ["policies.id"],
        ),
        sa.PrimaryKeyConstraint("appointment_id"),
    )
    op.execute(
        "CREATE TRIGGER evidence_is_append_only BEFORE UPDATE ON evidence "
        "BEGIN SELECT RAISE(ABORT, 'evidence is never edited'); END"
    )
