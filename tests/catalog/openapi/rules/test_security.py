"""Security schemes that cannot be used as they are."""

from __future__ import annotations

from typing import Any

from catalog.openapi.json_values import JSONObject
from catalog.openapi.versions import Family
from tests.catalog.openapi.rules.findings import broken, pointers


def definition_with(**schemes: Any) -> JSONObject:
    return {"components": {"securitySchemes": schemes}}


def test_scheme_needs_values_for_its_members() -> None:
    definition = definition_with(
        key={"type": "apiKey", "name": "", "in": ""},
        http={"type": "http", "scheme": ""},
        fine={"type": "http", "scheme": "bearer"},
        none={"type": "openIdConnect", "openIdConnectUrl": ""},
    )

    base = "/components/securitySchemes"
    assert broken(definition, "unusable-security-scheme") == [
        (f"{base}/key/name", "The security scheme needs a value for “name”."),
        (f"{base}/key/in", "The security scheme needs a value for “in”."),
        (f"{base}/http/scheme", "The security scheme needs a value for “scheme”."),
        (
            f"{base}/none/openIdConnectUrl",
            "The security scheme needs a value for “openIdConnectUrl”.",
        ),
    ]


def test_urls_of_a_scheme_can_be_opened() -> None:
    flows = {
        "implicit": {"authorizationUrl": "javascript:alert(1)", "refreshUrl": "/refresh"},
        "password": {"tokenUrl": "", "refreshUrl": "https://example.com"},
        "clientCredentials": {
            "tokenUrl": "see the manual",
            "flows": {"password": {"tokenUrl": ""}},
        },
        "x-flow": "none",
    }
    definition = definition_with(a={"type": "oauth2", "flows": flows})

    flow = "/components/securitySchemes/a/flows"
    assert broken(definition, "unusable-security-scheme") == [
        (
            f"{flow}/implicit/authorizationUrl",
            "“javascript:alert(1)” is not a URL that can be opened.",
        ),
        (f"{flow}/password/tokenUrl", "“” is not a URL that can be opened."),
        (f"{flow}/clientCredentials/tokenUrl", "“see the manual” is not a URL that can be opened."),
    ]


def test_scheme_of_2_0_has_its_urls_itself() -> None:
    scheme: Any = {"type": "oauth2", "flow": "implicit", "authorizationUrl": "ftp://example.com"}

    assert pointers(
        {"securityDefinitions": {"a": scheme}}, "unusable-security-scheme", Family.V2_0
    ) == ["/securityDefinitions/a/authorizationUrl"]
