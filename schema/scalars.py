"""Custom scalars. What SQL already wrote passes through; Python values are written by the same codec."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import strawberry
from strawberry.schema.config import StrawberryConfig

from hub.core.texts import Text
from schema.binding.codecs import DATE, INSTANT, Codec


def _scalar(codec: Codec, text: Text, specified_by: str) -> Any:
    return strawberry.scalar(
        name=codec.name,
        description=str(text),
        serialize=codec.serialize,
        parse_value=codec.parse,
        specified_by_url=specified_by,
    )


SCALARS: dict[object, Any] = {
    date: _scalar(
        DATE, Text("日期，YYYY-MM-DD", "calendar date"), "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"
    ),
    datetime: _scalar(
        INSTANT,
        Text(
            "时刻；输出为北京时间，精确到毫秒，输入须带时区",
            "instant; written in Beijing time to the millisecond, read with any offset",
        ),
        "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
    ),
}

CONFIG = StrawberryConfig(scalar_map=SCALARS)
