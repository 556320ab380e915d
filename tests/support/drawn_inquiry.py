"""Execution queries of a generated world: officers, seals, questions, holders' parts, answers, readings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hub.canonical import codes as common
from hub.canonical import execution_codes as codes
from hub.canonical.holding import AnswerOutcome
from hub.db import models
from tests.support.world import CITY, PATHS, World

if TYPE_CHECKING:
    from tests.support.content import Row, _Drawing

OFFICERS = {
    "asker": codes.OfficerCapacity.OFFICER,
    "other": codes.OfficerCapacity.OFFICER,
    "leader": codes.OfficerCapacity.APPROVER,
    "command": codes.OfficerCapacity.COMMAND,
    "stopped": codes.OfficerCapacity.COMMAND,
}
"""Clients of a court by their name behind the court's; the last was stopped for reading too much."""
HOLDERS = ("police", "finance", "civil")
CITY_COURT = "city.court"
TAGS: dict[type[Any], str] = {
    models.ExecutionOfficer: "EF",
    models.ExecutionQuery: "EQ",
    models.ExecutionOrder: "EO",
}


def draw_inquiry(drawing: _Drawing, county: str, placed: Row) -> None:
    """For one county: its court, and the city's, which acts there as well."""
    if not officers_of(drawing, CITY_COURT):
        _officers(drawing, placed_in_the_city(drawing, placed), CITY_COURT)
    _officer(drawing, placed, CITY_COURT, f"{county}.court.asker", codes.OfficerCapacity.COMMAND)
    _officers(drawing, placed, f"{county}.court")
    for turn, court in enumerate(courts_of(drawing, county)):
        query = _query(drawing, placed, court, turn)
        _document(drawing, placed, query)
        for number in range(drawing.random.randrange(1, 4)):
            _order(drawing, county, placed, query, number)
    _answers(drawing, county, placed)


def add_officers(world: World) -> None:
    """Officers as callers: clients of their court, with its rights. Some are registered and never ask."""
    asking = sorted(OFFICERS.keys() - {"other"})
    for court, names in (("county.court", asking), ("neighbour.court", asking), (CITY_COURT, ["asker"])):
        for name in names:
            world.principals[f"{court}.{name}"] = replace(world[court], subject=f"{court}.{name}")


