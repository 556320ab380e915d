"""a resolution approves its list once

What an amendment changes needs another resolution; until now only the latest approving one counted as spent.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("resolution", sa.Column("carried_out_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "update resolution set carried_out_at = double_list.approved_at from double_list, joint_meeting "
        "where double_list.id = resolution.approved_list_id and joint_meeting.id = resolution.meeting_id "
        "and joint_meeting.held_at <= double_list.approved_at"
    )


def downgrade() -> None:
    op.drop_column("resolution", "carried_out_at")
