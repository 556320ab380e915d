"""What a holder may find, one shape for related types of question. Amounts are yuan, as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from hub.canonical.execution_codes import QueryType as Q
from hub.core.errors import Reason
from hub.core.payload import camel, optional, required

_AMOUNT = re.compile(r"-?\d{1,15}(\.\d{1,2})?")


def _text(zh: str, en: str, *, limit: int = 200) -> Any:
    return optional(zh, en, limit=limit)


def _amount(zh: str, en: str) -> Any:
    return optional(f"{zh}（元）", f"{en}, yuan", limit=20, amount=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFound:
    """人员信息 (a person)."""

    address: str = required("地址", "address", limit=200)
    household_number: str | None = _text("户号", "household number")
    phone: str | None = _text("联系电话", "telephone")


@dataclass(frozen=True, slots=True, kw_only=True)
class StayFound:
    """行踪信息 (a stay or a crossing)."""

    place: str = required("场所或口岸", "place", limit=200)
    began_on: str = required("入住或出入境日期", "from", limit=40)
    ended_on: str | None = _text("离开日期", "to")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarriageFound:
    """婚姻登记 (a marriage)."""

    marital_status: str = required("婚姻状况", "status", limit=40)
    spouse_name: str | None = _text("配偶姓名", "spouse")
    registered_on: str | None = _text("登记日期", "registered on")


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitFound:
    """社保、公积金 (social security or provident fund)."""

    payer: str = required("缴存单位", "who pays in", limit=200)
    monthly_base: str | None = _amount("缴存基数", "monthly base")
    balance: str | None = _amount("余额", "balance")
    status: str | None = _text("状态", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class RealEstateFound:
    """不动产 (real estate)."""

    certificate_number: str = required("不动产权证号", "certificate number", limit=100)
    location: str = required("坐落", "location", limit=200)
    area: str | None = _text("面积", "area")
    use: str | None = _text("用途", "use")
    encumbrance: str | None = _text("抵押查封情况", "mortgages and seals")


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleFound:
    """车辆、农机、船舶 (a vehicle, machine or vessel)."""

    plate: str = required("号牌或登记号", "plate or registration number", limit=40)
    model: str | None = _text("品牌型号", "model")
    status: str | None = _text("状态", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessFound:
    """登记、股权 (a registration or a share)."""

    company_name: str = required("企业名称", "company", limit=200)
    uscc: str | None = _text("统一社会信用代码", "unified social credit code")
    position: str | None = _text("任职", "position")
    share: str | None = _amount("出资额", "share")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFound:
    """账户、证券、保险 (an account, security or policy)."""

    account_number: str = required("账号", "account number", limit=64)
    branch: str | None = _text("开户网点", "branch")
    balance: str | None = _amount("余额", "balance")
    available: str | None = _amount("可用余额", "available")
    status: str | None = _text("状态", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFound:
    """税务发票 (a tax invoice)."""

    invoice_number: str = required("发票号码", "invoice number", limit=40)
    counterparty: str | None = _text("对方名称", "counterparty")
    amount: str | None = _amount("金额", "amount")
    issued_on: str | None = _text("开票日期", "issued on")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneFound:
    """通信号码 (a telephone number)."""

    phone_number: str = required("号码", "number", limit=40)
    address: str | None = _text("地址", "address")
    status: str | None = _text("状态", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """一条明细，恰填与查询类型相符的一类 (one item: exactly the kind of the question)."""

    person: PersonFound | None = optional("人员", "person")
    stay: StayFound | None = optional("行踪", "stay")
    marriage: MarriageFound | None = optional("婚姻", "marriage")
    benefit: BenefitFound | None = optional("社保公积金", "benefit")
    real_estate: RealEstateFound | None = optional("不动产", "real estate")
    vehicle: VehicleFound | None = optional("车船农机", "vehicle")
    business: BusinessFound | None = optional("企业", "business")
    account: AccountFound | None = optional("账户", "account")
    invoice: InvoiceFound | None = optional("发票", "invoice")
    phone: PhoneFound | None = optional("号码", "telephone")

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(spec.name for spec in fields(self) if getattr(self, spec.name) is not None)

    @property
    def found(self) -> Any:
        return next(getattr(self, name) for name in self.kinds)

    def find_rule_problems(self) -> Iterator[Reason]:
        if len(self.kinds) != 1:
            yield Reason("ANSWER_TYPE")
            return
        for spec in fields(self.found):
            value = getattr(self.found, spec.name)
            if spec.metadata.get("amount") and value is not None and not _AMOUNT.fullmatch(value):
                yield Reason("AMOUNT_INVALID", (camel(self.kinds[0]), camel(spec.name)))


KIND_OF: dict[Q, str] = {
    **dict.fromkeys((Q.PERSON_IDENTITY, Q.HUKOU, Q.RESIDENCE), "person"),
    **dict.fromkeys((Q.HOTEL, Q.EXIT_ENTRY), "stay"),
    Q.MARRIAGE: "marriage",
    **dict.fromkeys((Q.SOCIAL_SECURITY, Q.PROVIDENT_FUND), "benefit"),
    Q.REAL_ESTATE: "real_estate",
    **dict.fromkeys((Q.VEHICLE, Q.AGRI_MACHINE, Q.VESSEL), "vehicle"),
    **dict.fromkeys((Q.BUSINESS_REG, Q.EQUITY), "business"),
    **dict.fromkeys((Q.BANK_ACCOUNT, Q.SECURITIES, Q.INSURANCE, Q.PLATFORM_ACCOUNT), "account"),
    Q.TAX_INVOICE: "invoice",
    Q.TELECOM_NUMBER: "phone",
}
"""Field of ``Finding`` by type of question."""
SHAPES: dict[str, type] = {
    "person": PersonFound,
    "stay": StayFound,
    "marriage": MarriageFound,
    "benefit": BenefitFound,
    "real_estate": RealEstateFound,
    "vehicle": VehicleFound,
    "business": BusinessFound,
    "account": AccountFound,
    "invoice": InvoiceFound,
    "phone": PhoneFound,
}
"""Shape by field of ``Finding``."""


def finding(kind: str, told: Mapping[str, str | None]) -> Finding:
    """The item of a kind from texts by the names of its fields. What must be there and is not stays blank, and is
    refused with the rest. Raises ``TypeError`` on a name that the kind does not have."""
    needed = {spec.name: "" for spec in fields(SHAPES[kind]) if spec.default is MISSING}
    given = {name: value for name, value in told.items() if value}
    return Finding(**{kind: SHAPES[kind](**{**needed, **given})})
