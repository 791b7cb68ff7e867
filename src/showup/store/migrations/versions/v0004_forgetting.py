"""Find what hangs on an appointment or an employer without looking at all there is: forgetting asks for it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    one = sa.text("appointment_id IS NOT NULL")
    op.create_index("coverage_by_appointment", "coverage", ["appointment_id"], sqlite_where=one)
    op.create_index("employer_names_by_employer", "employer_names", ["employer_id"])
