"""judicial suggestions without the credit office, which knows figures alone; each recorder has its own of a person"""

from __future__ import annotations

from alembic import op

from migrations.ops import ORGANIZATION, covers, either, party

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

IS_COURT = (
    f"exists (select 1 from organization_function f where f.organization_id = {ORGANIZATION} and f.role = 'COURT' "
    "and f.valid_to is null)"
)
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


def publicity() -> None:
    """Who reviews or approves changes an item; whoever only oversees public bodies, and the auditor, reads it."""
    waits = f"status in ('REVIEWED', 'APPROVED') and {covers('reads', 'home')} and {IS_COURT}"
    works = either(
        f"proposer_id = {ORGANIZATION}", covers("writes", "credit"), covers("writes", "government_credit"), waits
    )
    op.execute(f"alter policy app_update on publicity_item using ({works}) with check ({works})")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    persons()
    suggestions()
    publicity()


def downgrade() -> None:
    raise NotImplementedError("what the credit office is not to read is not given back to it")
