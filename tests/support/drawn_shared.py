"""What courts and departments tell each other in a generated world: marriage information and service addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub.canonical import addresses, marriage
from hub.db import models
from tests.support.drawn_inquiry import cases_of, sealed

if TYPE_CHECKING:
    from tests.support.content import Row, _Drawing

YEARS = {"county": "2025", "neighbour": "2026"}
"""The city's court shares a month once, whichever place it is of."""
S = addresses.ServiceAddressStatus
TAGS: dict[type[Any], str] = {
    models.MarriageBatch: "MB",
    models.MarriageItem: "MI",
    models.ServiceAddress: "SA",
    models.AddressChange: "AD",
    models.RegisteredEnterprise: "EN",
}


def draw_shared(drawing: _Drawing, county: str, placed: Row) -> None:
    """For one county, its court and its departments."""
    for month in range(1, drawing.size // 2 + 2):
        batch = _batch(drawing, county, placed, f"{YEARS[county]}-{month:02}", handed=month > 1)
        for number in range(drawing.random.randrange(1, 3)):
            _item(drawing, placed, batch, number)
    for number in range(drawing.size):
        _addressed(drawing, county, placed, number)


def _batch(drawing: _Drawing, county: str, placed: Row, month: str, *, handed: bool) -> Row:
    court = drawing.pick((f"{county}.court", f"{county}.court", f"{county}.court", "city.court"))
    receiver = drawing.pick((f"{county}.civil", f"{county}.civil", "county.civil"))
    return drawing.content.add(
        models.MarriageBatch,
        id=drawing.id(),
        number=drawing.mark("批次"),
        court_id=drawing.world.organizations[court],
        receiver_id=drawing.world.organizations[receiver],
        month=month,
        status=drawing.pick(marriage.MarriageBatchStatus),
        due_on=drawing.day(),
        item_count=drawing.pick((None, 2)),
        digest=drawing.pick((None, "8" * 64)),
        sends=drawing.random.randrange(3),
        sealed_at=drawing.moment() if handed else None,
        sent_at=drawing.pick((None, drawing.moment())),
        received_at=drawing.pick((None, drawing.moment())),
        receipts_due_at=drawing.pick((None, drawing.moment())),
        processed_at=drawing.pick((None, drawing.moment())),
        settled_at=drawing.pick((None, drawing.moment())),
        note=drawing.pick((None, drawing.mark("签收"))),
        discrepancy=drawing.pick((None, "COUNT")),
        match_percent=drawing.pick((None, 90)),
        update_percent=drawing.pick((None, 80)),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )


def _item(drawing: _Drawing, placed: Row, batch: Row, number: int) -> None:
    same = [row["id"] for row in drawing.content.of(models.MarriageItem) if row["batch_id"] == batch["id"]]
    drawing.content.add(
        models.MarriageItem,
        id=drawing.id(),
        batch_id=batch["id"],
        number=number + 1,
        court_id=batch["court_id"],
        receiver_id=batch["receiver_id"],
        kind=drawing.pick(marriage.MarriageRecordKind),
        case_number=drawing.mark("案号"),
        effective_on=drawing.day(),
        parties_sealed=sealed(drawing, "当事人"),
        party_a_masked=drawing.mark("甲*"),
        party_b_masked=drawing.mark("乙*"),
        couple_index=drawing.random.randbytes(32),
        document_digest="9" * 64,
        corrects_id=drawing.pick((None, *same)),
        correction=drawing.pick((None, *marriage.MarriageCorrection)),
        receipt=drawing.pick((None, *marriage.MarriageReceipt)),
        receipt_reason=drawing.pick((None, drawing.mark("未更新"))),
        receipted_at=drawing.pick((None, drawing.moment())),
        settlement=drawing.pick((None, *marriage.MarriageSettlement)),
        settlement_note=drawing.pick((None, drawing.mark("处理"))),
        settled_at=drawing.pick((None, drawing.moment())),
        withdrawn_at=drawing.pick((None, drawing.moment())),
        **drawing.stamps(),
        **placed,
    )


def _addressed(drawing: _Drawing, county: str, placed: Row, number: int) -> None:
    uscc = f"9{placed['jurisdiction_path'][-7:-1]}{number:011}"
    _enterprise(drawing, placed, uscc)
    address = _address(drawing, county, placed, uscc)
    for court in (f"{county}.court", "neighbour.court", "county.court"):
        if drawing.chance(0.4):
            _reading(drawing, placed, address, court)
        if drawing.chance(0.3):
            _change(drawing, placed, address, court)


def _enterprise(drawing: _Drawing, placed: Row, uscc: str) -> None:
    drawing.content.add(
        models.RegisteredEnterprise,
        id=drawing.id(),
        uscc=uscc,
        name=drawing.mark("企业"),
        status=drawing.pick(addresses.RegistrationStatus),
        former_names=drawing.pick(([], [{"name": drawing.mark("曾用名"), "until": "2024-05-01"}])),
        changed_on=drawing.day(),
        sequence=1,
        source="market:drawn",
        **drawing.stamps(),
        **placed,
    )


def _address(drawing: _Drawing, county: str, placed: Row, uscc: str) -> Row:
    units = (*(f"{county}.{unit}" for unit in ("civil", "police", "office")), "county.police", "city.tax")
    referred = drawing.chance(0.6)
    return drawing.content.add(
        models.ServiceAddress,
        id=drawing.id(),
        uscc=uscc,
        identity_hash=None,
        kind=drawing.pick(addresses.ServiceAddressKind),
        status=drawing.pick(S),
        value_sealed=sealed(drawing, "地址"),
        value_masked=drawing.mark("温县"),
        value_index=drawing.random.randbytes(32),
        provider_id=drawing.world.organizations[drawing.pick(units)],
        source="market:drawn",
        as_of=drawing.day(),
        received_at=drawing.moment(),
        effective_from=drawing.day(),
        effective_to=drawing.pick((None, drawing.day())),
        confirmed_by_commitment=drawing.chance(0.5),
        commitment_number=drawing.pick((None, drawing.mark("确认书"))),
        returned_on=drawing.pick((None, drawing.day())),
        return_reason=drawing.pick((None, drawing.mark("退信"))),
        reporter_id=drawing.pick((None, drawing.world.organizations[f"{county}.court"])),
        registrar_id=drawing.world.organizations[drawing.pick(units)] if referred else None,
        referred_at=drawing.moment() if referred else None,
        referral_due_on=drawing.day() if referred else None,
        referral_due_at=drawing.moment() if referred else None,
        referral_outcome=drawing.pick((None, *addresses.ReferralOutcome)),
        referral_note=drawing.pick((None, drawing.mark("移送"))),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )


def _reading(drawing: _Drawing, placed: Row, address: Row, court: str) -> None:
    """By a court, in a case: mostly one of its own that is open."""
    cases = cases_of(drawing, placed)
    drawing.content.add(
        models.AddressReading,
        id=drawing.id(),
        tenant_id=placed["tenant_id"],
        jurisdiction_path=placed["jurisdiction_path"],
        address_id=address["id"],
        case_id=drawing.pick(cases)["id"],
        court_id=drawing.world.organizations[court],
        client_id=court,
        purpose=drawing.mark("用途"),
        at=drawing.moment(),
    )


def _change(drawing: _Drawing, placed: Row, address: Row, court: str) -> None:
    drawing.content.add(
        models.AddressChange,
        id=drawing.id(),
        court_id=drawing.world.organizations[court],
        address_id=address["id"],
        uscc=address["uscc"],
        kind=address["kind"],
        status=drawing.pick(S),
        changed_at=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
