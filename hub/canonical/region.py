"""行政区划代码: GB/T 2260 six digits; nine (township) and twelve (village) of the statistical division codes."""

from __future__ import annotations

from dataclasses import dataclass

from hub.canonical.characters import DIGITS, compact_code, show_character
from hub.canonical.codes import JurisdictionLevel
from hub.core.errors import Reason, refuse_if

PROVINCES: dict[str, str] = {
    "11": "北京市",
    "12": "天津市",
    "13": "河北省",
    "14": "山西省",
    "15": "内蒙古自治区",
    "21": "辽宁省",
    "22": "吉林省",
    "23": "黑龙江省",
    "31": "上海市",
    "32": "江苏省",
    "33": "浙江省",
    "34": "安徽省",
    "35": "福建省",
    "36": "江西省",
    "37": "山东省",
    "41": "河南省",
    "42": "湖北省",
    "43": "湖南省",
    "44": "广东省",
    "45": "广西壮族自治区",
    "46": "海南省",
    "50": "重庆市",
    "51": "四川省",
    "52": "贵州省",
    "53": "云南省",
    "54": "西藏自治区",
    "61": "陕西省",
    "62": "甘肃省",
    "63": "青海省",
    "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区",
    "71": "台湾省",
    "81": "香港特别行政区",
    "82": "澳门特别行政区",
}
"""Names of the provincial level by the first two digits (GB/T 2260)."""

_LENGTHS = (6, 9, 12)


@dataclass(frozen=True, slots=True)
class RegionCode:
    """A division code in its shortest form: six digits down to the county, nine a township, twelve a village.

    Whether such a division exists on a date, and whether it is a zone, is a question for the table of
    jurisdictions, not for the form.
    """

    value: str

    def __str__(self) -> str:
        return self.value

    @property
    def level(self) -> JurisdictionLevel:
        match len(self.value):
            case 12:
                return JurisdictionLevel.VILLAGE
            case 9:
                return JurisdictionLevel.TOWNSHIP
        if self.value.endswith("0000"):
            return JurisdictionLevel.PROVINCE
        return JurisdictionLevel.PREFECTURE if self.value.endswith("00") else JurisdictionLevel.COUNTY

    @property
    def province_name(self) -> str:
        return PROVINCES[self.value[:2]]

    @property
    def parent(self) -> RegionCode | None:
        """The division one level up by the digits; a township of a prefecture without counties hangs under it."""
        match self.level:
            case JurisdictionLevel.VILLAGE:
                return RegionCode(self.value[:9])
            case JurisdictionLevel.TOWNSHIP:
                return RegionCode(self.value[:6])
            case JurisdictionLevel.COUNTY:
                return RegionCode(self.value[:4] + "00")
            case JurisdictionLevel.PREFECTURE:
                return RegionCode(self.value[:2] + "0000")
        return None

    @property
    def ancestors(self) -> tuple[RegionCode, ...]:
        """Every division above, the province first."""
        parent = self.parent
        return () if parent is None else (*parent.ancestors, parent)


def normalize_region_code(text: str) -> str:
    """Digits without separators; a longer code padded with zeros is cut to the division it names."""
    value = compact_code(text)
    if len(value) == 12 and value.endswith("000"):
        value = value[:9]
    if len(value) == 9 and value.endswith("000"):
        value = value[:6]
    return value


def find_region_code_problems(text: str, *, path: tuple[str | int, ...] = ()) -> tuple[Reason, ...]:
    """Everything wrong with the form of a division code. Positions count from 1 in the normalised code."""
    value = normalize_region_code(text)
    reasons = []
    if len(value) not in _LENGTHS:
        reasons.append(Reason("REGION_LENGTH", path, {"length": len(value)}))
    reasons += [
        Reason("REGION_CHARACTER", path, {"position": at, "character": show_character(character)})
        for at, character in enumerate(value[:12], 1)
        if character not in DIGITS
    ]
    if reasons:
        return tuple(reasons)
    if value[:2] not in PROVINCES:
        reasons.append(Reason("REGION_PROVINCE", path, {"position": 1, "character": value[:2]}))
    if value[2:4] == "00" and (value[4:6] != "00" or len(value) > 6):
        reasons.append(Reason("REGION_GAP", path, {"position": 3, "character": value[2:4]}))
    return tuple(reasons)


def parse_region_code(text: str, *, path: tuple[str | int, ...] = ()) -> RegionCode:
    """Division code of a text. Raises ``Refused`` with every reason (REGION_*)."""
    refuse_if(find_region_code_problems(text, path=path))
    return RegionCode(normalize_region_code(text))
