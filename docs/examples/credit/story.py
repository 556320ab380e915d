"""A public body is sued, urged, listed, punished, performs, and is repaired everywhere but where it is forgotten.

Runs against `make run` and `hub sandbox up` (see the README). The court tells by its ferry, everybody else by GraphQL.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import httpx

from connectors.sandbox.court.rows import Case, Unit, list_row, listing_row
from connectors.sandbox.court.system import SandboxCourt
from hub.canonical.exchange_codes import CaseListKind

HUB = httpx.Client(base_url=os.environ.get("HUB_URL", "http://127.0.0.1:8000"), timeout=30)
HOME = Path(os.environ.get("HUB_HOME", ".hub"))
SECRETS = {each["client_id"]: each["client_secret"] for each in json.loads((HOME / "demo-clients.json").read_text())}
TOKENS: dict[str, str] = {}
AGAIN = 120
"""Seconds for which a hub that does not answer is asked again."""
BODY = Unit("汉川市市场监督管理局", "11420984000000131Y")
FINANCE, JUSTICE = "hanchuan-caizheng", "hanchuan-sifa"
CARRIERS = {"JP-F1-01": (FINANCE, "汉川市财政局"), "JP-F2-01": (JUSTICE, "汉川市司法局")}
COURT = SandboxCourt(HOME / "ferry", "鄂0984")
CASE = Case(int(time.time()) % 1_000_000, "鄂0984", "420984", datetime.now(tz=timezone(timedelta(hours=8))).year)
CIVIL = f"（{CASE.year}）鄂0984民初{CASE.number}号"
RECEIPT = {"receiptNumber": "解-1", "digest": hashlib.sha256(b"receipt").hexdigest(), "liftedBy": "钱科长"}


def ask(who, query, **variables):
    """The data that a client of the hub gets. While the hub is down or being started again it asks again: what it has
    changed under a key is not done twice."""
    answer = until(lambda: answered(who, {"query": query, "variables": variables}), AGAIN)
    if "data" not in answer or "errors" in answer:
        raise SystemExit(answer)
    return answer["data"]


def answered(who, body):
    """The hub's answer, or None when it has to be asked again."""
    try:
        if who not in TOKENS:
            grant = {"grant_type": "client_credentials"}
            TOKENS[who] = HUB.post("/oauth/token", data=grant, auth=(who, SECRETS[who])).json()["access_token"]
        answer = HUB.post("/graphql", json=body, headers={"Authorization": f"Bearer {TOKENS[who]}"})
        told = answer.json()
    except (httpx.TransportError, KeyError, ValueError):
        return None
    codes = {each.get("extensions", {}).get("code") for each in told.get("errors", ())}
    return None if answer.status_code >= 500 or codes & {"BUSY", "INTERNAL"} else told


def change(who, call, declared, fields, **variables):
    """The object that a mutation leaves; ends where the hub refuses."""
    fragment = f"... on Refusal {{ code reasons {{ code path message }} }} {fields}"
    keyed = f"{call.removesuffix(')')}, idempotencyKey: $key)"
    query = f"mutation($key: String!, {declared}) {{ r: {keyed} {{ {fragment} }} }}"
    made = ask(who, query, key=str(uuid4()), **variables)["r"]
    if "code" in made and "reasons" in made:
        raise SystemExit(f"{who} {call}: {made}")
    return made


def fire(who, kind, key, event, payload=None):
    field = kind[0].lower() + kind[1:]
    call, declared = f"advance{kind}(id: $id, event: $e)", f"$id: ID!, $e: {kind}Event!"
    fields = f"... on {kind}Change {{ {field} {{ id status }} }}"
    return change(who, call, declared, fields, id=key, e={event: payload or {}})[field]


