"""Acceptance scenario 16: what each role may see of debtors, and that none of the known ways round shows it more."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from connectors.sandbox.court.rows import citizen_id
from hub.canonical.codes import OrganizationKind
from hub.canonical.exchange_codes import FED_LISTS, CaseListKind
from hub.core.ids import encode_node_id, new_id
from hub.core.principal import RoleName
from hub.db import models
from hub.integrity.background import work_on_integrity
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support import world as worlds
from tests.support.bulk import Bulk
from tests.support.court import DISHONEST, Court, code_of, court_at, settle
from tests.support.world import COUNTY

RESTRICTED = CaseListKind.CONSUMPTION_RESTRICTION
FACTS, PERSON = "拖欠工程尾款", "王建国"
NUMBER = citizen_id("410825", Random(7))
LISTED = """{ dishonestyRecords { totalCount nodes { id status caseNumber caseFacts legalRepresentative
    subject { name uscc organization { name } transfers { reason } } case { caseNumber cause } steps { event }
    clocks { kind } } } }"""
ORDERED = "{ consumptionRestrictions { totalCount nodes { id caseNumber persons { nameMasked } steps { status } } } }"
PAGES = (LISTED, ORDERED)
BY_NUMBER = "query($n: String!) { dishonestyRecords(filter: {caseNumber: $n}) { totalCount nodes { id } } }"
NODE = "query($id: ID!) { node(id: $id) { id } }"
CHECK = """mutation C($input: ChecksAskedInput!) { checkSubjects(input: $input) {
    ... on SubjectsChecked { clear } ... on Refusal { code reasons { code } } } }"""
EVERYTHING = "{ dishonestyRecords { edges { node { caseNumber caseFacts subject { name } } } } }"
DEEP = "{ viewer { " + "organization { jurisdiction { parent { " * 12 + "name" + " } } }" * 12 + " } }"
WIDE = "{ " + " ".join(f"a{n}: dishonestyRecords {{ totalCount }}" for n in range(300)) + " }"
BACK_IN_TIME = '{ dishonestyRecords(asOf: "2026-01-01") { totalCount } }'
MORE = (
    ("politics", "政法委", RoleName.POLITICAL_LEGAL_COMMITTEE),
    ("discipline", "纪委监委", RoleName.DISCIPLINE_SUPERVISION),
    ("personnel", "组织部", RoleName.ORGANISATION_DEPARTMENT),
    ("evaluator", "第三方评估机构", RoleName.THIRD_PARTY_EVALUATOR),
)


@dataclass(frozen=True)
class May:
    """Which of the listings (1 published, 2 in grace, 3 of a person) a client reads, of how many the narrative, and
    how many orders."""

    listings: frozenset[int] = field(default_factory=frozenset)
    narratives: bool = False
    orders: int = 0


ALL, FIRST = frozenset({1, 2, 3}), frozenset({1})
ROLES = {
    "county.court": May(ALL, True, 1),
    "county.credit": May(ALL, True, 1),
    "county.audit": May(ALL, True, 1),
    "county.police": May(FIRST, True, 1),
    "county.finance": May(frozenset({2}), True),
    "county.office": May(FIRST, True),
    "county.government": May(FIRST, True),
    "county.politics": May(FIRST, True),
    "city.court": May(ALL, True),
    "city.police": May(FIRST),
}
"""Everybody else, of this county and of the neighbour's, reads nothing at all."""
ALIKE = {f"neighbour.{unit}" for unit in ("police", "civil", "government", "audit", "admin", "portal")}
"""Told apart from others of the neighbour's by nothing that this asks about."""


@pytest.fixture
async def court(steps: Steps, runtime: Runtime, tmp_path: Path) -> Court:
    world = steps.world
    await settle(world)
    await steps.adopt(
        **{
            "push.case_lists": [kind.value for kind in FED_LISTS],
            "push.consumption_restrictions": True,
            "check.day.subjects": 20,
        }
    )
    async with world.sessions.system("test") as session:
        for key, name, role in MORE:
            worlds._add_unit(world, session, f"county.{key}", COUNTY, name, OrganizationKind.PARTY_ORGAN, (role,))
    court = court_at(world, runtime, tmp_path)
    court.send(
        (DISHONEST, court.row(DISHONEST, 1, "police", 状态="已公布", 基本案情=FACTS)),
        (DISHONEST, court.row(DISHONEST, 2, "finance", 状态="宽限期内", 基本案情=FACTS)),
        (DISHONEST, court.person(3, 名称=PERSON, 公民身份号码=NUMBER, 基本案情=FACTS)),
        (RESTRICTED, court.order(4, "police", 限制消费人员=f"法定代表人/{PERSON}/{NUMBER}")),
    )
    await court.hear()
    return court


