"""Turn a definition of any supported version into the one shape the rest of the code knows."""

from __future__ import annotations

from catalog.openapi.json_values import JSONObject
from catalog.openapi.lookups import text_at
from catalog.openapi.upgrading_30 import upgrade_30
from catalog.openapi.upgrading_swagger import upgrade_swagger

__all__ = ["upgrade_definition"]


def upgrade_definition(value: JSONObject) -> JSONObject:
    """Give a bundled definition of OpenAPI 2.0 or 3.0 the shape of 3.1, for display and sending.

    The result is a new object that shares unchanged parts with the input, which stays untouched;
    treat both as read-only. 3.1 and 3.2, and what names no known version, come back as they are.
    Never raises: what has the wrong type is left alone or left out.
    """
    if text_at(value, "swagger").startswith("2"):
        return upgrade_swagger(value)
    if text_at(value, "openapi").startswith("3.0"):
        return upgrade_30(value)
    return value
