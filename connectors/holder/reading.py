"""An answer as the hub understands it: verified first, then its keys in the hub's terms. Whatever is not known of it is
a reason not to take it: half an answer would pass for a whole one."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator, Mapping

from connectors.holder.asking import KNOWN
from connectors.holder.message import HolderMessage, Record, parsed
from connectors.holder.sealing import is_sealed
from connectors.holder.shape import Block, Keys, Shape
from hub.canonical.execution_codes import AnswerCode
from hub.canonical.holding import HolderEvent, HolderReply, Reading
from hub.core.errors import Reason, Refused

_NUMBER = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]{1,45}")
_KEY = re.compile(r"[A-Za-z_]{1,20}")
_LONGEST_NOTE = 1_000


def read_answer(shape: Shape, seal_key: str, content: bytes) -> Reading:
    """``seal_key`` is the public key of the holder's seal, PEM."""
    answer = shape.answer
    try:
        message = parsed(content, answer.root, shape.form, shape.encoding)
    except Refused as refused:
        return Reading(None, None, refused.reasons)
    told = _meant(answer.keys, message.fields)
    number = told.get("number", "")
    known = number if _NUMBER.fullmatch(number) else None
    reasons = [*_strangers(shape, message), *_forgeries(shape, seal_key, message, number)]
    if known is None:
        reasons.append(Reason("ANSWER_FIELD", (), {"field": shape.key(answer.keys, "number")}))
    if reasons:
        return Reading(known, None, tuple(reasons))
    try:
        return Reading(known, _reply(shape, message, told))
    except Refused as refused:
        return Reading(known, None, refused.reasons)


def _meant(keys: Keys, record: Record) -> dict[str, str]:
    """Texts by the hub's terms; what is blank is absent."""
    return {term: record[key] for key, term in keys.items() if term != KNOWN and record.get(key)}


def _strangers(shape: Shape, message: HolderMessage) -> Iterator[Reason]:
    """Keys that the shape does not know, and blocks given twice where one is meant."""
    answer = shape.answer
    blocks = (*answer.blocks.values(), answer.returned, answer.objected)
    known = {block.name: frozenset(block.keys) for block in blocks}
    known[answer.receipt] = frozenset(answer.receipt_keys)
    strangers = set(message.fields) - set(answer.keys)
    for name, rows in message.blocks.items():
        strangers |= {name} if name not in known else {key for row in rows for key in row if key not in known[name]}
    for key in sorted(strangers)[:20]:
        yield Reason("ANSWER_KEY_UNKNOWN", (), {"key": key if _KEY.fullmatch(key) else "?"})


def _forgeries(shape: Shape, seal_key: str, message: HolderMessage, number: str) -> Iterator[Reason]:
    """Whether digests and seal are of this very answer."""
    receipts = message.blocks.get(shape.answer.receipt, ())
    if len(receipts) != 1:
        yield Reason("ANSWER_SEAL")
        return
    given, rest = _meant(shape.answer.receipt_keys, receipts[0]), message.without(shape.answer.receipt)
    digests = {"sha256": rest.sha256, "md5": rest.md5}
    wanted = [term for term in digests if term in shape.answer.receipt_keys.values()]
    if not all(hmac.compare_digest(given.get(term, "").lower().encode(), digests[term].encode()) for term in wanted):
        yield Reason("ANSWER_DIGEST")
    elif not is_sealed(seal_key, number, rest.sha256, given.get("seal", "")):
        yield Reason("ANSWER_SEAL")


def _reply(shape: Shape, message: HolderMessage, told: Mapping[str, str]) -> HolderReply:
    answer, number, region = shape.answer, told["number"], told.get("region", "")
    returned, objected = (message.blocks.get(each.name, ()) for each in (answer.returned, answer.objected))
    if returned or objected:
        event = HolderEvent.RETURNED if returned else HolderEvent.OBJECTED
        if len((*returned, *objected)) > 1 or told.get("result"):
            raise Refused(Reason("ANSWER_AMBIGUOUS"))
        payload = _return(shape, returned[0]) if returned else _meant(answer.objected.keys, objected[0])
        return HolderReply(number, region, event, payload)
    result = told.get("result", "")
    if result in answer.accepted:
        return HolderReply(number, region, HolderEvent.ACCEPTED, {})
    if result not in answer.results:
        raise Refused(Reason("ANSWER_FIELD", (), {"field": shape.key(answer.keys, "result")}))
    items, notes = _findings(shape, message)
    payload = {
        "code": answer.results[result].value,
        "as_of": told.get("as_of"),
        "subject_number": told.get("subject_number"),
        "note": _note([*([told["note"]] if "note" in told else []), *notes]),
    }
    if not items and answer.results[result] is AnswerCode.FOUND and _says_nothing(shape, message):
        payload["code"] = AnswerCode.NOT_FOUND.value
    return HolderReply(number, region, HolderEvent.ANSWERED, payload, items)


def _return(shape: Shape, record: Record) -> dict[str, str | None]:
    given = _meant(shape.answer.returned.keys, record)
    reason = shape.answer.reasons.get(given.get("reason", ""))
    if reason is None:
        raise Refused(Reason("ANSWER_FIELD", (), {"field": shape.key(shape.answer.returned.keys, "reason")}))
    contact = " ".join(given[term] for term in ("contact_name", "contact_phone") if term in given)
    return {"reason": reason.value, "note": given.get("note"), "contact": contact or None}


def _findings(shape: Shape, message: HolderMessage) -> tuple[list[tuple[str, Mapping[str, str]]], list[str]]:
    """Items by kind, and what has no kind of its own as sentences for the note."""
    items: list[tuple[str, Mapping[str, str]]] = []
    notes: list[str] = []
    for name, block in shape.answer.blocks.items():
        for record in message.blocks.get(name, ()):
            if _is_nothing(block, record):
                continue
            if block.kind is not None:
                items.append((block.kind, _meant(block.keys, record)))
            else:
                notes.append(f"{block.label}：{'，'.join(f'{k} {v}' for k, v in _meant(block.keys, record).items())}")
    return items, notes


def _is_nothing(block: Block, record: Record) -> bool:
    return any(record.get(key) == value for key, value in block.nothing.items())


def _says_nothing(shape: Shape, message: HolderMessage) -> bool:
    """Whether the answer lists that there is none (查无开户信息), which is an answer too."""
    return any(
        _is_nothing(block, record)
        for name, block in shape.answer.blocks.items()
        for record in message.blocks.get(name, ())
    )


def _note(parts: list[str]) -> str | None:
    """As many parts as a note holds, and how many more there were."""
    kept: list[str] = []
    for place, part in enumerate(parts):
        if sum(map(len, kept)) + len(kept) + len(part) > _LONGEST_NOTE - 20:
            kept.append(f"另有{len(parts) - place}项未列")
            break
        kept.append(part)
    return "；".join(kept) or None
