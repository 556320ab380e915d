"""The registry of policy parameters: every key a pack may set, with its type, unit, meaning and default."""

from __future__ import annotations

from types import MappingProxyType

from hub.policy.parameter_sets.bankruptcy import BANKRUPTCY
from hub.policy.parameter_sets.checks import CHECKS
from hub.policy.parameter_sets.control import CONTROLS, LOOKOUTS
from hub.policy.parameter_sets.coordination import BODY, ITEMS, LISTS, MEETINGS
from hub.policy.parameter_sets.credit import PUNISHMENT, REPAIR, SUBJECTS
from hub.policy.parameter_sets.delivery import BROADCASTS, CALENDAR, DELIVERY, SCHEDULES
from hub.policy.parameter_sets.evaluation import EVALUATION
from hub.policy.parameter_sets.evasion import EVASION
from hub.policy.parameter_sets.exchange import PUSHES, REPORTS
from hub.policy.parameter_sets.funds import FUNDS
from hub.policy.parameter_sets.inquiry import INQUIRY
from hub.policy.parameter_sets.integrity import INTEGRITY
from hub.policy.parameter_sets.labels import LABELS
from hub.policy.parameter_sets.notification import NOTIFICATIONS
from hub.policy.parameter_sets.supervision import SUPERVISION
from hub.policy.specification import ParameterSpec

_SPECS: tuple[ParameterSpec, ...] = (
    *LABELS,
    *BODY,
    *MEETINGS,
    *LISTS,
    *ITEMS,
    *EVALUATION,
    *PUSHES,
    *REPORTS,
    *SUBJECTS,
    *PUNISHMENT,
    *REPAIR,
    *CHECKS,
    *SUPERVISION,
    *INQUIRY,
    *CONTROLS,
    *LOOKOUTS,
    *FUNDS,
    *EVASION,
    *INTEGRITY,
    *BANKRUPTCY,
    *DELIVERY,
    *SCHEDULES,
    *CALENDAR,
    *BROADCASTS,
    *NOTIFICATIONS,
)

REGISTRY: MappingProxyType[str, ParameterSpec] = MappingProxyType({spec.key: spec for spec in _SPECS})
"""Known parameters by key."""
