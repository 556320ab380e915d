"""Numbers of queries and orders, in the forms that holders' systems take."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.execution_codes import QueryType

_BANKING = {QueryType.BANK_ACCOUNT, QueryType.SECURITIES, QueryType.INSURANCE, QueryType.PLATFORM_ACCOUNT}
LONGEST_BANKING = 45


async def inquiry_number(session: AsyncSession, region: str, on: date) -> str:
    """yyyyMMdd, six digits of the region, six of a sequence: the twenty characters of the real-estate form."""
    sequence = await session.scalar(text("select nextval('execution_number')"))
    return f"{on:%Y%m%d}{region[:6]:0<6}{sequence:06}"


async def order_number(session: AsyncSession, region: str, on: date, court_code: str, kind: QueryType) -> str:
    """A number of an order. Finance takes up to 45 characters and wants the court's code in front (``BDHM``)."""
    number = await inquiry_number(session, region, on)
    return f"{court_code}{number}"[:LONGEST_BANKING] if kind in _BANKING else number
