"""Operations and what they are made of (OpenAPI 3.1.1, 4.8.10 to 4.8.17)."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.media_types import MediaType
from catalog.openapi.parameters import Location, Parameter
from catalog.openapi.security import SecurityRequirement

__all__ = ["Header", "Operation", "RequestBody", "Response"]


@dataclass(frozen=True, slots=True)
class Header:
    """A documented response header."""

    name: str
    description: str = ""
    required: bool = False
    deprecated: bool = False
    schema: JSONValue = None


@dataclass(frozen=True, slots=True)
class RequestBody:
    """The body of a request, one media type each, in the definition's order."""

    content: tuple[MediaType, ...] = ()
    description: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """A documented response; `status_code` may be "default" or a range such as "4XX"."""

    status_code: str
    description: str = ""
    headers: tuple[Header, ...] = ()
    content: tuple[MediaType, ...] = ()
    links: JSONObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation with everything inherited from its path item and the root filled in.

    `method` is uppercase. `security` lists alternatives (OR); an empty tuple means the operation
    takes no credentials. `servers` are raw Server Objects that replace the version's base URL,
    empty in the usual case.
    """

    method: str
    path: str
    operation_id: str = ""
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    deprecated: bool = False
    parameters: tuple[Parameter, ...] = ()
    request_body: RequestBody | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[SecurityRequirement, ...] = ()
    servers: tuple[JSONObject, ...] = ()
    external_docs: JSONObject = field(default_factory=dict)

    def parameters_in(self, location: Location) -> tuple[Parameter, ...]:
        """The parameters of one location, in order."""
        return tuple(parameter for parameter in self.parameters if parameter.location is location)
