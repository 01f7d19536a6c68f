"""What rests is found from an index: challenges that people must move, and rounds nobody has opened."""

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0087"

MOVING = sa.text(
    "released_at IS NOT NULL AND state NOT IN ('activated', 'no_solution', 'not_funded', 'open', 'tender', 'withdrawn')"
)
UNOPENED = sa.text("opened_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_challenge_moving", "challenge", ["state_since", "id"], sqlite_where=MOVING, postgresql_where=MOVING
    )
    op.create_index("ix_round_unopened", "round", ["deadline"], sqlite_where=UNOPENED, postgresql_where=UNOPENED)


def downgrade() -> None:
    op.drop_index("ix_round_unopened", table_name="round")
    op.drop_index("ix_challenge_moving", table_name="challenge")
