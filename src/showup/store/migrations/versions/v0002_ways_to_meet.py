"""Whether they declined and how to meet, for the notice ahead; and what was sent to the person's phone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; what was known before gives no reason to warn."""
    op.add_column("appointments", sa.Column("declined", sa.Boolean(), nullable=False, server_default=sa.text("0")))
    op.add_column("appointments", sa.Column("reachable", sa.Boolean(), nullable=False, server_default=sa.text("1")))
    op.add_column("notices", sa.Column("forwarded", sa.DateTime(), nullable=True))
