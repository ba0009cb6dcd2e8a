"""Operations and values for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.building import BuiltRequest, RequestValues, build_request
from catalog.openapi import (
    Location,
    MediaType,
    Operation,
    Parameter,
    RequestBody,
    Resolver,
    SecurityRequirement,
    SecurityScheme,
    SecurityUse,
)

BASE_URL = "https://api.example.com/v1"


def make_operation(path: str = "/things", method: str = "GET", **fields: Any) -> Operation:
    """An operation without anything that was not asked for."""
    return Operation(method=method, path=path, **fields)


def with_content(*media_types: MediaType, required: bool = False) -> Operation:
    """A POST that takes these media types."""
    body = RequestBody(content=media_types, required=required)
    return make_operation(method="POST", request_body=body)


def with_schemes(*schemes: SecurityScheme, **fields: Any) -> Operation:
    """An operation that needs all of these schemes at once."""
    uses = tuple(SecurityUse(scheme) for scheme in schemes)
    return make_operation(security=(SecurityRequirement(uses),), **fields)


def make_values(**fields: Any) -> RequestValues:
    """Values with parameters given by location as keywords: `query={"a": 1}`."""
    given = {
        location: fields.pop(location.value) for location in Location if location.value in fields
    }
    return RequestValues(parameters=given, **fields)


def build(
    operation: Operation,
    values: RequestValues | None = None,
    *,
    base_url: str = BASE_URL,
    variables: Mapping[str, str] | None = None,
    components: Mapping[str, Any] | None = None,
) -> BuiltRequest:
    """Build with an example base URL and no variables unless given."""
    return build_request(
        operation,
        make_values() if values is None else values,
        base_url=base_url,
        variables=variables or {},
        resolver=Resolver(components or {}),
    )


def header_of(request: BuiltRequest, name: str) -> str | None:
    """The value of a header as it was built, None when it is absent."""
    return dict(request.headers).get(name)


def path_parameter(name: str, **fields: Any) -> Parameter:
    """A required path parameter."""
    return Parameter(name, Location.PATH, required=True, **fields)
