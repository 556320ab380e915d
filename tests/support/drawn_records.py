"""Members and liaisons, alerts and the audit log of a generated world."""

from __future__ import annotations

from hub.canonical import codes
from hub.db import models
from hub.organizations.liaisons import phone_context
from tests.support import world as base
from tests.support.drawing import UNITS, Drawing
from tests.support.rows import Row


class Records(Drawing):
    def _people(self, county: str, placed: Row) -> None:
        body = self.world.bodies[county]
        for _ in range(self.size):
            self.content.add(
                models.MembershipChange,
                id=self.id(),
                body_id=body,
                kind=self.pick(codes.MembershipChangeKind),
                organization_id=self.unit(county),
                role=self.pick(codes.MembershipRole),
                post=self.mark("拟任"),
                reason=self.mark("调整理由"),
                proposer_id=self.unit(county),
                effective_on=self.day(),
                status=self.pick(codes.MembershipChangeStatus),
                decided_at=self.pick((None, self.moment())),
                version=1,
                **self.stamps(),
                **placed,
            )
            liaison = self.id()
            sealed = self.world.keyring.seal(f"1380000{self.marks:04d}", context=phone_context(liaison))
            self.content.add(
                models.Liaison,
                id=liaison,
                body_id=body,
                organization_id=self.unit(county),
                person_name=self.mark("联络员"),
                post="科员",
                phone_sealed=self.pick((None, sealed)),
                phone_masked=self.pick((None, "138****0000")),
                is_primary=self.chance(0.5),
                valid_from=base.START,
                valid_to=self.pick((None, None, self.day())),
                version=1,
                **self.stamps(),
                **placed,
            )
        self.content.add(
            models.BodyMembership,
            id=self.id(),
            body_id=body,
            organization_id=self.unit(county),
            role=self.pick(codes.MembershipRole),
            post=self.mark("历任"),
            valid_from=base.START,
            valid_to=self.day(),
            **self.stamps(),
            **placed,
        )

    def _records(self, county: str, placed: Row) -> None:
        for number in range(self.size):
            kind = self.pick((models.DoubleListItem, models.LinkageTask))
            target = self.pick(self.content.of(kind))
            self.content.add(
                models.Alert,
                id=self.id(),
                kind=self.pick(codes.AlertKind),
                severity=self.pick(codes.AlertSeverity),
                target_kind=kind.__name__,
                target_id=target["id"],
                organization_id=self.unit(county),
                title=self.mark("预警"),
                due_on=self.day(),
                offset_days=number,
                clause=self.pick((None, "四(一)")),
                raised_at=self.moment(),
                **self.stamps(),
                **placed,
            )
            self.content.add(
                models.AuditEvent,
                id=self.id(),
                at=self.moment(),
                event="item:transition",
                outcome=self.pick(("DONE", "REFUSED")),
                jurisdiction_path=placed["jurisdiction_path"],
                subject=f"{county}.{self.pick(UNITS)}",
                organization_id=self.pick((None, self.unit(county))),
                target_kind=kind.__name__,
                target_id=target["id"],
                reason=self.pick((None, "NOT_FOUND")),
                correlation_id=self.mark("关联"),
                detail={},
            )
