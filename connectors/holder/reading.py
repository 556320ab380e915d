"""An answer as the hub understands it: verified first, then its keys in the hub's terms. Whatever is not known of it is
a reason not to take it: half an answer would pass for a whole one."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator, Mapping

from connectors.holder.asking import KNOWN
from connectors.holder.message import HolderMessage, Record, parsed
from connectors.holder.sealing import is_sealed
from connectors.holder.shape import Block, Controlled, Keys, Replying, Shape, Watched
from hub.canonical.execution_codes import AnswerCode
from hub.canonical.holding import Conversation, HolderEvent, HolderReply, Reading
from hub.core.errors import Reason, Refused

_NUMBER = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]{1,45}")
_KEY = re.compile(r"[A-Za-z_]{1,20}")
_NOTHING = re.compile(r"0+(\.0+)?")
_CONTROL_TERMS = ("reason", "starts_on", "ends_on", "amount_controlled", "amount_excess")
_LOOKOUT_TERMS = ("met_at", "place", "police_unit")
_LONGEST_NOTE = 1_000


def read_answer(shape: Shape, seal_key: str, content: bytes) -> Reading:
    """``seal_key`` is the public key of the holder's seal, PEM."""
    answers: dict[str, Replying] = {shape.answer.root: shape.answer}
    for spoken in (shape.control, shape.lookout):
        if spoken is not None:
            answers[spoken.answer.root] = spoken.answer
    try:
        root, message = parsed(content, answers, shape.form, shape.encoding)
    except Refused as refused:
        return Reading(None, None, refused.reasons)
    answer = answers[root]
    told = _meant(answer.keys, message.fields)
    number = told.get("number", "")
    known = number if _NUMBER.fullmatch(number) else None
    reasons = [*_strangers(answer, message), *_forgeries(answer, seal_key, message, number)]
    if known is None:
        reasons.append(Reason("ANSWER_FIELD", (), {"field": shape.key(answer.keys, "number")}))
    if reasons:
        return Reading(known, None, tuple(reasons))
    try:
        return Reading(known, _replied(shape, answer, message, told))
    except Refused as refused:
        return Reading(known, None, refused.reasons)


def _meant(keys: Keys, record: Record) -> dict[str, str]:
    """Texts by the hub's terms; what is blank is absent."""
    return {term: record[key] for key, term in keys.items() if term != KNOWN and record.get(key)}


def _strangers(answer: Replying, message: HolderMessage) -> Iterator[Reason]:
    """Keys that the shape does not know, and blocks given twice where one is meant."""
    known = {block.name: frozenset(block.keys) for block in answer.known_blocks}
    known[answer.receipt] = frozenset(answer.receipt_keys)
    strangers = set(message.fields) - set(answer.keys)
    for name, rows in message.blocks.items():
        strangers |= {name} if name not in known else {key for row in rows for key in row if key not in known[name]}
    for key in sorted(strangers)[:20]:
        yield Reason("ANSWER_KEY_UNKNOWN", (), {"key": key if _KEY.fullmatch(key) else "?"})


def _forgeries(answer: Replying, seal_key: str, message: HolderMessage, number: str) -> Iterator[Reason]:
    """Whether digests and seal are of this very answer."""
    receipts = message.blocks.get(answer.receipt, ())
    if len(receipts) != 1:
        yield Reason("ANSWER_SEAL")
        return
    given, rest = _meant(answer.receipt_keys, receipts[0]), message.without(answer.receipt)
    digests = {"sha256": rest.sha256, "md5": rest.md5}
    wanted = [term for term in digests if term in answer.receipt_keys.values()]
    if not all(hmac.compare_digest(given.get(term, "").lower().encode(), digests[term].encode()) for term in wanted):
        yield Reason("ANSWER_DIGEST")
    elif not is_sealed(seal_key, number, rest.sha256, given.get("seal", "")):
        yield Reason("ANSWER_SEAL")


def _replied(shape: Shape, answer: Replying, message: HolderMessage, told: Mapping[str, str]) -> HolderReply:
    if isinstance(answer, Watched):
        return _watched(shape, answer, message, told)
    return _controlled(shape, message, told) if isinstance(answer, Controlled) else _reply(shape, message, told)


def _reply(shape: Shape, message: HolderMessage, told: Mapping[str, str]) -> HolderReply:
    answer, number, region = shape.answer, told["number"], told.get("region", "")
    returned, objected = (message.blocks.get(each.name, ()) for each in (answer.returned, answer.objected))
    if returned or objected:
        event = HolderEvent.RETURNED if returned else HolderEvent.OBJECTED
        if len((*returned, *objected)) > 1 or told.get("result"):
            raise Refused(Reason("ANSWER_AMBIGUOUS"))
        payload = _return(shape, answer, returned[0]) if returned else _meant(answer.objected.keys, objected[0])
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


def _controlled(shape: Shape, message: HolderMessage, told: Mapping[str, str]) -> HolderReply:
    """What became of an order of control; amounts of nothing are as good as none."""
    assert shape.control is not None
    answer, result = shape.control.answer, told.get("result", "")
    returned = message.blocks.get(answer.returned.name, ())
    event, payload = HolderEvent.ANSWERED, {term: told.get(term) for term in _CONTROL_TERMS}
    if returned:
        if len(returned) > 1 or result:
            raise Refused(Reason("ANSWER_AMBIGUOUS"))
        event, payload = HolderEvent.RETURNED, _return(shape, answer, returned[0])
    elif result in answer.accepted:
        event, payload = HolderEvent.ACCEPTED, {}
    elif result not in answer.results:
        raise Refused(Reason("ANSWER_FIELD", (), {"field": shape.key(answer.keys, "result")}))
    else:
        payload["result"] = answer.results[result].value
    payload = {term: None if _NOTHING.fullmatch(text or "") else text for term, text in payload.items()}
    return HolderReply(told["number"], told.get("region", ""), event, payload, conversation=Conversation.CONTROL)


def _watched(shape: Shape, answer: Watched, message: HolderMessage, told: Mapping[str, str]) -> HolderReply:
    """What became of a lookout: watched for, called off, returned; or where its target was met."""
    returned, result = message.blocks.get(answer.returned.name, ()), told.get("result", "")
    if (len(returned) > 1) or (returned and result):
        raise Refused(Reason("ANSWER_AMBIGUOUS"))
    if not returned and result not in answer.results:
        raise Refused(Reason("ANSWER_FIELD", (), {"field": shape.key(answer.keys, "result")}))
    event = HolderEvent.RETURNED if returned else answer.results[result]
    payload = _return(shape, answer, returned[0]) if returned else {term: told.get(term) for term in _LOOKOUT_TERMS}
    return HolderReply(told["number"], told.get("region", ""), event, payload, conversation=Conversation.LOOKOUT)


def _return(shape: Shape, answer: Replying, record: Record) -> dict[str, str | None]:
    given = _meant(answer.returned.keys, record)
    reason = answer.reasons.get(given.get("reason", ""))
    if reason is None:
        raise Refused(Reason("ANSWER_FIELD", (), {"field": shape.key(answer.returned.keys, "reason")}))
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