def until(found, seconds=60):
    """What ``found`` finds at last."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if seen := found():
            return seen
        time.sleep(0.5)
    raise SystemExit("nothing came: is `make run` running?")


def jobs(*names):
    """What the worker would do at its next tick, now."""
    words = [word for name in names for word in ("--job", name)]
    command = [sys.executable, "-m", "hub.cli", "worker", *words]
    until(lambda: subprocess.run(command, capture_output=True, check=False).returncode == 0, AGAIN)


def now():
    return datetime.now(tz=timezone(timedelta(hours=8)))


def day(after=0):
    return f"{now() + timedelta(days=after):%Y-%m-%d}"


def tell(status, **cells):
    """The next thing that the court tells of the case, on its way through the gate; until it stands in the hub."""
    at = now()
    before = COURT.last_batch
    step = {"报文号": f"{CASE.number}-{before + 1}", "序号": str(before + 1), "状态": status, **cells}
    row = {**listing_row(CASE, BODY, at), **step}
    COURT.send({CaseListKind.DISHONEST: [row]}, at=at)
    settled(before + 1)


def sued():
    at = now()
    row = {**list_row(CaseListKind.PENDING, CASE, BODY, at), "诉讼地位": "被告", "案号": CIVIL, "程序": "民事"}
    COURT.send({CaseListKind.PENDING: [row]}, at=at)
    settled(COURT.last_batch)


def settled(batch):
    """Ends where the court reads in its result that something was not applied."""
    result = until(lambda: next((each for each in COURT.results() if each["batch"] == batch), None), AGAIN)
    if result["messages"] != {"APPLIED": 1}:
        raise SystemExit(f"{result} {COURT.error_lines()}")


def organization(uscc):
    return ask("hanchuan-credit", "query($u: String!) { organization(uscc: $u) { id } }", u=uscc)["organization"]["id"]


def lost():
    told = {
        "kind": "LOST",
        "caseNumber": CIVIL,
        "organizationId": organization(BODY.uscc),
        "happenedOn": day(),
        "performBy": day(30),
    }
    call, declared = "reportGovernmentCase(input: $i)", "$i: GovernmentCaseInput!"
    change("hanchuan-court", call, declared, "... on CaseReportChange { caseReport { id } }", i=told)


def letters():
    """What the rules have drafted, the credit office signs."""
    read = "{ supervisionNotices(first: 100) { nodes { id kind status title } } }"
    for each in ask("hanchuan-credit", read)["supervisionNotices"]["nodes"]:
        if each["status"] == "DRAFT" and CIVIL in each["title"]:
            fire("hanchuan-credit", "SupervisionNotice", each["id"], "submit")
            signed = {"signedBy": "张主任", "post": "主任"}
            issued = fire("hanchuan-credit", "SupervisionNotice", each["id"], "signoff", signed)
            print(f"  {each['kind']}  {issued['status']}")


def record(who="hanchuan-credit"):
    read = "{ dishonestyRecords(first: 100) { nodes { id caseNumber status } } }"
    nodes = ask(who, read)["dishonestyRecords"]["nodes"]
    return next((each for each in nodes if each["caseNumber"] == CASE.case_number), None)


def checked(who):
    """What a department is told before it awards a contract."""
    asked = {"serviceCaseNumber": f"采购-{CASE.number}", "serviceItem": "政府采购", "subject": {"uscc": BODY.uscc}}
    fields = "... on SubjectChecked { checkId clear matched { mode measureCodes disposition } }"
    return change(who, "checkSubject(input: $i)", "$i: CheckAskedInput!", fields, i=asked)


def assigned():
    for code, (_, name) in CARRIERS.items():
        read = "query($s: String) { organizations(filter: {search: $s}) { nodes { id name } } }"
        nodes = ask("hanchuan-credit", read, s=name)["organizations"]["nodes"]
        key = next(each["id"] for each in nodes if each["name"] == name)
        given = f'jurisdictionCode: "420984", code: "{code}", organizationId: $o, clause: "三定"'
        call = f"assignMeasure(input: {{{given}}})"
        change("hanchuan-credit", call, "$o: ID!", "... on MeasureAssignmentChange { measureAssignment { id } }", o=key)


def measures():
    read = """query($r: ID) { jointPunishmentMeasures(first: 100, filter: {recordId: $r}) {
        nodes { id code status } } }"""
    nodes = ask("hanchuan-credit", read, r=record()["id"])["jointPunishmentMeasures"]["nodes"]
    return {each["code"]: each for each in nodes}


def punished():
    """Ordered by the credit office, accepted by whoever carries it out; the rest does not fit the case."""
    for code, each in measures().items():
        if code not in CARRIERS:
            fire("hanchuan-credit", "JointPunishmentMeasure", each["id"], "notApplicable", {"reason": "与本案无关"})
            continue
        who, name = CARRIERS[code]
        fire("hanchuan-credit", "JointPunishmentMeasure", each["id"], "review", {})
        fire("hanchuan-credit", "JointPunishmentMeasure", each["id"], "order")
        done = fire(who, "JointPunishmentMeasure", each["id"], "accept", {"startOn": day()})
        print(f"  {code}  {name}  {done['status']}")


def closed():
    """The court pushes the closing; the credit office looks through the materials."""
    told = {
        "recordId": record()["id"],
        "closedOn": day(),
        "performance": "PERFORMED",
        "documentNo": f"{CASE.case_number}之一",
        "documentName": "结案通知书",
        "documentDigest": hashlib.sha256(b"closing").hexdigest(),
    }
    fields = "... on CreditRepairChange { creditRepair { id status } }"
    made = change("hanchuan-court", "pushClosure(input: $i)", "$i: ClosureOfInput!", fields, i=told)["creditRepair"]
    print(f"  {fire('hanchuan-credit', 'CreditRepair', made['id'], 'checkMaterials')['status']}")
    return made["id"]


def lifted(code):
    who, name = CARRIERS[code]
    key = measures()[code]["id"]
    fire(who, "JointPunishmentMeasure", key, "lift", RECEIPT)
    done = fire("hanchuan-credit", "JointPunishmentMeasure", key, "verify")
    print(f"  {code}  {name}  {done['status']}")


def proof():
    """The chain of every lift; who is missing in it."""
    read = """query($id: ID!) { liftProof(recordId: $id) { complete measures { code settled implementer status } } }"""
    found = ask("hanchuan-credit", read, id=record()["id"])["liftProof"]
    missing = [each["implementer"] for each in found["measures"] if not each["settled"] and each["implementer"]]
    print(
        f"  解除证明 (lift proof)  complete={found['complete']}, 未解除 (missing): {'、'.join(missing) or '无 (none)'}"
    )
    return found["complete"]


def main():
    print(f"起诉、败诉 (sued, lost)  {CIVIL}  {BODY.name}")
    assigned()
    sued()
    lost()
    jobs("notices")
    letters()
    print(f"执行 (execution)  {CASE.case_number}")
    tell("已送达执行通知")
    tell("已预告知")
    tell("已决定", 决定日期=day())
    tell("宽限期内", 决定日期=day(), 宽限期至=day(30))
    seen, visible = checked(FINANCE), record(FINANCE) is not None
    print(f"  宽限期内 (grace): 财政局核查命中 (a check matches) {len(seen['matched'])}, 可见 (visible) {visible}")
    tell("已公布", 决定日期=day(), 宽限期至=day(30), 法定代表人="赵某")
    print(f"列入 (listed)  {record()['status']}")
    punished()
    rule = {"disposition": "BLOCK", "clause": "政府采购法第二十二条", "validFrom": day()}
    fields = "... on CheckDispositionChange { checkDisposition { id } }"
    change(FINANCE, "setCheckDisposition(input: $i)", "$i: DispositionRuleInput!", fields, i=rule)
    seen = checked(FINANCE)
    (match,) = seen["matched"]
    print(f"  核查 (a check)  {match['mode']}  {match['disposition']}  {'、'.join(match['measureCodes'])}")
    stopped = {"checkId": seen["checkId"], "position": 0, "decision": "BLOCK", "system": "政府采购系统"}
    fields = "... on InterceptionChange { interception { decision } }"
    change(FINANCE, "reportInterception(input: $i)", "$i: InterceptionReportInput!", fields, i=stopped)
    print("履行、结案 (performed, closed)")
    tell("已公布", 决定日期=day(), 宽限期至=day(30), 履行情况="全部已履行", 结案日期=day())
    repair = closed()
    ground = {"删除事由": "已履行或执行完毕", "删除事由发生日期": day()}
    tell("应当删除", 决定日期=day(), 结案日期=day(), **ground)
    tell("已删除屏蔽", 决定日期=day(), 结案日期=day(), 删除日期=day(), **ground)
    print(f"  {fire('hanchuan-credit', 'CreditRepair', repair, 'shield')['status']}  {record()['status']}")
    lifted("JP-F1-01")
    if proof() or not checked(FINANCE)["clear"]:
        raise SystemExit("somebody forgot, and nobody noticed")
    lifted("JP-F2-01")
    if not proof():
        raise SystemExit("the proof is not complete")
    jobs("repairs")
    print(f"修复 (repaired)  {record()['status']}")


if __name__ == "__main__":
    main()
