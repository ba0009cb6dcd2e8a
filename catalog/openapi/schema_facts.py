"""What one merged schema says about its values, without its subschemas."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import flag_at, list_at, object_at, text_at
from catalog.openapi.pointers import split_pointer
from catalog.openapi.schema_nodes import Constraint, SchemaNode
from catalog.openapi.schema_types import types_of

__all__ = ["schema_name_of", "state_facts"]

CONSTRAINTS = (
    *("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"),
    *("minItems", "maxItems", "uniqueItems", "minContains", "maxContains"),
    *("minProperties", "maxProperties", "not", "x-collection-format"),
)
ENUM_DESCRIPTIONS = ("x-enumDescriptions", "x-enum-descriptions")


def state_facts(keywords: JSONObject) -> SchemaNode:
    """A node without name and children from the keywords of a flattened schema."""
    types = types_of(keywords)
    return SchemaNode(
        types=tuple(name for name in types if name != "null"),
        nullable="null" in types,
        format=text_at(keywords, "format"),
        title=text_at(keywords, "title"),
        description=text_at(keywords, "description"),
        constraints=tuple(_iter_constraints(keywords)),
        enum=tuple(list_at(keywords, "enum")),
        enum_descriptions=_enum_descriptions(keywords),
        has_default="default" in keywords,
        default=keywords.get("default"),
        has_const="const" in keywords,
        const=keywords.get("const"),
        examples=_examples(keywords),
        deprecated=flag_at(keywords, "deprecated"),
        read_only=flag_at(keywords, "readOnly"),
        write_only=flag_at(keywords, "writeOnly"),
        discriminator=_discriminator(keywords),
    )


def schema_name_of(pointers: tuple[str, ...]) -> str:
    """The component's name where a reference led: the first that names one, else ""."""
    for pointer in pointers:
        names = split_pointer(pointer)
        if len(names) == 3 and names[:2] == ["components", "schemas"]:
            return names[2]
    return ""


def _iter_constraints(keywords: JSONObject) -> Iterator[Constraint]:
    for keyword in CONSTRAINTS:
        value = keywords.get(keyword)
        if value is not None and value is not False:
            yield Constraint(keyword, value)
    if keywords.get("additionalProperties") is False:
        yield Constraint("additionalProperties", False)
    properties = object_at(keywords, "properties")
    required = [name for name in list_at(keywords, "required") if isinstance(name, str)]
    unnamed: list[JSONValue] = [name for name in required if name not in properties]
    if unnamed:
        yield Constraint("required", unnamed)


def _examples(keywords: JSONObject) -> tuple[JSONValue, ...]:
    """All examples; 3.1 still knows the single `example`, and maps of them occur."""
    given = keywords.get("examples")
    examples = list(given.values()) if isinstance(given, dict) else list_at(keywords, "examples")
    if "example" in keywords:
        examples = [*examples, keywords["example"]]
    return tuple(examples)


def _discriminator(keywords: JSONObject) -> str:
    given = keywords.get("discriminator")
    if isinstance(given, str):
        return given
    return text_at(object_at(keywords, "discriminator"), "propertyName")


def _enum_descriptions(keywords: JSONObject) -> dict[str, str]:
    """What each enum value means, by the value as text; as a map or in the enum's order."""
    allowed = list_at(keywords, "enum")
    for keyword in ENUM_DESCRIPTIONS:
        given = keywords.get(keyword)
        if isinstance(given, list):
            given = {str(value): text for value, text in zip(allowed, given, strict=False)}
        if isinstance(given, dict):
            return {name: text for name, text in given.items() if isinstance(text, str)}
    return {}
