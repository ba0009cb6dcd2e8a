"""Sample values for schemas: what a request or response may look like, the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.openapi.directions import Direction
from catalog.openapi.fitting import Fitting
from catalog.openapi.flattening import PARTS, USUAL_PARTS, FlatSchema
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import list_at, object_at, text_at
from catalog.openapi.media_types import MediaType
from catalog.openapi.pointers import MISSING, Missing
from catalog.openapi.references import Resolver
from catalog.openapi.sample_choices import (
    given_values,
    item_schemas,
    unnamed_name,
    unnamed_schema,
    varied,
)
from catalog.openapi.sample_numbers import sample_number
from catalog.openapi.sample_strings import length_at, sample_string
from catalog.openapi.schema_types import types_of
from catalog.openapi.schema_variants import SchemaVariant, flatten_nullable, list_variants

__all__ = ["sample_media_type", "sample_schema"]

BUDGET = 3_000
# Optional properties stop here, so that required ones always find some budget left.
OPTIONAL_BUDGET = 600
OPTIONAL_LEVEL = 3
# Each nesting costs several Python frames; deeper ones count as circles.
NESTING = 40
VARIANTS = 20
ITEMS = 50
EMPTY: dict[str, JSONValue] = {"object": {}, "array": [], "string": "", "boolean": True}


def sample_media_type(
    media_type: MediaType, resolver: Resolver, *, direction: Direction
) -> JSONValue:
    """What a body of this media type may look like: its first inline example, else a sample.

    A streaming media type (only `item_schema`) gives one item.
    """
    for example in media_type.examples:
        if not example.external_url:
            return example.value
    schema = media_type.schema if media_type.schema is not None else media_type.item_schema
    return sample_schema({} if schema is None else schema, resolver, direction=direction)


def sample_schema(schema: JSONValue, resolver: Resolver, *, direction: Direction) -> JSONValue:
    """A value valid against the schema where that is feasible, always the same one.

    Examples, `default`, `const` and `enum` come first, as far as they fit the schema themselves.
    Objects have their required properties first, then the optional ones to a few levels;
    `readOnly` ones are left out of requests, `writeOnly` ones out of responses. Circles end where
    something is optional. Never raises, takes bounded time; a schema that nothing satisfies gets
    an empty value of its type.
    """
    for optional_level in (OPTIONAL_LEVEL, 0):
        sampler = _Sampler(resolver, direction, optional_level)
        value = sampler.sample(schema, Spot())
        if not isinstance(value, Missing):
            return value
    types = types_of(flatten_nullable(schema, resolver)[0].keywords)
    return EMPTY.get(types[0]) if types else None


@dataclass(frozen=True, slots=True)
class Spot:
    """How deep a value stands: objects around it, schemas walked through, components among them."""

    level: int = 0
    nesting: int = 0
    ancestry: frozenset[str] = frozenset()

    def inside(self, flat: FlatSchema, *, levels: int = 0) -> Spot:
        """The spot of a schema within this one."""
        return Spot(self.level + levels, self.nesting + 1, self.ancestry.union(flat.pointers))


class _Sampler:
    """One sample. MISSING stands for "impossible here", which optional parts are spared by."""

    def __init__(self, resolver: Resolver, direction: Direction, optional_level: int) -> None:
        self._resolver = resolver
        self._direction = direction
        self._optional_level = optional_level
        self._remaining = BUDGET
        self._fitting = Fitting(resolver, direction)

    def sample(self, schema: JSONValue, spot: Spot) -> JSONValue | Missing:
        self._remaining -= 1
        most = PARTS if self._remaining > 0 else USUAL_PARTS
        flat, is_nullable = flatten_nullable(schema, self._resolver, most=most)
        self._remaining -= flat.cost - 1
        is_stuck = self._remaining <= 0 or spot.nesting > NESTING
        value: JSONValue | Missing = MISSING
        if not is_stuck and spot.ancestry.isdisjoint(flat.pointers):
            value = self._of_flat(schema, flat, spot)
        if isinstance(value, Missing) and (is_nullable or "null" in types_of(flat.keywords)):
            return None
        return value

    def _of_flat(self, schema: JSONValue, flat: FlatSchema, spot: Spot) -> JSONValue | Missing:
        keywords = flat.keywords
        if keywords.get("not") == {}:
            return MISSING
        for given in given_values(keywords):
            if self._fitting.fits_keywords(given, keywords):
                return self._fitting.trim(given, schema)
        variants = [variant for variant in list_variants(flat, self._resolver) if variant.position]
        if variants:
            return self._of_variants(flat, variants, spot)
        return self._of_type(flat, spot)

    def _of_variants(
        self, flat: FlatSchema, variants: list[SchemaVariant], spot: Spot
    ) -> JSONValue | Missing:
        """The first form that can be sampled and is no other form's too, else just the first."""
        fallback: JSONValue | Missing = MISSING
        for variant in variants[:VARIANTS]:
            value = self._of_variant(flat, variant, spot)
            if isinstance(value, Missing):
                continue
            siblings = list_at(flat.keywords, "oneOf")
            if not siblings or self._fitting.count_fitting(value, siblings) == 1:
                return value
            fallback = value if isinstance(fallback, Missing) else fallback
        return fallback

    def _of_variant(
        self, flat: FlatSchema, variant: SchemaVariant, spot: Spot
    ) -> JSONValue | Missing:
        dropped = (variant.keyword, "discriminator", "example", "examples", "default")
        rest = {key: value for key, value in flat.keywords.items() if key not in dropped}
        whole: JSONObject = {**rest, "allOf": [*list_at(rest, "allOf"), variant.schema]}
        value = self.sample(whole, spot.inside(flat))
        name = text_at(object_at(flat.keywords, "discriminator"), "propertyName")
        if isinstance(value, dict) and name in value and variant.name:
            named: JSONObject = {**value, name: variant.name}
            return named if self._fitting.fits(named, whole) else value
        return value

    def _of_type(self, flat: FlatSchema, spot: Spot) -> JSONValue | Missing:
        allowed = list_at(flat.keywords, "enum")
        if allowed:
            return allowed[0]
        types = types_of(flat.keywords)
        match types[0] if types else "":
            case "object" | "":
                return self._object(flat, spot)
            case "array":
                return self._array(flat, spot)
            case "string":
                return sample_string(flat.keywords)
            case "integer":
                return sample_number(flat.keywords, is_integer=True)
            case "number":
                return sample_number(flat.keywords, is_integer=False)
            case "boolean":
                return True
            case _:
                return None

    def _object(self, flat: FlatSchema, spot: Spot) -> JSONObject | Missing:
        inside = spot.inside(flat, levels=1)
        value: JSONObject = {}
        for name, schema, is_required in self._members(flat.keywords, spot):
            if not self._fitting.travels(schema):
                continue
            member = self.sample(schema, inside)
            if not isinstance(member, Missing):
                value[name] = member
            elif is_required:
                return MISSING
        self._add_unnamed(value, flat.keywords, inside)
        return value

    def _members(self, keywords: JSONObject, spot: Spot) -> Iterator[tuple[str, JSONValue, bool]]:
        """Yield the properties to write: name, schema and whether required, these first."""
        properties = object_at(keywords, "properties")
        required = [name for name in list_at(keywords, "required") if isinstance(name, str)]
        unnamed = unnamed_schema(keywords)
        yield from ((name, properties.get(name, unnamed), True) for name in dict.fromkeys(required))
        most = length_at(keywords, "maxProperties")
        optional = [name for name in properties if name not in set(required)]
        if most is not None:
            optional = optional[: max(most - len(required), 0)]
        for name in optional:
            if spot.level >= self._optional_level or self._remaining < BUDGET - OPTIONAL_BUDGET:
                return
            yield name, properties[name], False

    def _add_unnamed(self, value: JSONObject, keywords: JSONObject, inside: Spot) -> None:
        """Add to a map, or to an object that must have more properties than are named."""
        least = min(length_at(keywords, "minProperties") or 0, ITEMS)
        schema = unnamed_schema(keywords)
        is_map = "properties" not in keywords and isinstance(schema, dict) and schema != {}
        wanted = max(least, 1) if is_map and inside.level <= self._optional_level else least
        for number in range(len(value) + 1, wanted + 1):
            member = self.sample(schema, inside)
            if isinstance(member, Missing):
                return
            value[self._key(keywords, number, inside)] = member

    def _key(self, keywords: JSONObject, number: int, inside: Spot) -> str:
        """A name for an unnamed property, told by `propertyNames` where there is only one."""
        names = keywords.get("propertyNames")
        name = self.sample(names, inside) if isinstance(names, dict) and number == 1 else None
        return name if isinstance(name, str) else unnamed_name(keywords, number)

    def _array(self, flat: FlatSchema, spot: Spot) -> list[JSONValue] | Missing:
        keywords, inside = flat.keywords, spot.inside(flat)
        least = length_at(keywords, "minItems") or 0
        most = length_at(keywords, "maxItems")
        value: list[JSONValue] = []
        for schema in item_schemas(keywords, min(max(least, 1), ITEMS))[:most]:
            item = self.sample(schema, inside)
            if isinstance(item, Missing):
                return MISSING if len(value) < least else value
            value.append(item)
        is_set = keywords.get("uniqueItems") is True
        return self._distinct(value, keywords) if is_set and len(value) > 1 else value

    def _distinct(self, value: list[JSONValue], keywords: JSONObject) -> list[JSONValue]:
        """Make equal items of a set differ, where the item's schema allows it."""
        schema = keywords.get("items", True)
        allowed = flatten_nullable(schema, self._resolver)[0].keywords
        distinct: list[JSONValue] = []
        for item in value:
            forms = (item, *list_at(allowed, "enum"), *varied(item, len(value)))
            free = (form for form in forms if form not in distinct)
            distinct.append(next(filter(lambda form: self._fitting.fits(form, schema), free), item))
        return distinct
