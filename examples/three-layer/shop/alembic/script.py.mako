"""${message}.

Revision: ${up_revision}
Follows: ${down_revision or "nothing" | comma,n}
Created: ${create_date}
"""

import sqlalchemy as sa
${imports if imports else ""}
from alembic import op

revision: str = ${repr(up_revision)}
down_revision: str | tuple[str, ...] | None = ${repr(down_revision)}
branch_labels: str | tuple[str, ...] | None = ${repr(branch_labels)}
depends_on: str | tuple[str, ...] | None = ${repr(depends_on)}

def upgrade() -> None:
    """Apply the migration."""
    ${upgrades if upgrades else ""}

def downgrade() -> None:
    """Undo the migration."""
    ${downgrades if downgrades else ""}
