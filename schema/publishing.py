"""Files of trusted documents: a GraphQL document, or an operation manifest of graphql-codegen or Apollo."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from hub.auth.trusted_documents import PREFIX, Publication
from hub.core.errors import Reason, Refused, refuse_if
from schema.build import HubSchema
from schema.documents import Document
from schema.preparing import InvalidDocument, checked_document

APOLLO = "apollo-persisted-query-manifest"


def read_publications(schema: HubSchema, content: bytes, *, json_file: bool) -> list[Publication]:
    """The documents of a file, every one within the limits and valid.

    Raises ``Refused`` with every reason: DOCUMENT_MANIFEST_INVALID, or for each document DOCUMENT_INVALID and
    DOCUMENT_DIGEST_MISMATCH.
    """
    try:
        text = content.decode("utf-8")
        entries = list(_manifest(json.loads(text))) if json_file else [("", text)]
    except (ValueError, RecursionError, KeyError, TypeError):
        entries = []
    if not entries:
        raise Refused(Reason("DOCUMENT_MANIFEST_INVALID"))
    publications: list[Publication] = []
    reasons: list[Reason] = []
    for digest, body in entries:
        publication, found = _check(schema, digest, body)
        publications.append(publication)
        reasons += found
    refuse_if(reasons)
    return publications


def _manifest(given: Any) -> Iterator[tuple[str, str]]:
    """Digest and text of each entry. Raises ``ValueError``, ``KeyError`` or ``TypeError`` on any other form."""
    pairs: Iterable[tuple[Any, Any]]
    if given.get("format") == APOLLO if isinstance(given, dict) else False:
        pairs = [(each["id"], each["body"]) for each in given["operations"]]
    else:
        pairs = dict(given).items()
    for digest, body in pairs:
        if not isinstance(digest, str) or not isinstance(body, str):
            raise TypeError("an entry of a manifest is a digest and a text")
        yield digest.removeprefix(PREFIX), body


def _check(schema: HubSchema, digest: str, body: str) -> tuple[Publication, list[Reason]]:
    reasons: list[Reason] = []
    name = digest
    try:
        name = _name(checked_document(schema, body)) or digest
    except Refused as refused:
        reasons += [_invalid(digest, str(reason.text)) for reason in refused.reasons]
    except InvalidDocument as invalid:
        reasons += [_invalid(digest, error["message"]) for error in invalid.told()]
    publication = Publication(name or "(unnamed)", body)
    if digest and PREFIX + digest != publication.document_id:
        reasons.append(Reason("DOCUMENT_DIGEST_MISMATCH", (), {"name": name[:80]}))
    return publication, reasons


def _name(document: Document) -> str:
    return ", ".join(each.name.value for each in document.operations if each.name)


def _invalid(digest: str, detail: str) -> Reason:
    return Reason("DOCUMENT_INVALID", (), {"name": digest[:16], "detail": detail})
