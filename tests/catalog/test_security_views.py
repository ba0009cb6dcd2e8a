from __future__ import annotations

from typing import Any

import pytest

from catalog.openapi import JSONObject, read_security_scheme
from catalog.security_views import build_scheme_view, name_authentication


@pytest.mark.parametrize(
    ("scheme", "name", "kind", "variables"),
    [
        pytest.param(
            {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            "JWT",
            "Bearer",
            ("{{k_token}}",),
            id="bearer",
        ),
        pytest.param(
            {"type": "http", "scheme": "basic"},
            "Basic",
            "Basic",
            ("{{k_username}}", "{{k_password}}"),
            id="basic",
        ),
        pytest.param(
            {"type": "apiKey", "in": "query", "name": "q"}, "API key", "Query", ("{{k}}",), id="key"
        ),
        pytest.param(
            {"type": "oauth2", "flows": {}},
            "OAuth 2.0",
            "Bearer",
            ("{{k_token}}", "{{k_client_id}}", "{{k_client_secret}}"),
            id="OAuth 2",
        ),
        pytest.param({"type": "mutualTLS"}, "Client certificate", "", (), id="certificate"),
        pytest.param(None, "k", "", (), id="not declared"),
    ],
)
def test_scheme_is_named_as_people_know_it(
    scheme: Any, name: str, kind: str, variables: tuple[str, ...]
) -> None:
    read = read_security_scheme("k", scheme)

    view = build_scheme_view(read)

    assert name_authentication(read) == name
    assert (view.kind, view.variables) == (kind, variables)


def test_description_of_a_scheme_is_markdown() -> None:
    scheme: JSONObject = {"type": "http", "scheme": "basic", "description": "Ask *us*."}

    assert build_scheme_view(read_security_scheme("k", scheme)).description == (
        "<p>Ask <em>us</em>.</p>"
    )
