"""Security Scheme Objects of OpenAPI 2.0 in the 3.1 shape."""

from __future__ import annotations

from catalog.openapi.json_values import JSONObject
from catalog.openapi.lookups import object_at, text_at

__all__ = ["convert_security_scheme"]

FLOWS = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}


def convert_security_scheme(scheme: JSONObject) -> JSONObject:
    """One entry of `securityDefinitions` as an entry of `components.securitySchemes`.

    Source: OpenAPI 2.0, Security Scheme Object; OpenAPI 3.1.1, 4.8.27 to 4.8.29.
    """
    match text_at(scheme, "type"):
        case "basic":
            return {**scheme, "type": "http", "scheme": "basic"}
        case "oauth2":
            return _convert_oauth2(scheme)
        case _:
            return scheme


def _convert_oauth2(scheme: JSONObject) -> JSONObject:
    flow: JSONObject = {"scopes": object_at(scheme, "scopes")}
    for keyword in ("authorizationUrl", "tokenUrl"):
        if keyword in scheme:
            flow[keyword] = scheme[keyword]
    moved = ("flow", "scopes", "authorizationUrl", "tokenUrl")
    converted = {key: value for key, value in scheme.items() if key not in moved}
    name = FLOWS.get(text_at(scheme, "flow"))
    return {**converted, "flows": {name: flow} if name else {}}
