"""Names the jurisdiction uses."""

from __future__ import annotations

from hub.core.texts import Text
from hub.policy.specification import ParameterSpec, label

LABELS: tuple[ParameterSpec, ...] = (
    label("label.mechanism", Text("机制名称", "name of the mechanism"), Text("府院联动机制", "linkage mechanism")),
    label("label.body", Text("议事机构名称", "name of the coordinating body"), Text("联席会议", "joint meeting")),
    label("label.office", Text("办事机构名称", "name of its office"), Text("联席会议办公室", "joint-meeting office")),
    label("label.convenor", Text("召集人称谓", "title of the convenor"), Text("召集人", "convenor")),
    label("label.liaison", Text("联络员称谓", "title of the liaison"), Text("联络员", "liaison")),
    label("label.credit_office", Text("信用办名称", "name of the credit office"), Text("信用办", "credit office")),
    label("label.list", Text("双清单名称", "name of the double list"), Text("双清单", "double list")),
    label(
        "label.side.GOVERNMENT_LED",
        Text("双清单政府侧名称", "name of the government side of the double list"),
        Text("政府牵头事项清单", "matters led by the government"),
        Text("通知未界定双清单的两侧，按牵头方划分。", "The notice does not define the two sides; split by who leads."),
    ),
    label(
        "label.side.COURT_LED",
        Text("双清单法院侧名称", "name of the court side of the double list"),
        Text("法院牵头事项清单", "matters led by the court"),
        Text("通知未界定双清单的两侧，按牵头方划分。", "The notice does not define the two sides; split by who leads."),
    ),
    label("label.item", Text("清单事项名称", "name of a list item"), Text("清单事项", "list item")),
    label("label.matter", Text("联动事项名称", "name of a linkage matter"), Text("联动事项", "linkage matter")),
    label(
        "label.ledger.IMPLEMENTATION",
        Text("工作台账名称", "name of the implementation ledger"),
        Text("工作落实台账", "implementation ledger"),
    ),
    label(
        "label.ledger.KEY_ISSUES",
        Text("重点问题清单名称", "name of the key-issue list"),
        Text("重点问题事项清单", "key-issue list"),
    ),
    label(
        "label.assessment",
        Text("纳入的考核", "assessment scheme the linkage work counts in"),
        Text("目标考核", "performance assessment"),
    ),
)
