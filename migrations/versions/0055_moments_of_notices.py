"""Notices published early, and those of a running contract, may be kept again.

0016 wrote the moments down anew and left out two that 0015 had added.
"""

from alembic import op

revision = "0055"
down_revision = "0054"

_BEFORE = ("release", "amendment", "tender", "activation", "signing", "ending", "change", "contract_end")
_AFTER = ("planning", *_BEFORE, "running")


def upgrade() -> None:
    _moments(_AFTER)


def downgrade() -> None:
    _moments(_BEFORE)


def _moments(moments: tuple[str, ...]) -> None:
    named = ", ".join(f"'{each}'" for each in moments)
    with op.batch_alter_table("notice") as table:
        table.drop_constraint(op.f("ck_notice_moment"), type_="check")
        table.create_check_constraint(op.f("ck_notice_moment"), f"moment IN ({named})")
