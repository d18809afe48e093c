"""Create the audit log.

Revision: 0001
Follows: nothing
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0001"
down_revision: str | tuple[str, ...] | None = None
branch_labels: str | tuple[str, ...] | None = None
depends_on: str | tuple[str, ...] | None = None


def upgrade() -> None:
    """Apply the migration."""
    op.create_table(
        "audit_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=63), nullable=False),
        sa.Column("actor_id", sa.String(length=63), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_records")),
    )
    op.create_index(op.f("ix_audit_records_subject"), "audit_records", ["subject"])
    op.create_index(
        op.f("ix_audit_records_tenant_id_happened_at"),
        "audit_records",
        ["tenant_id", "happened_at"],
    )


def downgrade() -> None:
    """Undo the migration."""
    op.drop_index(
        op.f("ix_audit_records_tenant_id_happened_at"), table_name="audit_records"
    )
    op.drop_index(op.f("ix_audit_records_subject"), table_name="audit_records")
    op.drop_table("audit_records")
