"""Bad input leaves a receipt with its reason, a quarantined row a person can see, and no half-applied effect."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import func, select

from connectors.sandbox.court.files import Format
from connectors.sandbox.court.system import Fault
from hub.canonical.exchange_codes import BatchStatus, InboxStatus
from hub.db import models
from tests.support.court import DISHONEST, PENDING, Court, court_at

RECORDS = (models.DishonestyRecord, models.CaseListEntry, models.LegalCase, models.Subject, models.InboxMessage)


async def nothing_kept(court: Court) -> bool:
    async with court.world.sessions.system("test") as session:
        return not any([await session.scalar(select(func.count()).select_from(model)) for model in RECORDS])


async def messages(court: Court) -> list[models.InboxMessage]:
    async with court.world.sessions.system("test") as session:
        return list(await session.scalars(select(models.InboxMessage).order_by(models.InboxMessage.position)))


def reasons(receipt: dict) -> list[str]:
    return [reason["code"] for reason in receipt["reasons"]]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.TRUNCATE, "BATCH_FILE_SIZE"),
        (Fault.BAD_CHECKSUM, "BATCH_DIGEST"),
        (Fault.BAD_COUNT, "BATCH_COUNT"),
        (Fault.GBK_UNTOLD, "FILE_ENCODING"),
        (Fault.FORGED, "BATCH_COURT"),
    ],
)
async def test_a_batch_that_does_not_add_up_is_refused_whole(court: Court, fault: Fault, code: str) -> None:
    court.send(*((PENDING, court.row(PENDING, number, "police")) for number in range(1, 4)), faults=[fault])
    await court.hear()
    (receipt,) = court.system.receipts()
    assert (receipt["accepted"], reasons(receipt)) == (False, [code])
    assert receipt["reasons"][0]["message"]
    assert await nothing_kept(court)
    assert len(list((court.system.folder.root / "refused").iterdir())) == 2
    async with court.world.sessions.system("test") as session:
        (batch,) = await session.scalars(select(models.InboxBatch))
    assert (batch.status, batch.accepted_rows, batch.reasons[0]["code"]) == (BatchStatus.REFUSED, 0, code)


async def test_a_refused_batch_may_be_sent_again_under_its_number_and_closes_its_issue(court: Court) -> None:
    row = (PENDING, court.row(PENDING, 1, "police"))
    court.send(row, faults=[Fault.TRUNCATE], number=1)
    await court.hear()
    court.send(row, number=1)
    await court.hear()
    assert sorted(receipt["accepted"] for receipt in court.system.receipts()) == [True]
    async with court.world.sessions.system("test") as session:
        (issue,) = await session.scalars(select(models.DataQualityIssue))
    assert issue.resolved_at is not None


async def test_one_number_is_one_batch(court: Court) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police")), number=1)
    court.send((PENDING, court.row(PENDING, 2, "police")), number=1)
    await court.hear()
    court.send((PENDING, court.row(PENDING, 3, "police")), number=1)
    await court.hear()
    assert {tuple(reasons(receipt)) for receipt in court.system.receipts()} == {(), ("BATCH_NUMBER_REUSED",)}
    assert len(await messages(court)) == 1


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[]", b"{", b"[" * 100_000, b'{"batch": -1, "files": {}}'])
async def test_an_unreadable_manifest_is_answered_too(court: Court, content: bytes) -> None:
    court.system.folder.put("in", "00000001.manifest.json", content)
    await court.hear()
    (receipt,) = court.system.receipts()
    assert not receipt["accepted"]
    assert set(reasons(receipt)) <= {"MANIFEST_UNREADABLE", "MANIFEST_FIELD"}
    assert await nothing_kept(court)


async def test_a_manifest_that_names_files_outside_is_refused_and_they_stay(court: Court) -> None:
    secret = court.system.folder.root / "secret.csv"
    secret.write_text("x")
    court.send((PENDING, court.row(PENDING, 1, "police")))
    path = court.system.folder.incoming / "00000001.manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"][0]["name"] = "../secret.csv"
    path.write_text(json.dumps(manifest))
    await court.hear()
    (receipt,) = court.system.receipts()
    assert reasons(receipt) == ["MANIFEST_FIELD"]
    assert secret.read_text() == "x"


async def test_a_link_to_another_file_is_not_followed(court: Court) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police")))
    (file,) = court.system.folder.incoming.glob("*.csv")
    elsewhere = file.rename(court.system.folder.root / "elsewhere.csv")
    file.symlink_to(elsewhere)
    await court.hear()
    assert reasons(court.system.receipts()[0]) == ["BATCH_FILE_MISSING"]


async def test_two_gigabytes_are_refused_by_their_size_alone(court: Court) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police")))
    (file,) = court.system.folder.incoming.glob("*.csv")
    size = 2 * 1024**3
    with file.open("r+b") as handle:
        handle.truncate(size)
    path = court.system.folder.incoming / "00000001.manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"][0]["bytes"] = size
    path.write_text(json.dumps(manifest))
    before = _bytes_read()
    await court.hear()
    assert reasons(court.system.receipts()[0]) == ["BATCH_FILE_TOO_LARGE"]
    assert _bytes_read() - before < 50 * 1024**2
    assert await nothing_kept(court)


def _bytes_read() -> int:
    """What this process has read so far, files and sockets alike (proc_pid_io(5))."""
    return int(Path("/proc/self/io").read_text().partition("rchar: ")[2].split()[0])


async def test_wrong_check_digits_are_told_with_place_and_expected_character(court: Court) -> None:
    good = court.row(PENDING, 1, "police")
    wrong_code = court.row(PENDING, 2, "police", 统一社会信用代码=good["统一社会信用代码"][:-1] + "0")
    wrong_number = court.person(3, 公民身份号码="110105194912310021")
    wrong_case = court.row(PENDING, 4, "police", 案号="（2026）豫0825号")
    court.send((PENDING, good), (PENDING, wrong_code), (DISHONEST, wrong_number), (PENDING, wrong_case))
    await court.hear()
    (receipt,) = court.system.receipts()
    assert (receipt["accepted"], receipt["rows"], receipt["faultyRows"]) == (True, 1, 3)
    lines = court.system.error_lines()
    assert len(lines) == 3
    for code in ("USCC_CHECK", "CITIZEN_ID_CHECK", "CASE_NUMBER_TYPE"):
        assert [line for line in lines if code in line], code
    (check,) = (line for line in lines if "USCC_CHECK" in line)
    assert "18" in check
    assert good["统一社会信用代码"][-1] in check
    assert not any("110105194912310021" in line for line in lines)
    held = [message for message in await messages(court) if message.state is InboxStatus.INVALID]
    assert {message.reasons[0]["code"] for message in held} >= {"USCC_CHECK", "CITIZEN_ID_CHECK"}
    assert court.system.results()[0]["messages"] == {"APPLIED": 1, "INVALID": 3}


async def test_another_courts_case_is_held_and_changes_nothing(court: Court) -> None:
    court.send((DISHONEST, court.row(DISHONEST, 1, "police", 案号="（2026）豫0882执1号")))
    await court.hear()
    (message,) = await messages(court)
    assert (message.state, message.reasons[0]["code"]) == (InboxStatus.INVALID, "CASE_OF_ANOTHER_COURT")
    async with court.world.sessions.system("test") as session:
        assert await session.scalar(select(func.count()).select_from(models.DishonestyRecord)) == 0


async def test_a_state_secret_is_refused_and_nothing_of_it_is_kept(court: Court) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police", 密级="涉国家秘密")))
    await court.hear()
    (message,) = await messages(court)
    assert (message.body_sealed, message.reasons[0]["code"]) == (None, "STATE_SECRET_REFUSED")
    assert not (await _exists(court, models.LegalCase))


async def test_a_confidential_case_is_kept_as_a_shell(court: Court) -> None:
    court.send((DISHONEST, court.row(DISHONEST, 1, "police")))
    await court.hear()
    court.world.clock.advance(hours=1)
    shell = court.row(DISHONEST, 1, "police", 密级="涉个人隐私", 报文号="二")
    court.send((DISHONEST, shell))
    await court.hear()
    async with court.world.sessions.system("test") as session:
        (case,) = await session.scalars(select(models.LegalCase))
        (record,) = await session.scalars(select(models.DishonestyRecord))
    assert (case.cause, record.duty, record.performance) == (None, None, None)


async def _exists(court: Court, model) -> bool:
    async with court.world.sessions.system("test") as session:
        return bool(await session.scalar(select(func.count()).select_from(model)))


async def test_a_signed_ferry_takes_nothing_that_is_not_signed_by_its_key(court: Court, tmp_path) -> None:
    signed = court_at(court.world, court.runtime, tmp_path, sign=True)
    signed.send((PENDING, signed.row(PENDING, 1, "police")))
    court.system.last_batch = 1
    court.send((PENDING, court.row(PENDING, 2, "police")))
    await court.hear()
    assert [(receipt["batch"], reasons(receipt)) for receipt in court.system.receipts()] == [
        (1, []),
        (2, ["BATCH_SIGNATURE"]),
    ]


def _bomb(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def _sparse(*cells: str) -> bytes:
    """A workbook of a few kilobytes whose sheet is as large as its last cell says."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for cell in cells:
            sheet.write_string(cell, "x")
    return out.getvalue()


