"""A file of places that is made up for a demonstration says so."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0056"


def upgrade() -> None:
    with op.batch_alter_table("place_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("invented", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("place_file", schema=None) as batch_op:
        batch_op.alter_column("invented", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("place_file", schema=None) as batch_op:
        batch_op.drop_column("invented")
