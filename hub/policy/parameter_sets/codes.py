"""Codes that parameters choose from."""

from __future__ import annotations

from enum import StrEnum


class Cadence(StrEnum):
    """How often something is pushed. ``EVENT``: promptly on each event, without a fixed cycle."""

    REALTIME = "REALTIME"
    EVENT = "EVENT"
    MONTH = "MONTH"
    QUARTER = "QUARTER"


class ResponsibilityField(StrEnum):
    """责任领导, 责任部门, 责任人, 岗位."""

    LEADER = "LEADER"
    DIVISION = "DIVISION"
    PERSON = "PERSON"
    POST = "POST"


class Narrative(StrEnum):
    """基本案情, 执行依据, 失信情形."""

    CASE_FACTS = "CASE_FACTS"
    EXECUTION_BASIS = "EXECUTION_BASIS"
    DISHONEST_CONDUCT = "DISHONEST_CONDUCT"


class SubjectKind(StrEnum):
    """Kinds of 政务主体."""

    ADMINISTRATIVE_ORGAN = "ADMINISTRATIVE_ORGAN"
    PUBLIC_INSTITUTION = "PUBLIC_INSTITUTION"
    TOWNSHIP = "TOWNSHIP"
    GRASSROOTS_ORGANIZATION = "GRASSROOTS_ORGANIZATION"
    VILLAGE_COLLECTIVE = "VILLAGE_COLLECTIVE"
    SOE_WITH_SOCIAL_FUNCTION = "SOE_WITH_SOCIAL_FUNCTION"
    STATE_CAPITAL_ENTERPRISE = "STATE_CAPITAL_ENTERPRISE"


class RepairChannel(StrEnum):
    SUBJECT_APPLICATION = "SUBJECT_APPLICATION"
    COURT_PUSH = "COURT_PUSH"


class PersonTarget(StrEnum):
    LEGAL_REPRESENTATIVE = "LEGAL_REPRESENTATIVE"
    PRINCIPAL = "PRINCIPAL"
    DIRECTLY_RESPONSIBLE = "DIRECTLY_RESPONSIBLE"
    ACTUAL_CONTROLLER = "ACTUAL_CONTROLLER"
    FINANCE_HEAD = "FINANCE_HEAD"


class AppearanceScope(StrEnum):
    """Procedures in which the head of the organ appears."""

    ADMINISTRATIVE = "ADMINISTRATIVE"
    CIVIL = "CIVIL"
    EXECUTION = "EXECUTION"
    MEDIATION = "MEDIATION"


class ReportRecipient(StrEnum):
    RULE_OF_LAW_GROUP = "RULE_OF_LAW_GROUP"
    DISCIPLINE_SUPERVISION = "DISCIPLINE_SUPERVISION"
    POLITICAL_LEGAL_COMMITTEE = "POLITICAL_LEGAL_COMMITTEE"
    ORGANISATION_DEPARTMENT = "ORGANISATION_DEPARTMENT"
    SUPERVISING_AUTHORITY = "SUPERVISING_AUTHORITY"
    GOVERNMENT_OFFICE = "GOVERNMENT_OFFICE"
    MEMBER_UNITS = "MEMBER_UNITS"


class NotificationChannel(StrEnum):
    """Channels that reach a person."""

    EMAIL = "EMAIL"
    SMS = "SMS"
