"""Problems of a request with what the draft knows about them: which field, and which rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.building import ProblemKind, RequestProblem
from catalog.openapi import Direction, Location, SchemaNode, describe_schema
from tryit.drafts import Draft
from tryit.exchanges import ExchangeProblem
from tryit.wording import describe_request_problem

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["describe_mismatch", "explain_problem"]

DOTS = (".", "..")

TYPE_WORDS: Mapping[str, StrOrPromise] = {
    "integer": gettext_lazy("is not a whole number"),
    "number": gettext_lazy("is not a number"),
    "boolean": gettext_lazy("is neither true nor false"),
    "array": gettext_lazy("is not a list"),
    "object": gettext_lazy("is not an object"),
    "string": gettext_lazy("is not text"),
    "null": gettext_lazy("is not null"),
}
RULE_WORDS: Mapping[str, StrOrPromise] = {
    "enum": gettext_lazy("is not one of the listed values"),
    "const": gettext_lazy("is not the one value allowed"),
    "minimum": gettext_lazy("is less than %(bound)s"),
    "maximum": gettext_lazy("is more than %(bound)s"),
    "exclusiveMinimum": gettext_lazy("is not more than %(bound)s"),
    "exclusiveMaximum": gettext_lazy("is not less than %(bound)s"),
}


def explain_problem(
    problem: RequestProblem, draft: Draft, *, is_fatal: bool = False
) -> ExchangeProblem:
    """The sentence for a problem of this draft; a fatal one kept the request from being sent."""
    environment = draft.environment.name
    if problem.kind is ProblemKind.DOT_SEGMENT:
        name = _dotted_parameter(draft)
        problem = replace(problem, name=name, detail=f'"{problem.name}"')
    mismatch = ""
    if problem.kind is ProblemKind.DOES_NOT_MATCH_SCHEMA:
        mismatch = describe_mismatch(problem.detail, _find_node(problem, draft))
    return describe_request_problem(
        problem, environment=environment, mismatch=mismatch, is_fatal=is_fatal
    )


def describe_mismatch(keyword: str, node: SchemaNode | None) -> str:
    """How a value breaks a rule of its schema: "is shorter than 2 characters"."""
    if keyword == "type":
        return _type_words(node)
    bound = _find_bound(keyword, node)
    if isinstance(bound, int | float) and keyword in ("minLength", "maxLength"):
        return _length_words(keyword, int(bound))
    if keyword in RULE_WORDS and ("%" not in str(RULE_WORDS[keyword]) or bound is not None):
        return str(RULE_WORDS[keyword]) % {"bound": bound}
    return _("breaks a rule of its schema (%(keyword)s)") % {"keyword": keyword}


def _type_words(node: SchemaNode | None) -> str:
    types = [one for one in node.types if one != "null"] if node is not None else []
    if len(types) == 1 and types[0] in TYPE_WORDS:
        return str(TYPE_WORDS[types[0]])
    return _("is of another type than the definition says")


def _length_words(keyword: str, bound: int) -> str:
    if keyword == "minLength":
        text = ngettext(
            "is shorter than %(bound)s character", "is shorter than %(bound)s characters", bound
        )
    else:
        text = ngettext(
            "is longer than %(bound)s character", "is longer than %(bound)s characters", bound
        )
    return text % {"bound": bound}


def _find_bound(keyword: str, node: SchemaNode | None) -> object:
    constraints = node.constraints if node is not None else ()
    return next((one.value for one in constraints if one.keyword == keyword), None)


def _find_node(problem: RequestProblem, draft: Draft) -> SchemaNode | None:
    parameters = (
        parameter
        for parameter in draft.called.operation.parameters
        if (str(parameter.location), parameter.name) == (str(problem.location), problem.name)
    )
    found = next(parameters, None)
    if found is None:
        return None
    resolver = draft.called.resolver
    return describe_schema(found.schema, resolver, direction=Direction.REQUEST, depth=1)


def _dotted_parameter(draft: Draft) -> str:
    """The path parameter that makes a segment of dots; with variables, the one that holds them."""
    given = {name: str(value) for name, value in draft.values.given(Location.PATH).items()}
    dotted = [name for name, text in given.items() if unquote(text) in DOTS]
    variable = [name for name, text in given.items() if "{{" in text]
    return next(iter([*dotted, *variable, *given]), _("A segment"))
