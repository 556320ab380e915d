"""The exchange log: written with the change, sealed in order, and any meddling is found and named."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from hub.db.models import ExchangeEntry, ExchangeLink, ExchangePending
from hub.evidence.entries import entry_form
from tests.obligations.steps import Steps


async def count(steps: Steps, model) -> int:
    async with steps.world.sessions.system("test") as session:
        return int(await session.scalar(select(func.count()).select_from(model)) or 0)


async def test_an_accepted_change_is_in_the_log_with_the_digest_of_what_was_sent(world, client_of) -> None:
    court = await client_of("county.court")
    await court.authorize()
    steps = Steps(world, client_of)
    await steps.open_list()
    sent: list[bytes] = []
    court.http.event_hooks["request"].append(lambda request: _keep(sent, request))
    await steps.propose("court", title='"另一事项"')
    async with world.sessions.system("test") as session:
        entry = await session.scalar(select(ExchangeEntry).order_by(ExchangeEntry.id.desc()).limit(1))
    assert entry.request_digest == hashlib.sha256(sent[-1]).hexdigest()
    assert (entry.subject, entry.operation, entry.partition) == ("county.court", "proposeDoubleListItem", "410800")


async def _keep(sent: list[bytes], request) -> None:
    sent.append(request.content)


async def test_a_refused_or_repeated_change_leaves_no_entry(world, client_of) -> None:
    steps = Steps(world, client_of)
    await steps.open_list()
    before = await count(steps, ExchangeEntry)
    refused = await steps.propose("court", lead="court", cooperating=("court",))
    assert "code" in refused
    assert await count(steps, ExchangeEntry) == before
    client = await client_of("county.court")
    given = f"input: {{{steps.draft('court', (), jurisdictionCode=chr(34) + '410825' + chr(34), year='2026')}}}"
    for _ in range(2):
        await client.change("proposeDoubleListItem", f'{given}, idempotencyKey: "once-and-once"', "doubleListItem")
    assert await count(steps, ExchangeEntry) == before + 1


async def test_entries_are_sealed_in_order_and_the_whole_log_holds(exchanged: Steps, seal, inspect) -> None:
    entries = await count(exchanged, ExchangeEntry)
    assert entries > 10
    assert await seal() == entries
    assert await seal() == 0
    assert await count(exchanged, ExchangePending) == 0
    await exchanged.propose("finance", lead="finance", cooperating=("civil",))
    assert await seal() == 1
    assert await inspect() == []
    async with exchanged.world.sessions.system("test") as session:
        sequences = list(await session.scalars(select(ExchangeLink.sequence).order_by(ExchangeLink.sequence)))
    assert sequences == list(range(1, entries + 2))


@pytest.mark.parametrize(
    ("meddling", "found"),
    [
        (["update exchange_entry set subject = 'other' where id = {e5}"], {"EVIDENCE_CHANGED:5"}),
        (["update exchange_entry set request_digest = repeat('0', 64) where id = {e1}"], {"EVIDENCE_CHANGED:1"}),
        (["delete from exchange_link where sequence = 4"], {"EVIDENCE_REMOVED:4", "EVIDENCE_SEAL_BROKEN:1"}),
        (
            ["delete from exchange_link where sequence = 4", "delete from exchange_entry where id = {e4}"],
            {"EVIDENCE_REMOVED:4"},
        ),
        (
            [
                "delete from exchange_link where sequence in (2, 3)",
                (
                    "insert into exchange_link select partition, 2, {e3}, algorithm, hash, hash from exchange_link "
                    "where sequence = 1"
                ),
                (
                    "insert into exchange_link select partition, 3, {e2}, algorithm, hash, previous from exchange_link "
                    "where sequence = 4"
                ),
            ],
            {"EVIDENCE_CHANGED:2", "EVIDENCE_CHANGED:3"},
        ),
        (
            [
                (
                    "insert into exchange_entry select (jsonb_populate_record(e, jsonb_build_object('id', uuidv7()))).*"
                    " from exchange_entry e where id = {e1}"
                )
            ],
            {"EVIDENCE_UNLINKED:"},
        ),
        (["delete from exchange_seal"], {"EVIDENCE_SEAL_MISSING:1"}),
        (["update exchange_seal set statement = reverse(statement)"], {"EVIDENCE_SEAL_CHANGED:1"}),
    ],
)
async def test_meddling_with_the_log_is_found_and_named(
    exchanged: Steps, seal, inspect, tamper, meddling: list[str], found: set[str]
) -> None:
    await seal()
    assert await inspect() == []
    async with exchanged.world.sessions.system("test") as session:
        rows = await session.execute(select(ExchangeLink.sequence, ExchangeLink.entry_id))
        names = {f"e{row.sequence}": f"'{row.entry_id}'" for row in rows}
    await tamper(*(statement.format(**names) for statement in meddling))
    assert found <= set(await inspect())


async def test_rewriting_the_chain_behind_a_changed_entry_breaks_the_seal(exchanged: Steps, seal, inspect, tamper):
    """Who recomputes every hash still cannot sign."""
    from hub.evidence.chain import link  # noqa: PLC0415 - the attacker's tool
    from hub.evidence.entries import entry_form  # noqa: PLC0415

    await seal()
    await tamper("update exchange_entry set subject = 'other' where subject = 'county.court'")
    statements, previous = [], ""
    async with exchanged.world.sessions.system("test") as session:
        rows = await session.execute(
            select(ExchangeLink, ExchangeEntry)
            .join(ExchangeEntry, ExchangeEntry.id == ExchangeLink.entry_id)
            .order_by(ExchangeLink.sequence)
        )
        for old, entry in rows:
            made = link(old.algorithm, old.partition, old.sequence, previous, entry_form(entry))
            values = f"previous = '{previous}', hash = '{made.hash}'"
            statements.append(f"update exchange_link set {values} where sequence = {old.sequence}")
            previous = made.hash
    await tamper(*statements)
    assert await inspect() == ["EVIDENCE_SEAL_BROKEN:1"]


@pytest.mark.parametrize("table", ["exchange_entry", "exchange_link", "exchange_seal", "evidence_key"])
@pytest.mark.parametrize("change", ["delete from {}", "update {} set {} = {}"])
async def test_not_even_background_work_can_change_what_was_exchanged(
    exchanged: Steps, seal, table: str, change: str
) -> None:
    await seal()
    column = {"exchange_link": "hash"}.get(table, "id")
    with pytest.raises(DBAPIError) as refused:
        async with exchanged.world.sessions.system("test") as session:
            await session.execute(text(change.format(table, column, column)))
    assert refused.value.orig.sqlstate == "42501"


async def test_an_entry_without_an_answer_keeps_the_form_it_was_linked_in(exchanged: Steps) -> None:
    async with exchanged.world.sessions.system("test") as session:
        row = (await session.scalars(select(ExchangeEntry).limit(1))).one()
        assert "response_digest" not in entry_form(row)
        assert entry_form(row)["legal_basis"] is None
        row.response_digest = "0" * 64
        assert entry_form(row)["response_digest"] == "0" * 64
        session.expunge(row)