SHEET = b"<sheetData>%s%s</sheetData>"


@pytest.mark.parametrize(
    "workbook",
    [
        _sparse("A1", "XFD1048576"),
        _bomb({"xl/any.part": SHEET % (b"<row>" + b"<c/>" * 300 + b"</row>", b"<x:row x=''/>" * 20_000)}),
        _bomb({"xl/worksheets/sheet1.xml": SHEET % (b"<row/>", b"<c %s r = 'xfd1048576'/>" % (b" " * 270_000))}),
        _bomb({"xl/worksheets/sheet1.xml": b"0" * 50_000_000}),
        _bomb({"xl/sharedStrings.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>'}),
        _bomb({"xl/workbook.xml": "<!DOCTYPE x><x/>".encode("utf-16")}),
        _bomb({f"xl/{number}.xml": b"<x/>" for number in range(600)}),
    ],
    ids=["far cell", "uncounted cells", "far cell across chunks", "ratio", "entities", "utf-16", "entries"],
)
async def test_a_bomb_is_refused_unopened(court: Court, workbook: bytes) -> None:
    _replace(court, workbook)
    await court.hear()
    assert reasons(court.system.receipts()[0]) == ["FILE_ARCHIVE_UNSAFE"]
    assert await nothing_kept(court)


async def test_a_damaged_workbook_is_refused(court: Court) -> None:
    _replace(court, b"PK\x03\x04 nothing else")
    await court.hear()
    assert reasons(court.system.receipts()[0]) == ["FILE_DAMAGED"]


def _replace(court: Court, content: bytes) -> None:
    """Put other bytes in the workbook's place, with the manifest to match."""
    court.send((PENDING, court.row(PENDING, 1, "police")), format_=Format.WORKBOOK)
    (file,) = court.system.folder.incoming.glob("*.xlsx")
    file.write_bytes(content)
    path = court.system.folder.incoming / "00000001.manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"][0] |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    path.write_text(json.dumps(manifest))


async def test_the_error_file_is_no_formula(court: Court) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police", 报文号="=HYPERLINK(1)", 案号="错")))
    await court.hear()
    (line,) = court.system.error_lines()
    assert "'=HYPERLINK(1)" in line