def courts_of(drawing: _Drawing, county: str) -> list[str]:
    """The courts of so many rows: mostly the county's own, once the city's."""
    return [f"{county}.court"] * (drawing.size // 2) + [CITY_COURT]


def placed_in_the_city(drawing: _Drawing, placed: Row) -> Row:
    key = drawing.world.jurisdictions[CITY]
    return {"tenant_id": placed["tenant_id"], "jurisdiction_id": key, "jurisdiction_path": PATHS[CITY]}


def sealed(drawing: _Drawing, kind: str) -> Any:
    return drawing.world.keyring.seal(drawing.mark(kind), context=kind)


def officers_of(drawing: _Drawing, court: str) -> dict[str, UUID]:
    """Officers of a court, by the end of the client's name; not those that were another court's client before."""
    rows = drawing.content.of(models.ExecutionOfficer)
    return {row["client_id"].removeprefix(f"{court}."): row["id"] for row in rows if row["client_id"].startswith(court)}


def cases_of(drawing: _Drawing, placed: Row) -> list[Row]:
    path = placed["jurisdiction_path"]
    return [row for row in drawing.content.of(models.LegalCase) if row["jurisdiction_path"] == path]


def subjects_of(drawing: _Drawing, placed: Row) -> list[Row]:
    path = placed["jurisdiction_path"]
    return [row for row in drawing.content.of(models.Subject) if row["jurisdiction_path"] == path]


HANDLED = (("other", ["asker"]), ("asker", []), ("other", []))
"""Who asked and who handles it along, in turn: each way is there however little is drawn."""


def ordered(drawing: _Drawing, placed: Row, court: str, turn: int) -> Row:
    """What every order of an officer has: whom it is about and who handles it."""
    officers, case = officers_of(drawing, court), drawing.pick(cases_of(drawing, placed))
    requester, along = HANDLED[turn % len(HANDLED)]
    return {
        "court_id": drawing.world.organizations[court],
        "case_id": case["id"],
        "case_number": drawing.mark("案号"),
        "subject_id": drawing.pick(subjects_of(drawing, placed))["id"],
        "target_index": drawing.random.randbytes(32),
        "requester_id": officers[requester],
        "co_handler_ids": [officers[name] for name in along],
    }


def approved(drawing: _Drawing, court: str, turn: int) -> Row:
    return {
        "purpose_text": drawing.mark("事由"),
        "urgency": drawing.pick(codes.QueryUrgency),
        "approver_id": None if turn % 2 else officers_of(drawing, court)["leader"],
        "decided_at": drawing.pick((None, drawing.moment())),
        "decision_note": drawing.pick((None, drawing.mark("审批"))),
        "approval_due_at": drawing.pick((None, drawing.moment())),
    }


def documented(drawing: _Drawing) -> Row:
    return {
        "document_number": drawing.mark("文号"),
        "document_name": drawing.mark("文书"),
        "document_digest": "4" * 64,
        "seal_serial": drawing.mark("印章"),
        "document_sealed": sealed(drawing, "文书全文"),
    }


def _officers(drawing: _Drawing, placed: Row, court: str) -> None:
    for name, capacity in OFFICERS.items():
        _officer(drawing, placed, court, f"{court}.{name}", capacity, drawing.moment() if name == "stopped" else None)
    drawing.content.add(
        models.CourtSeal,
        id=drawing.id(),
        court_id=drawing.world.organizations[court],
        serial=drawing.mark("印章"),
        public_key=drawing.mark("公钥"),
        valid_to=drawing.day(),
        **drawing.stamps(),
        **placed,
    )


def _officer(drawing: _Drawing, placed: Row, court: str, client: str, capacity: Any, stopped: Any = None) -> None:
    """A client of another court was registered here before: that opens nothing of this court to it."""
    drawing.content.add(
        models.ExecutionOfficer,
        id=drawing.id(),
        court_id=drawing.world.organizations[court],
        client_id=client,
        certificate_number=drawing.mark("证号"),
        capacity=capacity,
        valid_to=drawing.day(),
        suspended_at=stopped,
        version=1,
        **drawing.stamps(),
        **placed,
    )


def _query(drawing: _Drawing, placed: Row, court: str, turn: int) -> Row:
    holder = str(drawing.world.organizations["county.police"])
    return drawing.content.add(
        models.ExecutionQuery,
        id=drawing.id(),
        inquiry_number=drawing.mark("查询"),
        purpose_code=drawing.pick(codes.QueryPurpose),
        status=drawing.pick(codes.ExecutionQueryStatus),
        asks=drawing.pick(([], [{"holder": holder, "type": "VEHICLE"}])),
        expires_on=drawing.day(),
        next_round_on=drawing.pick((None, drawing.day())),
        round=1,
        access_count=drawing.random.randrange(3),
        closed_at=drawing.pick((None, drawing.moment())),
        purge_on=drawing.pick((None, drawing.day())),
        version=1,
        status_since=drawing.moment(),
        **ordered(drawing, placed, court, turn),
        **approved(drawing, court, turn),
        **drawing.stamps(),
        **placed,
    )


def _document(drawing: _Drawing, placed: Row, query: Row) -> None:
    drawing.content.add(
        models.ExecutionDocument,
        id=drawing.id(),
        query_id=query["id"],
        kind=drawing.pick(codes.LegalDocumentKind),
        document_number=drawing.mark("文号"),
        filename=drawing.mark("文件"),
        digest="5" * 64,
        seal_serial=drawing.mark("印章"),
        content_sealed=drawing.pick((None, sealed(drawing, "文书全文"))),
        **drawing.stamps(),
        **placed,
    )


def _order(drawing: _Drawing, county: str, placed: Row, query: Row, number: int) -> None:
    unit = drawing.pick((f"{county}.{drawing.pick(HOLDERS)}", "county.police", "city.tax"))
    holder = drawing.world.organizations[unit]
    answered = number == 0 or drawing.chance(0.7)
    row = drawing.content.add(
        models.ExecutionOrder,
        id=drawing.id(),
        query_id=query["id"],
        court_id=query["court_id"],
        holder_id=holder,
        query_type=drawing.pick(codes.QueryType),
        round=1 + number % 2,
        order_number=drawing.mark("请求"),
        case_number=query["case_number"],
        target_sealed=sealed(drawing, "被查询人"),
        target_index=query["target_index"],
        status=drawing.pick(codes.ExecutionOrderStatus),
        due_on=drawing.day(),
        due_at=drawing.moment(),
        due_provisional=drawing.chance(0.3),
        deadline_basis=drawing.explanation(),
        urge_count=0,
        return_reason=drawing.pick((None, *codes.ReturnReason)),
        return_note=drawing.pick((None, drawing.mark("退回"))),
        return_contact_sealed=drawing.pick((None, sealed(drawing, "联系人"))),
        objection=drawing.pick((None, drawing.mark("异议"))),
        objection_due_on=drawing.pick((None, drawing.day())),
        objection_decision=drawing.pick((None, drawing.mark("决定"))),
        answer_code=drawing.pick(codes.AnswerCode) if answered else None,
        as_of=drawing.day() if answered else None,
        answered_at=drawing.moment() if answered else None,
        item_count=drawing.random.randrange(9) if answered else None,
        result_digest="6" * 64 if answered else None,
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
    if answered:
        drawing.content.add(
            models.ExecutionResult,
            id=row["id"],
            query_id=query["id"],
            holder_id=holder,
            content_sealed=sealed(drawing, "查询结果"),
            **drawing.stamps(),
            **placed,
        )
        _read(drawing, placed, query, row)


def _read(drawing: _Drawing, placed: Row, query: Row, order: Row) -> None:
    officers = [row for row in drawing.content.of(models.ExecutionOfficer) if row["court_id"] == query["court_id"]]
    reader = drawing.pick(officers)
    drawing.content.add(
        models.ExecutionRead,
        id=drawing.id(),
        tenant_id=placed["tenant_id"],
        jurisdiction_path=placed["jurisdiction_path"],
        query_id=query["id"],
        order_id=order["id"],
        court_id=query["court_id"],
        target_index=query["target_index"],
        client_id=reader["client_id"],
        officer_id=reader["id"],
        purpose=drawing.mark("用途"),
        item_count=1,
        watermark=drawing.mark("水印"),
        at=drawing.moment(),
    )


def _answers(drawing: _Drawing, county: str, placed: Row) -> None:
    """What systems of holders sent: for the holder itself alone, where it is set aside as well."""
    for unit in HOLDERS:
        holder = drawing.world.organizations[f"{county}.{unit}"]
        endpoint = _endpoint(drawing, placed, holder)
        drawing.content.add(
            models.HolderAnswer,
            id=drawing.id(),
            tenant_id=placed["tenant_id"],
            jurisdiction_path=placed["jurisdiction_path"],
            endpoint_id=endpoint["id"],
            organization_id=holder,
            order_id=None,
            order_number=drawing.mark("请求"),
            digest="7" * 64,
            outcome=drawing.pick(AnswerOutcome),
            reasons=[],
            content_sealed=sealed(drawing, "隔离的答复"),
            received_at=drawing.moment(),
        )


def _endpoint(drawing: _Drawing, placed: Row, holder: UUID) -> Row:
    """The system of a holder, registered by an operator."""
    at = drawing.moment()
    return drawing.content.add(
        models.WebhookEndpoint,
        id=drawing.id(),
        organization_id=holder,
        channel=common.Channel.HOLDER,
        client_id="",
        account=drawing.mark("账号"),
        url="https://holder.example",
        shape="bank",
        seal_key=drawing.mark("公钥"),
        query_types=["VEHICLE"],
        event_types=[],
        status=common.EndpointStatus.ACTIVE,
        failures=0,
        since_epoch=1,
        since_transaction=1,
        created_at=at,
        updated_at=at,
        version=1,
        **placed,
    )
