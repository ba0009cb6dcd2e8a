"""All rules, one line each, and how they are run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from catalog.openapi.json_values import JSONObject
from catalog.openapi.problems import Problem, Severity
from catalog.openapi.rules import (
    components,
    examples,
    operations,
    parameters,
    paths,
    references,
    responses,
    schema_members,
    schemas,
    security,
    servers,
    tags,
)
from catalog.openapi.rules.context import Context, Rule, build_context
from catalog.openapi.versions import Family

__all__ = ["RULES", "check_rules"]

WARNING, INFO = Severity.WARNING, Severity.INFO

RULES: tuple[Rule, ...] = (
    Rule("dangling-reference", WARNING, references.find_dangling),
    Rule("path-without-slash", WARNING, paths.find_paths_without_slash),
    Rule("ambiguous-path", INFO, paths.find_ambiguous_paths),
    Rule("undeclared-path-parameter", WARNING, paths.find_undeclared_parameters),
    Rule("unused-path-parameter", WARNING, paths.find_unused_parameters),
    Rule("duplicate-parameter", WARNING, parameters.find_duplicate_parameters),
    Rule("ignored-header-parameter", INFO, parameters.find_ignored_headers),
    Rule("body-and-form-parameters", WARNING, operations.find_body_beside_form),
    Rule("unexpected-request-body", INFO, operations.find_unexpected_bodies),
    Rule("duplicate-operation-id", WARNING, operations.find_duplicate_ids),
    Rule("awkward-operation-id", INFO, operations.find_awkward_ids),
    Rule("missing-summary", INFO, operations.find_missing_summaries),
    Rule("missing-response-description", INFO, responses.find_missing_descriptions),
    Rule("undeclared-tag", INFO, tags.find_undeclared_tags),
    Rule("duplicate-tag", INFO, tags.find_duplicate_tags),
    Rule("unknown-security-scheme", WARNING, security.find_unknown_schemes),
    Rule("unusable-security-scheme", INFO, security.find_unusable_schemes),
    Rule("missing-server", INFO, servers.find_missing),
    Rule("relative-server", INFO, servers.find_relative),
    Rule("undefined-server-variable", INFO, servers.find_undefined_variables),
    Rule("unlisted-server-default", INFO, servers.find_unlisted_defaults),
    Rule("default-mismatch", WARNING, schemas.find_mismatching_defaults),
    Rule("unlikely-default", INFO, schemas.find_unlikely_defaults),
    Rule("example-mismatch", INFO, examples.find_mismatching_examples),
    Rule("empty-enum", INFO, schemas.find_empty_enums),
    Rule("duplicate-enum-value", INFO, schema_members.find_duplicate_values),
    Rule("array-of-items", WARNING, schemas.find_arrays_of_items),
    Rule("array-without-items", INFO, schema_members.find_arrays_without_items),
    Rule("impossible-range", INFO, schema_members.find_impossible_ranges),
    Rule("unlisted-required-property", INFO, schema_members.find_unlisted_required),
    Rule("missing-discriminator-property", INFO, schema_members.find_missing_discriminators),
    Rule("invalid-pattern", WARNING, schemas.find_invalid_patterns),
    Rule("unused-component", INFO, components.find_unused_components),
)


def check_rules(definition: JSONObject, family: Family, *, limit: int) -> list[Problem]:
    """Problems that our rules find in a bundled definition, `limit` at most of each rule."""
    context = build_context(definition, family)
    return [problem for rule in RULES for problem in islice(_iter_problems(rule, context), limit)]


def _iter_problems(rule: Rule, context: Context) -> Iterator[Problem]:
    for finding in rule.check(context):
        yield Problem(rule.severity, rule.name, finding.message, finding.pointer)
