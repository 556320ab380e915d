"""A generated world: rows of every protected kind over a city and its counties, drawn from a seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from hub.canonical import codes
from hub.core.ids import encode_node_id
from hub.core.principal import Function, RoleName
from hub.db import models
from hub.policy.loader import load_shipped_packs
from hub.policy.pack import pack_to_plain
from tests.support import (
    drawn_bankruptcy,
    drawn_bodies,
    drawn_campaign,
    drawn_credit,
    drawn_evasion,
    drawn_funds,
    drawn_inquiry,
    drawn_orders,
    drawn_shared,
)
from tests.support import world as base
from tests.support.drawn_alerts import draw_alerts
from tests.support.drawn_backdrop import draw_backdrop
from tests.support.drawn_lists import Lists
from tests.support.drawn_records import Records
from tests.support.drawn_supervision import Supervision
from tests.support.drawn_work import Work
from tests.support.mirrored_content import draw_mirrors
from tests.support.rows import Content
from tests.support.world import CITY, COUNTY, NEIGHBOUR, PATHS, World

COUNTIES = {"county": COUNTY, "neighbour": NEIGHBOUR}

SEVERAL: dict[str, tuple[tuple[RoleName, str], ...]] = {
    "city.office": ((RoleName.JOINT_MEETING_OFFICE, CITY),),
    "city.audit": ((RoleName.AUDITOR, CITY),),
    "city.tax": ((RoleName.MEMBER_DEPARTMENT, COUNTY), (RoleName.MEMBER_DEPARTMENT, NEIGHBOUR)),
    "city.court": ((RoleName.COURT, COUNTY), (RoleName.COURT, NEIGHBOUR), (RoleName.CREDIT_OFFICE, NEIGHBOUR)),
    "city.committee": ((RoleName.POLITICAL_LEGAL_COMMITTEE, COUNTY),),
    "city.highcourt": ((RoleName.SUPERIOR_DEPARTMENT, CITY),),
    "city.evaluator": ((RoleName.THIRD_PARTY_EVALUATOR, COUNTY),),
}
"""Organisations of the city that act in several jurisdictions, or in one above the counties. ``city.court`` is the
superior of courts and not there as such; ``city.police`` of a court too, without being one."""


async def enlarge(world: World) -> None:
    """Give the world organisations with several functions, and the superior its jurisdiction."""
    async with world.sessions.system("test") as session:
        for key, functions in SEVERAL.items():
            kind = codes.OrganizationKind.COURT if key.endswith("court") else codes.OrganizationKind.GOV_DEPARTMENT
            base._add_unit(world, session, key, CITY, f"焦作市{key}", kind, ())
            roles = tuple(role for role, _ in functions)
            acting = base._principal(key, world.organizations[key], roles, "")
            placed = tuple(Function(role, PATHS[code]) for role, code in functions)
            world.principals[key] = replace(acting, functions=placed)
            await session.flush()
            for role, code in functions:
                session.add(
                    models.OrganizationFunction(
                        organization_id=world.organizations[key],
                        jurisdiction_id=world.jurisdictions[code],
                        role=role,
                        valid_from=base.START,
                    )
                )
        for superior in ("city.court", "city.highcourt", "city.police"):
            base._add_superior(world, session, "county.court", superior)
        base._add_superior(world, session, "neighbour.court", "city.court")
        session.add(
            models.OrganizationFunction(
                organization_id=world.organizations["county.civil"],
                jurisdiction_id=world.jurisdictions[COUNTY],
                role=RoleName.COURT,
                valid_from=base.START,
                valid_to=base.START,
            )
        )
    for key in ("city.justice", "city.police"):
        placed = (Function(RoleName.SUPERIOR_DEPARTMENT, PATHS[CITY]),)
        world.principals[key] = replace(world.principals[key], functions=placed)


def draw_content(world: World, seed: int, *, size: int = 8) -> Content:
    """``size`` rows of each aggregate in each county, with what hangs on them."""
    return _Drawn(world, Random(seed), size).draw()


class _Drawn(Lists, Work, Records, Supervision):
    def draw(self) -> Content:
        for county, code in COUNTIES.items():
            placed = {
                "tenant_id": self.world.jurisdictions[CITY],
                "jurisdiction_id": self.world.jurisdictions[code],
                "jurisdiction_path": PATHS[code],
            }
            self._lists(county, placed)
            self._meetings(county, placed)
            self._tasks(county, placed)
            self._matters_and_requests(county, placed)
            self._people(county, placed)
            self._records(county, placed)
        self._reference()
        for county, code in COUNTIES.items():
            draw_mirrors(
                self,
                county,
                {
                    "tenant_id": self.world.jurisdictions[CITY],
                    "jurisdiction_id": self.world.jurisdictions[code],
                    "jurisdiction_path": PATHS[code],
                },
            )
        for county, code in COUNTIES.items():
            placed = {
                "tenant_id": self.world.jurisdictions[CITY],
                "jurisdiction_id": self.world.jurisdictions[code],
                "jurisdiction_path": PATHS[code],
            }
            self._supervision(county, placed)
            drawn_bodies.draw_bodies(self, county, placed)
            drawn_bodies.draw_signatures(self, county, placed)
            drawn_inquiry.draw_inquiry(self, county, placed)
            drawn_orders.draw_orders(self, county, placed)
            drawn_shared.draw_shared(self, county, placed)
            drawn_funds.draw_funds(self, county, placed)
            drawn_bankruptcy.draw_bankruptcies(self, county, placed)
            drawn_campaign.draw_campaigns(self, county, placed)
            drawn_evasion.draw_evasion(self, county, placed)
            draw_alerts(self, county, placed)
        draw_backdrop(self)
        for county, code in COUNTIES.items():
            placed = {
                "tenant_id": self.world.jurisdictions[CITY],
                "jurisdiction_id": self.world.jurisdictions[code],
                "jurisdiction_path": PATHS[code],
            }
            drawn_credit.draw_credit(self, county, placed)
        return self.content

    def _reference(self) -> None:
        shipped = {pack.jurisdiction_code: pack for pack in load_shipped_packs()}
        for number, (code, origin) in enumerate(((CITY, "411700"), (COUNTY, "410825"))):
            self.content.add(
                models.PolicyPackRow,
                id=self.id(),
                jurisdiction_id=self.world.jurisdictions[code],
                version=f"2026.{number + 1}",
                effective_from=date(2026, 1 + number, 1),
                content=pack_to_plain(shipped[origin]),
                created_at=self.moment(),
            )
        courts = (*(f"{county}.court" for county in COUNTIES), "city.court", "city.highcourt")
        for number, court in enumerate(courts):
            self.content.add(
                models.Court,
                organization_id=self.world.organizations[court],
                court_code=f"豫08{number}",
                court_level=codes.CourtLevel.INTERMEDIATE if court.startswith("city") else codes.CourtLevel.BASIC,
            )


TAGS: dict[type[Any], str] = {
    models.DoubleList: "DL",
    models.DoubleListItem: "DI",
    models.ProgressReport: "PR",
    models.Responsibility: "RE",
    models.JointMeeting: "JM",
    models.Resolution: "RS",
    models.LinkageTask: "LT",
    models.LinkageMatter: "LM",
    models.CoordinationRequest: "CR",
    models.Alert: "AL",
    models.MembershipChange: "MC",
    models.Liaison: "LI",
    models.BodyMembership: "MS",
    models.AuditEvent: "AE",
    models.PolicyPackRow: "PP",
    models.Subject: "SU",
    models.LegalCase: "LC",
    models.CaseListEntry: "CE",
    models.DishonestyRecord: "DR",
    models.SubjectMatch: "SM",
    models.InboxBatch: "IB",
    models.InboxMessage: "IM",
    models.Reconciliation: "RC",
    models.DataQualityIssue: "DQ",
    models.FeedRow: "FR",
    models.ConnectorState: "CN",
    models.SupervisionNotice: "SN",
    models.CaseReport: "GR",
    models.AwardRestriction: "AW",
    models.Interview: "IV",
    models.ReferralReceipt: "RR",
    models.Referral: "RF",
    models.PeriodicReport: "PE",
    models.CreditRepair: "CX",
    models.CreditObjection: "CJ",
    models.ListingRemark: "LR",
}
TAGS |= drawn_bodies.TAGS
TAGS |= drawn_inquiry.TAGS
TAGS |= drawn_orders.TAGS
TAGS |= drawn_shared.TAGS
TAGS |= drawn_funds.TAGS
TAGS |= drawn_bankruptcy.TAGS
TAGS |= drawn_campaign.TAGS
TAGS |= drawn_credit.TAGS
TAGS |= drawn_evasion.TAGS


def node_ids(world: World, content: Content) -> list[str]:
    """Ids of everything there is, whoever may see it."""
    found = [encode_node_id(tag, row["id"]) for model, tag in TAGS.items() for row in content.of(model)]
    found += [encode_node_id("OR", world.organizations[key]) for key in sorted(world.organizations)]
    found += [encode_node_id("JU", world.jurisdictions[key]) for key in sorted(world.jurisdictions)]
    return found + [encode_node_id("CB", world.bodies[key]) for key in sorted(world.bodies)]
