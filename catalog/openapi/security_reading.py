"""Read security schemes and requirements (OpenAPI 3.1.1, 4.8.27 and 4.8.30)."""

from __future__ import annotations

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, iter_objects, object_at, text_at
from catalog.openapi.security import (
    SchemeType,
    SecurityRequirement,
    SecurityScheme,
    SecurityUse,
)

__all__ = ["read_requirements", "read_security_scheme"]

# By lowercase name, since "apikey" and 2.0's "basic" occur in definitions of any version.
TYPES = {kind.value.lower(): kind for kind in SchemeType} | {"basic": SchemeType.HTTP}


def read_security_scheme(key: str, given: JSONValue) -> SecurityScheme:
    """One entry of the overview's `security_schemes`; what is not declared is UNKNOWN."""
    scheme = as_object(given)
    kind = TYPES.get(text_at(scheme, "type").lower(), SchemeType.UNKNOWN)
    is_basic = text_at(scheme, "type").lower() == "basic"
    return SecurityScheme(
        key=key,
        type=kind,
        description=text_at(scheme, "description"),
        scheme="basic" if is_basic else text_at(scheme, "scheme").lower(),
        bearer_format=text_at(scheme, "bearerFormat"),
        location=text_at(scheme, "in"),
        name=text_at(scheme, "name"),
        open_id_connect_url=text_at(scheme, "openIdConnectUrl"),
        flows=object_at(scheme, "flows"),
    )


def read_requirements(given: JSONValue, schemes: JSONObject) -> tuple[SecurityRequirement, ...]:
    """The alternatives of a `security` list; a single requirement without its list counts too."""
    alternatives: list[JSONValue] = given if isinstance(given, list) else [given]
    return tuple(
        _read_requirement(requirement, schemes) for requirement in iter_objects(alternatives)
    )


def _read_requirement(requirement: JSONObject, schemes: JSONObject) -> SecurityRequirement:
    return SecurityRequirement(
        tuple(
            SecurityUse(read_security_scheme(key, schemes.get(key)), _scopes(scopes))
            for key, scopes in requirement.items()
        )
    )


def _scopes(given: JSONValue) -> tuple[str, ...]:
    values = given if isinstance(given, list) else []
    return tuple(scope for scope in values if isinstance(scope, str))
