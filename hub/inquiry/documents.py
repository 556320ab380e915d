"""Legal documents of a query: their bytes are checked against digest and seal before anything is asked."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from sqlalchemy import func, select

from hub.canonical.execution_codes import LegalDocumentKind
from hub.core.errors import Reason
from hub.core.ids import new_id
from hub.core.payload import required
from hub.db.models import CourtSeal, ExecutionDocument, ExecutionQuery
from hub.db.tenant_keys import TenantKeys
from hub.workflow.rows import within
from hub.workflow.unit import Unit

DOCUMENT_LIMIT = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDocument:
    """法律文书 (a legal document), 内容须与摘要、印章相符 (its content must fit digest and seal)."""

    kind: LegalDocumentKind = required("文书种类", "kind")
    document_number: str = required("文号", "document number", limit=100)
    filename: str = required("文件名", "file name", limit=200)
    content: str = required("内容（Base64）", "content in base64", limit=DOCUMENT_LIMIT)
    sha256: str = required("内容的SHA-256（十六进制）", "SHA-256 of the content, hex", limit=64)
    seal_serial: str = required("印章编号", "number of the seal", limit=64)
    seal: str = required("电子印章对内容的签名（ECDSA P-256，Base64）", "the seal: ECDSA over the content", limit=200)


def document_context(key: object) -> str:
    return f"execution_document|content_sealed|{key}"


async def document_problems(unit: Unit, documents: Iterable[LegalDocument], case_id: UUID) -> tuple[Reason, ...]:
    """Everything wrong with the documents: none at all, not base64, another digest, no valid seal of this court, given
    in another case before."""
    given = tuple(documents)
    if not given:
        return (Reason("DOCUMENTS_MISSING", ("documents",)),)
    seals = await _seals(unit)
    wrong = tuple(reason for index, each in enumerate(given) for reason in _problems(each, seals, index))
    elsewhere = [each for each in enumerate(given) if await _of_another_case(unit, each[1], case_id)]
    return wrong + tuple(Reason("DOCUMENT_OF_ANOTHER_CASE", ("documents", index, "sha256")) for index, _ in elsewhere)


async def _of_another_case(unit: Unit, document: LegalDocument, case_id: UUID) -> bool:
    asked = select(func.is_document_of_another_case(document.sha256.lower(), case_id))
    return bool(await unit.session.scalar(asked))


def notice_problems(documents: Iterable[LegalDocument]) -> tuple[Reason, ...]:
    """A query goes out with the notice that asks the holder for its assistance (协助查询通知书)."""
    named = any(each.kind is LegalDocumentKind.INQUIRY_NOTICE for each in documents)
    return () if named else (Reason("NOTICE_MISSING", ("documents",)),)


async def _seals(unit: Unit) -> Mapping[str, EllipticCurvePublicKey]:
    rows = await unit.session.scalars(
        select(CourtSeal).where(CourtSeal.court_id == unit.organization_id, CourtSeal.valid_to >= unit.today)
    )
    keys = {row.serial: load_pem_public_key(row.public_key.encode()) for row in rows}
    return {serial: key for serial, key in keys.items() if isinstance(key, EllipticCurvePublicKey)}


def _problems(document: LegalDocument, seals: Mapping[str, EllipticCurvePublicKey], index: int) -> Iterator[Reason]:
    content, seal = _decoded(document.content), _decoded(document.seal)
    yield from digest_problems(document.content, document.sha256, ("documents", index))
    if content is None:
        return
    key = seals.get(document.seal_serial)
    if key is None or seal is None or not _sealed(key, seal, content):
        yield Reason("DOCUMENT_SEAL", ("documents", index, "seal"))


def digest_problems(content: str, sha256: str, path: tuple[str | int, ...]) -> Iterator[Reason]:
    """BASE64_INVALID, or DOCUMENT_DIGEST where the content is not what the digest says."""
    told = _decoded(content)
    if told is None:
        yield Reason("BASE64_INVALID", (*path, "content"))
    elif hashlib.sha256(told).hexdigest() != sha256.lower():
        yield Reason("DOCUMENT_DIGEST", (*path, "sha256"))


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None


def _sealed(key: EllipticCurvePublicKey, seal: bytes, content: bytes) -> bool:
    try:
        key.verify(seal, content, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def keep_documents(unit: Unit, query: ExecutionQuery, documents: Iterable[LegalDocument], keys: TenantKeys) -> None:
    """Keep documents that have been checked; their content is sealed."""
    for document in documents:
        key = new_id()
        unit.session.add(
            ExecutionDocument(
                id=key,
                query_id=query.id,
                kind=document.kind,
                document_number=document.document_number,
                filename=document.filename,
                digest=document.sha256.lower(),
                seal_serial=document.seal_serial,
                content_sealed=keys.seal(document.content, context=document_context(key)),
                **within(query),
            )
        )
