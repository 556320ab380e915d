"""clocks of procedures, decisions by resolution, responsibility as the pack asks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import IDENTIFIED, ORGANIZATION, covers, either

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STAGED = (
    "double_list",
    "double_list_item",
    "joint_meeting",
    "linkage_matter",
    "linkage_task",
    "coordination_request",
    "membership_change",
)
NAMED = ("leader", "division", "person", "post")
KINDS = (
    "DUE_SOON",
    "DUE_TODAY",
    "OVERDUE",
    "ESCALATED",
    "REPORT_DUE",
    "REPORT_OVERDUE",
    "DEADLINE_PROVISIONAL",
    "PLENARY_MISSING",
)
NEW_KINDS = (
    "LIAISON_MISSING",
    "CONFIRMATION_OVERDUE",
    "SETTLEMENT_OVERDUE",
    "ACCEPTANCE_OVERDUE",
    "REVIEW_OVERDUE",
    "NOTICE_OVERDUE",
    "MINUTES_OVERDUE",
)


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table in STAGED:
        op.add_column(
            table, sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)
        )
        op.execute(f"update {table} set status_since = updated_at")
    op.add_column("coordination_request", sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "update coordination_request set escalated_at = updated_at where status in ('ESCALATED', 'COORDINATING')"
    )
    for table in ("linkage_matter", "membership_change"):
        op.add_column(table, sa.Column("resolution_id", sa.Uuid(), nullable=True))
    for column in NAMED:
        op.alter_column("responsibility", column, existing_type=sa.String(length=100), nullable=True)
    _allow_kinds(KINDS + NEW_KINDS)
    for statement in (*figures(), *alerts()):
        op.execute(statement)


def alerts() -> list[str]:
    """An alert not one's own is seen by whoever may see what it is about."""
    areas = (
        ("double_list", ("DoubleListItem", "CoordinationBody")),
        ("linkage", ("LinkageTask", "CoordinationRequest")),
        ("meeting", ("JointMeeting",)),
    )
    about = [
        f"target_kind in ({', '.join(repr(kind) for kind in kinds)}) and {covers('reads', area)}"
        for area, kinds in areas
    ]
    seen = either(f"organization_id = {ORGANIZATION}", *about)
    return [
        "drop policy app_select on alert",
        f"create policy app_select on alert for select to hub_app using ({seen})",
    ]


def figures() -> list[str]:
    """Numbers of every unit for those who oversee the jurisdiction, for members of its body where they are told, and
    of the caller's own unit for itself; never a row."""
    signature = "unit_figures(text, integer, timestamptz, boolean)"
    member = (
        "exists (select 1 from body_membership m join coordination_body b on b.id = m.body_id "
        "where b.jurisdiction_id = j.id and m.valid_to is null "
        f"and {ORGANIZATION} in (m.organization_id, m.acting_organization_id))"
    )
    create = (
        "create function unit_figures(place text, list_year integer, moment timestamptz, members_told boolean) "
        "returns table (organization_id uuid, items bigint, completed bigint, overdue bigint, progress bigint, "
        "issues bigint, issues_open bigint, urgings bigint) language sql stable "
        "security definer set search_path = pg_catalog, public as $$ "
        f"with seen as (select j.id, {covers('reads', 'double_list', 'j.path')} or (members_told and {member}) as whole "
        "from jurisdiction j where j.code = place), "
        "led as (select i.lead_organization_id as unit, count(*) as items, "
        "count(*) filter (where i.status = 'COMPLETED') as completed, "
        "count(*) filter (where i.due_at <= moment and i.status in "
        "('APPROVED', 'IN_PROGRESS', 'ADJUSTMENT_PENDING', 'PENDING_ACCEPTANCE')) as overdue, "
        "sum(case when i.status = 'COMPLETED' then 100 else i.progress_percent end) as progress "
        "from double_list_item i join seen on seen.id = i.jurisdiction_id where i.year = list_year "
        "and i.lead_organization_id is not null and i.status not in ('DRAFT', 'SUBMITTED', 'UNDER_REVIEW', "
        "'IN_COORDINATION', 'PENDING_APPROVAL', 'CANCELLED', 'CARRIED_OVER') group by 1), "
        "tasked as (select t.lead_organization_id as unit, count(*) filter (where t.origin = 'ISSUE') as issues, "
        "count(*) filter (where t.origin = 'ISSUE' and t.status not in ('VERIFIED', 'CANCELLED')) as issues_open, "
        "sum(t.urge_count) as urgings from linkage_task t join seen on seen.id = t.jurisdiction_id "
        "where extract(year from t.created_at at time zone 'Asia/Shanghai') = list_year group by 1) "
        "select coalesce(led.unit, tasked.unit), coalesce(led.items, 0), coalesce(led.completed, 0), "
        "coalesce(led.overdue, 0), coalesce(led.progress, 0), coalesce(tasked.issues, 0), "
        "coalesce(tasked.issues_open, 0), coalesce(tasked.urgings, 0) "
        "from led full join tasked on tasked.unit = led.unit cross join seen "
        f"where {IDENTIFIED} and (seen.whole or coalesce(led.unit, tasked.unit) = {ORGANIZATION}) $$"
    )
    return [
        create,
        f"revoke all on function {signature} from public",
        f"grant execute on function {signature} to hub_app",
    ]


def downgrade() -> None:
    seen = either(f"organization_id = {ORGANIZATION}", covers("reads", "double_list"))
    op.execute("drop policy app_select on alert")
    op.execute(f"create policy app_select on alert for select to hub_app using ({seen})")
    op.execute("drop function unit_figures(text, integer, timestamptz, boolean)")
    op.execute(f"delete from alert where kind in {NEW_KINDS}")
    _allow_kinds(KINDS)
    for column in NAMED:
        op.execute(f"update responsibility set {column} = '' where {column} is null")
        op.alter_column("responsibility", column, existing_type=sa.String(length=100), nullable=False)
    for table in ("membership_change", "linkage_matter"):
        op.drop_column(table, "resolution_id")
    op.drop_column("coordination_request", "escalated_at")
    for table in reversed(STAGED):
        op.drop_column(table, "status_since")


def _allow_kinds(kinds: tuple[str, ...]) -> None:
    op.execute("alter table alert drop constraint ck_alert_kind")
    op.execute(f"alter table alert add constraint ck_alert_kind check (kind in {kinds})")