async def nodes(steps: Steps, key: str, query: str) -> list[Any]:
    """What of a list a client reads and counts; nothing where its role has no business with it."""
    answer = await (await steps.client(key)).ask(query)
    if "errors" in answer:
        assert answer["data"] is None
        assert answer["errors"][0]["extensions"]["code"] == "SCOPE_REQUIRED", key
        return []
    (page,) = answer["data"].values()
    assert page["totalCount"] == len(page["nodes"]), key
    return list(page["nodes"])


def without_cost(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer but for the quota, which shrinks with every operation."""
    return {name: value for name, value in answer.items() if name != "extensions"}


@pytest.mark.scenario(16)
async def test_each_role_reads_its_own_and_no_way_round_shows_it_more(steps: Steps, court: Court) -> None:
    numbers = {court.case(number).case_number: number for number in (1, 2, 3)}
    every = [await nodes(steps, "county.court", query) for query in PAGES]
    ids = {each["id"] for page in every for each in page}
    assert len(ids) == 4
    for key in [key for key in steps.world.principals if key not in ALIKE]:
        may, client = ROLES.get(key, May()), await steps.client(key)
        listed, ordered = [await nodes(steps, key, query) for query in PAGES]
        assert {numbers[each["caseNumber"]] for each in listed} == may.listings, key
        assert len(ordered) == may.orders, key
        assert {each["caseFacts"] for each in listed} <= {FACTS if may.narratives else None}, key
        said = json.dumps([listed, ordered], ensure_ascii=False)
        assert PERSON not in said, key
        assert NUMBER not in said, key
        for number, case in numbers.items():
            found = await client.ask(BY_NUMBER, {"n": number})
            page = (found.get("data") or {}).get("dishonestyRecords") or {"totalCount": 0}
            assert page["totalCount"] == (case in may.listings), (key, number)
            assert number not in json.dumps(found, ensure_ascii=False), key
        seen = {each["id"] for each in (*listed, *ordered)}
        missing = without_cost(await client.ask(NODE, {"id": encode_node_id("DR", new_id())}))
        for hidden in sorted(ids - seen):
            assert without_cost(await client.ask(NODE, {"id": hidden})) == missing, key
        for query in (DEEP, WIDE, BACK_IN_TIME):
            answer = (await client.post({"query": query})).json()
            assert "errors" in answer, (key, query[:40])
            assert answer.get("data") is None, key


@pytest.mark.scenario(16)
async def test_checks_exports_introspection_and_old_tokens_are_no_way_round(
    steps: Steps, court: Court, runtime: Runtime, http: httpx.AsyncClient
) -> None:
    given = {"serviceCaseNumber": "采-1", "serviceItem": "采购"}
    subjects = [{"name": f"某某单位{number}"} for number in range(15)] + [{"citizenId": NUMBER}]
    first = (await steps.read("civil", CHECK, input={**given, "subjects": subjects}))["checkSubjects"]
    assert first == {"clear": 15}
    again = (await steps.read("civil", CHECK, input={**given, "subjects": subjects}))["checkSubjects"]
    assert again["code"] == "CHECK_BUDGET"
    for key in ("county.credit", "county.police", "county.civil"):
        client = await steps.client(key)
        bulk = Bulk(runtime, http)
        done = await bulk.done(client, EVERYTHING)
        lines = (await bulk.get(done["url"])).text if done["url"] else ""
        assert lines.count("caseNumber") == len(ROLES.get(key, May()).listings), key
        assert PERSON not in lines
    for key, refused in (("county.portal", True), ("county.discipline", True)):
        answer = (await (await steps.client(key)).post({"query": "{ __schema { types { name } } }"})).json()
        assert ("errors" in answer) is refused, key
    police, table = await steps.client("county.police"), models.Organization
    assert await nodes(steps, "county.police", LISTED) != []
    units = steps.world.organizations
    ended = {"valid_to": steps.world.clock().date() - timedelta(days=1), "successor_id": units["county.civil"]}
    async with steps.world.sessions.system("test") as session:
        await session.execute(update(table).where(table.id == units["county.police"]).values(**ended))
    async with steps.world.sessions.system("integrity") as session:
        await work_on_integrity(session, runtime.policy, runtime.keyring, steps.world.clock())
    stale = await police.ask(LISTED)
    assert FACTS not in json.dumps(stale, ensure_ascii=False)
    assert code_of("county.police") not in json.dumps(stale)
    assert [each["caseFacts"] for each in await nodes(steps, "county.civil", LISTED)] == [FACTS]
