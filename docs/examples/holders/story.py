"""A court asks twelve holders about one debtor, freezes what is found, and has a vehicle looked for.

Runs against `make run` and `hub sandbox up --join` (see the README). Every line is what some client of the hub sees.
"""

import base64
import hashlib
import json
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HUB = httpx.Client(base_url=os.environ.get("HUB_URL", "http://127.0.0.1:8000"), timeout=30)
HOME = Path(os.environ.get("HUB_HOME", ".hub"))
COURT = "黑河市中级人民法院"
OFFICERS = {"heihe-officer": "OFFICER", "heihe-judge": "APPROVER", "heihe-command": "COMMAND"}
ASKED = {
    "黑河市公安局": "VEHICLE",
    "黑河市人力资源和社会保障局": "SOCIAL_SECURITY",
    "黑河市自然资源局": "REAL_ESTATE",
    "黑河市住房和城乡建设局": "REAL_ESTATE",
    "黑河市交通运输局": "VESSEL",
    "黑河市农业农村局": "AGRI_MACHINE",
    "黑河市住房公积金管理中心": "PROVIDENT_FUND",
    "北疆商业银行黑河分行": "BANK_ACCOUNT",
    "黑河北疆农村商业银行": "BANK_ACCOUNT",
    "黑河市财政局": "BANK_ACCOUNT",
    "北疆通信黑河分公司": "TELECOM_NUMBER",
    "国家税务总局黑河市税务局": "TAX_INVOICE",
}
SECRETS = {each["client_id"]: each["client_secret"] for each in json.loads((HOME / "demo-clients.json").read_text())}
TOKENS: dict[str, str] = {}
SEAL = generate_private_key(SECP256R1())
SERIAL = f"S{time.time_ns()}"


def ask(who, query, **variables):
    """The data that a client of the hub gets."""
    if who not in TOKENS:
        grant = {"grant_type": "client_credentials"}
        TOKENS[who] = HUB.post("/oauth/token", data=grant, auth=(who, SECRETS[who])).json()["access_token"]
    body = {"query": query, "variables": variables}
    answer = HUB.post("/graphql", json=body, headers={"Authorization": f"Bearer {TOKENS[who]}"}).json()
    if "data" not in answer:
        raise SystemExit(answer)
    return answer["data"]


def change(who, call, declared, fields, **variables):
    """The object that a mutation leaves; ends where the hub refuses."""
    fragment = f"... on Refusal {{ code reasons {{ code path message }} }} {fields}"
    made = ask(who, f"mutation({declared}) {{ r: {call} {{ {fragment} }} }}", **variables)["r"]
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
    raise SystemExit("nothing came: are `make run` and `hub sandbox up --join` running?")


def now():
    return datetime.now(tz=timezone(timedelta(hours=8)))


def day(after):
    return f"{now() + timedelta(days=after):%Y-%m-%d}"


