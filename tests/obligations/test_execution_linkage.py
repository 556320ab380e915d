"""A court tags its cases by message and in the hub; a clue to evading enforcement goes to the police alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.court import DISHONEST, PENDING, uscc
from tests.support.evading import FIGURES, Evading
from tests.support.rounds import run_job
from tests.support.world import COUNTY

SEEN = """query($id: ID!) { node(id: $id) { id } evasionClue(id: $id) { id }
    evasionClues { totalCount nodes { id } } }"""
FROZEN = {
    "期末涉民生案件": 3,
    "期末规避执行案件": 3,
    "期末涉行政机关案件": 0,
    "本期移送拒执线索": 4,
    "本期公安机关签收线索": 4,
    "本期退回补充线索": 0,
    "本期线索刑事立案": None,
    "逾期未办理线索": 3,
}
"""A count of one is left out."""
STRANGERS = (
    *("finance", "civil", "office", "government", "credit", "admin"),
    *("city.police", "city.court", "neighbour.court", "neighbour.police"),
)
"""Among them finance, the debtor of the clue."""


@pytest.fixture
async def evading(steps: Steps, runtime: Runtime, tmp_path: Path) -> Evading:
    made = Evading(steps, runtime)
    await made.prepare(tmp_path)
    return made


async def nothing_seen(steps: Steps, unit: str, clue: Any) -> None:
    """Neither by its id, nor counted, nor among the alerts, nor in what it may read of the audit."""
    client = await steps.client(unit)
    found = (await client.ask(SEEN, {"id": clue["id"]})).get("data") or {}
    assert (found.get("node"), found.get("evasionClue")) == (None, None), unit
    assert (found.get("evasionClues") or {"totalCount": 0, "nodes": []}) == {"totalCount": 0, "nodes": []}, unit
    assert "EVASION" not in str((await client.ask("{ alerts { nodes { kind } } }")).get("data")), unit
    assert "EvasionClue" not in str((await client.ask("{ auditEvents { nodes { targetKind } } }")).get("data")), unit


@pytest.mark.duty("S4-2.1.5")
async def test_a_court_tags_its_cases_and_whoever_sees_the_case_sees_the_tags(steps: Steps, evading: Evading) -> None:
    start = steps.world.clock().isoformat()
    await evading.pending(案件标签="涉民生；规避执行", 标签说明="隐匿出租收入")
    await evading.pending(2, "civil")
    number, other = (evading.court.case(each).case_number for each in (1, 2))
    for insider in ("court", "finance", "credit"):
        told = (await evading.tags(insider))[number]
        assert {kind: tag["status"] for kind, tag in told.items()} == {
            "LIVELIHOOD": "ACTIVE",
            "ENFORCEMENT_EVASION": "ACTIVE",
        }, insider
        assert (told["LIVELIHOOD"]["label"], told["LIVELIHOOD"]["clause"]) == ("涉民生案件", "二(一)"), insider
        assert (told["ENFORCEMENT_EVASION"]["ground"], told["LIVELIHOOD"]["origin"]) == ("隐匿出租收入", "MESSAGE")
    everywhere = "{ caseTags { totalCount nodes { kind } } }"
    for outsider in ("civil", "police", "neighbour.court", "neighbour.credit"):
        assert number not in await evading.tags(outsider), outsider
        assert (await steps.read(outsider, everywhere))["caseTags"] == {"totalCount": 0, "nodes": []}, outsider
    assert set(await evading.tags("court", "LIVELIHOOD", "ADMINISTRATIVE_ORGAN")) == {number}
    assert await evading.tags("court", "ADMINISTRATIVE_ORGAN") == {}

    # The newest message says all the tags there are; a late one changes nothing, nor does one without the column.
    await evading.pending(案件标签="涉民生；涉行政机关")
    await evading.pending(案件标签="规避执行", 标签说明="迟到的报文", 发生时间=start)
    await evading.pending()
    told = (await evading.tags("court"))[number]
    assert {kind: tag["status"] for kind, tag in told.items()} == {
        "LIVELIHOOD": "ACTIVE",
        "ADMINISTRATIVE_ORGAN": "ACTIVE",
        "ENFORCEMENT_EVASION": "WITHDRAWN",
    }
    assert told["ENFORCEMENT_EVASION"]["withdrawalReason"] == "法院新报文未再列明"
    of_case = "query($id: ID!) { node(id: $id) { ... on LegalCase { taggings { kinds late } } } }"
    history = {who: await steps.read(who, of_case, id=(await evading.ids(1))[0]) for who in ("court", "finance")}
    assert history["finance"]["node"]["taggings"] == []
    assert sorted((each["late"], each["kinds"]) for each in history["court"]["node"]["taggings"]) == [
        (False, ["LIVELIHOOD", "ADMINISTRATIVE_ORGAN"]),
        (False, ["LIVELIHOOD", "ENFORCEMENT_EVASION"]),
        (True, ["ENFORCEMENT_EVASION"]),
    ]
    await evading.pending(案件标签="无", 标签说明="案件性质重新认定")
    told = (await evading.tags("court"))[number]
    assert {(tag["status"], tag["withdrawalReason"]) for tag in told.values()} == {
        ("WITHDRAWN", "案件性质重新认定"),
        ("WITHDRAWN", "法院新报文未再列明"),
    }
    assert await evading.tags("court", "LIVELIHOOD", "ADMINISTRATIVE_ORGAN", "ENFORCEMENT_EVASION") == {}

    # In the hub: the court of the case alone, an open case, with its ground; taken back with a reason.
    case, _ = await evading.ids(2)
    for other_court in ("neighbour.court", "city.court"):
        assert (await evading.tag(other_court, case, "LIVELIHOOD"))["code"] == "NOT_FOUND", other_court
    assert (await evading.tag("credit", case, "LIVELIHOOD"))["code"] == "SCOPE_REQUIRED"
    assert (await evading.tag("court", case, "ENFORCEMENT_EVASION"))["code"] == "TAG_GROUND_MISSING"
    made = await evading.tag("court", case, "ENFORCEMENT_EVASION", "转移账户资金")
    assert (made["status"], made["origin"], made["version"]) == ("ACTIVE", "HUB", 1)
    assert (await evading.tag("court", case, "ENFORCEMENT_EVASION", "再次"))["code"] == "CASE_TAGGED_ALREADY"
    assert (await evading.withdraw("civil", made, "不服"))["code"] == "SCOPE_REQUIRED"
    assert (await evading.withdraw("neighbour.court", made, "误标"))["code"] == "NOT_FOUND"
    assert (await evading.withdraw("court", made, "误标", 7))["code"] == "VERSION_CONFLICT"
    assert (await evading.withdraw("court", made, " "))["code"] == "TEXT_EMPTY"
    gone = await evading.withdraw("court", made, "误标", 1)
    assert (gone["status"], gone["withdrawalReason"], gone["version"]) == ("WITHDRAWN", "误标", 2)
    assert (await evading.withdraw("court", made, "误标"))["code"] == "CASE_TAG_WITHDRAWN"
    assert (await evading.tag("court", case, "ENFORCEMENT_EVASION", "查实"))["version"] == 3
    await evading.pending(2, "civil", 结案日期="2026-06-20")
    assert (await evading.tag("court", case, "LIVELIHOOD"))["code"] == "CASE_NOT_OPEN"
    assert set((await evading.tags("civil"))[other]) == {"ENFORCEMENT_EVASION"}

    # A tag lists nobody and measures nobody.
    found = await steps.read("credit", "{ dishonestyRecords { totalCount } jointPunishmentMeasures { totalCount } }")
    assert found == {"dishonestyRecords": {"totalCount": 0}, "jointPunishmentMeasures": {"totalCount": 0}}


@pytest.mark.duty("S4-2.1.5")
async def test_a_clue_goes_to_the_police_who_file_a_case_and_nobody_else_sees_it(
    steps: Steps, evading: Evading
) -> None:
    await evading.pending(1, "finance")
    await evading.person(5, 案件标签="规避执行", 标签说明="转移房产")
    ids, person = await evading.ids(1), await evading.ids(5)
    # Beside the listing that the court told stands what it says of the case; neither changes the other.
    asked = """{ dishonestyRecords(filter: {tags: [ENFORCEMENT_EVASION]}) { nodes {
        status grounds case { tags { kind ground } } } } }"""
    (listed,) = (await steps.read("credit", asked))["dishonestyRecords"]["nodes"]
    assert (listed["status"], listed["grounds"]) == ("PUBLISHED", [1])
    assert listed["case"]["tags"] == [{"kind": "ENFORCEMENT_EVASION", "ground": "转移房产"}]
    assert (await evading.refer("neighbour.court", ids))["code"] == "NOT_FOUND"
    assert (await evading.refer("credit", ids))["code"] == "SCOPE_REQUIRED"
    assert (await evading.refer("court", (ids[0], person[1])))["code"] == "TARGET_NOT_OBLIGOR"
    bad = evading.document("流水", sha256="0" * 64)
    for wrong, code in (
        ({"evidence": []}, "CLUE_EVIDENCE_COUNT"),
        ({"evidence": [bad]}, "DOCUMENT_DIGEST"),
        ({"evidence": [evading.document("流水")] * 2}, "CLUE_EVIDENCE_TWICE"),
        ({"conducts": []}, "CLUE_CONDUCTS"),
        ({"facts": "  "}, "TEXT_EMPTY"),
    ):
        assert (await evading.refer("court", ids, **wrong))["code"] == code
    assert (await steps.read("court", "{ evasionClues { totalCount } }"))["evasionClues"]["totalCount"] == 0
    clue = await evading.refer("court", ids)
    assert (clue["status"], clue["round"], clue["dueOn"]) == ("SENT", 1, "2026-06-23"), clue
    assert (await evading.refer("court", ids))["code"] == "EVASION_CLUE_STANDS"
    for stranger in ("finance", "office", "neighbour.police"):
        assert (await evading.read(stranger, clue))["code"] in ("NOT_FOUND", "SCOPE_REQUIRED"), stranger
        refused = await evading.fire(stranger, clue, "receive", {"receivedBy": "王"})
        assert refused["code"] in ("NOT_FOUND", "SCOPE_REQUIRED"), stranger

    # The police receive it, ask for more, and get it with the court's word; what is said is read on record alone.
    assert (await evading.fire("court", clue, "receive", {"receivedBy": "王"}))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await evading.fire("police", clue, "accept", {"documentNumber": "温公受〔2026〕1号"}))[
        "code"
    ] == "EVENT_NOT_NOW"
    got = await evading.fire("police", clue, "receive", {"receivedBy": "王强"}, 1)
    assert (got["status"], got["dueOn"]) == ("RECEIVED", "2026-06-29")
    assert (await evading.fire("police", clue, "receive", {"receivedBy": "王强"}))["code"] == "EVENT_NOT_NOW"
    assert (await evading.fire("police", clue, "returnForMaterial", {"wanted": " "}))["code"] == "TEXT_EMPTY"
    back = await evading.fire("police", clue, "returnForMaterial", {"wanted": "补充房产登记信息"})
    assert back["status"] == "RETURNED"
    same = {"facts": "补充", "evidence": [evading.document("流水")]}
    assert (await evading.fire("court", clue, "supplement", same))["code"] == "CLUE_EVIDENCE_TWICE"
    more = {"facts": "附不动产登记", "evidence": [evading.document("登记", kind="OTHER")]}
    again = await evading.fire("court", clue, "supplement", more)
    assert (again["status"], again["round"], len(again["evidence"])) == ("SENT", 2, 2)
    await evading.fire("police", clue, "receive", {"receivedBy": "王强"})
    assert (await evading.read("police", clue, "。"))["code"] == "PURPOSE_INSUFFICIENT"
    for party in ("police", "court"):
        told = await evading.read(party, clue)
        assert (told["targetName"], told["targetNumber"]) == ("温县财政局", evading.court.unit("finance").uscc)
        assert [(each["event"], each["note"]) for each in told["statements"]] == [
            ("refer", "收到执行通知后将房产无偿转让给亲属"),
            ("receive", None),
            ("returnForMaterial", "补充房产登记信息"),
            ("supplement", "附不动产登记"),
            ("receive", None),
        ]
        assert [each["filename"] for each in told["documents"]] == ["流水.pdf", "登记.pdf"]
        assert evading.document("登记")["content"] == told["documents"][1]["content"]
    reads = '{ auditEvents(filter: {event: "evasion:read"}) { totalCount } }'
    assert (await steps.read("audit", reads))["auditEvents"]["totalCount"] == 2
    await evading.fire("police", clue, "accept", {"documentNumber": "温公受〔2026〕1号"})

    # The clock: urged by the court once it is late, and by the hub every few days; court and police alone are told.
    remark = {"note": "请尽快决定是否立案"}
    assert (await evading.fire("court", clue, "urge", remark))["code"] == "NOT_OVERDUE"
    assert await evading.pass_days(28) == 0
    assert await evading.pass_days(5) == 1
    assert await evading.pass_days(0) == 0
    assert (await evading.fire("court", clue, "urge", remark))["code"] == "CLUE_URGED_TODAY"
    assert await evading.pass_days(5) == 1
    steps.world.clock.advance(days=1)
    late = await evading.fire("court", clue, "urge", remark)
    assert (late["status"], late["urgedCount"]) == ("ACCEPTED", 3)
    assert (len(await evading.alerts("police")), len(await evading.alerts("court"))) == (3, 2)
    wrong_day = {"documentNumber": "温公立〔2026〕9号", "filedOn": evading.day(1)}
    assert (await evading.fire("police", clue, "file", wrong_day))["code"] == "CLUE_FILED_ON"
    filed = await evading.fire("police", clue, "file", {**wrong_day, "filedOn": evading.day()})
    assert (filed["status"], filed["dueOn"], filed["filedOn"]) == ("FILED", None, evading.day())
    assert (await evading.refer("court", ids))["code"] == "EVASION_CLUE_STANDS"
    for stranger in STRANGERS:
        await nothing_seen(steps, stranger, clue)
    overseen = """query($id: ID!) { evasionClue(id: $id) {
        status conducts steps { event } evidence { kind } } }"""
    for who, conducts, steps_seen in (("audit", None, 0), ("police", ["CONCEALING_ASSETS"], 8)):
        seen = (await steps.read(who, overseen, id=clue["id"]))["evasionClue"]
        found = (seen["status"], seen["conducts"], len(seen["steps"]), bool(seen["evidence"]))
        assert found == ("FILED", conducts, steps_seen, bool(steps_seen)), who
    assert (await evading.read("audit", clue))["code"] == "NOT_FOUND"
    async with steps.world.sessions.system("test") as session:
        tables = ("evasion_clue", "evasion_clue_step", "evasion_clue_evidence", "alert", "audit_event", "outbox_event")
        stored = str([(await session.execute(text(f"select t::text from {table} t"))).all() for table in tables])
    assert not [word for word in ("无偿转让", "补充房产", "温公立", "流水的") if word in stored]

    # A clue about a person, withdrawn and refused; the way is free for another once it is over.
    second = await evading.refer("court", person)
    assert (await evading.fire("court", second, "withdraw", {"note": "已经履行"}))["status"] == "WITHDRAWN"
    third = await evading.refer("court", person)
    await evading.fire("police", third, "receive", {"receivedBy": "王强"})
    no = await evading.fire("police", third, "refuse", {"reason": "PERFORMED", "note": "已经履行"})
    assert (no["status"], no["refusal"]) == ("NOT_ACCEPTED", "PERFORMED")
    assert (await evading.fire("court", third, "close", {"note": "知悉"}))["status"] == "CLOSED"
    assert (await evading.refer("court", person))["status"] == "SENT"
    await evading.pending(1, "finance", 结案日期="2026-06-20")
    assert (await evading.refer("court", ids))["code"] == "CASE_NOT_OPEN"


@pytest.mark.duty("S4-2.1.5")
async def test_supervision_reads_counts_that_tell_of_nobody_and_a_report_freezes_them(
    steps: Steps, evading: Evading
) -> None:
    tagged = {"案件标签": "涉民生；规避执行", "标签说明": "转移收入"}
    rows = [(PENDING, evading.court.row(PENDING, number, "finance", **tagged)) for number in (1, 2, 3)]
    persons = [(DISHONEST, evading.court.person(number)) for number in (5, 6, 7, 8)]
    organ = (PENDING, evading.court.row(PENDING, 4, "civil", 案件标签="涉行政机关"))
    await evading.tell(*rows, *persons, organ)
    for number in (5, 6, 7, 8):
        clue = await evading.refer("court", await evading.ids(number))
        if number < 8:
            await evading.fire("police", clue, "receive", {"receivedBy": "王强"})
    await evading.fire("police", clue, "receive", {"receivedBy": "王强"})
    await evading.fire("police", clue, "accept", {"documentNumber": "温公受〔2026〕1号"})
    filing = {"documentNumber": "温公立〔2026〕1号", "filedOn": evading.day()}
    assert (await evading.fire("police", clue, "file", filing))["status"] == "FILED"
    names = ("livelihood", "administrativeOrgan", "enforcementEvasion")
    ways = ("cluesSent", "cluesReceived", "cluesReturned", "cluesFiled", "cluesOverdue")
    for who, small in (("court", 1), ("office", None), ("government", None), ("audit", None)):
        (line,) = await evading.figures(who)
        assert (line["courtName"], line["least"]) == ("温县人民法院", 3), who
        assert [line[name] for name in names] == [3, small, 3], who
        assert [line[name] for name in ways] == [4, 4, 0, small, 0], who
    for stranger in ("neighbour.office", "neighbour.court", "city.court"):
        assert await evading.figures(stranger) == [], stranger
    for without in ("finance", "police", "credit"):
        answer = await (await steps.client(without)).ask(FIGURES, {"c": COUNTY, "y": 2026})
        assert not (answer.get("data") or {}).get("executionLinkageFigures"), without

    # Once others have counts there as well, the sum keeps back what would tell a part of it.
    async with steps.world.sessions.system("test") as session:
        await session.execute(
            text("update case_tag set court_id = :other where kind = 'ADMINISTRATIVE_ORGAN'"),
            {"other": steps.world.organizations["city.court"]},
        )
    one, other, whole = await evading.figures("office")
    assert (one["administrativeOrgan"], other["administrativeOrgan"], whole["administrativeOrgan"]) == (0, None, None)
    assert (whole["courtName"], whole["livelihood"], whole["cluesSent"]) == (None, 3, 4)

    steps.world.clock.move_to(2026, 7, 2)
    asked = "{ periodicReports { nodes { id period figures { name reached } recipients { shortName } } } }"
    await run_job(evading.runtime, "notices")
    (draft,) = (await steps.read("court", asked))["periodicReports"]["nodes"]
    sign = f'id: "{draft["id"]}", input: {{signedBy: "张院长", post: "院长"}}'
    await (await steps.client("court")).change("issuePeriodicReport", sign, "periodicReport", "id")
    await evading.refer("court", await evading.ids(1))
    for reader in ("office", "government"):
        (report,) = (await steps.read(reader, asked))["periodicReports"]["nodes"]
        assert report["period"] == "2026-06"
        told = {each["name"]: each["reached"] for each in report["figures"]}
        assert {name: told.get(name) for name in FROZEN} == FROZEN, reader


@pytest.mark.duty("S4-2.1.5")
async def test_a_case_of_an_administrative_organ_that_is_no_known_unit_is_shown_to_a_person_and_measured_by_nobody(
    steps: Steps, evading: Evading
) -> None:
    company = {"统一社会信用代码": uscc("91410825MA0000001"), "名称": "温县某平台公司"}
    tagged = {"案件标签": "涉行政机关", "标签说明": "区直部门所属"}
    unmatched = evading.court.row(DISHONEST, 1, "civil", **company, **tagged)
    await evading.tell((DISHONEST, unmatched), (PENDING, evading.court.row(PENDING, 2, "civil", **tagged)))
    assert await evading.pass_days(0) == 1
    assert await evading.pass_days(0) == 0
    asked = """{ dataQualityIssues(filter: {kind: [TAGGED_BODY_UNMATCHED]}) { nodes { about resolvedAt } }
        supervisionNotices { totalCount } jointPunishmentMeasures { totalCount } }"""
    seen = await steps.read("court", asked)
    case, _ = await evading.ids(1)
    assert seen["dataQualityIssues"]["nodes"] == [{"about": case, "resolvedAt": None}]
    assert (seen["supervisionNotices"]["totalCount"], seen["jointPunishmentMeasures"]["totalCount"]) == (0, 0)
    (record,) = (await steps.read("court", "{ dishonestyRecords { nodes { governmentSubject } } }"))[
        "dishonestyRecords"
    ]["nodes"]
    assert record == {"governmentSubject": False}
    # A body without any code waits, tagged or not, until a person says which unit it is.
    await evading.pending(3, "civil", 名称="温县某工作专班", 统一社会信用代码="", **tagged)
    assert await evading.waiting() == [("NEEDS_INFORMATION", ["SUBJECT_UNMATCHED"])]
    (queued,) = (await steps.read("court", "{ subjectMatches { nodes { name } } }"))["subjectMatches"]["nodes"]
    assert queued == {"name": "温县某工作专班"}
    # Taken back, the case is no question any more; nobody else is asked it.
    of_case = "query($id: ID!) { caseTags(filter: {caseId: $id}) { nodes { id } } }"
    (mark,) = (await steps.read("court", of_case, id=case))["caseTags"]["nodes"]
    await evading.withdraw("court", mark, "主体不是行政机关")
    assert await evading.pass_days(0) == 1
    (settled,) = (await steps.read("court", asked))["dataQualityIssues"]["nodes"]
    assert settled["resolvedAt"] is not None
    assert (await steps.read("neighbour.court", asked))["dataQualityIssues"]["nodes"] == []


@pytest.mark.duty("S4-2.1.5")
async def test_what_a_court_may_not_say_of_a_case_is_kept_apart_with_its_reason(steps: Steps, evading: Evading) -> None:
    for number, (cells, code) in enumerate(
        (
            ({"案件标签": "重大"}, "CELL_INVALID"),
            ({"案件标签": "规避执行"}, "CELL_REQUIRED"),
            ({"案件标签": "无"}, "CELL_REQUIRED"),
            ({"标签说明": "隐匿财产"}, "CELL_REQUIRED"),
            ({"案件标签": "涉民生", "案号": "（2026）豫0882执1号"}, "CASE_OF_ANOTHER_COURT"),
        ),
        1,
    ):
        await evading.pending(number, **cells)
        assert code in str((await evading.waiting())[0]), cells
    assert (await steps.read("court", "{ caseTags { totalCount } }"))["caseTags"]["totalCount"] == 0
    # A case that is not open to all bears none, and one that becomes so loses its own.
    await evading.pending(7, 案件标签="涉民生", 密级="涉个人隐私")
    await evading.pending(8, 案件标签="规避执行", 标签说明="转移房产")
    await evading.pending(8, 密级="涉个人隐私")
    await evading.pending(8, 案件标签="涉民生", 发生时间="2026-06-12T08:00:00+08:00")
    told = await evading.tags("court")
    hidden = told[evading.court.case(8).case_number]
    assert told[evading.court.case(7).case_number] == {}
    assert {kind: (tag["status"], tag["ground"]) for kind, tag in hidden.items()} == {
        "ENFORCEMENT_EVASION": ("WITHDRAWN", None)
    }
    case, _ = await evading.ids(8)
    assert (await evading.tag("court", case, "LIVELIHOOD"))["code"] == "CASE_NOT_PUBLIC"
    # An older template knows no tags; where no notice provides for one, nothing of the message is taken in.
    evading.court.system.template = "court-lists/3"
    await evading.pending(9, 案件标签="涉民生")
    assert (await evading.tags("court"))[evading.court.case(9).case_number] == {}
    evading.court.system.template = "court-lists/4"
    await steps.adopt(**{"push.case_lists": ["PENDING"]})
    await evading.pending(10, 案件标签="涉民生")
    assert ("QUARANTINED", ["TAG_NOT_SHARED"]) in await evading.waiting()
    await evading.pending(11)
    case, subject = await evading.ids(11)
    assert (await evading.tag("court", case, "LIVELIHOOD"))["code"] == "TAG_NOT_SHARED"
    assert (await evading.refer("court", (case, subject)))["code"] == "EVASION_NOT_PRACTISED"
