"""The operations measured: as the hub's GraphQL, as hand-written SQL, and as PostGraphile's GraphQL.

Aliases give PostGraphile's answers the hub's names; ``canonical`` takes away what may differ between honest answers:
opaque ids, the writing of instants, a step over a party row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from bench.double_lists import unit_id
from bench.setting import UNIT
from hub.core.errors import Refused
from hub.core.ids import decode_node_id, encode_node_id

_RUNNING = "('APPROVED', 'IN_PROGRESS', 'ADJUSTMENT_PENDING', 'PENDING_ACCEPTANCE')"

HUB = {
    "nested page of 50": """query Nested {
  doubleListItems(first: 50, filter: {mine: true}) {
    nodes {
      id code title status overdue dueOn progressPercent
      leadOrganization { id shortName }
      cooperatingOrganizations { id shortName }
      progressReports(first: 3) { nodes { text progressPercent reportedAt } }
    }
    pageInfo { hasNextPage }
  }
}""",
    "flat page of 100": """query Flat {
  alerts(first: 100) {
    nodes { id kind severity title dueOn offsetDays clause raisedAt }
    pageInfo { hasNextPage }
  }
}""",
    "point by node id": """query Point($id: ID!) {
  node(id: $id) {
    ... on DoubleListItem {
      id code title status dueOn progressPercent version leadOrganization { id shortName }
    }
  }
}""",
    "totalCount of own rows": "query Count { doubleListItems(filter: {mine: true}) { totalCount } }",
    "three root fields": """query Three {
  doubleListItems(first: 10, filter: {mine: true}) { nodes { id code title status } }
  alerts(first: 10) { nodes { id kind title raisedAt } }
  organizations(first: 10) { nodes { id shortName } }
}""",
}

HAND_WRITTEN = {
    "nested page of 50": f"""
json_build_object('doubleListItems', (
  select json_build_object(
    'nodes', coalesce(json_agg(row order by n) filter (where n <= 50), '[]'),
    'pageInfo', json_build_object('hasNextPage', count(*) > 50))
  from (
    select row_number() over (order by p.due_sort, p.item_id) as n, json_build_object(
      'id', i.id, 'code', i.code, 'title', i.title, 'status', i.status,
      'overdue', coalesce(i.due_at <= now(), false) and i.status in {_RUNNING},
      'dueOn', i.due_on, 'progressPercent', i.progress_percent,
      'leadOrganization', (select json_build_object('id', o.id, 'shortName', o.short_name)
                           from organization o where o.id = i.lead_organization_id),
      'cooperatingOrganizations', (
        select coalesce(json_agg(json_build_object('id', o.id, 'shortName', o.short_name) order by u.n), '[]')
        from unnest(i.cooperating_organization_ids) with ordinality u (id, n) join organization o on o.id = u.id),
      'progressReports', (
        select json_build_object('nodes', coalesce(json_agg(json_build_object(
          'text', r.text, 'progressPercent', r.progress_percent, 'reportedAt', r.reported_at)), '[]'))
        from (select * from progress_report r where r.item_id = i.id
              order by r.reported_at desc, r.id desc limit 3) r)
    ) as row
    from (select item_id, due_sort, tenant_id from double_list_item_party where organization_id = $own
          order by due_sort, item_id limit 51) p
    join double_list_item i on i.id = p.item_id and i.tenant_id = p.tenant_id
  ) page))
""",
    "flat page of 100": """
json_build_object('alerts', (
  select json_build_object(
    'nodes', coalesce(json_agg(json_build_object(
      'id', id, 'kind', kind, 'severity', severity, 'title', title, 'dueOn', due_on, 'offsetDays', offset_days,
      'clause', clause, 'raisedAt', raised_at)) filter (where n <= 100), '[]'),
    'pageInfo', json_build_object('hasNextPage', count(*) > 100))
  from (select *, row_number() over () as n
        from (select * from alert where organization_id = $own order by raised_at desc, id desc limit 101) a) page))
""",
    "point by node id": """
json_build_object('node', (
  select json_build_object(
    'id', i.id, 'code', i.code, 'title', i.title, 'status', i.status, 'dueOn', i.due_on,
    'progressPercent', i.progress_percent, 'version', i.version,
    'leadOrganization', (select json_build_object('id', o.id, 'shortName', o.short_name)
                         from organization o where o.id = i.lead_organization_id))
  from double_list_item i where i.id = $key))
""",
    "totalCount of own rows": """
json_build_object('doubleListItems', json_build_object('totalCount', (
  select count(*) from double_list_item_party where organization_id = $own)))
""",
    "three root fields": """
json_build_object(
  'doubleListItems', (
    select json_build_object('nodes', coalesce(json_agg(json_build_object(
      'id', i.id, 'code', i.code, 'title', i.title, 'status', i.status) order by p.due_sort, p.item_id), '[]'))
    from (select item_id, due_sort, tenant_id from double_list_item_party where organization_id = $own
          order by due_sort, item_id limit 10) p
    join double_list_item i on i.id = p.item_id and i.tenant_id = p.tenant_id),
  'alerts', (
    select json_build_object('nodes', coalesce(json_agg(json_build_object(
      'id', id, 'kind', kind, 'title', title, 'raisedAt', raised_at)), '[]'))
    from (select * from alert where organization_id = $own order by raised_at desc, id desc limit 10) a),
  'organizations', (
    select json_build_object('nodes', coalesce(json_agg(json_build_object(
      'id', id, 'shortName', short_name)), '[]'))
    from (select * from organization order by sort_key, id limit 10) o))
