"""Hypothesis strategies for JSON that looks like a definition and is full of nonsense."""

from __future__ import annotations

from hypothesis import strategies as st

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.shapes import SHAPES

__all__ = ["json_objects", "json_values", "nonsense_definitions"]

WORDS = sorted(
    {
        *(keyword for children in SHAPES.values() for keyword in children if keyword != "*"),
        *("swagger", "openapi", "definitions", "host", "basePath", "schemes", "consumes"),
        *("produces", "securityDefinitions", "security", "servers", "tags", "info", "name"),
        *("in", "type", "format", "enum", "const", "default", "example", "required", "nullable"),
        *("x-nullable", "exclusiveMinimum", "minimum", "maximum", "multipleOf", "minLength"),
        *("maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minProperties"),
        *("discriminator", "propertyName", "mapping", "collectionFormat", "style", "explode"),
        *("summary", "description", "operationId", "url", "scheme", "flow", "scopes", "200"),
        *("readOnly", "x-enumDescriptions", "value", "externalValue", "application/json", "A"),
        *("$ref", "/a/{b}"),
    }
)
TEXTS = st.sampled_from(
    [
        *("object", "array", "string", "integer", "number", "boolean", "null", "file"),
        *("path", "query", "header", "cookie", "body", "formData", "csv", "tsv", "form", "A", ""),
        *("#/components/schemas/A", "#/definitions/A", "#/parameters/A", "#/paths/~1a", "#", "x#y"),
        *("date", "uuid", "^[a-z]{3}$", "(((", "2.0", "3.0.3", "basic", "oauth2", "implicit"),
    ]
)
LEAVES: st.SearchStrategy[JSONValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
    st.text(max_size=8),
)
KEYS = st.one_of(st.sampled_from(WORDS), st.text(max_size=5))

json_values: st.SearchStrategy[JSONValue] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=40,
)
json_objects: st.SearchStrategy[JSONObject] = st.dictionaries(KEYS, json_values, max_size=8)
OPERATIONS = st.dictionaries(st.sampled_from(["get", "post", "parameters"]), json_values)
nonsense_definitions: st.SearchStrategy[JSONObject] = st.fixed_dictionaries(
    {
        "paths": st.one_of(json_values, st.dictionaries(st.just("/a/{b}"), OPERATIONS)),
        "components": st.one_of(
            json_values,
            st.fixed_dictionaries({"schemas": st.fixed_dictionaries({"A": json_values})}),
        ),
        "definitions": st.one_of(json_values, st.fixed_dictionaries({"A": json_values})),
        "parameters": json_values,
    },
    optional={
        "swagger": st.just("2.0"),
        "openapi": st.sampled_from(["3.0.3", "3.1.0", "3.2.0"]),
        "security": json_values,
        "tags": json_values,
    },
)
