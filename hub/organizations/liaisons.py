"""联络员: each member unit names its own (驻政〔2022〕59号 一(三)1; 温政办〔2021〕13号 三(二))."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.email_address import find_email_problems, parse_email
from hub.canonical.phone import find_phone_problems, parse_phone
from hub.core.errors import Denied, NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.keyring import KeyRing, Sealed
from hub.core.payload import find_problems, optional, required
from hub.db.models import BodyMembership, CoordinationBody, Liaison
from hub.organizations.recording import check_recording
from hub.workflow.unit import Unit

PHONE_DIGEST = "liaison.phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiaisonNaming:
    """指定联络员 (naming of a liaison). 联系电话和电子邮箱加密保存 (telephone number and e-mail address are sealed)."""

    body_id: UUID = required("协调机构", "coordination body", node="CB")
    organization_id: UUID = required("单位", "organisation", node="OR")
    person_name: str = required("姓名", "name", limit=100)
    post: str = required("职务", "post", limit=100)
    phone: str | None = optional("联系电话", "telephone", limit=40)
    email: str | None = optional("电子邮箱，用于接收预警", "e-mail address, for notifications", limit=254)
    is_primary: bool = optional("是否主要联络员", "whether the primary liaison", default=True)


async def name_liaison(unit: Unit, naming: LiaisonNaming) -> Liaison:
    """Name a liaison; a new primary one ends the former. A unit names its own, the office anyone's."""
    phone_problems = find_phone_problems(naming.phone, path=("phone",)) if naming.phone else ()
    email_problems = find_email_problems(naming.email, path=("email",)) if naming.email else ()
    refuse_if((*find_problems(naming), *phone_problems, *email_problems))
    body = await unit.session.scalar(select(CoordinationBody).where(CoordinationBody.id == naming.body_id))
    if body is None:
        raise NotFound(path=("bodyId",))
    if naming.organization_id != unit.organization_id and not unit.is_office_of(body.jurisdiction_path):
        raise Denied(Reason("LIAISON_OF_OTHER_UNIT", ("organizationId",)))
    await check_recording(
        unit, path=body.jurisdiction_path, jurisdiction_id=body.jurisdiction_id, units=(naming.organization_id,)
    )
    await _require_member(unit, naming)
    if naming.is_primary:
        await unit.session.execute(
            update(Liaison)
            .where(
                Liaison.body_id == body.id,
                Liaison.organization_id == naming.organization_id,
                Liaison.is_primary,
                Liaison.valid_to.is_(None),
            )
            .values(valid_to=unit.today, version=Liaison.version + 1, updated_at=unit.at)
        )
    liaison = Liaison(
        id=new_id(),
        tenant_id=body.tenant_id,
        jurisdiction_id=body.jurisdiction_id,
        jurisdiction_path=body.jurisdiction_path,
        body_id=body.id,
        organization_id=naming.organization_id,
        person_name=naming.person_name,
        post=naming.post,
        is_primary=naming.is_primary,
        valid_from=unit.today,
    )
    if naming.phone is not None:
        seal_phone(liaison, naming.phone, unit.keyring)
    if naming.email:
        seal_email(liaison, naming.email, unit.keyring)
    unit.session.add(liaison)
    await unit.session.flush()
    await unit.audit(AuditAction.LIAISON_NAMED, Target("Liaison", liaison.id, liaison.jurisdiction_path))
    return liaison


def seal_phone(liaison: Liaison, phone: str, keyring: KeyRing) -> None:
    """Store a number sealed to its row, with its keyed hash and the mask ``138****1234`` (L3)."""
    text = parse_phone(phone, path=("phone",))
    liaison.phone_sealed = keyring.seal(text, context=phone_context(liaison.id))
    liaison.phone_hash = keyring.digest(text, purpose=PHONE_DIGEST)
    liaison.phone_masked = f"{text[:3]}****{text[-4:]}"


def seal_email(liaison: Liaison, email: str, keyring: KeyRing) -> None:
    """Store an address sealed to its row (L3)."""
    text = parse_email(email, path=("email",))
    liaison.email_sealed = keyring.seal(text, context=email_context(liaison.id))


def open_email(keyring: KeyRing, liaison_id: UUID, sealed: Sealed) -> str:
    return keyring.open(sealed, context=email_context(liaison_id))


def open_phone(keyring: KeyRing, liaison_id: UUID, sealed: Sealed) -> str:
    return keyring.open(sealed, context=phone_context(liaison_id))


def phone_context(liaison_id: UUID) -> str:
    return f"liaison.phone:{liaison_id}"


def email_context(liaison_id: UUID) -> str:
    return f"liaison.email:{liaison_id}"


async def _require_member(unit: Unit, naming: LiaisonNaming) -> None:
    member = await unit.session.scalar(
        select(BodyMembership.id).where(
            BodyMembership.body_id == naming.body_id,
            BodyMembership.organization_id == naming.organization_id,
            BodyMembership.valid_to.is_(None),
        )
    )
    if member is None:
        raise Refused(Reason("MEMBER_MISSING", ("organizationId",)))
