"""Tags of cases (案件标签) and clues to refusing or evading enforcement (拒执线索)."""

from __future__ import annotations

from hub.canonical.evasion_codes import CaseTagKind
from hub.core.texts import Text, label_text
from hub.policy.specification import NO_SUCH_PRACTICE, Measure, ParameterSpec, codes, flag, label, number, rule

_SILENT = Text("通知未定时限，各地以本地文件为准。", "No notice sets it; a pack may.")
_NAME = Text("法院通行称谓，各地可以另定。", "What courts call it; a pack may call it otherwise.")


def _label(kind: CaseTagKind) -> ParameterSpec:
    said = label_text(f"CaseTagKind.{kind.value}")
    what = Text(f"案件标签“{said.zh}”的名称", f"name of the tag: {said.en}")
    return label(f"case_tag.label.{kind.value}", what, Text(f"{said.zh}案件", f"case {said.en}"), _NAME)


def _step(name: str, what: Text, days: int) -> ParameterSpec:
    return rule(f"evasion_clue.{name}", what, {"n": days, "unit": "WORKING_DAY", "anchor": "RECEIVED"}, _SILENT)


EVASION: tuple[ParameterSpec, ...] = (
    codes(
        "case_tag.kinds",
        Text("法院可以标注的案件标签", "tags that courts give their cases"),
        CaseTagKind,
        (),
        NO_SUCH_PRACTICE,
    ),
    *(_label(kind) for kind in CaseTagKind),
    flag(
        "evasion_clue.refer",
        Text("法院向公安机关移送拒执线索", "courts refer clues to evading enforcement to the police"),
        default=False,
        reason=NO_SUCH_PRACTICE,
    ),
    label(
        "evasion_clue.receiver",
        Text("接收拒执线索的公安机关", "police unit that receives such clues"),
        Text("公安局", "police bureau"),
        Text("按本地单位名称查找。", "Found by its local name."),
    ),
    _step("receive", Text("公安机关签收线索的期限", "how long the police have to receive a clue"), 3),
    _step("review", Text("公安机关审查、决定是否受理的期限", "how long they have to take it up or not"), 7),
    _step("decide", Text("公安机关决定是否立案的期限", "how long they have to decide on a criminal case"), 20),
    _step("supplement", Text("法院补充材料的期限", "how long the court has to add material"), 10),
    number(
        "evasion_clue.urge_days",
        Text("逾期后每隔几日再次催办", "days between urgings of an overdue clue"),
        5,
        _SILENT,
        measure=Measure.DAY,
        bounds=(1, 60),
    ),
    number(
        "evasion_figures.least",
        Text("对外列示的最小件数，低于此数不列示", "smallest count that others are shown"),
        3,
        Text("防止由少量案件推知当事人。", "Keeps a person from being told by a small count."),
        measure=Measure.COUNT,
        bounds=(1, 50),
    ),
)
