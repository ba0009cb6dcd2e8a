"""The URL of a request: base URL, path template and query put together."""

from __future__ import annotations

import re
from urllib.parse import unquote, unquote_plus

from catalog.building.errors import CannotBuild
from catalog.building.parameters import (
    find_parameter,
    given_parameters,
    serialize_path,
    serialize_query,
    serialize_querystring,
)
from catalog.building.percent_encoding import encode_literal
from catalog.building.problems import ProblemKind, RequestProblem
from catalog.building.styles import Pair
from catalog.building.values import RequestValues
from catalog.openapi import Location, Operation, Parameter, Style

__all__ = ["build_url", "template_names"]

TEMPLATE = re.compile(r"\{([^{}]*)\}")


def build_url(
    operation: Operation,
    values: RequestValues,
    *,
    base_url: str,
    credentials: tuple[Pair, ...],
) -> str:
    """The URL of a request, percent-encoded, in the order path, query of the path, parameters.

    A path may hold a query (`/a?b=c`), whose pairs give way to values under the same name, and a
    label after `#`, which only tells operations apart. `credentials` are query pairs to add.
    Raises CannotBuild for a path parameter without a value and for a segment "." or "..": both
    would call another operation.
    """
    base, _, base_query = base_url.partition("#")[0].partition("?")
    path, fixed_query = _split_template(operation.path)
    expanded = _expand_template(path, operation, values)
    _refuse_dot_segments(expanded)
    query = [base_query, *_fixed_pairs(fixed_query, operation, values)]
    for parameter, value in given_parameters(operation, values, Location.QUERYSTRING):
        query.append(serialize_querystring(parameter, value))
    for parameter, value in given_parameters(operation, values, Location.QUERY):
        query.extend(_join(pair) for pair in serialize_query(parameter, value))
    query.extend(_join(pair) for pair in credentials)
    joined = "&".join(part for part in query if part)
    url = base.rstrip("/") + "/" + expanded.removeprefix("/")
    return f"{url}?{joined}" if joined else url


def template_names(operation: Operation) -> tuple[str, ...]:
    """The names of all template variables in the path, each once and in order."""
    path, query = _split_template(operation.path)
    return tuple(dict.fromkeys(TEMPLATE.findall(f"{path}?{query}")))


def _split_template(template: str) -> tuple[str, str]:
    """Path and query of a path template; "?" and "#" inside braces belong to the name."""
    masked = TEMPLATE.sub(lambda match: "x" * len(match[0]), template)
    end = len(masked.partition("#")[0])
    start = len(masked[:end].partition("?")[0])
    return template[:start], template[start + 1 : end]


def _expand_template(template: str, operation: Operation, values: RequestValues) -> str:
    parts = []
    end = 0
    for match in TEMPLATE.finditer(template):
        parts.append(encode_literal(template[end : match.start()]))
        parts.append(_expand_variable(match[1], operation, values))
        end = match.end()
    parts.append(encode_literal(template[end:]))
    return "".join(parts)


def _expand_variable(name: str, operation: Operation, values: RequestValues) -> str:
    """The value of one template variable; one that no parameter declares is `simple`."""
    declared = find_parameter(operation, Location.PATH, name)
    parameter = declared or Parameter(name, Location.PATH, style=Style.SIMPLE, explode=False)
    value = values.given(Location.PATH).get(name)
    text = "" if value is None else serialize_path(parameter, value)
    if text:
        return text
    if values.use_placeholders:
        return f"{{{encode_literal(name)}}}"
    raise CannotBuild(RequestProblem(ProblemKind.MISSING_PATH_PARAMETER, "path", name))


def _refuse_dot_segments(path: str) -> None:
    """Refuse "." and "..", also encoded: clients and servers resolve both alike."""
    for segment in path.split("/"):
        if unquote(segment) in (".", ".."):
            raise CannotBuild(RequestProblem(ProblemKind.DOT_SEGMENT, "path", segment))


def _fixed_pairs(query: str, operation: Operation, values: RequestValues) -> list[str]:
    """The pairs that the path itself holds, without those a value was given for."""
    given = values.given(Location.QUERY)
    expanded = _expand_template(query, operation, values)
    return [
        pair for pair in expanded.split("&") if unquote_plus(pair.partition("=")[0]) not in given
    ]


def _join(pair: Pair) -> str:
    return f"{pair[0]}={pair[1]}"
