"""Acceptance scenario 15: a court lists six matters, the registration is cancelled, and upon the ruling that approves
the plan tax and credit platform stop publishing, each with its receipt; that of tax comes from its own system."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from connectors.sandbox.tax.system import SandboxTax, TaxFault
from hub.canonical.exchange_codes import CaseListKind
from hub.core.clock import local_date
from hub.runtime import Runtime
from hub.worker import exchange
from tests.obligations.steps import Steps
from tests.obligations.test_bankruptcy import PROOF, SIX, assign, cases, handle, move, review, submit
from tests.obligations.test_credit_repair import POLICE, advance, carry_out_measure, day, listing, repairs, tell, work
from tests.obligations.test_reorganisation import apply, confirm, decide, kinds, stops
from tests.support.court import Court, court_at, settle
from tests.support.dumping import unreadable
from tests.support.rounds import with_links
from tests.support.world import COUNTY

OWNERS = dict(zip(SIX, ("police", "civil", "finance", "civil", "finance", "credit"), strict=True))
pytestmark = unreadable()


@pytest.fixture
async def court(steps: Steps, runtime: Runtime, tmp_path: Path) -> Court:
    await settle(steps.world)
    await steps.adopt(
        **{
            "push.case_lists": [kind.value for kind in CaseListKind],
            "repair.channels": ["SUBJECT_APPLICATION"],
            "repair.reorganisation.tax": {"zh": "财政局", "en": "tax"},
        }
    )
    return court_at(steps.world, runtime, tmp_path)


async def done(steps: Steps, matter: Any) -> None:
    """From its acceptance by its owner to its closing by the government."""
    reported = f'{{result: "已办结", evidence: {PROOF}}}'
    for unit, event, payload in (
        (OWNERS[matter["type"]], "accept", "{}"),
        (OWNERS[matter["type"]], "report", reported),
        ("court", "confirm", "{}"),
        ("government", "close", "{}"),
    ):
        assert "code" not in await handle(steps, unit, matter, event, payload), (matter, event)


async def shielded(steps: Steps, court: Court, runtime: Runtime, record: Any) -> Any:
    """The repair by the ruling, once the court has deleted its listing."""
    made = await apply(steps, "police", record)
    await advance(steps, "credit", made, "checkMaterials")
    await advance(steps, "credit", made, "verifyWithRecogniser")
    assert (await advance(steps, "court", made, "confirm"))["status"] == "APPROVED"
    await tell(court, 1, "已删除屏蔽", 删除日期=day(court), 删除事由="已履行或执行完毕")
    await work(court, runtime)
    return await advance(steps, "credit", made, "shield")


@pytest.mark.duty("S2-11", "S2-13", "S4-2.1.4")
async def test_six_matters_a_cancelled_registration_and_two_receipts_that_publication_has_stopped(
    steps: Steps, court: Court, runtime: Runtime, tmp_path: Path
) -> None:
    await tell(court, 1, "已公布")
    await carry_out_measure(steps, lifted=False)
    record = await listing(steps, 1)
    made = await submit(steps, debtorUscc=f'"{POLICE}"')
    await review(steps, made)
    matters = {each["type"]: each for each in made["matters"]}
    for kind, owner in OWNERS.items():
        assert (await assign(steps, matters[kind], owner))["status"] == "ASSIGNED"
    await done(steps, matters["REGISTRATION_CANCELLATION"])
    (seen,) = await cases(steps, "court")
    assert {each["type"] for each in seen["matters"] if each["status"] == "CLOSED"} == {"REGISTRATION_CANCELLATION"}

    with SandboxTax(COUNTY, tmp_path / "tax") as tax:
        tax.published, tax.today = {POLICE}, local_date(court.world.clock())
        tax.write_link(tmp_path / "links", seconds=5)
        linked = with_links(runtime, tmp_path / "links")

        async def round_of_the_worker(*faults: TaxFault) -> str:
            """State of what tax is asked for."""
            tax.faults = set(faults)
            await exchange(linked)
            tax.taken.clear()
            tax.work()
            await exchange(linked)
            return str((await stops(steps, "finance")).get("财政局", {}).get("status"))

        assert (await decide(steps, made, "PLAN_APPROVED"))["outcome"] == "PLAN_APPROVED"
        assert await round_of_the_worker() == "None"
        assert tax.handed_over() == 0, "a ruling alone stops nothing: its subject has to apply"
        assert (await shielded(steps, court, runtime, record))["status"] == "SHIELDED"
        assert set(await stops(steps, "credit")) == {"财政局", "发展和改革委员会"}

        assert await round_of_the_worker(TaxFault.MUTE) == "ASKED"
        await carry_out_measure(steps, lifted=True)
        court.world.clock.advance(days=10)
        await work(court, runtime)
        assert await kinds(steps, "finance") == ["RESIDUAL_PUNISHMENT"]
        for fault in (TaxFault.FORGED, TaxFault.GARBAGE, TaxFault.AHEAD, TaxFault.NO_NUMBER):
            assert await round_of_the_worker(fault) == "ASKED", fault
        assert tax.handed_over() == 1, "told once"
        assert await round_of_the_worker() == "STOPPED"
        ((ruling),) = tax.taken.values()
        assert (ruling["uscc"], ruling["rulingNo"]) == (POLICE, "（2026）豫0825破1号之三")
        assert tax.published == set()

    receipts = await stops(steps, "credit")
    assert receipts["财政局"]["receiptNo"] == f"税信修〔{tax.today.year}〕1号"
    assert receipts["财政局"]["evaluation"] == "重新评价为B级"
    await work(court, runtime)
    assert (await repairs(steps, "credit"))["REORGANISATION_RULING"]["status"] == "SHIELDED"
    assert (await confirm(steps, "credit", receipts["发展和改革委员会"], day(court)))["receiptNo"] == "回执1号"
    await work(court, runtime)
    assert (await repairs(steps, "police"))["REORGANISATION_RULING"]["status"] == "COMPLETED"
    assert (await listing(steps, 1))["status"] == "REPAIRED"

    for kind in (kind for kind in SIX if kind != "REGISTRATION_CANCELLATION"):
        await done(steps, matters[kind])
    assert (await move(steps, "court", made, "close"))["status"] == "CLOSED"
    for unit in ("neighbour.court", "neighbour.government", "neighbour.credit", "city.court"):
        assert (await cases(steps, unit), await stops(steps, unit)) == ([], {}), unit
