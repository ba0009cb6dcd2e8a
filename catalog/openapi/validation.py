"""Structural validation against the schemas of the OpenAPI Initiative.

What they find are warnings: a third of the published definitions breaks a rule and works.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

import jsonschema_rs
import orjson

from catalog.openapi.json_values import JSONObject
from catalog.openapi.pointers import join_pointer
from catalog.openapi.problems import Problem, Severity
from catalog.openapi.structure_faults import Fault, iter_faults
from catalog.openapi.versions import Family

__all__ = ["refuse_retrieval", "validate_structure"]

RULE = "structure"
_DATA = Path(__file__).parent / "data"
_DIALECTS = {
    Family.V3_1: ("3.1-dialect.json", "3.1-meta.json"),
    Family.V3_2: ("3.2-dialect.json", "3.2-meta.json"),
}


def refuse_retrieval(uri: str) -> NoReturn:
    """The retriever of every validator: schemas are never fetched. Raises LookupError."""
    raise LookupError(f"{uri} is not fetched")


def validate_structure(value: JSONObject, family: Family, *, limit: int) -> list[Problem]:
    """Warnings for what the schema of a definition's version does not allow, `limit` at most.

    Of 3.1 and 3.2 the Schema Objects are validated too, unless `jsonSchemaDialect` names another
    dialect than OpenAPI's own. Sources: the `data` folder.
    """
    has_own_dialect = "jsonSchemaDialect" in value
    validator = _validator(family, with_dialect=not has_own_dialect)
    faults = _iter_distinct(validator.iter_errors(value))
    return [_problem(fault) for fault in islice(faults, limit)]


def _iter_distinct(errors: Iterator[Any]) -> Iterator[Fault]:
    """Yield each fault once; several branches of a schema often tell the same."""
    seen: set[Fault] = set()
    for error in errors:
        for fault in iter_faults(error):
            if fault not in seen:
                seen.add(fault)
                yield fault


def _problem(fault: Fault) -> Problem:
    return Problem(Severity.WARNING, RULE, fault.message, join_pointer("", *fault.path))


@cache
def _validator(family: Family, *, with_dialect: bool) -> Any:
    schema = _load(f"{family}.json")
    dialect_files = _DIALECTS.get(family) if with_dialect else None
    if dialect_files is None:
        return _compile(schema, [])
    dialect, meta = map(_load, dialect_files)
    # The schema leaves Schema Objects to whoever binds "meta"; the Initiative's own schema-base
    # does it so, and insists on the default dialect besides.
    base = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": schema["$id"],
        "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": dialect["$id"]}},
    }
    return _compile(base, [schema, dialect, meta])


def _compile(schema: dict[str, Any], resources: list[dict[str, Any]]) -> Any:
    registry = jsonschema_rs.Registry(
        [(resource["$id"], resource) for resource in resources], retriever=refuse_retrieval
    )
    return jsonschema_rs.validator_for(
        schema, retriever=refuse_retrieval, registry=registry, validate_formats=False
    )


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = orjson.loads((_DATA / name).read_bytes())
    return loaded
