"""Bankruptcies of a generated world: matters, stability plans, funds and who is relieved from them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hub.bankruptcy.fund_applying import sealed_context
from hub.canonical import bankruptcy_codes as codes
from hub.core.principal import RoleName
from hub.db import models
from tests.support.drawn_inquiry import courts_of

if TYPE_CHECKING:
    from tests.support.content import Row, _Drawing
TAGS: dict[type[Any], str] = {
    models.BankruptcyCoordination: "BC",
    models.BankruptcyMatter: "BM",
    models.StabilityPlan: "SP",
    models.FundAccount: "FA",
    models.FundDisbursement: "FD",
}


def draw_bankruptcies(drawing: _Drawing, county: str, placed: Row) -> None:
    _no_court_any_more(drawing, county, placed)
    for court in courts_of(drawing, county):
        case = _case(drawing, placed, court)
        owners = [drawing.pick((None, drawing.unit(county))) for _ in range(drawing.random.randrange(1, 4))]
        case["owner_ids"] += [unit for unit in dict.fromkeys(owners) if unit]
        for number, owner in enumerate(owners):
            matter = _matter(drawing, placed, case, owner, number)
            if drawing.chance(0.5):
                _stability(drawing, county, placed, matter)
    for kind in codes.FundKind:
        for account in [_account(drawing, county, placed, kind, year) for year in (2025, 2026)]:
            for court in courts_of(drawing, county)[1:]:
                _payment(drawing, placed, account, court)


def _no_court_any_more(drawing: _Drawing, county: str, placed: Row) -> None:
    """A unit that acted as a court once: that shows it no fund today."""
    drawing.content.add(
        models.OrganizationFunction,
        organization_id=drawing.world.organizations[f"{county}.civil"],
        jurisdiction_id=placed["jurisdiction_id"],
        role=RoleName.COURT,
        valid_from=date(2019, 1, 1),
        valid_to=date(2021, 1, 1),
    )


def _case(drawing: _Drawing, placed: Row, court: str) -> Row:
    return drawing.content.add(
        models.BankruptcyCoordination,
        id=drawing.id(),
        status=drawing.pick(codes.BankruptcyStatus),
        court_id=drawing.world.organizations[court],
        owner_ids=[],
        case_number=drawing.mark("破产案号"),
        debtor_name=drawing.mark("债务人"),
        debtor_uscc="91350211M000100Y43",
        accepted_on=drawing.day(),
        ruling_no=drawing.mark("裁定"),
        ruling_digest="b" * 64,
        administrator=drawing.mark("管理人"),
        assetless=drawing.chance(0.5),
        sham_review=drawing.mark("审查"),
        assign_by=drawing.pick((None, drawing.day())),
        assign_basis=drawing.explanation(),
        measures_no=drawing.pick((None, drawing.mark("办法"))),
        measures=drawing.pick((None, drawing.mark("分工"))),
        reviewed_at=drawing.pick((None, drawing.moment())),
        outcome=drawing.pick((None, *codes.BankruptcyOutcome)),
        outcome_on=drawing.pick((None, drawing.day())),
        outcome_no=drawing.pick((None, drawing.mark("裁定"))),
        outcome_digest=drawing.pick((None, "c" * 64)),
        closed_at=drawing.pick((None, drawing.moment())),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )


def _matter(drawing: _Drawing, placed: Row, case: Row, owner: object, number: int) -> Row:
    return drawing.content.add(
        models.BankruptcyMatter,
        id=drawing.id(),
        coordination_id=case["id"],
        court_id=case["court_id"],
        owner_id=owner,
        number=number + 1,
        type=drawing.pick(codes.BankruptcyMatterType),
        status=drawing.pick(codes.BankruptcyMatterStatus),
        title=drawing.mark("破产事项"),
        content=drawing.mark("需求"),
        method=drawing.pick((None, drawing.mark("办法"))),
        handle_by=drawing.pick((None, drawing.day())),
        due_on=drawing.pick((None, drawing.day())),
        due_basis=drawing.explanation(),
        assigned_at=drawing.pick((None, drawing.moment())),
        accepted_at=drawing.pick((None, drawing.moment())),
        result=drawing.pick((None, drawing.mark("结果"))),
        result_evidence=drawing.pick(([], [{"name": drawing.mark("佐证"), "digest": "d" * 64}])),
        return_reason=drawing.pick((None, drawing.mark("退回"))),
        urge_count=0,
        urged_on=None,
        urge_note=drawing.pick((None, drawing.mark("催办"))),
        settled_at=drawing.pick((None, drawing.moment())),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )


def _stability(drawing: _Drawing, county: str, placed: Row, matter: Row) -> None:
    drawing.content.add(
        models.StabilityPlan,
        id=drawing.id(),
        matter_id=matter["id"],
        proposer_id=matter["owner_id"] or drawing.unit(county),
        responsible_id=drawing.unit(county),
        status=drawing.pick(codes.StabilityStatus),
        risk=drawing.pick(codes.PetitionRisk),
        risk_study=drawing.mark("研判"),
        plan=drawing.mark("方案"),
        due_on=drawing.pick((None, drawing.day())),
        due_basis=drawing.explanation(),
        approved_by_id=drawing.pick((None, drawing.unit(county))),
        approved_at=drawing.pick((None, drawing.moment())),
        return_reason=drawing.pick((None, drawing.mark("退回"))),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )


def _account(drawing: _Drawing, county: str, placed: Row, kind: codes.FundKind, year: int) -> Row:
    holder = drawing.pick((f"{county}.finance", f"{county}.finance", "county.finance"))
    return drawing.content.add(
        models.FundAccount,
        id=drawing.id(),
        kind=kind,
        fiscal_year=year,
        holder_id=drawing.world.organizations[holder],
        budget_fen=drawing.random.randrange(10**6, 10**9),
        approved_fen=10**5,
        paid_fen=10**4,
        basis=drawing.mark("预算"),
        version=1,
        **drawing.stamps(),
        **placed,
    )


def _payment(drawing: _Drawing, placed: Row, account: Row, court: str) -> None:
    of = drawing.world.organizations[court]
    cases = [row for row in drawing.content.of(models.BankruptcyCoordination) if row["court_id"] == of]
    relief = account["kind"] is codes.FundKind.EXECUTION_RELIEF
    row = drawing.content.add(
        models.FundDisbursement,
        id=drawing.id(),
        account_id=account["id"],
        kind=account["kind"],
        purpose=drawing.pick(codes.PURPOSES[account["kind"]]),
        claim=drawing.pick(codes.ReliefClaim) if relief else None,
        status=drawing.pick(codes.DisbursementStatus),
        court_id=of,
        holder_id=account["holder_id"],
        coordination_id=None if relief else drawing.pick(cases)["id"],
        case_number=drawing.mark("案号"),
        amount_fen=drawing.random.randrange(10**4, 10**6),
        approved_fen=drawing.pick((None, 100)),
        grounds=drawing.mark("理由"),
        applied_by=court,
        decided_by=drawing.pick((None, "county.finance")),
        decided_by_id=drawing.pick((None, account["holder_id"])),
        decided_at=drawing.pick((None, drawing.moment())),
        reason=drawing.pick((None, drawing.mark("理由"))),
        due_on=drawing.pick((None, drawing.day())),
        due_basis=drawing.explanation(),
        voucher_no=drawing.pick((None, drawing.mark("凭证"))),
        voucher_digest=drawing.pick((None, "e" * 64)),
        paid_on=drawing.pick((None, drawing.day())),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
    if relief:
        _relieved(drawing, placed, row)


def _relieved(drawing: _Drawing, placed: Row, payment: Row) -> None:
    def sealed(part: str) -> object:
        return drawing.world.keyring.seal(drawing.mark(part), context=sealed_context(part, payment["id"]))

    drawing.content.add(
        models.ReliefApplicant,
        id=payment["id"],
        court_id=payment["court_id"],
        holder_id=payment["holder_id"],
        name_sealed=sealed("name"),
        identity_sealed=sealed("identity"),
        identity_index=drawing.random.randbytes(32),
        **drawing.stamps(),
        **placed,
    )
