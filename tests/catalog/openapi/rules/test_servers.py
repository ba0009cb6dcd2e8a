"""Variables of servers."""

from __future__ import annotations

from typing import Any

from catalog.openapi.json_values import JSONObject
from tests.catalog.openapi.rules.findings import broken, path


def test_variables_of_a_server_are_defined() -> None:
    servers: Any = [
        {"url": "https://{a}.example.com/{b}/{b}", "variables": {"a": {"default": "x"}}},
        {"url": "https://example.com"},
        "https://{c}",
    ]
    operation: Any = {"servers": [{"url": "/{d}"}]}
    definition: JSONObject = {"servers": servers, **path("/a", get=operation)}

    assert broken(definition, "undefined-server-variable") == [
        ("/servers/0/url", "The server variable “{b}” is not defined."),
        ("/paths/~1a/get/servers/0/url", "The server variable “{d}” is not defined."),
    ]


def test_default_of_a_server_variable_is_one_of_its_values() -> None:
    variables: Any = {
        "a": {"enum": ["x"], "default": "y"},
        "b": {"enum": ["x"], "default": "x"},
        "c": {"default": "x"},
        "d": {"enum": ["x"]},
        "e": 1,
    }
    definition: JSONObject = {"servers": [{"url": "/", "variables": variables}]}

    assert broken(definition, "unlisted-server-default") == [
        (
            "/servers/0/variables/a/default",
            "The default of the server variable “a” is none of its values.",
        )
    ]
