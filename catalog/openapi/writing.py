"""Writing definitions: the files that readers download."""

from __future__ import annotations

import json

import orjson

from catalog.openapi.json_values import JSONValue
from catalog.openapi.yaml_writing import write_yaml

__all__ = ["render_json", "render_yaml"]


def render_json(value: JSONValue) -> bytes:
    """A value as UTF-8 JSON, two spaces deep, keys in their order, ending in a line end."""
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        # An integer beyond 64 bits, or nesting beyond 254 levels.
        text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
        return f"{text}\n".encode()


def render_yaml(value: JSONValue) -> bytes:
    """A value as UTF-8 YAML that YAML 1.1 and 1.2 readers take for the same, keys in their order.

    Parsing it gives the value back; texts of several lines stay readable.
    """
    return write_yaml(value).encode()
