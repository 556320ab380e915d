"""What a client does with the webhook endpoints and deliveries of its organisation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from graphql import GraphQLField, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString

from hub.access.scopes import Scope
from hub.core.errors import NotFound
from hub.core.texts import Text
from hub.core.workflow import Note
from hub.delivery import endpoints, replay, secrets
from hub.workflow.gate import Request
from hub.workflow.unit import Unit
from schema.mutations.declare import Answering, Editing, Fire, Making, declare
from schema.mutations.results import KEY, change_type

if TYPE_CHECKING:
    from schema.operation import HubContext

ENDPOINT, DELIVERY = "WebhookEndpoint", "Delivery"
SECRET = "secret"  # noqa: S105 - a field name
_SECRET_TEXT = Text(
    "签名密钥（whsec_…），只在此处给出，请妥善保存",
    "the signing secret (whsec_…), shown here alone; keep it safe",
)


@cache
def _issued(graphql: GraphQLSchema) -> GraphQLObjectType:
    """The endpoint as it stands, and its secret."""
    of = graphql.type_map[ENDPOINT]
    assert isinstance(of, GraphQLObjectType)
    return GraphQLObjectType(
        "WebhookSecretIssued",
        {
            **change_type(of).fields,
            SECRET: GraphQLField(
                GraphQLNonNull(GraphQLString), resolve=lambda source, _: source[SECRET], description=str(_SECRET_TEXT)
            ),
        },
        description=str(Text("推送地址及其签名密钥", "an endpoint with its signing secret")),
    )


def _issuing(act: Callable[[Unit, Any], Awaitable[UUID]]) -> Callable[..., Awaitable[Mapping[str, Any]]]:
    async def run(context: HubContext, asked: Any, request: Request) -> Mapping[str, Any]:
        services = context.services
        made = await services.gate.perform(context.principal, request, lambda unit: act(unit, asked))
        async with context.sessions.system("webhooks") as session:
            secret = await secrets.newest(session, services.keyring, made)
        if secret is None:
            raise NotFound
        return {KEY: made, SECRET: secret}

    return run


def _editing(name: str, zh: str, en: str, edit: Fire, payload: type = Note) -> Editing:
    return Editing(name, Text(zh, en), Scope.WEBHOOK_MANAGE, ENDPOINT, payload, edit)


declare(
    Answering(
        "webhookEndpointCreate",
        Text(
            "登记推送地址；此后的事件凭本客户端的权限推送", "register an endpoint; it is told by this client's rights"
        ),
        Scope.WEBHOOK_MANAGE,
        endpoints.WebhookEndpointDraft,
        _issued,
        _issuing(endpoints.register),
    ),
    Answering(
        "webhookEndpointRotateSecret",
        Text("更换签名密钥，旧钥在政策规定的天数内并用", "a new secret; the old one signs beside it for a while"),
        Scope.WEBHOOK_MANAGE,
        endpoints.WebhookSecretRotation,
        _issued,
        _issuing(endpoints.rotate),
    ),
    _editing(
        "webhookEndpointUpdate",
        "修改推送地址或事件类型",
        "change the address or the types of an endpoint",
        endpoints.edit,
        endpoints.WebhookEndpointEdit,
    ),
    _editing(
        "webhookEndpointPause",
        "暂停推送，事件留待恢复",
        "pause an endpoint; events wait until it is resumed",
        endpoints.pause,
    ),
    _editing(
        "webhookEndpointResume",
        "恢复推送，此后凭本客户端的权限",
        "resume an endpoint, from now on by this client's rights",
        endpoints.resume,
    ),
    _editing(
        "webhookEndpointDelete",
        "删除推送地址，密钥随即销毁",
        "delete an endpoint; its secrets are destroyed",
        endpoints.delete,
    ),
    Making(
        "webhookEndpointTest",
        Text("发送一个测试事件（webhook.test）", "send a test event (webhook.test)"),
        Scope.WEBHOOK_MANAGE,
        DELIVERY,
        replay.WebhookEndpointTest,
        replay.send_test,
    ),
    Making(
        "deliveryReplay",
        Text("重放已放弃或已送达的投递，webhook-id 不变", "deliver again, under the same webhook-id"),
        Scope.WEBHOOK_MANAGE,
        DELIVERY,
        replay.DeliveryReplay,
        replay.replay,
    ),
)
