"""``checkSubject`` and ``checkSubjects``, and what departments report of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from graphql import (
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
)

from hub.access.scopes import Scope
from hub.core.ids import encode_node_id
from hub.core.texts import Text
from hub.credit.checks.asking import CheckAsked, ChecksAsked
from hub.credit.checks.checker import Answer, Restricted, Result
from hub.credit.checks.reporting import DispositionRule, InterceptionReport, set_rule
from hub.punishment.intercepting import intercept
from hub.workflow.gate import Request
from schema.mutations.declare import Answering, Making, declare

if TYPE_CHECKING:
    from schema.operation import HubContext

CHECK_TAG = "CK"
_NUMBER = GraphQLNonNull(GraphQLInt)
_TEXTS = GraphQLNonNull(GraphQLList(GraphQLNonNull(GraphQLString)))


def _field(type_: Any, zh: str, en: str) -> GraphQLField:
    return GraphQLField(type_, description=str(Text(zh, en)))


_RESULTS: WeakKeyDictionary[GraphQLSchema, GraphQLObjectType] = WeakKeyDictionary()


def _result(graphql: GraphQLSchema) -> GraphQLObjectType:
    """One type for both mutations of a schema."""
    known = graphql.type_map
    return _RESULTS.setdefault(
        graphql,
        GraphQLObjectType(
            "SubjectCheckResult",
            {
                "position": _field(_NUMBER, "所查主体的序号，从0起", "position of the subject, from 0"),
                "reference": _field(GraphQLString, "请求中的编号", "the caller's own number"),
                "mode": _field(GraphQLNonNull(known["CheckMode"]), "比对方式", "how it was matched"),
                "since": _field(GraphQLNonNull(known["Date"]), "最早在列日期", "listed since"),
                "listings": _field(_NUMBER, "在列条数", "how many listings stand"),
                "measureCodes": _field(_TEXTS, "现行惩戒措施代码", "codes of the measures in force"),
                "disposition": _field(
                    GraphQLNonNull(known["Disposition"]),
                    "按本单位规则的处置；仅名称相同的一律人工核实",
                    "what to do by the department's rule; a match by name is always for a person",
                ),
            },
            description=str(Text("比中主体的核查结果，不含案情", "a subject that matched; never a narrative")),
        ),
    )


_RESTRICTED: WeakKeyDictionary[GraphQLSchema, GraphQLObjectType] = WeakKeyDictionary()


def _restricted(graphql: GraphQLSchema) -> GraphQLObjectType:
    known = graphql.type_map
    return _RESTRICTED.setdefault(
        graphql,
        GraphQLObjectType(
            "SubjectRestriction",
            {
                "position": _field(_NUMBER, "所查主体的序号，从0起", "position of the subject, from 0"),
                "reference": _field(GraphQLString, "请求中的编号", "the caller's own number"),
                "mode": _field(GraphQLNonNull(known["CheckMode"]), "比对方式", "how it was matched"),
                "since": _field(GraphQLNonNull(known["Date"]), "最早限制日期", "restricted since"),
                "disposition": _field(
                    GraphQLNonNull(known["Disposition"]),
                    "按本单位规则的处置；仅名称相同的一律人工核实",
                    "what to do by the department's rule; a match by name is always for a person",
                ),
            },
            description=str(
                Text(
                    "被法院限制消费的主体；被限制消费不等于列为失信被执行人",
                    "a subject whose consumption a court has restricted, which is not being listed",
                )
            ),
        ),
    )


def _answer_type(graphql: GraphQLSchema, name: str) -> GraphQLObjectType:
    listed = GraphQLNonNull(GraphQLList(GraphQLNonNull(_result(graphql))))
    restricted = GraphQLNonNull(GraphQLList(GraphQLNonNull(_restricted(graphql))))
    return GraphQLObjectType(
        name,
        {
            "checkId": _field(GraphQLNonNull(GraphQLID), "核查标识，回报拦截时用", "id of the check, for a report"),
            "asked": _field(_NUMBER, "所查主体数", "subjects asked about"),
            "clear": _field(
                _NUMBER, "未比中也未被限制消费、可放行的主体数", "of these, neither matched nor restricted: they pass"
            ),
            "restricted": _field(restricted, "被限制消费的主体，按所查次序", "those restricted, in the order asked"),
            "matched": _field(listed, "比中的主体，按所查次序", "those that matched, in the order asked"),
        },
        description=str(Text("核查结果", "what a check found")),
    )


def _plain(answer: Answer) -> dict[str, Any]:
    return {
        "checkId": encode_node_id(CHECK_TAG, answer.id),
        "asked": answer.asked,
        "clear": answer.clear,
        "restricted": [_plain_restricted(each) for each in answer.restricted],
        "matched": [_plain_result(each) for each in answer.results],
    }


def _plain_result(result: Result) -> dict[str, Any]:
    return {
        "position": result.position,
        "reference": result.reference,
        "mode": result.mode,
        "since": result.since,
        "listings": result.listings,
        "measureCodes": list(result.measures),
        "disposition": result.disposition.value,
    }


def _plain_restricted(result: Restricted) -> dict[str, Any]:
    return {
        "position": result.position,
        "reference": result.reference,
        "mode": result.mode,
        "since": result.since,
        "disposition": result.disposition.value,
    }


async def _check(context: HubContext, asked: CheckAsked | ChecksAsked, _request: Request) -> Mapping[str, Any]:
    """Asked again, it is checked again: an answer under an old key could have become wrong."""
    return _plain(await context.services.checks.check(context.principal, asked))


declare(
    Answering(
        "checkSubject",
        Text(
            "办件前核查一个主体是否在失信名单上，留痕", "check before a decision whether a subject is listed; on record"
        ),
        Scope.DISHONESTY_CHECK,
        CheckAsked,
        lambda graphql: _answer_type(graphql, "SubjectChecked"),
        _check,
    ),
    Answering(
        "checkSubjects",
        Text(
            "批量核查，一次至多一万个主体，受政策包的日限额约束，留痕",
            "check up to 10,000 subjects at once, within the pack's budget of the day; on record",
        ),
        Scope.DISHONESTY_CHECK,
        ChecksAsked,
        lambda graphql: _answer_type(graphql, "SubjectsChecked"),
        _check,
    ),
    Making(
        "setCheckDisposition",
        Text("设定本单位对精确比中主体的处置规则", "set the department's own rule for exact matches"),
        Scope.DISHONESTY_CHECK,
        "CheckDisposition",
        DispositionRule,
        set_rule,
    ),
    Making(
        "reportInterception",
        Text("回报对比中主体的处置", "report what was done with a subject that matched"),
        Scope.DISHONESTY_CHECK,
        "Interception",
        InterceptionReport,
        intercept,
    ),
)
