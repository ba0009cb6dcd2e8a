"""A schema as a tree of facts to show: what a reader compares, without the JSON around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.openapi.json_values import JSONValue

__all__ = ["Constraint", "SchemaNode"]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A JSON Schema assertion by its keyword, such as ("maxLength", 40)."""

    keyword: str
    value: JSONValue


@dataclass(frozen=True, slots=True)
class SchemaNode:
    """One schema in its place: a property, an item, a variant, or the root (`name` is "").

    `schema_name` is the component's name where a reference led here. `types` are JSON Schema
    types without "null" (see `nullable`). `properties` are ordered required first, deprecated
    last. `items` is the schema of array items, `prefix_items` those of the first ones by position;
    `patterns` are the properties named by a pattern (their `name`), `additional` the schema of all
    other ones. `variants` are the forms of a `oneOf` or `anyOf`, told by `variant_keyword`; a
    variant's `name` is its discriminator value. `examples`, `enum`, `default` and `const` are raw
    values; `has_default` and `has_const` tell an absent value from null. `pointer` names what to
    load when `is_cut` (too deep or too much to show at once), "" when it cannot be loaded alone,
    and `is_recursive` marks a schema that contains itself, by ancestry.
    """

    name: str = ""
    schema_name: str = ""
    types: tuple[str, ...] = ()
    format: str = ""
    nullable: bool = False
    required: bool = False
    title: str = ""
    description: str = ""
    constraints: tuple[Constraint, ...] = ()
    enum: tuple[JSONValue, ...] = ()
    enum_descriptions: Mapping[str, str] = field(default_factory=dict)
    has_default: bool = False
    default: JSONValue = None
    has_const: bool = False
    const: JSONValue = None
    examples: tuple[JSONValue, ...] = ()
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    properties: tuple[SchemaNode, ...] = ()
    items: SchemaNode | None = None
    prefix_items: tuple[SchemaNode, ...] = ()
    patterns: tuple[SchemaNode, ...] = ()
    additional: SchemaNode | None = None
    variants: tuple[SchemaNode, ...] = ()
    variant_keyword: str = ""
    discriminator: str = ""
    pointer: str = ""
    is_cut: bool = False
    is_recursive: bool = False
