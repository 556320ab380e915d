"""Deliveries are taken in whole or refused whole, answered either way, and nothing accepted is lost or taken twice."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from connectors.sandbox.court.files import Format
from connectors.sandbox.court.rows import listing_rows
from hub.db import models
from tests.support.court import DISHONEST, PENDING, TERMINATED, Court, court_at


async def count(court: Court, model, *where) -> int:
    async with court.world.sessions.system("test") as session:
        return await session.scalar(select(func.count()).select_from(model).where(*where)) or 0


async def test_a_batch_is_taken_in_receipted_applied_and_cleared_from_the_ferry(court: Court) -> None:
    court.send((DISHONEST, court.row(DISHONEST, 1, "police")), (PENDING, court.row(PENDING, 2, "finance")))
    court.send((TERMINATED, court.row(TERMINATED, 3, "civil")))
    await court.hear()
    first, second = court.system.receipts()
    assert (first["accepted"], first["rows"], first["reasons"]) == (True, 2, [])
    assert second["batch"] == 2
    assert await count(court, models.DishonestyRecord) == 1
    assert await count(court, models.CaseListEntry) == 2
    assert list((court.system.folder.incoming).iterdir()) == []
    assert [each["messages"] for each in court.system.results()] == [{"APPLIED": 2}, {"APPLIED": 1}]


@pytest.mark.parametrize(
    ("format_", "encoding"), [(Format.CSV, "GB18030"), (Format.JSON_LINES, "UTF-8"), (Format.WORKBOOK, "UTF-8")]
)
async def test_every_format_says_the_same(court: Court, format_: Format, encoding: str) -> None:
    row = court.row(
        PENDING, 1, "police", 统一社会信用代码="".join(chr(ord(c) + 0xFEE0) for c in court.unit("police").uscc)
    )
    row |= {"列入日期": "２０２６年１月５日", "立案日期": "46022", "标的金额": "1,234,567.8元"}
    court.send((PENDING, row), format_=format_, encoding=encoding)
    await court.hear()
    async with court.world.sessions.system("test") as session:
        (entry,) = await session.scalars(select(models.CaseListEntry))
        (case,) = await session.scalars(select(models.LegalCase))
        (subject,) = await session.scalars(select(models.Subject))
    assert (entry.listed_on, case.filed_on, entry.claim_amount_fen) == (date(2026, 1, 5), date(2025, 12, 31), 123456780)
    assert (subject.uscc, subject.organization_id) == (
        court.unit("police").uscc,
        court.world.organizations["county.police"],
    )


async def test_an_earlier_template_is_still_read(court: Court) -> None:
    court.system.template = "court-lists/1"
    court.send((PENDING, court.row(PENDING, 1, "police")))
    await court.hear()
    assert await count(court, models.CaseListEntry) == 1


async def test_a_batch_whose_receipt_was_lost_is_answered_again_and_not_taken_twice(court: Court) -> None:
    """The hub dies between its commit and the receipt: the files still lie there."""
    court.send((PENDING, court.row(PENDING, 1, "police")))
    kept = {path.name: path.read_bytes() for path in court.system.folder.incoming.iterdir()}
    await court.hear()
    for name, content in kept.items():
        court.system.folder.put("in", name, content)
    await court.hear()
    (receipt,) = court.system.receipts()
    assert (receipt["accepted"], receipt["duplicate"], receipt["rows"]) == (True, True, 1)
    assert await count(court, models.InboxMessage) == 1
    assert list(court.system.folder.incoming.iterdir()) == []


@pytest.mark.parametrize("left", ["manifest", "manifest and signature", "signature missing"])
async def test_a_batch_that_is_being_taken_away_was_accepted_whatever_is_left_of_it(
    court: Court, left: str, tmp_path: Path
) -> None:
    """The hub dies over it, or another worker takes the files away while this one looks at them."""
    court = court_at(court.world, court.runtime, tmp_path, sign=True)
    court.send((PENDING, court.row(PENDING, 1, "police")))
    kept = {path.name: path.read_bytes() for path in court.system.folder.incoming.iterdir()}
    await court.hear()
    for name, content in kept.items():
        of_manifest, of_signature = name.endswith("manifest.json"), name.endswith(".sig")
        again = {"manifest": of_manifest, "manifest and signature": of_manifest or of_signature}
        if again.get(left, not of_signature):
            court.system.folder.put("in", name, content)
    await court.hear()
    (receipt,) = court.system.receipts()
    assert (receipt["accepted"], receipt["duplicate"], receipt["reasons"]) == (True, True, [])
    assert await count(court, models.DataQualityIssue) == 0
    assert await count(court, models.InboxBatch) == 1
    assert list(court.system.folder.incoming.iterdir()) == []


async def test_a_manifest_whose_files_never_came_is_refused(court: Court) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police")))
    court.system.folder.clear([p.name for p in court.system.folder.incoming.iterdir() if p.suffix != ".json"])
    await court.hear()
    (receipt,) = court.system.receipts()
    assert (receipt["accepted"], [each["code"] for each in receipt["reasons"]]) == (False, ["BATCH_FILE_MISSING"])


async def test_a_file_without_its_manifest_is_left_alone(court: Court) -> None:
    court.system.folder.put("in", "00000001-pending.csv", b"x")
    (court.system.folder.incoming / "00000002.manifest.json.part").write_bytes(b"{}")
    await court.hear()
    assert court.system.receipts() == []
    assert len(list(court.system.folder.incoming.iterdir())) == 2


async def test_one_message_id_with_two_contents_keeps_the_first_and_the_evidence(court: Court) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police", 报文号="甲")))
    court.send((PENDING, court.row(PENDING, 2, "finance", 报文号="甲")))
    await court.hear()
    assert court.system.receipts()[1]["faultyRows"] == 1
    assert "MESSAGE_ID_REUSED" in court.system.error_lines()[0]
    async with court.world.sessions.system("test") as session:
        (refusal,) = await session.scalars(select(models.InboxRefusal))
        (entry,) = await session.scalars(select(models.CaseListEntry))
    assert refusal.digest != refusal.known_digest
    assert entry.case_number == court.case(1).case_number


async def test_personal_data_lies_nowhere_in_clear(court: Court, database) -> None:
    row = court.person(1)
    court.send((DISHONEST, row))
    await court.hear()
    number = row["公民身份号码"]
    async with court.world.sessions.system("test") as session:
        for table in models.InboxMessage.metadata.sorted_tables:
            found = await session.execute(text(f'select t::text from "{table.name}" t'))
            assert not [line for (line,) in found if number in line], table.name
    assert not [path for path in court.system.folder.root.rglob("*") if path.is_file() and number in path.read_text()]


async def test_a_folder_of_no_known_court_is_left_alone_and_the_others_are_heard(court: Court) -> None:
    (court.runtime.settings.ferry_folder / "京99" / "in").mkdir(parents=True)
    court.send((PENDING, court.row(PENDING, 1, "police")))
    await court.hear()
    assert court.system.receipts()[0]["accepted"]


async def test_memory_stays_flat_over_a_long_file(court: Court) -> None:
    rows = [(DISHONEST, each) for each in listing_rows(8_000, court.case(1), court.world.clock())]
    court.send(*rows)
    (delivery,) = court.connector.pull(None)
    tracemalloc.start()
    for row in court.connector.read(delivery):
        court.connector.translate(row, told_at=court.world.clock(), now=court.world.clock())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * 1024**2
