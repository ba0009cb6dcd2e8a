"""Where a definition keeps reusable objects, by their shape."""

from __future__ import annotations

from collections.abc import Mapping

from catalog.openapi.versions import Family

__all__ = ["sections_of"]

_SWAGGER = {
    "schema": "/definitions",
    "parameter": "/parameters",
    "response": "/responses",
}
_COMPONENTS = {
    "schema": "/components/schemas",
    "response": "/components/responses",
    "parameter": "/components/parameters",
    "example": "/components/examples",
    "request_body": "/components/requestBodies",
    "header": "/components/headers",
    "security_scheme": "/components/securitySchemes",
    "link": "/components/links",
    "callback": "/components/callbacks",
}


def sections_of(family: Family) -> Mapping[str, str]:
    """Pointers of the sections that reusable objects of each shape stand in.

    Path items are left out on purpose: where one is referred to, it is put in place, so that
    readers of 3.0 find it too. Sources: OpenAPI 2.0, Swagger Object; 3.1.1, 4.8.7.
    """
    return _SWAGGER if family is Family.V2_0 else _COMPONENTS
