"""Conditions of the events of a notice, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hub.canonical.supervision_codes import NoticeSigner
from hub.core.errors import Reason
from hub.core.texts import Text, label_text
from hub.core.workflow import Guard
from hub.supervision.facts import NoticeFacts


def _ahead(facts: NoticeFacts, _: Any) -> Iterable[Reason]:
    due_on = facts.notice.due_on
    return (Reason("NOTICE_DUE_DATE_PASSED", ("dueOn",)),) if due_on is not None and due_on <= facts.today else ()


def _may_sign(facts: NoticeFacts, _: Any) -> Iterable[Reason]:
    if facts.acting_id in facts.signed:
        yield Reason("SIGNATURE_ALREADY_GIVEN")
    if facts.acting_id not in facts.notice.co_issuer_ids and not facts.signs_for_issuer:
        yield Reason("SIGNER_IS_ANOTHER", params={"signer": _label(facts.policy.signer)})


def _label(signer: NoticeSigner) -> str:
    return label_text(f"NoticeSigner.{signer.value}").zh


def _last(facts: NoticeFacts, given: Any) -> Iterable[Reason]:
    """Whoever may not sign at all is told that alone."""
    if facts.is_last_signature() or any(_may_sign(facts, given)):
        return ()
    return (Reason("SIGNATURES_MISSING"),)


def _not_last(facts: NoticeFacts, _: Any) -> Iterable[Reason]:
    return (Reason("SIGNATURE_ALREADY_GIVEN"),) if facts.is_last_signature() else ()


def _unreceipted(facts: NoticeFacts, _: Any) -> Iterable[Reason]:
    mine = facts.recipients.get(facts.acting_id) if facts.acting_id is not None else None
    return (Reason("RECEIPT_ALREADY_GIVEN"),) if mine is not None and mine.receipt_at is not None else ()


def _extendable(facts: NoticeFacts, given: Any) -> Iterable[Reason]:
    if facts.overdue:
        yield Reason("EXTENSION_AFTER_DEADLINE")
    most = facts.policy.most_extensions
    if facts.notice.extension_count >= most:
        yield Reason("EXTENSIONS_USED_UP", params={"most": most})
    due_on = facts.notice.due_on
    if given is not None and due_on is not None and given.due_on <= due_on:
        yield Reason("EXTENSION_NOT_LATER", ("dueOn",))


def _overdue(facts: NoticeFacts, _: Any) -> Iterable[Reason]:
    return () if facts.overdue else (Reason("NOT_OVERDUE"),)


AHEAD = Guard("dueAhead", Text("办理期限晚于今天", "the due date lies ahead"), _ahead)
MAY_SIGN = Guard("maySign", Text("由政策包规定的主体签发，每方一次", "each side signs once"), _may_sign)
LAST = Guard("lastSignature", Text("各方均已签发", "everybody has signed"), _last)
NOT_LAST = Guard("moreSignatures", Text("尚有他方未签发", "others have yet to sign"), _not_last)
UNRECEIPTED = Guard("notYetReceived", Text("本单位尚未签收", "not signed for yet"), _unreceipted)
EXTENDABLE = Guard("extendable", Text("期限届满前申请，次数未用完", "asked for in time"), _extendable)
OVERDUE = Guard("overdue", Text("期限已届满", "the deadline has passed"), _overdue)
