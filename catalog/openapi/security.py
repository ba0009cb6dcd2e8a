"""Security schemes and requirements of an operation (OpenAPI 3.1.1, 4.8.27 and 4.8.30)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from catalog.openapi.json_values import JSONObject

__all__ = ["SchemeType", "SecurityRequirement", "SecurityScheme", "SecurityUse"]


class SchemeType(StrEnum):
    """The `type` of a security scheme; UNKNOWN stands for a key that no component declares."""

    HTTP = "http"
    API_KEY = "apiKey"
    OAUTH2 = "oauth2"
    OPEN_ID_CONNECT = "openIdConnect"
    MUTUAL_TLS = "mutualTLS"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """One entry of `components.securitySchemes`, by its key.

    `scheme` is the lowercase HTTP authentication scheme ("bearer", "basic") of an HTTP scheme.
    `location` ("header", "query", "cookie") and `name` belong to an apiKey scheme. `flows` is the
    raw OAuth Flows Object.
    """

    key: str
    type: SchemeType
    description: str = ""
    scheme: str = ""
    bearer_format: str = ""
    location: str = ""
    name: str = ""
    open_id_connect_url: str = ""
    flows: JSONObject = field(default_factory=dict)

    @property
    def takes_bearer_token(self) -> bool:
        """Whether requests carry `Authorization: Bearer <token>`."""
        if self.type in (SchemeType.OAUTH2, SchemeType.OPEN_ID_CONNECT):
            return True
        return self.type is SchemeType.HTTP and self.scheme == "bearer"

    @property
    def variable_names(self) -> tuple[str, ...]:
        """The variables this scheme reads: its key plus a suffix by type.

        The first one holds the credential that is sent; CONSOLE.md of the design fixes the names.
        """
        match self.type:
            case SchemeType.HTTP if self.scheme == "basic":
                return (f"{self.key}_username", f"{self.key}_password")
            case SchemeType.HTTP:
                return (f"{self.key}_token",)
            case SchemeType.API_KEY:
                return (self.key,)
            case SchemeType.OAUTH2 | SchemeType.OPEN_ID_CONNECT:
                return (f"{self.key}_token", f"{self.key}_client_id", f"{self.key}_client_secret")
            case _:
                return ()

    @property
    def title(self) -> str:
        """How pages call it: "Authorization: JWT" for a bearer scheme with that format."""
        match self.type:
            case SchemeType.HTTP if self.scheme == "bearer":
                return f"Authorization: {self.bearer_format or 'Bearer'}"
            case SchemeType.HTTP:
                return f"Authorization: {self.scheme.capitalize()}"
            case SchemeType.API_KEY:
                return f"API key: {self.name}"
            case SchemeType.OAUTH2:
                return "Authorization: OAuth 2.0"
            case SchemeType.OPEN_ID_CONNECT:
                return "Authorization: OpenID Connect"
            case SchemeType.MUTUAL_TLS:
                return "Client certificate"
            case _:
                return self.key


@dataclass(frozen=True, slots=True)
class SecurityUse:
    """A scheme as one requirement uses it, with the scopes (or roles) asked for."""

    scheme: SecurityScheme
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SecurityRequirement:
    """Schemes that must all be satisfied (AND). No use at all means "no authentication"."""

    uses: tuple[SecurityUse, ...] = ()