def sealed(content, kind):
    """A document under the court's seal."""
    return {
        "kind": kind,
        "documentNumber": "（2026）黑11执1号之一",
        "filename": "document.pdf",
        "content": base64.b64encode(content).decode(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "sealSerial": SERIAL,
        "seal": base64.b64encode(SEAL.sign(content, ECDSA(SHA256()))).decode(),
    }


def officers():
    """Each officer signs in with a client of his own; the court registers them, and its seal."""
    for who, capacity in OFFICERS.items():
        for command in (["create", who, "--organization", COURT], ["rotate", who]):
            made = subprocess.run(
                [sys.executable, "-m", "hub.cli", "clients", *command], capture_output=True, text=True, check=False
            )
            if made.returncode == 0:
                SECRETS[who] = made.stdout.split("client_secret")[1].split()[0]
                break
        entry = {
            "clientId": who,
            "certificateNumber": f"黑11-{who}",
            "capacity": capacity,
            "validTo": day(300),
        }
        call, declared = "registerExecutionOfficer(input: $i)", "$i: OfficerEntryInput!"
        change("heihe-court", call, declared, "... on ExecutionOfficerChange { executionOfficer { id } }", i=entry)
    pem = SEAL.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    call = "registerCourtSeal(input: {serial: $s, publicKey: $k, validTo: $to})"
    declared = "$s: String!, $k: String!, $to: Date!"
    change("heihe-court", call, declared, "... on KeptCourtSeal { serial }", s=SERIAL, k=pem, to=day(300))


def debtor():
    """A natural person whom the court listed, from its own file."""
    listed = """{ dishonestyRecords(first: 100) { nodes { caseNumber case { id } subject { id kind name } } } }"""
    for each in ask("heihe-court", listed)["dishonestyRecords"]["nodes"]:
        if each["subject"] and each["subject"]["kind"] == "NATURAL":
            return each
    return None


def units():
    query = """query($after: String) { organizations(first: 100, after: $after, filter: {jurisdictionCode: "231100"}) {
        nodes { id name } pageInfo { endCursor hasNextPage } } }"""
    found, after, more = {}, None, True
    while more:
        page = ask("heihe-court", query, after=after)["organizations"]
        found |= {each["name"]: each["id"] for each in page["nodes"]}
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    return found


def asked(person, holders):
    """One query, twelve orders: approved by another officer than the one who asks."""
    draft = {
        "caseId": person["case"]["id"],
        "subjectId": person["subject"]["id"],
        "purposeCode": "LOCATE_ASSET",
        "purposeText": "查找被执行人可供执行的财产",
        "expiresOn": day(90),
        "asks": [{"holderOrganizationId": holders[name], "queryType": kind} for name, kind in ASKED.items()],
        "documents": [sealed(b"%PDF-1.7 notice " + os.urandom(8), "INQUIRY_NOTICE")],
    }
    call, declared = "submitExecutionQuery(input: $i)", "$i: QueryDraftInput!"
    fields = "... on ExecutionQueryChange { executionQuery { id inquiryNumber } }"
    query = change("heihe-officer", call, declared, fields, i=draft)["executionQuery"]
    fire("heihe-judge", "ExecutionQuery", query["id"], "approve")
    return query


def orders(query):
    read = """query($q: ID!) { executionQuery(id: $q) { status orders {
        id holder { name shortName } status answerCode returnReason } } }"""
    found = ask("heihe-officer", read, q=query["id"])["executionQuery"]
    return {each["holder"]["name"]: each for each in found["orders"]}


def answered(query):
    """All orders once no more than one is still without any word of its holder."""
    found = orders(query)
    return found if sum(each["status"] == "DISPATCHED" for each in found.values()) <= 1 else None


def frozen(order):
    """A deposit is frozen, renewed and let go, each by a ruling of its own."""
    number = None
    for action, months in (("FREEZE", 12), ("RENEW", 12), ("RELEASE", None)):
        about = {"originalNumber": number} if number else {"orderId": order["id"], "itemNumber": 1}
        draft = {
            "action": action,
            "months": months,
            "amount": "1000.00" if action == "FREEZE" else None,
            "purposeText": "冻结被执行人名下存款以保证执行",
            "ruling": sealed(b"%PDF-1.7 ruling " + os.urandom(8), "EXECUTION_RULING"),
            **about,
        }
        call, declared = "submitControlOrder(input: $i)", "$i: ControlDraftInput!"
        fields = "... on ControlOrderChange { controlOrder { id orderNumber } }"
        made = change("heihe-officer", call, declared, fields, i=draft)["controlOrder"]
        number = number or made["orderNumber"]
        fire("heihe-judge", "ControlOrder", made["id"], "approve")
        told = until(partial(done, number, made["orderNumber"]))
        print(f"  {action:8} {told['status']}  {told['startsOn']} – {told['endsOn']}")


def done(control, order):
    read = """query($n: String) { assetControls(filter: {controlNumber: $n}) { nodes { status startsOn endsOn
        orders { orderNumber status } } } }"""
    (found,) = ask("heihe-officer", read, n=control)["assetControls"]["nodes"]
    standing = {each["orderNumber"]: each["status"] for each in found["orders"]}
    return found if standing[order] == "ANSWERED" else None


def watched(lookout):
    """Whether the police's own system has said that it looks out."""
    read = "query($l: ID!) { lookoutOrder(id: $l) { status } }"
    return ask("heihe-officer", read, l=lookout)["lookoutOrder"]["status"] == "ACTIVE"


def met(person, holders):
    """The police's system looks out for a vehicle, a patrol meets it at night; the court takes it over."""
    draft = {
        "caseId": person["case"]["id"],
        "subjectId": person["subject"]["id"],
        "targetKind": "VEHICLE",
        "plate": "黑N12345",
        "measures": ["LOCATE", "DETAIN_VEHICLE"],
        "policeOrganizationId": holders["黑河市公安局"],
        "area": "黑河市全域",
        "validFrom": day(0),
        "validTo": day(90),
        "dutyContact": "执行局值班室 0456-0000000",
        "purposeText": "查找被执行人名下车辆以便扣押",
        "document": sealed(b"%PDF-1.7 lookout " + os.urandom(8), "EXECUTION_NOTICE"),
    }
    call, declared = "submitLookoutOrder(input: $i)", "$i: LookoutDraftInput!"
    fields = "... on LookoutOrderChange { lookoutOrder { id } }"
    lookout = change("heihe-officer", call, declared, fields, i=draft)["lookoutOrder"]["id"]
    fire("heihe-judge", "LookoutOrder", lookout, "approve")
    until(partial(watched, lookout))
    report = {
        "lookoutId": lookout,
        "metAt": now().isoformat(timespec="seconds"),
        "place": "黑河市通江路与中央街交叉口",
        "policeUnit": "通江派出所",
    }
    fields = "... on LookoutHitChange { lookoutHit { id } }"
    hit = change("heihe-gongan", "reportLookoutHit(input: $i)", "$i: HitReportInput!", fields, i=report)["lookoutHit"][
        "id"
    ]
    fire("heihe-officer", "LookoutHit", hit, "dispatch")
    fire("heihe-officer", "LookoutHit", hit, "arrive")
    ended = fire("heihe-officer", "LookoutHit", hit, "conclude", {"outcome": "HANDED_OVER"})
    closed = fire("heihe-officer", "LookoutOrder", lookout, "close")
    print(f"  车辆 (vehicle)  {ended['status']}, {closed['status']}")


def others(query):
    """What every other client of the demonstration sees of all this: the auditor of the place that it was, nobody
    anything."""
    counts = "{ executionQueries { totalCount } assetControls { totalCount } lookoutOrders { totalCount } }"
    node = "query($id: ID!) { node(id: $id) { id } }"
    seen = {}
    for who in sorted(set(SECRETS) - {"heihe-court", "heihe-gongan", *OFFICERS}):
        if "portal" in who:
            continue  # a portal runs published documents only
        told = ask(who, counts) or {}
        found = (ask(who, node, id=query["id"]) or {}).get("node")
        seen[who] = sum((each or {}).get("totalCount", 0) for each in told.values()) + (found is not None)
    audited = seen.pop("heihe-auditor")
    print(f"  审计只见元数据 (the auditor, metadata alone): {audited}")
    print(f"  其余 {len(seen)} 个客户端 (the other clients): {sum(seen.values())}")
    if any(seen.values()):
        raise SystemExit([who for who, count in seen.items() if count])


def main():
    person = until(debtor)
    print(f"被执行人 (debtor)  {person['subject']['name']}  {person['caseNumber']}")
    officers()
    holders = units()
    query = asked(person, holders)
    print(f"查询 (query)  {query['inquiryNumber']}  → {len(ASKED)} 家 (holders)")
    told = until(partial(answered, query))
    for each in told.values():
        print(f"  {each['holder']['shortName']}  {each['status']}  {each['answerCode'] or each['returnReason'] or ''}")
    for each in told.values():
        if each["status"] == "DISPATCHED":
            fire("heihe-officer", "ExecutionOrder", each["id"], "urge")
            print(f"催办 (urged)  {each['holder']['name']}")
        if each["status"] == "OBJECTED":
            fire("heihe-judge", "ExecutionOrder", each["id"], "uphold", {"reason": "网签备案合同不属于协助范围"})
            print(f"异议成立 (objection upheld)  {each['holder']['name']}")
    results = change(
        "heihe-officer",
        "readExecutionResults(input: {queryId: $q, purpose: $p})",
        "$q: ID!, $p: String!",
        "... on ExecutionResults { watermark answers { items { ... on AccountFound { accountNumber balance } } } }",
        q=query["id"],
        p="核对存款以便冻结",
    )
    items = [item for answer in results["answers"] for item in answer["items"] if item]
    print(f"查阅 (read)  {len(items)} 个账户 (accounts), 水印 (watermark) {results['watermark']}")
    print("存款控制 (deposit)")
    frozen(told["北疆商业银行黑河分行"])
    print("临控 (lookout)")
    met(person, holders)
    print("其他单位 (everybody else)")
    others(query)


if __name__ == "__main__":
    main()
