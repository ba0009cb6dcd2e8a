"""Examples that do not match their schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import jsonschema_rs

from catalog.openapi.json_values import JSONValue
from catalog.openapi.lookups import as_object, object_at
from catalog.openapi.pointers import Missing, join_pointer, locate
from catalog.openapi.rules.context import Context, Finding
from catalog.openapi.rules.example_places import PlacedExample, iter_examples
from catalog.openapi.rules.example_weights import WeightBudget
from catalog.openapi.structure_faults import iter_faults
from catalog.openapi.validation import refuse_retrieval
from catalog.openapi.versions import Family

__all__ = ["find_mismatching_examples"]

# Pairs of a value and a schema: some 300 large examples, and a small part of an import's time.
TOTAL = 15_000
# Compiling costs as much as all the schemas that can be reached, so examples share it.
BATCH = 200
COMPILATIONS = 40
# An adversarial pattern ends here, after milliseconds, as one that does not match.
BACKTRACKING = jsonschema_rs.FancyRegexOptions(backtrack_limit=20_000)
_BASE = "urn:definition"
_DRAFT_4 = "http://json-schema.org/draft-04/schema#"
_DRAFT_2020 = "https://json-schema.org/draft/2020-12/schema"


def find_mismatching_examples(context: Context) -> Iterator[Finding]:
    """Yield examples that their schema does not allow, at the first value that is wrong.

    Formats are not checked, nor is what depends on the direction (a missing readOnly property)
    or, before 3.1, on null. What is beyond the budget counts as matching.
    Source: OpenAPI 3.1.1, 4.8.14, "SHOULD match the specified schema".
    """
    examples = _affordable(context)
    if not examples:
        return
    judge = _Judge(context)
    for start in range(0, len(examples), BATCH):
        yield from judge.iter_findings(examples[start : start + BATCH])


def _affordable(context: Context) -> list[PlacedExample]:
    budget = WeightBudget(context, TOTAL)
    granted: list[PlacedExample] = []
    for example in iter_examples(context):
        if budget.is_spent:
            break
        if budget.grants(example.value, example.schema):
            granted.append(example)
    return granted


class _Judge:
    """Holds examples against their schemas, many in one go."""

    def __init__(self, context: Context) -> None:
        self._is_older = context.family in (Family.V2_0, Family.V3_0)
        self._context = context
        self._left = COMPILATIONS
        self._registry = _find_registry(context)

    def iter_findings(self, examples: list[PlacedExample]) -> Iterator[Finding]:
        """Yield at most one finding an example; schemas that cannot be compiled allow all."""
        if self._registry is None or self._left <= 0:
            return
        self._left -= 1
        try:
            validator = self._compile(examples)
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
            if len(examples) > 1:
                middle = len(examples) // 2
                yield from self.iter_findings(examples[:middle])
                yield from self.iter_findings(examples[middle:])
            return
        told: set[int] = set()
        for error in validator.iter_errors([example.value for example in examples]):
            index = int(error.instance_path[0])
            finding = None if index in told else self._find_finding(error, examples[index])
            if finding is not None:
                told.add(index)
                yield finding

    def _compile(self, examples: list[PlacedExample]) -> Any:
        references = [{"$ref": f"{_BASE}#{quote(one.schema_pointer)}"} for one in examples]
        schema: dict[str, Any] = {"$schema": _DRAFT_2020, "prefixItems": references}
        if self._is_older:
            schema = {"$schema": _DRAFT_4, "items": references}
        return jsonschema_rs.validator_for(
            schema,
            registry=self._registry,
            retriever=refuse_retrieval,
            validate_formats=False,
            pattern_options=BACKTRACKING,
        )

    def _find_finding(self, error: Any, example: PlacedExample) -> Finding | None:
        if self._is_of_one_direction(error):
            return None
        fault = next(iter_faults(error))
        path = fault.path[1:]
        if self._is_older and _holds_null(locate(example.value, map(str, path))):
            return None
        pointer = join_pointer(example.pointer, *path)
        return Finding(pointer, f"The example does not match its schema. {fault.message}")

    def _is_of_one_direction(self, error: Any) -> bool:
        """Whether a property is missing that only requests or only responses carry.

        One that is described elsewhere, or nowhere, gets the benefit of the doubt.
        """
        if error.kind.name != "required":
            return False
        schema = locate(self._context.definition, map(str, error.schema_path[:-1]))
        properties = object_at(schema, "properties") if isinstance(schema, dict) else {}
        described = as_object(self._context.resolve(properties.get(error.kind.property)))
        return (
            not described or described.get("readOnly") is True or described.get("writeOnly") is True
        )


def _find_registry(context: Context) -> jsonschema_rs.Registry | None:
    """The definition for references to resolve in; None when it is not even good for that."""
    is_older = context.family in (Family.V2_0, Family.V3_0)
    draft = jsonschema_rs.Draft4 if is_older else jsonschema_rs.Draft202012
    resources = [(_BASE, context.definition)]
    try:
        return jsonschema_rs.Registry(resources, draft=draft, retriever=refuse_retrieval)
    except (ValueError, jsonschema_rs.ReferencingError):
        return None


def _holds_null(value: JSONValue | Missing) -> bool:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if one is None:
            return True
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return False