""",
}

_OWN = f'condition: {{organizationId: "{unit_id(UNIT)}"}}'
_MINE = f"{_OWN}, orderBy: [DUE_SORT_ASC, ITEM_ID_ASC]"
_LATEST = f"{_OWN}, orderBy: [RAISED_AT_DESC, ROW_ID_DESC]"

POSTGRAPHILE = {
    "nested page of 50": f"""query Nested {{
  doubleListItems: allDoubleListItemParties(first: 50, {_MINE}) {{
    nodes {{
      item: doubleListItemByItemIdAndTenantId {{
        id: rowId code title status overdue dueOn progressPercent
        leadOrganization: organizationByLeadOrganizationId {{ id: rowId shortName }}
        cooperatingOrganizations: cooperating {{ nodes {{ id: rowId shortName }} }}
        progressReports: progressReportsByItemIdAndTenantId(first: 3, orderBy: [REPORTED_AT_DESC, ROW_ID_DESC]) {{
          nodes {{ text progressPercent reportedAt }}
        }}
      }}
    }}
    pageInfo {{ hasNextPage }}
  }}
}}""",
    "flat page of 100": f"""query Flat {{
  alerts: allAlerts(first: 100, {_LATEST}) {{
    nodes {{ id: rowId kind severity title dueOn offsetDays clause raisedAt }}
    pageInfo {{ hasNextPage }}
  }}
}}""",
    "point by node id": """query Point($id: ID!) {
  node(id: $id) {
    ... on DoubleListItem {
      id: rowId code title status dueOn progressPercent version
      leadOrganization: organizationByLeadOrganizationId { id: rowId shortName }
    }
  }
}""",
    "totalCount of own rows": f"query Count {{ doubleListItems: allDoubleListItemParties({_OWN}) {{ totalCount }} }}",
    "three root fields": f"""query Three {{
  doubleListItems: allDoubleListItemParties(first: 10, {_MINE}) {{
    nodes {{ item: doubleListItemByItemIdAndTenantId {{ id: rowId code title status }} }}
  }}
  alerts: allAlerts(first: 10, {_LATEST}) {{ nodes {{ id: rowId kind title raisedAt }} }}
  organizations: allOrganizations(first: 10, orderBy: [SORT_KEY_ASC, ROW_ID_ASC]) {{ nodes {{ id: rowId shortName }} }}
}}""",
}

PEER_FUNCTIONS = (
    "create schema bench",
    f"""create function bench.double_list_item_overdue(i double_list_item) returns boolean language sql stable
        as $$ select coalesce(i.due_at <= now(), false) and i.status in {_RUNNING} $$""",
    """create function bench.double_list_item_cooperating(i double_list_item) returns setof organization
       language sql stable as $$ select o.* from unnest(i.cooperating_organization_ids) with ordinality u (id, n)
       join organization o on o.id = u.id order by u.n $$""",
    "grant usage on schema bench to hub_app",
    "grant execute on all functions in schema bench to hub_app",
)
"""What PostGraphile cannot derive from the tables: two computed columns, in a schema of their own."""

OPERATIONS = tuple(HUB)


@dataclass(frozen=True, slots=True)
class Item:
    """Of the double list: what a point read asks for."""

    key: UUID

    @property
    def node_id(self) -> str:
        return encode_node_id("DI", self.key)


def hand_written(operation: str) -> str:
    """The statement: first the names and the values of the scope's settings, then the caller's unit, then the key."""
    value = HAND_WRITTEN[operation].replace("$own", "$3::uuid").replace("$key", "$4::uuid")
    used = "" if "$4" not in value or "$3" in value else " and $3::uuid is not null"
    return (
        "with scope as materialized (select count(set_config(name, value, true)) as told"
        " from unnest($1::text[], $2::text[]) s(name, value)) "
        f"select (case when told = cardinality($1::text[]){used} then {value} end)::text from scope"
    )


_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)")


def canonical(value: Any) -> Any:
    """An answer without what may honestly differ: ids as keys, instants in UTC, lists without their wrapping."""
    match value:
        case {"item": inner} if len(value) == 1:
            return canonical(inner)
        case {"nodes": inner} if len(value) == 1:
            return canonical(inner)
        case dict():
            return {key: canonical(each) for key, each in value.items()}
        case list():
            return [canonical(each) for each in value]
        case str() if _INSTANT.fullmatch(value):
            return datetime.fromisoformat(value).astimezone(UTC).isoformat()
        case str() if len(value) == 24:
            return _key(value)
        case str() if value.isdigit():
            return int(value)
    return value


def _key(text: str) -> str:
    try:
        return str(decode_node_id(text)[1])
    except Refused:
        return text
