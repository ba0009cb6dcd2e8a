"""All rules, one line each, and how they are run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from catalog.openapi.json_values import JSONObject
from catalog.openapi.problems import Problem, Severity
from catalog.openapi.rules import operations, paths, references, schemas, security, servers
from catalog.openapi.rules.context import Context, Rule, build_context
from catalog.openapi.versions import Family

__all__ = ["RULES", "check_rules"]

WARNING, INFO = Severity.WARNING, Severity.INFO

RULES: tuple[Rule, ...] = (
    Rule("dangling-reference", WARNING, references.find_dangling),
    Rule("undeclared-path-parameter", WARNING, paths.find_undeclared_parameters),
    Rule("unused-path-parameter", WARNING, paths.find_unused_parameters),
    Rule("body-and-form-parameters", WARNING, operations.find_body_beside_form),
    Rule("duplicate-operation-id", WARNING, operations.find_duplicate_ids),
    Rule("missing-summary", INFO, operations.find_missing_summaries),
    Rule("undeclared-tag", INFO, operations.find_undeclared_tags),
    Rule("unknown-security-scheme", WARNING, security.find_unknown_schemes),
    Rule("missing-server", INFO, servers.find_missing),
    Rule("relative-server", INFO, servers.find_relative),
    Rule("default-mismatch", WARNING, schemas.find_mismatching_defaults),
    Rule("unlikely-default", INFO, schemas.find_unlikely_defaults),
    Rule("empty-enum", INFO, schemas.find_empty_enums),
    Rule("array-of-items", WARNING, schemas.find_arrays_of_items),
    Rule("invalid-pattern", WARNING, schemas.find_invalid_patterns),
)


def check_rules(definition: JSONObject, family: Family, *, limit: int) -> list[Problem]:
    """Problems that our rules find in a bundled definition, `limit` at most of each rule."""
    context = build_context(definition, family)
    return [problem for rule in RULES for problem in islice(_iter_problems(rule, context), limit)]


def _iter_problems(rule: Rule, context: Context) -> Iterator[Problem]:
    for finding in rule.check(context):
        yield Problem(rule.severity, rule.name, finding.message, finding.pointer)
