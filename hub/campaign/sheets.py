"""The list of a bank as a spreadsheet: the template out with what it told before, the list back, and what is wrong with
it beside each row, to be put right and handed in again.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.campaign.commands import CampaignCaseDraft
from hub.campaign.debtors import opened
from hub.campaign.opening import noted
from hub.campaign.taking import Taken, campaign_of, open_campaign_of, participants, take
from hub.campaign.told import Told
from hub.canonical.campaign import CampaignCapacity
from hub.canonical.characters import fold
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.money import yuan
from hub.core.payload import camel, find_problems, required
from hub.db.models import Campaign, CampaignCase, Organization
from hub.db.tenant_keys import TenantKeys, tenant_keys
from hub.inquiry.sheets import Row, rows_of, sheet_of
from hub.workflow.unit import Unit

COLUMNS = {
    "court_id": "法院",
    "case_number": "案号",
    "loan_number": "借款合同编号",
    "debtor_name": "债务人名称",
    "debtor_uscc": "统一社会信用代码",
    "debtor_citizen_id": "公民身份号码",
    "principal": "未偿本金（元）",
    "lent_on": "放款日期",
}
"""Headings by the fields of a draft."""
HEADINGS = tuple(COLUMNS.values())
PROBLEM = "问题"
"""Heading of the column that tells what is wrong; whoever hands the file in again may leave it there."""
_FIELDS = {camel(name): heading for name, heading in COLUMNS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSheetDownload:
    """下载案件清单模板，含本单位已报送的案件，留痕 (the template with what was told before, on record)."""

    campaign_id: UUID = required("专项行动", "campaign", node="CZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSheetUpload:
    """案件清单，.xlsx 或者 .csv (list of cases)."""

    campaign_id: UUID = required("专项行动", "campaign", node="CZ")
    content: str = required("文件内容（Base64）", "the file in base64", limit=8 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class RowFault:
    """``row`` as the spreadsheet numbers it."""

    row: int
    column: str
    reason: Reason


async def template(unit: Unit, campaign_id: UUID) -> tuple[bytes, int]:
    """The sheet, and how many cases stand in it. Raises ``NotFound``, ``Refused``."""
    row = await campaign_of(unit, campaign_id, "campaignId")
    names = await _court_names(unit, row)
    mine = CampaignCase.bank_id == unit.organization_id if row.with_banks else CampaignCase.bank_id.is_(None)
    found = await unit.session.scalars(
        select(CampaignCase)
        .where(CampaignCase.campaign_id == row.id, mine)
        .order_by(CampaignCase.created_at, CampaignCase.list_row, CampaignCase.id)
    )
    cases = found.all()
    keys = await tenant_keys(unit.session, unit.keyring, row.tenant_id, unit.at)
    await noted(unit, row, AuditAction.CAMPAIGN_LIST_DOWNLOADED, cases=len(cases))
    return sheet_of(HEADINGS, [_outgoing(keys, names, case) for case in cases]), len(cases)


def _outgoing(keys: TenantKeys, names: Mapping[UUID, str], case: CampaignCase) -> Sequence[str]:
    person = opened(keys, case)
    return (
        names.get(case.court_id, ""),
        case.case_number or "",
        case.loan_number or "",
        (person.name if person else case.debtor_masked) or "",
        case.debtor_uscc or "",
        person.number if person else "",
        yuan(case.principal_fen),
        "" if case.lent_on is None else case.lent_on.isoformat(),
    )


async def take_sheet(unit: Unit, campaign_id: UUID, content: bytes) -> Taken:
    """Take the whole list in. Raises ``NotFound``, ``Refused`` with every reason, of rows under ``rows``."""
    row = await open_campaign_of(unit, campaign_id)
    filled = [(at, cells) for at, cells in await _rows(content) if any(cells.get(each) for each in HEADINGS)]
    if not filled:
        raise Refused(Reason("DESK_EMPTY", ("content",)))
    courts = {name: key for key, name in (await _court_names(unit, row)).items()}
    rows: list[Told] = []
    reasons: list[Reason] = []
    for at, cells in filled:
        path = ("rows", at)
        try:
            told = Told(path, _incoming(cells, courts))
        except Refused as refused:
            reasons += [Reason(each.code, (*path, *each.path), each.params) for each in refused.reasons]
            continue
        found = find_problems(told.draft, path)
        reasons += found
        rows += [] if found else [told]
    return await take(unit, row, rows, *reasons)


async def _rows(content: bytes) -> list[tuple[int, Row]]:
    return await asyncio.to_thread(rows_of, content, HEADINGS, beside=(PROBLEM,), csv_too=True)


def _incoming(cells: Row, courts: Mapping[str, UUID]) -> CampaignCaseDraft:
    """Raises ``Refused`` with every cell that cannot be read."""
    told = {field: cells.get(heading) or None for field, heading in COLUMNS.items()}
    reasons = [Reason("TEXT_EMPTY", (camel(field),)) for field in ("court_id", "principal") if not told[field]]
    # A court that takes no part is told of by the rules of the list, like one that is named by its id.
    court = courts.get(told["court_id"] or "", new_id())
    lent = told["lent_on"]
    lent_on = _day(lent) if lent else None
    if lent and lent_on is None:
        reasons.append(Reason("DATE_INVALID", ("lentOn",)))
    refuse_if(reasons)
    return CampaignCaseDraft(
        court_id=court,
        case_number=told["case_number"],
        loan_number=told["loan_number"],
        debtor_name=told["debtor_name"],
        debtor_uscc=told["debtor_uscc"],
        debtor_citizen_id=told["debtor_citizen_id"],
        principal=fold(told["principal"] or "").replace(",", ""),
        lent_on=lent_on,
    )


def _day(text: str) -> date | None:
    """2021-03-01, or 2021/3/1 as spreadsheets write it."""
    try:
        return date(*(int(part) for part in fold(text).replace("/", "-").split("-", 2)))
    except (ValueError, TypeError):
        return None


async def _court_names(unit: Unit, row: Campaign) -> Mapping[UUID, str]:
    """Courts of the campaign by the names that the list bears."""
    courts = [key for key, each in (await participants(unit, row)).items() if each is CampaignCapacity.COURT]
    found = await unit.session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(courts)))
    return dict(found.tuples().all())


def row_faults(reasons: Iterable[Reason]) -> Iterator[RowFault]:
    """Those of rows, by row and column."""
    for reason in reasons:
        match reason.path:
            case ("rows", int(at), *rest):
                name = str(rest[0]) if rest else ""
                yield RowFault(at, _FIELDS.get(name, name), reason)


async def error_sheet(content: bytes, faults: Sequence[RowFault]) -> bytes:
    """The list as it came, with what is wrong beside each row."""
    wrong: defaultdict[int, list[str]] = defaultdict(list)
    for fault in faults:
        wrong[fault.row].append(f"{fault.column}：{fault.reason.text.zh}" if fault.column else fault.reason.text.zh)
    rows = [
        (*(cells.get(heading, "") for heading in HEADINGS), "；".join(wrong.get(at, ())))
        for at, cells in await _rows(content)
    ]
    return sheet_of((*HEADINGS, PROBLEM), rows)
