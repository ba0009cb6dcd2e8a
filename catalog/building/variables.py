"""`{{name}}` in what people fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from catalog.building.errors import CannotBuild
from catalog.building.problems import ProblemKind, RequestProblem
from catalog.building.texts import is_unicode
from catalog.building.values import ABSENT, RequestValues
from catalog.openapi import JSONValue

__all__ = ["has_reference", "substitute", "substitute_values"]

REFERENCE = re.compile(r"\{\{\s*([\w.\-]+)\s*\}\}")
# Far above what people send and far below Python's own limit, which would end in a traceback.
MAX_DEPTH = 200


def has_reference(text: str) -> bool:
    """Whether a text refers to a variable."""
    return REFERENCE.search(text) is not None


def substitute(text: str, variables: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Put the values of variables into a text, once and not recursively.

    Returns the text and the names that are not defined, each once and in order; those stay in the
    text as they were written.
    """
    undefined: dict[str, None] = {}

    def replace_one(match: re.Match[str]) -> str:
        name = match[1]
        if name in variables:
            return variables[name]
        undefined[name] = None
        return match[0]

    return REFERENCE.sub(replace_one, text), tuple(undefined)


def substitute_values(
    values: RequestValues, variables: Mapping[str, str]
) -> tuple[RequestValues, tuple[RequestProblem, ...]]:
    """Put variables into every string of the parameters and the body; `bytes` stay untouched.

    Raises CannotBuild for text that is not Unicode (a lone surrogate) and for nesting too deep.
    """
    problems: dict[RequestProblem, None] = {}
    parameters = {}
    for location, given in values.parameters.items():
        parameters[location] = {
            name: _Substitution(variables, problems, str(location), name).apply_named(value)
            for name, value in given.items()
        }
    body = values.body
    if not isinstance(body, bytes) and body is not ABSENT:
        body = _Substitution(variables, problems, "body", "").apply(body)
    return replace(values, parameters=parameters, body=body), tuple(problems)


@dataclass(frozen=True, slots=True)
class _Substitution:
    """Substitutes in one value and notes its problems, each once, under its place."""

    variables: Mapping[str, str]
    problems: dict[RequestProblem, None]
    location: str
    name: str

    def apply_named(self, value: JSONValue) -> JSONValue:
        self._check(self.name)
        return self.apply(value)

    def apply(self, value: JSONValue, depth: int = 0) -> JSONValue:
        if depth > MAX_DEPTH:
            raise CannotBuild(RequestProblem(ProblemKind.TOO_DEEP, self.location, self.name))
        if isinstance(value, str):
            return self._apply_to_text(value)
        if isinstance(value, list):
            return [self.apply(item, depth + 1) for item in value]
        if isinstance(value, dict):
            for key in value:
                self._check(key)
            return {key: self.apply(item, depth + 1) for key, item in value.items()}
        return value

    def _apply_to_text(self, text: str) -> str:
        substituted, undefined = substitute(text, self.variables)
        self._check(substituted)
        for name in undefined:
            problem = RequestProblem(
                ProblemKind.UNDEFINED_VARIABLE, self.location, name, detail=self.name
            )
            self.problems[problem] = None
        return substituted

    def _check(self, text: str) -> None:
        if not is_unicode(text):
            problem = RequestProblem(ProblemKind.INVALID_TEXT, self.location, self.name)
            raise CannotBuild(problem)
