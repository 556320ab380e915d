"""Problem sentences by stable code. A sentence says what to do, and nothing of the inside."""

from __future__ import annotations

from hub.core.texts.addresses import ADDRESS_PROBLEMS
from hub.core.texts.auth import AUTH_PROBLEMS
from hub.core.texts.bankruptcy import BANKRUPTCY_PROBLEMS
from hub.core.texts.bulk import BULK_PROBLEMS
from hub.core.texts.campaign import CAMPAIGN_PROBLEMS
from hub.core.texts.checks import CHECK_PROBLEMS
from hub.core.texts.control import CONTROL_PROBLEMS
from hub.core.texts.delivery import DELIVERY_PROBLEMS
from hub.core.texts.demo import DEMO_PROBLEMS
from hub.core.texts.document import DOCUMENT_PROBLEMS
from hub.core.texts.evasion import EVASION_PROBLEMS
from hub.core.texts.evidence import EVIDENCE_PROBLEMS
from hub.core.texts.exchange import EXCHANGE_PROBLEMS
from hub.core.texts.funds import FUND_PROBLEMS
from hub.core.texts.identifiers import IDENTIFIER_PROBLEMS
from hub.core.texts.inquiry import INQUIRY_PROBLEMS
from hub.core.texts.integrity import INTEGRITY_PROBLEMS
from hub.core.texts.linkage import LINKAGE_PROBLEMS
from hub.core.texts.marriage import MARRIAGE_PROBLEMS
from hub.core.texts.notice import NOTICE_PROBLEMS
from hub.core.texts.objection import OBJECTION_PROBLEMS
from hub.core.texts.operations import OPERATION_PROBLEMS
from hub.core.texts.policy import POLICY_PROBLEMS
from hub.core.texts.punishment import PUNISHMENT_PROBLEMS
from hub.core.texts.register import REGISTER_PROBLEMS
from hub.core.texts.repair import REPAIR_PROBLEMS
from hub.core.texts.request import REQUEST_PROBLEMS
from hub.core.texts.supervision import SUPERVISION_PROBLEMS
from hub.core.texts.systems import SYSTEM_PROBLEMS
from hub.core.texts.text import Text
from hub.core.texts.transports import TRANSPORT_PROBLEMS

PROBLEMS: dict[str, Text] = {
    **REQUEST_PROBLEMS,
    **DOCUMENT_PROBLEMS,
    **AUTH_PROBLEMS,
    **IDENTIFIER_PROBLEMS,
    **POLICY_PROBLEMS,
    **LINKAGE_PROBLEMS,
    **NOTICE_PROBLEMS,
    **EVIDENCE_PROBLEMS,
    **EXCHANGE_PROBLEMS,
    **TRANSPORT_PROBLEMS,
    **OPERATION_PROBLEMS,
    **REGISTER_PROBLEMS,
    **DEMO_PROBLEMS,
    **BULK_PROBLEMS,
    **DELIVERY_PROBLEMS,
    **SYSTEM_PROBLEMS,
    **CHECK_PROBLEMS,
    **SUPERVISION_PROBLEMS,
    **INTEGRITY_PROBLEMS,
    **INQUIRY_PROBLEMS,
    **FUND_PROBLEMS,
    **EVASION_PROBLEMS,
    **MARRIAGE_PROBLEMS,
    **BANKRUPTCY_PROBLEMS,
    **CAMPAIGN_PROBLEMS,
    **ADDRESS_PROBLEMS,
    **REPAIR_PROBLEMS,
    **OBJECTION_PROBLEMS,
    **CONTROL_PROBLEMS,
    **PUNISHMENT_PROBLEMS,
}
