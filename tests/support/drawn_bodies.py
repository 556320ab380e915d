"""Further bodies of a generated world with a member from elsewhere, signatures under notices, answers to keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub.canonical import codes
from hub.db import models
from tests.support.world import START

if TYPE_CHECKING:
    from tests.support.content import Row, _Drawing

TAGS: dict[type[Any], str] = {models.CoordinationBody: "CB"}


def draw_bodies(drawing: _Drawing, county: str, placed: Row) -> None:
    body = drawing.content.add(
        models.CoordinationBody,
        id=drawing.id(),
        kind=codes.BodyKind.CENTER,
        name=drawing.mark("中心"),
        version=1,
        **drawing.stamps(),
        **placed,
    )
    rows = drawing.content.rows
    bodies = {models.CoordinationBody: rows.pop(models.CoordinationBody)}
    drawing.content.rows = bodies | rows  # members of other bodies are drawn by now, and go in after all bodies
    member = "neighbour.police" if county == "county" else "county.finance"
    drawing.content.add(
        models.BodyMembership,
        id=drawing.id(),
        body_id=body["id"],
        organization_id=drawing.world.organizations[member],
        role=codes.MembershipRole.MEMBER,
        post=drawing.mark("成员"),
        valid_from=START,
        valid_to=None,
        **drawing.stamps(),
        **placed,
    )
    for unit in ("court", "police"):
        drawing.content.add(
            models.IdempotencyRecord,
            subject=f"{county}.{unit}",
            key=drawing.mark("键"),
            request_digest="f" * 64,
            outcome={"made": str(drawing.id())},
            created_at=drawing.moment(),
        )


def draw_signatures(drawing: _Drawing, _county: str, placed: Row) -> None:
    path = placed["jurisdiction_path"]
    notices = [row for row in drawing.content.of(models.SupervisionNotice) if row["jurisdiction_path"] == path]
    for notice in notices:
        drawing.content.add(
            models.NoticeSignature,
            id=drawing.id(),
            notice_id=notice["id"],
            organization_id=notice["issuer_id"],
            signed_by=drawing.mark("签发"),
            post="局长",
            signed_at=drawing.moment(),
            **drawing.stamps(),
            **placed,
        )
