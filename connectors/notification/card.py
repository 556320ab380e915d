"""What these connectors say of themselves."""

from __future__ import annotations

from hub.canonical.connector import Capability, Card, NetworkZone
from hub.core.texts import Text

_OWNER = Text("联席会议办公室", "joint-meeting office")
_CONTACT = Text("网关登记单位的系统管理员", "the administrator of the organisation the gateway belongs to")

MAIL = Card(
    name=Text("电子邮件网关", "e-mail gateway"),
    owner=_OWNER,
    contact=_CONTACT,
    specification="RFC 5321, RFC 3207",
    capabilities=frozenset({Capability.PUSH}),
    zone=NetworkZone.INTERNET,
)
SMS = Card(
    name=Text("短信网关", "gateway for text messages"),
    owner=_OWNER,
    contact=_CONTACT,
    specification="sms/1 (connectors/notification/sms.py)",
    capabilities=frozenset({Capability.PUSH}),
    zone=NetworkZone.INTERNET,
)
