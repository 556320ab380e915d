"""Supervision of a generated world: notices with their parties and documents, reports, what follows."""

from __future__ import annotations

import hashlib
from uuid import UUID

from hub.canonical import supervision_codes as codes
from hub.db import models
from tests.support.drawing import Drawing
from tests.support.rows import Row


class Supervision(Drawing):
    def _supervision(self, county: str, placed: Row) -> None:
        for number in range(self.size):
            notice = self._notice(county, placed, number)
            self._of_notice(county, placed, notice)
            self._following(county, placed, notice)
            self._report(county, placed, number)

    def _notice(self, county: str, placed: Row, number: int) -> Row:
        status = self.pick(codes.NoticeStatus)
        issued = status not in codes.NOTICE_DRAFTS
        due = self.day()
        at = self.moment()
        return self.content.add(
            models.SupervisionNotice,
            id=self.id(),
            kind=self.pick(codes.NoticeKind),
            status=status,
            trigger=codes.NoticeTrigger.MANUAL,
            issuer_id=self.unit(county),
            co_issuer_ids=self.units(county, 1),
            subject_id=self.unit(county),
            title=self.mark("函件"),
            facts=self.mark("情况"),
            demand=self.mark("要求"),
            case_number=self.pick((None, self.mark("案号"))),
            clause=self.pick((None, "四(一)")),
            document_no=f"{county}督〔2026〕{number + 1}号" if issued else None,
            issued_at=at if issued else None,
            due_on=due,
            due_at=at,
            due_sort=due,
            deadline_basis=self.explanation(),
            responsible_leader=self.pick((None, self.mark("领导"))),
            responsible_person=self.pick((None, self.mark("责任人"))),
            extension_reason=self.pick((None, self.mark("延期"))),
            extension_count=0,
            urge_count=0,
            escalation_level=0,
            reply=self.pick((None, self.mark("回复"))),
            reply_evidence=[{"name": self.mark("凭证"), "digest": "a" * 64}],
            return_reason=self.pick((None, self.mark("退回"))),
            close_reason=self.pick((None, self.mark("结案"))),
            version=1,
            status_since=at,
            **self.stamps(),
            **placed,
        )

    def _of_notice(self, county: str, placed: Row, notice: Row) -> None:
        told = [notice["subject_id"], *self.units(county, 2)] if notice["issued_at"] else []
        for unit in dict.fromkeys([notice["issuer_id"], *notice["co_issuer_ids"], *told]):
            self.content.add(
                models.SupervisionNoticeParty,
                notice_id=notice["id"],
                organization_id=unit,
                tenant_id=notice["tenant_id"],
                capacity=codes.NoticeCapacity.CC if unit in told else codes.NoticeCapacity.CO_ISSUER,
                due_sort=notice["due_sort"],
                jurisdiction_path=notice["jurisdiction_path"],
            )
        self.content.add(
            models.NoticeRecipient,
            id=self.id(),
            notice_id=notice["id"],
            organization_id=notice["subject_id"],
            role=codes.RecipientRole.SUBJECT,
            received_by=self.mark("签收"),
            **self.stamps(),
            **placed,
        )
        if notice["issued_at"]:
            self._document(placed, notice["id"])

    def _document(self, placed: Row, target: UUID) -> None:
        content = self.mark("文件").encode()
        self.content.add(
            models.OfficialDocument,
            id=self.id(),
            target_id=target,
            version=1,
            file_name=self.mark("附件"),
            media_type="text/plain",
            content=content,
            digest=hashlib.sha256(content).hexdigest(),
            **self.stamps(),
            **placed,
        )

    def _following(self, county: str, placed: Row, notice: Row) -> None:
        self.content.add(
            models.AwardRestriction,
            id=self.id(),
            organization_id=notice["subject_id"],
            year=2000 + len(self.content.of(models.AwardRestriction)),
            issuer_id=notice["issuer_id"],
            notice_id=notice["id"],
            reason=self.mark("理由"),
            lift_reason=None,
            version=1,
            **self.stamps(),
            **placed,
        )
        self.content.add(
            models.Interview,
            id=self.id(),
            status=self.pick(codes.InterviewStatus),
            interviewer_id=self.unit(county),
            organization_id=self.unit(county),
            notice_id=notice["id"],
            subject=self.mark("约谈"),
            planned_on=self.day(),
            attendee=self.pick((None, self.mark("到场"))),
            minutes=self.pick((None, self.mark("纪要"))),
            cancel_reason=self.pick((None, self.mark("取消"))),
            version=1,
            **self.stamps(),
            **placed,
        )
        self.content.add(
            models.CaseReport,
            id=self.id(),
            kind=self.pick(codes.CaseReportKind),
            court_id=self.unit(county),
            case_number=self.mark("案号"),
            organization_id=self.unit(county),
            happened_on=self.day(),
            **self.stamps(),
            **placed,
        )
        self._referral(county, placed)

    def _referral(self, county: str, placed: Row) -> None:
        shared = {
            "id": self.id(),
            "kind": self.pick(codes.ReferralKind),
            "sender_id": self.unit(county),
            "receiver_id": self.unit(county),
            **self.stamps(),
            **placed,
        }
        said = {"title": self.mark("线索"), "content": self.mark("线索内容"), "basis": self.mark("依据")}
        self.content.add(models.Referral, organization_id=self.unit(county), **said, **shared)
        self.content.add(
            models.ReferralReceipt,
            digest=hashlib.sha256(said["content"].encode()).hexdigest(),
            sent_at=self.moment(),
            received_by=self.pick((None, self.mark("签收人"))),
            version=1,
            **shared,
        )

    def _report(self, county: str, placed: Row, number: int) -> None:
        issued, at, due = self.chance(0.6), self.moment(), self.day()
        report = self.content.add(
            models.PeriodicReport,
            id=self.id(),
            kind=self.pick(codes.PeriodicReportKind),
            status=codes.PeriodicReportStatus.ISSUED if issued else codes.PeriodicReportStatus.COMPILED,
            issuer_id=self.unit(county),
            recipient_ids=self.units(county, 3),
            period=f"2026-{number + 1:02}",
            period_from=due,
            period_to=due,
            edition=1,
            title=self.mark("报告"),
            cutoff_at=at,
            due_on=due,
            due_at=at,
            figures=[{"name": self.mark("指标"), "value": number}],
            entries=[],
            signed_by=self.pick((None, self.mark("签发人"))),
            issued_at=at if issued else None,
            version=1,
            status_since=at,
            **self.stamps(),
            **placed,
        )
        for unit in dict.fromkeys([report["issuer_id"], *(report["recipient_ids"] if issued else [])]):
            self.content.add(
                models.PeriodicReportParty,
                report_id=report["id"],
                organization_id=unit,
                tenant_id=report["tenant_id"],
                jurisdiction_path=report["jurisdiction_path"],
                due_on=due,
            )
        if issued:
            self._document(placed, report["id"])
