"""Parameters and headers of OpenAPI 2.0 in the 3.1 shape: their types move into a schema.

`collectionFormat` becomes style and explode. "tsv" has no style, nor have "ssv" and "pipes"
outside the query, nor any format of nested arrays: these stay in the schema as
`x-collection-format`, beside the nearest style there is.
"""

from __future__ import annotations

from catalog.openapi.json_values import JSONObject, JSONValue

__all__ = ["convert_header", "convert_parameter", "convert_style", "schema_of"]

SCHEMA_KEYWORDS = frozenset(
    (
        *("type", "format", "items", "default", "enum", "multipleOf", "pattern", "uniqueItems"),
        *("maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"),
        *("maxLength", "minLength", "maxItems", "minItems"),
        *("x-nullable", "x-enumDescriptions", "x-enum-descriptions"),
    )
)
QUERY_STYLES: dict[str, JSONObject] = {
    "multi": {"style": "form", "explode": True},
    "csv": {"style": "form", "explode": False},
    "ssv": {"style": "spaceDelimited", "explode": False},
    "pipes": {"style": "pipeDelimited", "explode": False},
    "tsv": {"style": "form", "explode": False},
}
SIMPLE: JSONObject = {"style": "simple", "explode": False}
UNSTYLED = frozenset(("ssv", "pipes", "tsv"))


def convert_parameter(parameter: JSONObject) -> JSONObject:
    """One path, query or header parameter of 2.0; a Reference Object comes back as it is.

    Source: OpenAPI 2.0, Parameter Object; OpenAPI 3.1.1, 4.8.12.
    """
    if "$ref" in parameter:
        return parameter
    moved = SCHEMA_KEYWORDS | {"collectionFormat", "schema", "x-example"}
    converted = {key: value for key, value in parameter.items() if key not in moved}
    if "x-example" in parameter:
        converted["example"] = parameter["x-example"]
    converted["schema"] = schema_of(parameter)
    if parameter.get("type") == "array":
        converted.update(convert_style(parameter))
    return converted


def convert_header(header: JSONValue) -> JSONValue:
    """One header of a response; the same change as for parameters."""
    if not isinstance(header, dict):
        return header
    converted = convert_parameter({**header, "in": "header"})
    return {key: value for key, value in converted.items() if key != "in"}


def convert_style(parameter: JSONObject) -> JSONObject:
    """The `style` and `explode` that stand for an array's `collectionFormat` ("csv" unless told).

    Works for form fields too, where it belongs into an Encoding Object.
    """
    if parameter.get("in") not in ("query", "formData"):
        return SIMPLE
    return QUERY_STYLES[_collection_format(parameter)]


def schema_of(parameter: JSONObject) -> JSONValue:
    """The schema of a parameter, header or form field; a `schema` it already has wins."""
    if "schema" in parameter:
        return parameter["schema"]
    schema: JSONObject = {key: parameter[key] for key in parameter if key in SCHEMA_KEYWORDS}
    if isinstance(schema.get("items"), dict):
        schema["items"] = _items_of(parameter["items"])
    kept = _collection_format(parameter)
    if kept in UNSTYLED and (kept == "tsv" or convert_style(parameter) is SIMPLE):
        schema["x-collection-format"] = kept
    return schema


def _items_of(items: JSONValue) -> JSONValue:
    """An Items Object as a schema; arrays in arrays keep their format as an extension."""
    if not isinstance(items, dict) or "collectionFormat" not in items:
        return items
    schema = {key: value for key, value in items.items() if key != "collectionFormat"}
    return {**schema, "x-collection-format": items["collectionFormat"]}


def _collection_format(parameter: JSONObject) -> str:
    value = parameter.get("collectionFormat")
    return value if isinstance(value, str) and value in QUERY_STYLES else "csv"
