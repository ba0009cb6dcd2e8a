"""A part of a definition that is a definition itself: chosen operations and all they need."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from catalog.openapi.component_sections import sections_of
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, iter_objects, list_at, object_at, text_at
from catalog.openapi.overviews import tag_names
from catalog.openapi.pointers import (
    Missing,
    join_pointer,
    locate,
    pointer_of,
    split_pointer,
)
from catalog.openapi.references import Resolver, reference_to
from catalog.openapi.shapes import METHODS, rebuild
from catalog.openapi.subset_reach import TOP_SECTIONS, PartCollector, iter_references_of
from catalog.openapi.versions import Family, find_family
from catalog.openapi.visiting import Visited, child_shape, iter_visited, map_shape

__all__ = ["subset_definition"]

PLACES = ("paths", "webhooks")
# Shapes of parts whose responses may link to operations that are left out.
LINKING = {"responses": "response", "callbacks": "callback", "pathItems": "path_item"}
# Where values go that are referred to inside operations left out and fit no component section.
REFERRED = "x-referred"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9.-]+")


def subset_definition(definition: JSONObject, operations: Collection[str]) -> JSONObject:
    """Cut a bundled definition down to some operations, in its own version and order.

    `operations` are pointers such as "/paths/~1companies/get". Kept are the operations with what
    their path items say for all, the components they need, the security schemes and tags they
    use, and what belongs to the whole definition (info, servers...). A path item that is a
    reference is put in place; links to operations left out are left out; what is referred to
    inside another operation becomes a component. The result shares values with the definition,
    which is not altered. Raises UnreadableDefinition for what is not OpenAPI.
    """
    return _Subset(definition, frozenset(operations)).build()


class _Subset:
    """Collects the parts, then puts them together in the order of the definition."""

    def __init__(self, definition: JSONObject, operations: frozenset[str]) -> None:
        self._definition = definition
        self._operations = operations
        self._sections = sections_of(find_family(definition))
        self._is_swagger = find_family(definition) is Family.V2_0
        self._resolver = Resolver({"": definition})
        self._operation_ids = frozenset(self._iter_operation_ids())
        self._items = {place: self._choose_items(place) for place in PLACES}
        self._collector = PartCollector(definition, has=self._has, prepare=self._prepare)

    def build(self) -> JSONObject:
        """The definition of the subset."""
        self._collector.collect(self._items.values())
        used = [visited for visited in iter_visited(self._assemble()) if _is_operation(visited)]
        inherits = any("security" not in visited.value for visited in used)
        requirements = [one for visited in used for one in list_at(visited.value, "security")]
        if inherits:
            requirements += list_at(self._definition, "security")
        self._keep_schemes(requirements)
        tags = {name for visited in used for name in tag_names(visited.value)}
        return self._finish(self._assemble(), tags, inherits_security=inherits)

    def _choose_items(self, place: str) -> JSONObject:
        """The path items with a wanted operation, each with the wanted ones alone."""
        wanted: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for pointer in self._operations:
            first, *names = split_pointer(pointer)
            if first == place and len(names) > 1:
                wanted[names[0]].add(tuple(names[1:]))
        chosen: JSONObject = {}
        for path, given in object_at(self._definition, place).items():
            if path in wanted:
                item = _choose_operations(self._read_item(given), wanted[path])
                chosen[path] = self._prepare(join_pointer("", place, path), item)
        return chosen

    def _read_item(self, given: JSONValue) -> JSONObject:
        """A path item with what it refers to in place; what stands beside the reference wins."""
        own = {key: value for key, value in as_object(given).items() if key != "$ref"}
        return {**as_object(self._resolver.follow(given).value), **own}

    def _iter_operation_ids(self) -> Iterator[str]:
        for pointer in self._operations:
            place, path, *names = split_pointer(pointer)
            item = self._read_item(object_at(self._definition, place).get(path))
            operation = locate(item, names)
            yield (
                ""
                if isinstance(operation, Missing)
                else text_at(as_object(operation), "operationId")
            )

    def _has(self, pointer: str) -> bool:
        """Whether a pointer into paths or webhooks leads somewhere in the subset too."""
        place, *names = split_pointer(pointer)
        return not isinstance(locate(self._items.get(place, {}), names), Missing)

    def _prepare(self, pointer: str, value: JSONValue) -> JSONValue:
        """A part without links to operations that are left out."""
        names = split_pointer(pointer)
        shape = "path_item" if names[0] in PLACES else LINKING.get(names[1] if names[1:] else "")
        if shape is None or self._is_swagger or (names[0] in PLACES and len(names) > 2):
            return value
        return rebuild(value, shape, {"response": self._drop_links})

    def _drop_links(self, response: JSONObject) -> JSONObject:
        links = object_at(response, "links")
        kept = {name: link for name, link in links.items() if self._leads_on(link)}
        if len(kept) == len(links):
            return response
        rest = {key: value for key, value in response.items() if key != "links"}
        return {**rest, "links": kept} if kept else rest

    def _leads_on(self, given: JSONValue) -> bool:
        link = as_object(self._resolver.resolve(given))
        operation_id = text_at(link, "operationId")
        pointer = pointer_of(text_at(link, "operationRef"))
        is_left_out = operation_id and operation_id not in self._operation_ids
        return not is_left_out and (not pointer or pointer in self._operations)

    def _keep_schemes(self, requirements: list[JSONValue]) -> None:
        section = "/securityDefinitions" if self._is_swagger else "/components/securitySchemes"
        for requirement in iter_objects(requirements):
            for name in requirement:
                self._collector.keep(pointer_of(name) or join_pointer(section, name))
        self._collector.collect(())

    def _assemble(self) -> JSONObject:
        """The parts so far where they stood, with all that belongs to the whole definition."""
        parts = self._collector.parts
        assembled: JSONObject = {}
        for key, value in self._definition.items():
            if key in PLACES:
                assembled[key] = self._items[key]
            elif key == "components":
                sections = {
                    name: _kept_of(as_object(section), f"/components/{name}", parts)
                    for name, section in as_object(value).items()
                }
                assembled[key] = {name: kept for name, kept in sections.items() if kept}
            elif key in TOP_SECTIONS:
                assembled[key] = _kept_of(as_object(value), f"/{key}", parts)
            elif not key.startswith("x-") or self._keeps_extension(key, value):
                assembled[key] = value
        return assembled

    def _keeps_extension(self, key: str, value: JSONValue) -> bool:
        """Extensions stay, but for more operations and those that refer to what is left out."""
        if join_pointer("", key) in self._collector.parts:
            return True
        return key != "x-webhooks" and next(iter_references_of(value), None) is None

    def _finish(
        self, assembled: JSONObject, tags: set[str], *, inherits_security: bool
    ) -> JSONObject:
        if not inherits_security:
            assembled.pop("security", None)
        if "tags" in assembled:
            assembled["tags"] = _choose_tags(list_at(assembled, "tags"), tags)
        for key in ("tags", "components", "webhooks", *TOP_SECTIONS):
            if key in assembled and not assembled[key]:
                del assembled[key]
        return self._move(assembled) if self._collector.elsewhere else assembled

    def _move(self, assembled: JSONObject) -> JSONObject:
        """Make components of what stands in operations left out, and refer to it there."""
        moved: dict[str, str] = {}
        taken = set(self._collector.parts)
        for pointer in self._collector.elsewhere:
            section = self._sections.get(_shape_at(pointer), f"/{REFERRED}")
            moved[pointer] = _free_pointer(section, pointer, taken)
            taken.add(moved[pointer])
        redirected = as_object(_redirect(assembled, moved))
        for pointer, value in self._collector.elsewhere.items():
            _insert(redirected, moved[pointer], _redirect(value, moved))
        return redirected


def _is_operation(visited: Visited) -> bool:
    return visited.shape == "operation"


def _choose_operations(item: JSONObject, wanted: Collection[tuple[str, ...]]) -> JSONObject:
    chosen: JSONObject = {}
    for key, value in item.items():
        if key == "additionalOperations":
            others = {name: one for name, one in as_object(value).items() if (key, name) in wanted}
            if others:
                chosen[key] = others
        elif key not in METHODS or (key,) in wanted:
            chosen[key] = value
    return chosen


def _kept_of(section: JSONObject, pointer: str, parts: Mapping[str, JSONValue]) -> JSONObject:
    pointers = {name: join_pointer(pointer, name) for name in section}
    return {name: parts[place] for name, place in pointers.items() if place in parts}


def _choose_tags(declared: list[JSONValue], used: set[str]) -> list[JSONValue]:
    """The declarations of used tags and, as 3.2 nests tags, of those above them."""
    by_name = {text_at(tag, "name"): tag for tag in iter_objects(declared)}
    wanted: set[str] = set()
    for name in used:
        while name and name not in wanted:
            wanted.add(name)
            name = text_at(by_name.get(name, {}), "parent")
    return [tag for tag in iter_objects(declared) if text_at(tag, "name") in wanted]


def _shape_at(pointer: str) -> str:
    """Which OpenAPI object a pointer leads to, "" when none."""
    shape, each = "definition", ""
    for name in split_pointer(pointer):
        if each:
            shape, each = each, ""
        elif not (name.isdigit() and shape in ("parameter", "schema")):
            below = child_shape(shape, name)
            each = map_shape(below)
            shape = shape if each else below
        if not shape:
            return ""
    return "" if each else shape


def _free_pointer(section: str, pointer: str, taken: Collection[str]) -> str:
    wanted = _NOT_IN_NAMES.sub("_", pointer).strip("_")
    candidate, number = join_pointer(section, wanted), 1
    while candidate in taken:
        number += 1
        candidate = join_pointer(section, f"{wanted}-{number}")
    return candidate


def _redirect(value: JSONValue, moved: Mapping[str, str]) -> JSONValue:
    """A copy whose references follow what was moved."""
    if isinstance(value, list):
        return [_redirect(item, moved) for item in value]
    if not isinstance(value, dict):
        return value
    copied: JSONObject = {key: _redirect(member, moved) for key, member in value.items()}
    if isinstance(reference := value.get("$ref"), str):
        copied["$ref"] = _redirected(reference, moved)
    if mapping := object_at(object_at(copied, "discriminator"), "mapping"):
        targets: JSONObject = {
            name: _redirected(target, moved) if isinstance(target, str) else target
            for name, target in mapping.items()
        }
        copied["discriminator"] = {**object_at(copied, "discriminator"), "mapping": targets}
    return copied


def _redirected(reference: str, moved: Mapping[str, str]) -> str:
    pointer = pointer_of(reference)
    for old in sorted(moved, key=len, reverse=True):
        if pointer == old or pointer.startswith(f"{old}/"):
            return reference_to(moved[old] + pointer[len(old) :])
    return reference


def _insert(definition: JSONObject, pointer: str, value: JSONValue) -> None:
    """Put a component where its pointer says; the definition is our own copy."""
    *way, name = split_pointer(pointer)
    parent = definition
    for step in way:
        below = parent.get(step)
        if not isinstance(below, dict):
            below = parent[step] = {}
        parent = below
    parent[name] = value
