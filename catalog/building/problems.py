"""What is doubtful about a request, as values: facts without the sentence people read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from catalog.openapi import JSONObject

__all__ = ["ProblemKind", "RequestProblem"]


class ProblemKind(StrEnum):
    """The kinds of problem; those marked with * always stop the building."""

    MISSING_PARAMETER = "missing_parameter"
    MISSING_PATH_PARAMETER = "missing_path_parameter"  # *
    MISSING_BODY = "missing_body"
    MISSING_CREDENTIAL = "missing_credential"
    UNDEFINED_VARIABLE = "undefined_variable"
    UNDEFINED_SECURITY_SCHEME = "undefined_security_scheme"
    UNKNOWN_SECURITY = "unknown_security"  # *
    UNUSED_PARAMETER = "unused_parameter"
    DOES_NOT_MATCH_SCHEMA = "does_not_match_schema"
    DOT_SEGMENT = "dot_segment"  # *
    REFUSED_HEADER = "refused_header"
    INVALID_HEADER = "invalid_header"  # *
    INVALID_TEXT = "invalid_text"  # *
    TOO_DEEP = "too_deep"  # *


@dataclass(frozen=True, slots=True)
class RequestProblem:
    """One problem of a request.

    `location` is "path", "query", "querystring", "header", "cookie", "body" or "security". `name`
    is the parameter, header or variable meant. `detail` depends on the kind: the place an
    undefined variable stands in, the key of the scheme that lacks a credential, the JSON Schema
    keyword a value breaks.
    """

    kind: ProblemKind
    location: str
    name: str
    detail: str = ""

    def as_json(self) -> JSONObject:
        """The problem as the REST API prints it."""
        return asdict(self)
