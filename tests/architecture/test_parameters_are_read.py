"""A value in a policy pack that nobody reads is a promise nobody keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.policy.parameter_sets.coordination import BODY, ITEMS, LISTS, MEETINGS
from hub.policy.parameter_sets.evaluation import EVALUATION
from hub.policy.parameter_sets.supervision import SUPERVISION

HOUSE = Path(__file__).parents[2]
SHOWN = {
    "body.kind": "the body says its kind itself; the pack tells users what the notice founded",
    "body.office.host": "a name for users, shown with the pack",
    "meeting.credit": "a cycle of the credit slice, which has no meetings of its own yet",
}
"""Parameters of these slices that decide nothing, with the reason."""


@pytest.fixture(scope="module")
def source() -> str:
    files = [*(HOUSE / "hub").rglob("*.py"), *(HOUSE / "schema").rglob("*.py")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files if "parameter_sets" not in file.parts)


@pytest.mark.parametrize(
    "key", [spec.key for spec in (*BODY, *MEETINGS, *LISTS, *ITEMS, *EVALUATION, *SUPERVISION) if spec.key not in SHOWN]
)
def test_every_parameter_of_linkage_and_supervision_has_a_reader(key: str, source: str) -> None:
    prefix = "evaluation.weight."
    assert f'"{key}"' in source or (key.startswith(prefix) and f'f"{prefix}' in source)
