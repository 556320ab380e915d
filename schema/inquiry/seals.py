"""What registering a seal gives back."""

from __future__ import annotations

from functools import cache

from graphql import GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString

from hub.core.texts import Text
from schema.inquiry.found import field


@cache
def kept_seal_type(_graphql: GraphQLSchema) -> GraphQLObjectType:
    return GraphQLObjectType(
        "KeptCourtSeal",
        {"serial": field(GraphQLNonNull(GraphQLString), "印章编号", "number of the seal")},
        description=str(Text("已登记的电子印章", "a seal as registered")),
    )
