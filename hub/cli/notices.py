"""``hub import-notice``: from a published notice to drafts of the year's double list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from sqlalchemy import select

from hub.access.coverage import clearance_of, grantable_scopes
from hub.access.scopes import Scope
from hub.cli.output import say, table
from hub.cli.running import run
from hub.core.errors import Reason, Refused
from hub.core.principal import Function, Principal, RoleName
from hub.db.models import Jurisdiction, OrganizationFunction
from hub.linkage.importing import Imported, import_notice, preview
from hub.linkage.notice.draft import NoticeDraft, draft_as_json
from hub.linkage.notice.roster import Roster
from hub.runtime import Runtime
from hub.workflow.gate import Request
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True)
class Options:
    jurisdiction: str
    year: int
    shift_dates: bool


def import_file(
    file: Annotated[Path, typer.Argument(help="通知文件 .txt .docx .pdf (the notice)")],
    jurisdiction: Annotated[str, typer.Option("--jurisdiction", help="区划代码 (jurisdiction code)")],
    year: Annotated[int, typer.Option("--year", min=2000, max=2100, help="清单年度 (year of the list)")],
    apply: Annotated[bool, typer.Option("--apply", help="写入清单草稿 (write the drafts)")] = False,
    shift_dates: Annotated[
        bool, typer.Option("--shift-dates", help="时限按整年平移到清单年度 (move dates by whole years)")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON)")] = False,
) -> None:
    """读取通知并起草双清单；不加 --apply 只预览 (draft a double list from a notice; a preview without --apply)."""
    options = Options(jurisdiction, year, shift_dates)

    async def action(runtime: Runtime) -> None:
        draft, roster = await _draft(runtime, file, options)
        if as_json:
            say(json.dumps(draft_as_json(draft, roster), ensure_ascii=False, indent=2))
        else:
            _show(draft, roster)
        if apply:
            imported = await _apply(runtime, draft, options)
            if not as_json:
                say(
                    f"新增 (created) {imported.created}，未变 (unchanged) {imported.unchanged}，"
                    f"保留已修改 (kept edited) {imported.kept_edited}"
                )

    run(action)


async def _draft(runtime: Runtime, file: Path, options: Options) -> tuple[NoticeDraft, Roster]:
    limit = runtime.settings.notice_limit
    try:
        with file.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError:
        raise Refused(Reason("FILE_UNREADABLE", params={"path": file.name})) from None
    async with runtime.sessions.system("operator") as session:
        return await preview(
            session,
            data=data,
            filename=file.name,
            jurisdiction_code=options.jurisdiction,
            year=options.year,
            shift_dates=options.shift_dates,
            limit=limit,
        )


def _show(draft: NoticeDraft, roster: Roster) -> None:
    plain: dict[str, Any] = draft_as_json(draft, roster)
    rows = [
        (
            str(item["no"]),
            str(item["title"])[:24],
            str(item["lead"] or "—"),
            "、".join(item["cooperating"]) or "—",
            str(item["due_on"] or item["recurrence"] or item["deadline_kind"] or "—"),
        )
        for item in plain["items"]
    ]
    say(table(("序号", "标题 (title)", "牵头 (lead)", "配合 (cooperating)", "时限 (deadline)"), rows))
    if plain["unresolved"]:
        say("\n待核实 (unresolved):")
        for entry in plain["unresolved"]:
            say(f"  · {entry['text']}  —  {entry['reason']}")


async def _apply(runtime: Runtime, draft: NoticeDraft, options: Options) -> Imported:
    office = await _office(runtime, options.jurisdiction)
    made: list[Imported] = []

    async def action(unit: Unit) -> UUID:
        imported = await import_notice(unit, draft, jurisdiction_code=options.jurisdiction, year=options.year)
        made.append(imported)
        return imported.list_id

    await runtime.gate.perform(office, Request("importNotice", Scope.DOUBLELIST_PROPOSE), action)
    return made[0]


async def _office(runtime: Runtime, code: str) -> Principal:
    """The office of the jurisdiction, for which the operator acts. Raises ``Refused`` (OFFICE_MISSING)."""
    async with runtime.sessions.system("operator") as session:
        found = (
            await session.execute(
                select(OrganizationFunction.organization_id, Jurisdiction.path)
                .join(Jurisdiction, Jurisdiction.id == OrganizationFunction.jurisdiction_id)
                .where(
                    Jurisdiction.code == code,
                    OrganizationFunction.role == RoleName.JOINT_MEETING_OFFICE,
                    OrganizationFunction.valid_to.is_(None),
                )
            )
        ).first()
    if found is None:
        raise Refused(Reason("OFFICE_MISSING", ("jurisdiction",), {"code": code}))
    roles = (RoleName.JOINT_MEETING_OFFICE,)
    return Principal(
        subject="operator",
        organization_id=found.organization_id,
        functions=(Function(RoleName.JOINT_MEETING_OFFICE, found.path),),
        scopes=frozenset(scope.value for scope in grantable_scopes(roles)),
        clearance=clearance_of(roles),
    )
