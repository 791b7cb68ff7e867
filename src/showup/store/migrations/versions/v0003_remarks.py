"""The person's own side: notes on employers, and how interviews were for them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make their tables, and let what follows an appointment be found without looking at all of them."""
    op.create_table(
        "notes",
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("employer_id"),
    )
    op.create_table(
        "impressions",
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("questions", sa.String(), nullable=True),
        sa.Column("colleagues", sa.String(), nullable=True),
        sa.Column("feeling", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointments.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("appointment_id"),
    )
    op.create_index("appointments_by_followed", "appointments", ["follows"], unique=False)
