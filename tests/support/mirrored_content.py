"""Generated rows of what courts hand in: subjects, cases, list entries, listings, and how they came."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from hub.canonical import exchange_codes as codes
from hub.canonical import objection_codes, repair_codes
from hub.db import models
from hub.ingest.prepared import message_context
from hub.subjects.resolving import identity_context, name_context

if TYPE_CHECKING:
    from tests.support.content import Row, _Drawing

REASON = {"code": "CELL_REQUIRED", "path": ["案号"], "params": {}, "message": "须填", "messageEn": "needed"}
DEBTORS = ("police", "finance", "civil", "office")


def draw_mirrors(drawing: _Drawing, county: str, placed: Row) -> None:
    """For one county, told by its court."""
    court = drawing.world.organizations[f"{county}.court"]
    provided = {
        "source": f"court:{county}",
        "organization_id": court,
        "jurisdiction_path": placed["jurisdiction_path"],
    }
    subjects = [_subject(drawing, county, placed, number) for number in range(drawing.size)]
    for number in range(drawing.size):
        case = _case(drawing, placed, court, number)
        _entry(drawing, placed, case, drawing.pick(subjects), number)
        _listing(drawing, placed, case, drawing.pick(subjects), number)
    _exchange(drawing, county, placed, provided)


def _subject(drawing: _Drawing, county: str, placed: Row, number: int) -> Row:
    kind = drawing.pick(codes.SubjectType)
    natural = kind is codes.SubjectType.NATURAL
    key, name = drawing.id(), drawing.mark("主体")
    unit = None if natural or drawing.chance(0.3) else drawing.world.organizations[f"{county}.{drawing.pick(DEBTORS)}"]
    sealed = drawing.world.keyring.seal(drawing.mark("身份"), context=identity_context(key)) if natural else None
    row = drawing.content.add(
        models.Subject,
        id=key,
        kind=kind,
        name="主*" if natural else name,
        name_masked="主*" if natural else name,
        name_sealed=drawing.world.keyring.seal(name, context=name_context(key)) if natural else None,
        uscc=None if natural else f"{county[:8].upper():0<8}{number:010}",
        identity_hash=key.bytes if natural else None,
        identity_sealed=sealed,
        identity_masked="110***********0015" if natural else None,
        organization_id=unit,
        match_confidence=drawing.pick(codes.MatchConfidence),
        government_subject=not natural and drawing.chance(0.7),
        **drawing.stamps(),
        **placed,
    )
    if drawing.chance(0.4):
        drawing.content.add(
            models.SubjectAlias, subject_id=key, alias=drawing.mark("别名"), tenant_id=placed["tenant_id"]
        )
    return row


def _case(drawing: _Drawing, placed: Row, court: Any, number: int) -> Row:
    return drawing.content.add(
        models.LegalCase,
        id=drawing.id(),
        court_id=court,
        case_number=f"（2026）{drawing.mark('案')}{number}号",
        procedure=drawing.pick((None, *codes.CaseProcedure)),
        cause=drawing.pick((None, drawing.mark("案由"))),
        filed_on=drawing.pick((None, drawing.day())),
        closed_on=drawing.pick((None, drawing.day())),
        confidentiality=drawing.pick(codes.Confidentiality),
        source=_source(placed),
        occurred_at=drawing.moment(),
        received_at=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )


def _source(placed: Row) -> str:
    """No connector is drawn under this source: how stale a row is hangs on one that not everybody sees."""
    return f"court:{placed['jurisdiction_path'].replace('/', '-')}"


def _mirrored(drawing: _Drawing, number: int, case: Row) -> Row:
    return {
        "source": _source(case),
        "source_key": f"{number}",
        "source_sequence": 1,
        "source_version": 1,
        "occurred_at": drawing.moment(),
        "received_at": drawing.moment(),
        "message_key": drawing.id(),
        "content_digest": "0" * 64,
        "case_id": case["id"],
        "case_number": case["case_number"],
        "court_id": case["court_id"],
    }


def _parties(drawing: _Drawing, model: type[Any], key: str, row: Row, subject: Row) -> None:
    told = {row["court_id"]: codes.MirrorCapacity.SOURCE}
    if subject["organization_id"] is not None:
        told.setdefault(subject["organization_id"], codes.MirrorCapacity.SUBJECT)
    for organization, capacity in told.items():
        drawing.content.add(
            model,
            **{key: row["id"]},
            organization_id=organization,
            tenant_id=row["tenant_id"],
            capacity=capacity,
            jurisdiction_path=row["jurisdiction_path"],
            listed_on=row["listed_on"],
        )


def _entry(drawing: _Drawing, placed: Row, case: Row, subject: Row, number: int) -> None:
    row = drawing.content.add(
        models.CaseListEntry,
        id=drawing.id(),
        list_kind=drawing.pick((codes.CaseListKind.PENDING, codes.CaseListKind.TERMINATED_THIS_EXECUTION)),
        status=drawing.pick(codes.MirrorStatus),
        subject_id=subject["id"],
        role=drawing.pick(codes.CasePartyRole),
        government_subject=subject["government_subject"],
        claim_amount_fen=drawing.pick((None, drawing.random.randrange(10**9))),
        listed_on=drawing.pick((drawing.day(), date(2026, 3, 1))),
        **_mirrored(drawing, number, case),
        **drawing.stamps(),
        **placed,
    )
    _parties(drawing, models.CaseListEntryParty, "entry_id", row, subject)


def _listing(drawing: _Drawing, placed: Row, case: Row, subject: Row, number: int) -> None:
    row = drawing.content.add(
        models.DishonestyRecord,
        id=drawing.id(),
        status=drawing.pick((*codes.DishonestyStatus, codes.DishonestyStatus.PUBLISHED)),
        mirror_status=drawing.pick(codes.MirrorStatus),
        subject_id=subject["id"],
        government_subject=subject["government_subject"],
        legal_representative=drawing.pick((None, drawing.mark("法人"))),
        execution_basis=drawing.pick((None, drawing.mark("依据"))),
        duty=drawing.pick((None, drawing.mark("义务"))),
        performance=drawing.pick((None, "未履行")),
        case_facts=drawing.pick((None, drawing.mark("案情"))),
        conduct=drawing.pick((None, drawing.mark("行为"))),
        grounds=drawing.pick(([], [1], [1, 3])),
        listed_on=drawing.pick((drawing.day(), date(2026, 3, 1))),
        published_on=drawing.pick((None, drawing.day())),
        deleted_on=drawing.pick((None, drawing.day())),
        **_mirrored(drawing, number, case),
        **drawing.stamps(),
        **placed,
    )
    _parties(drawing, models.DishonestyRecordParty, "record_id", row, subject)
    _of_listing(drawing, placed, row)


def _of_listing(drawing: _Drawing, placed: Row, listing: Row) -> None:
    """A repair with a period, an objection and a remark."""
    about = {"record_id": listing["id"], "court_id": listing["court_id"]}
    units = sorted(drawing.world.organizations.values())
    repair = drawing.content.add(
        models.CreditRepair,
        id=drawing.id(),
        path=drawing.pick(repair_codes.RepairPath),
        status=drawing.pick(repair_codes.RepairStatus),
        severity=drawing.pick(repair_codes.Severity),
        case_number=drawing.mark("案号"),
        organization_id=drawing.pick((None, *units)),
        applicant_id=drawing.pick((None, *units)),
        performance=drawing.pick((None, *repair_codes.PerformanceKind)),
        document_name=drawing.pick((None, drawing.mark("文书"))),
        missing=[],
        decision_reason=drawing.pick((None, drawing.mark("理由"))),
        objection=drawing.pick((None, drawing.mark("异议"))),
        end_reason=drawing.pick((None, drawing.mark("终止"))),
        status_since=drawing.moment(),
        version=1,
        **about,
        **drawing.stamps(),
        **placed,
    )
    drawing.content.add(
        models.CreditRepairClock,
        repair_id=repair["id"],
        kind=drawing.pick(repair_codes.RepairClock),
        tenant_id=placed["tenant_id"],
        anchor_on=drawing.day(),
        due_on=drawing.day(),
        clause=drawing.mark("条款"),
        origin=drawing.pick(repair_codes.ClockOrigin),
        provisional=False,
    )
    drawing.content.add(
        models.CreditObjection,
        id=drawing.id(),
        kind=drawing.pick(objection_codes.ObjectionKind),
        status=drawing.pick(objection_codes.ObjectionStatus),
        case_number=drawing.mark("案号"),
        organization_id=drawing.pick(units),
        grounds=drawing.mark("理由"),
        due_provisional=False,
        decision=drawing.pick((None, drawing.mark("决定"))),
        status_since=drawing.moment(),
        version=1,
        **about,
        **drawing.stamps(),
        **placed,
    )
    drawing.content.add(
        models.ListingRemark,
        id=drawing.id(),
        kind=drawing.pick(objection_codes.RemarkKind),
        organization_id=drawing.pick(units),
        note=drawing.mark("批注"),
        **about,
        **drawing.stamps(),
        **placed,
    )


def _exchange(drawing: _Drawing, county: str, placed: Row, provided: Row) -> None:
    for number in range(3):
        batch = _batch(drawing, number + 1, provided)
        for row_number in range(3):
            _message(drawing, placed, provided, batch, row_number)
        for kind in codes.CaseListKind:
            _comparison(drawing, provided, batch, kind)
        drawing.content.add(
            models.DataQualityIssue,
            id=drawing.id(),
            kind=drawing.pick(codes.IssueKind),
            about=drawing.mark("关于"),
            occurrences=1,
            first_seen_at=drawing.moment(),
            last_seen_at=drawing.moment(),
            resolved_at=drawing.pick((None, drawing.moment())),
            **provided,
        )
        drawing.content.add(
            models.FeedRow,
            id=drawing.id(),
            list_kind=drawing.pick(codes.CaseListKind),
            record_id=drawing.id(),
            basis=drawing.moment(),
            body={
                "case_number": drawing.mark("案号"),
                "subject_name": drawing.mark("主体"),
                "uscc": "",
                "status": "ACTIVE",
            },
            digest="3" * 64,
            push_key=drawing.id(),
            state=drawing.pick(codes.FeedState),
            reason=drawing.pick((None, drawing.mark("退回"))),
            attempts=1,
            sent_at=drawing.pick((None, drawing.moment())),
            answered_at=drawing.pick((None, drawing.moment())),
            **provided,
        )
        drawing.content.add(
            models.SubjectMatch,
            id=drawing.id(),
            tenant_id=placed["tenant_id"],
            name=drawing.mark("待比对"),
            status=drawing.pick(codes.SubjectMatchStatus),
            matched_organization_id=drawing.pick((None, drawing.unit(county))),
            decided_at=drawing.pick((None, drawing.moment())),
            version=1,
            **drawing.stamps(),
            **provided,
        )
    drawing.content.add(
        models.ConnectorState,
        id=drawing.id(),
        name=drawing.mark("连接器"),
        card={
            "owner": "法院",
            "contact": "联络员",
            "specification": "1",
            "capabilities": [],
            "zone": "FERRY",
            "liveRead": False,
            "lists": [],
        },
        condition=drawing.pick(codes.ConnectorCondition),
        failure_code=drawing.pick((None, "CONNECTOR_FAILED")),
        last_polled_at=drawing.moment(),
        last_success_at=drawing.pick((None, drawing.moment())),
        last_batch=drawing.pick((None, 3)),
        stale_at=drawing.pick((None, drawing.moment())),
        **provided,
    )


def _batch(drawing: _Drawing, number: int, provided: Row) -> Row:
    return drawing.content.add(
        models.InboxBatch,
        id=drawing.id(),
        number=number,
        kind=drawing.pick((None, *codes.BatchKind)),
        status=drawing.pick(codes.BatchStatus),
        receipt_number=drawing.mark("回执"),
        digest="1" * 64,
        manifest="{}",
        lists=["PENDING"],
        declared_rows=3,
        accepted_rows=3,
        unchanged_rows=0,
        duplicate_rows=0,
        faulty_rows=0,
        reasons=drawing.pick(([], [REASON])),
        sent_at=drawing.pick((None, drawing.moment())),
        received_at=drawing.moment(),
        settled_at=drawing.pick((None, drawing.moment())),
        **provided,
    )


def _message(drawing: _Drawing, placed: Row, provided: Row, batch: Row, number: int) -> None:
    key = drawing.id()
    body = json.dumps({"案号": drawing.mark("内容")}, ensure_ascii=False)
    sealed = drawing.world.keyring.seal(body, context=message_context(key))
    drawing.content.add(
        models.InboxMessage,
        id=key,
        tenant_id=placed["tenant_id"],
        message_id=drawing.mark("报文"),
        version=1,
        revision=0,
        batch_id=batch["id"],
        list_kind=drawing.pick(codes.CaseListKind),
        file="1.csv",
        row_number=number + 1,
        business_key=drawing.mark("键"),
        body_sealed=drawing.pick((None, sealed)),
        digest="2" * 64,
        state=drawing.pick(codes.InboxStatus),
        reasons=drawing.pick(([], [REASON])),
        attempt=0,
        received_at=drawing.moment(),
        settled_at=drawing.pick((None, drawing.moment())),
        **provided,
    )


def _comparison(drawing: _Drawing, provided: Row, batch: Row, kind: codes.CaseListKind) -> None:
    drawing.content.add(
        models.Reconciliation,
        id=drawing.id(),
        batch_id=batch["id"],
        list_kind=kind,
        as_of=drawing.moment(),
        at=drawing.moment(),
        mirror_rows=drawing.random.randrange(100),
        snapshot_rows=drawing.random.randrange(100),
        missing_rows=0,
        ended_rows=0,
        allowed_percent=20,
        outcome=drawing.pick(codes.ReconciliationOutcome),
        **provided,
    )
