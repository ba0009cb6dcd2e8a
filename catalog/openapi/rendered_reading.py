"""Reading back what `render_json` wrote."""

from __future__ import annotations

import json
import re

import orjson

from catalog.openapi.json_values import JSONObject
from catalog.openapi.lookups import as_object

__all__ = ["read_rendered"]

# orjson reads integers beyond 64 bits as floats, which are other numbers.
_LONG_INTEGER = re.compile(rb"[0-9]{19}")


def read_rendered(content: bytes) -> JSONObject:
    """The definition that a kept JSON file holds. It was checked when it was published."""
    exact = _LONG_INTEGER.search(content) is not None
    return as_object(json.loads(content) if exact else orjson.loads(content))
