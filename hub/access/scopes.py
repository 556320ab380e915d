"""OAuth scopes: which operations a client may call. Rows and fields are decided elsewhere."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """Names of the field; a client holds a subset of what its organisation's roles allow."""

    ORGANIZATION_READ = "organization:read"
    ORGANIZATION_MANAGE = "organization:manage"
    MEMBER_PROPOSE = "member:propose"
    MEMBER_APPROVE = "member:approve"
    MEMBER_MANAGE = "member:manage"
    DOUBLELIST_READ = "doublelist:read"
    DOUBLELIST_PROPOSE = "doublelist:propose"
    DOUBLELIST_REVIEW = "doublelist:review"
    DOUBLELIST_APPROVE = "doublelist:approve"
    MEETING_READ = "meeting:read"
    MEETING_MANAGE = "meeting:manage"
    TASK_READ = "task:read"
    TASK_REPORT = "task:report"
    COORDINATION_READ = "coordination:read"
    COORDINATION_WRITE = "coordination:write"
    CASE_READ = "case:read"
    DISHONESTY_READ = "dishonesty:read"
    CASE_REPORT = "case:report"
    NOTICE_READ = "notice:read"
    NOTICE_ISSUE = "notice:issue"
    NOTICE_SIGN = "notice:sign"
    NOTICE_REPLY = "notice:reply"
    SUBJECT_MATCH = "subject:match"
    EXCHANGE_READ = "exchange:read"
    EXCHANGE_MEND = "exchange:mend"
    EXCHANGE_REPLAY = "exchange:replay"
    POLICY_READ = "policy:read"
    STATS_READ = "stats:read"
    PORTAL_PUBLIC = "portal:public"
    BULK_EXPORT = "bulk:export"
    WEBHOOK_MANAGE = "webhook:manage"
    AUDIT_READ = "audit:read"
    ADMIN_POLICY = "admin:policy"
    ADMIN_CONNECTOR = "admin:connector"
