"""Security schemes that cannot be used, and requirements that name none of the definition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.openapi.json_values import JSONObject
from catalog.openapi.lookups import as_object, list_at, object_at
from catalog.openapi.rules.context import Context, Finding
from catalog.openapi.versions import Family
from catalog.openapi.visiting import Visited

__all__ = ["find_unknown_schemes", "find_unusable_schemes"]

# Members a scheme cannot do without; that they are there at all is a matter of structure.
_NEEDED = ("name", "in", "scheme", "flow", "openIdConnectUrl")
_URLS = ("authorizationUrl", "tokenUrl", "refreshUrl", "openIdConnectUrl", "deviceAuthorizationUrl")
_FOREIGN_URL = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:|.*\s", re.DOTALL | re.IGNORECASE)


def find_unknown_schemes(context: Context) -> Iterator[Finding]:
    """Yield each requirement that names an undefined scheme; 3.2 also allows a reference there.

    Source: OpenAPI 3.1.1, 4.8.30.
    """
    known = set(_schemes(context))
    for visited in (*context.of("definition"), *context.of("operation")):
        for position, name in _iter_names(visited):
            if name not in known and "/" not in name:
                message = f"There is no security scheme “{name}”."
                yield Finding(visited.pointer("security", position, name), message)


def find_unusable_schemes(context: Context) -> Iterator[Finding]:
    """Yield what a security scheme needs and leaves empty, and URLs no browser could open.

    Source: OpenAPI 3.1.1, 4.8.27 to 4.8.29.
    """
    for visited in context.of("security_scheme"):
        for member in _NEEDED:
            if visited.value.get(member) == "":
                message = f"The security scheme needs a value for “{member}”."
                yield Finding(visited.pointer(member), message)
        for names, url in _iter_urls(visited.value):
            if _FOREIGN_URL.match(url) or not url:
                message = f"“{url[:80]}” is not a URL that can be opened."
                yield Finding(visited.pointer(*names), message)


def _iter_urls(scheme: JSONObject) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the URLs of a scheme and of its flows, with the names that lead to them."""
    for member in _URLS:
        url = scheme.get(member)
        if isinstance(url, str) and (url or member not in _NEEDED):
            yield (member,), url
    flows = object_at(scheme, "flows")
    for kind, flow in flows.items():
        for names, url in _iter_urls({**as_object(flow), "flows": {}}):
            yield ("flows", kind, *names), url


def _schemes(context: Context) -> dict[str, object]:
    definition = context.definition
    if context.family is Family.V2_0:
        return {**object_at(definition, "securityDefinitions")}
    return {**object_at(object_at(definition, "components"), "securitySchemes")}


def _iter_names(visited: Visited) -> Iterator[tuple[int, str]]:
    for position, requirement in enumerate(list_at(visited.value, "security")):
        for name in as_object(requirement):
            yield position, name
