"""judicial suggestions without the credit office, which knows figures alone; each recorder has its own of a person"""

from __future__ import annotations

from alembic import op

from migrations.ops import ORGANIZATION, covers, either, party

revision = "0056"
down_revision = "0054"
branch_labels = None
depends_on = None

OLD, NEW = ("organization_id", "name_key", "tenant_id"), ("organization_id", "name_key", "recorder_id", "tenant_id")


def persons() -> None:
    """A recorder must not come upon the person that another recorded and it does not see."""
    op.drop_constraint(f"uq_integrity_person_{'_'.join(OLD)}", "integrity_person")
    op.create_unique_constraint(op.f(f"uq_integrity_person_{'_'.join(NEW)}"), "integrity_person", list(NEW))


def suggestions() -> None:
    member = party("judicial_suggestion", "suggestion_id")
    overseen = f"sent_at is not null and {covers('reads', 'suggestion')}"
    seen = either(f"court_id = {ORGANIZATION}", member, overseen)
    op.execute(f"alter policy app_select on judicial_suggestion using ({seen})")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    persons()
    suggestions()


def downgrade() -> None:
    raise NotImplementedError("what the credit office is not to read is not given back to it")
