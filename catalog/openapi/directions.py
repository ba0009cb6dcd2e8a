"""Which way a schema's values travel; decides about `readOnly` and `writeOnly` properties."""

from __future__ import annotations

from enum import StrEnum

from catalog.openapi.json_values import JSONObject

__all__ = ["Direction", "travels"]


class Direction(StrEnum):
    """Whether values are sent to the API or come from it."""

    REQUEST = "request"
    RESPONSE = "response"


def travels(schema: JSONObject, direction: Direction) -> bool:
    """Whether a property with this (merged) schema occurs in that direction.

    Source: OpenAPI 3.1.1, 4.8.24.4 (annotations of JSON Schema validation, 9.4).
    """
    hidden = "readOnly" if direction is Direction.REQUEST else "writeOnly"
    return schema.get(hidden) is not True
