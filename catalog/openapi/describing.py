"""Describe a schema as a tree to show: a few levels, fairly shared out, circles never expanded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalog.openapi.directions import Direction, travels
from catalog.openapi.flattening import PARTS, FlatSchema
from catalog.openapi.json_values import JSONValue
from catalog.openapi.lookups import list_at, object_at
from catalog.openapi.references import Resolver
from catalog.openapi.schema_facts import schema_name_of, state_facts
from catalog.openapi.schema_nodes import SchemaNode
from catalog.openapi.schema_variants import flatten_nullable, list_variants

__all__ = ["describe_schema"]

# A page stays readable and its server time short with this many; the rest loads when opened.
NODES = 400
# Schemas written inline cannot be loaded later, so they go deeper before being cut.
INLINE_DEPTH = 10
INLINE_NODES = 1_000
# Parts that all schemas of one description may be combined of, and each beyond that.
PARTS_OF_ALL = 3_000
PARTS_OF_FURTHER = 10
# Direct members of one schema; more are not read by anyone.
MEMBERS = 2_000


def describe_schema(
    schema: JSONValue, resolver: Resolver, *, direction: Direction, depth: int = 3
) -> SchemaNode:
    """Describe a schema for people: `allOf` merged, references followed, nothing expanded twice.

    Properties that do not travel in that direction (`readOnly` in requests) are left out. The
    members of the schema itself are always there. Deeper ones are cut, below `depth` levels or
    when there are too many, where a pointer is known to load them by; opening each cut node in
    turn shows everything. Never raises; the cost is bounded, whatever the definition's size.
    """
    describer = _Describer(resolver, direction, depth)
    root = describer.look_at(Place(Member("", schema)))
    return describer.expand(root, NODES) if root.has_members else root.node


@dataclass(frozen=True, slots=True)
class Member:
    """A subschema of a schema: the keyword it stands under, its key there, the name to show."""

    keyword: str
    schema: JSONValue
    key: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a schema stands: as what, at which pointer, how deep, inside which components."""

    member: Member
    required: bool = False
    pointer: str = ""
    level: int = 0
    ancestry: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Glance:
    """A schema looked at from outside: its node without children, and what it has inside."""

    node: SchemaNode
    flat: FlatSchema
    place: Place
    members: tuple[Member, ...]

    @property
    def has_members(self) -> bool:
        """Whether there is anything to expand."""
        return bool(self.members) and not self.node.is_recursive


class _Describer:
    """One description: the resolver, the limits, and what inline schemas may still take."""

    def __init__(self, resolver: Resolver, direction: Direction, depth: int) -> None:
        self._resolver = resolver
        self._direction = direction
        self._depth = depth
        self._inline = INLINE_NODES
        self._parts = PARTS_OF_ALL

    def look_at(self, place: Place) -> Glance:
        """Flatten a schema and state its facts, without looking at what is inside."""
        flat, is_nullable = flatten_nullable(
            place.member.schema,
            self._resolver,
            pointer=place.pointer,
            most=min(PARTS, max(self._parts, PARTS_OF_FURTHER)),
        )
        self._parts -= len(flat.parts) - 1
        facts = state_facts(flat.keywords)
        node = replace(
            facts,
            name=place.member.name,
            required=place.required,
            schema_name=schema_name_of(flat.pointers),
            pointer=flat.pointers[0] if flat.pointers else place.pointer,
            nullable=facts.nullable or is_nullable,
            is_recursive=not place.ancestry.isdisjoint(flat.pointers),
        )
        return Glance(node, flat, place, tuple(_iter_members(flat, self._resolver)))

    def expand(self, glance: Glance, share: int) -> SchemaNode:
        """The node with its children, those with children of their own sharing the nodes left."""
        children = list(self._look_inside(glance))
        open_count = sum(child.has_members for child in children)
        each = max(share - len(children), 0) // max(open_count, 1)
        nodes = [(child.place.member.keyword, self._show(child, each)) for child in children]
        return _with_children(glance, nodes)

    def _look_inside(self, glance: Glance) -> Iterator[Glance]:
        names = list_at(glance.flat.keywords, "required")
        required = {name for name in names if isinstance(name, str)}
        ancestry = glance.place.ancestry.union(glance.flat.pointers)
        for member in glance.members[:MEMBERS]:
            is_property = member.keyword == "properties"
            place = Place(
                member=member,
                required=is_property and member.name in required,
                pointer=glance.flat.place_of(member.keyword, member.key),
                level=glance.place.level + 1,
                ancestry=ancestry,
            )
            child = self.look_at(place)
            if not is_property or travels(child.flat.keywords, self._direction):
                yield child

    def _show(self, glance: Glance, share: int) -> SchemaNode:
        """A child, expanded as far as its share of the nodes and its level allow."""
        if not glance.has_members:
            return glance.node
        count, level = len(glance.members), glance.place.level
        if glance.node.pointer:
            is_open = level < self._depth and count <= share
        else:
            is_open = level < max(self._depth, INLINE_DEPTH) and count <= self._inline
            self._inline -= count
        return self.expand(glance, share) if is_open else replace(glance.node, is_cut=True)


def _iter_members(flat: FlatSchema, resolver: Resolver) -> Iterator[Member]:
    keywords = flat.keywords
    for keyword in ("properties", "patternProperties"):
        for name, schema in object_at(keywords, keyword).items():
            yield Member(keyword, schema, key=name, name=name)
    for position, schema in enumerate(list_at(keywords, "prefixItems")):
        yield Member("prefixItems", schema, key=str(position))
    for keyword in ("items", "additionalProperties"):
        if isinstance(keywords.get(keyword), dict):
            yield Member(keyword, keywords[keyword])
    for variant in list_variants(flat, resolver):
        yield Member(variant.keyword, variant.schema, key=variant.position, name=variant.name)


def _with_children(glance: Glance, nodes: list[tuple[str, SchemaNode]]) -> SchemaNode:
    by_keyword: dict[str, list[SchemaNode]] = {}
    for keyword, node in nodes:
        by_keyword.setdefault(keyword, []).append(node)
    one_of, any_of = by_keyword.get("oneOf", []), by_keyword.get("anyOf", [])
    return replace(
        glance.node,
        properties=tuple(sorted(by_keyword.get("properties", []), key=_reading_order)),
        patterns=tuple(by_keyword.get("patternProperties", [])),
        prefix_items=tuple(by_keyword.get("prefixItems", [])),
        items=next(iter(by_keyword.get("items", [])), None),
        additional=next(iter(by_keyword.get("additionalProperties", [])), None),
        variants=(*one_of, *any_of),
        variant_keyword="oneOf" if one_of else "anyOf" if any_of else "",
        is_cut=len(glance.members) > MEMBERS,
    )


def _reading_order(node: SchemaNode) -> tuple[bool, bool]:
    return node.deprecated, not node.required
