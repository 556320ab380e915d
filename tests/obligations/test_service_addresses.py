"""The register tells where enterprises are served, a court uses the addresses in their lawful order, learns of changes,
and has the register deal with an address at which nobody could be served."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.addresses import FOOD, Addresses
from tests.support.dumping import unreadable

DOMICILE, MOVED, REPORT = "河南省焦作市温县黄河路1号", "河南省焦作市温县子夏街9号", "河南省焦作市温县慈胜大街2号"
ENTERPRISE = f'{{ registeredEnterprise(uscc: "{FOOD}") {{ name status formerNames {{ name until }} }} }}'
pytestmark = unreadable()


@pytest.fixture
async def addresses(steps: Steps, runtime: Runtime, tmp_path: Path) -> AsyncIterator[Addresses]:
    made = Addresses(steps, runtime, tmp_path)
    await made.prepare()
    yield made
    made.register.stop()


@pytest.mark.duty("S2-26")
async def test_a_court_serves_an_enterprise_where_the_register_and_itself_say(addresses: Addresses) -> None:
    email = "law@example.test"
    addresses.tell(FOOD, DOMICILE, date(2026, 3, 1), reportAddress=REPORT, reportEmail=email, name="温县旧名食品厂")
    assert await addresses.exchange() == 1
    assert (await addresses.read(purpose="。"))["code"] == "PURPOSE_INSUFFICIENT"
    read = (await addresses.read())["addresses"]
    assert [(each["rank"], each["kind"], each["value"]) for each in read] == [
        (1, "REGISTERED_DOMICILE", DOMICILE),
        (2, "ANNUAL_REPORT_ADDRESS", REPORT),
    ], "an e-mail address of the annual report serves nobody without a commitment"
    assert {(each["source"], each["asOf"], each["stale"]) for each in read} == {("market:410825", "2026-03-01", False)}

    assert (await addresses.declare("market", "E_MAIL", email))["status"] == "DECLARED"
    made = await addresses.declare("court", "E_MAIL", email)
    refused = {"documentNumber": "1号", "documentDigest": "b" * 64}
    assert (await addresses.fire("court", made["id"], "commit", refused))["code"] == "EMAIL_NEEDS_CONSENT"
    await addresses.committed("court", "E_MAIL", email)
    await addresses.committed("court", "SELF_DECLARED", "郑州市金水区花园路3号5楼")
    ordered = [each["kind"] for each in (await addresses.read())["addresses"]]
    assert ordered == ["SELF_DECLARED", "REGISTERED_DOMICILE", "ANNUAL_REPORT_ADDRESS", "E_MAIL"]

    addresses.tell(FOOD, MOVED, date(2026, 6, 12), reportAddress=REPORT, reportEmail=email)
    assert await addresses.exchange() == 1
    await addresses.watch()
    told = {(each["uscc"], each["kind"], each["status"]) for each in await addresses.changes()}
    assert (FOOD, "REGISTERED_DOMICILE", "CHANGED") in told
    found = (await addresses.steps.read("court", ENTERPRISE))["registeredEnterprise"]
    assert found["formerNames"] == [{"name": "温县旧名食品厂", "until": "2026-06-12"}]
    read = (await addresses.read())["addresses"]
    domicile = next(each for each in read if each["kind"] == "REGISTERED_DOMICILE")
    assert domicile["value"] == MOVED

    await addresses.watch(days=9)
    assert {each["stale"] for each in (await addresses.read())["addresses"] if each["source"] != "declared"} == {True}
    returned = {"returnedOn": "2026-06-20", "reason": "查无此单位"}
    assert (await addresses.fire("court", domicile["id"], "reportReturned", returned))["status"] == "INVALID"
    referred = await addresses.fire("court", domicile["id"], "refer")
    assert (referred["status"], referred["referralDueOn"] > "2026-07-01") == ("ABNORMAL_OPERATION_REFERRED", True)
    assert await addresses.exchange() == 1
    (handed,) = addresses.register.referrals.values()
    assert (handed["uscc"], handed["addressKind"], handed["returnedOn"]) == (FOOD, "REGISTERED_DOMICILE", "2026-06-20")
    left = [each["kind"] for each in (await addresses.read())["addresses"]]
    assert left == ["SELF_DECLARED", "ANNUAL_REPORT_ADDRESS", "E_MAIL"]
    answer = {"outcome": "LISTED_ABNORMAL", "note": "已列入经营异常名录"}
    assert (await addresses.fire("court", domicile["id"], "answerReferral", answer))["code"] == "ACTOR_NOT_PERMITTED"
    done = await addresses.fire("market", domicile["id"], "answerReferral", answer)
    assert done["referralOutcome"] == "LISTED_ABNORMAL"

    for stranger in ("police", "government", "civil", "neighbour.court", "neighbour.police", "city.court"):
        answer = await (await addresses.steps.client(stranger)).ask(
            "{ serviceAddresses { totalCount } addressChanges { totalCount } }"
        )
        counts = answer.get("data") or {}
        assert {row["totalCount"] for row in counts.values() if row} <= {0}, stranger
        assert (await addresses.read(stranger)).get("code") in ("NOT_FOUND", "SCOPE_REQUIRED"), stranger
