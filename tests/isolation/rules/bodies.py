"""Bodies: for whoever is at work in the place, and for members from elsewhere; answers to a client are its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.core.principal import RoleName as R
from hub.db import models

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row

OUTSIDE = {R.PORTAL, R.THIRD_PARTY_EVALUATOR, R.DISCIPLINE_SUPERVISION, R.ORGANISATION_DEPARTMENT}
"""Who is at work in a place and yet no part of its mechanism."""


def _body(oracle: Oracle, row: Row) -> bool:
    members = oracle.content.of(models.BodyMembership)
    member = any(each["body_id"] == row["id"] and each["organization_id"] == oracle.own for each in members)
    return member or oracle.covers(set(R) - OUTSIDE, row)


RULES = {
    models.CoordinationBody: _body,
    models.IdempotencyRecord: lambda oracle, row: row["subject"] == oracle.principal.subject,
}
PATHS = (
    "{ coordinationBodies(first: 100) { totalCount nodes { name memberships { post } liaisons { post } } } }",
    "{ supervisionNotices(first: 100) { nodes { signatures { signedBy post organization { name } } } } }",
)
