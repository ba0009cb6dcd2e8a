"""One definition out of several files.

What other files hold is brought into the components of the root, under names that stay the same
from import to import; path items, and what no component section takes, are put in place.
References inside the definition stay as they are, circular ones included. Nothing but the given
files is opened.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from catalog.openapi.component_naming import ComponentNames
from catalog.openapi.component_sections import sections_of
from catalog.openapi.documents import Documents
from catalog.openapi.external_references import BadReferenceError, Target, TargetFinder
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, object_at
from catalog.openapi.pointers import join_pointer, locate, split_pointer
from catalog.openapi.problems import Problem, Severity
from catalog.openapi.versions import Family
from catalog.openapi.visiting import child_shape, is_extension, map_shape

__all__ = ["Bundle", "Origin", "bundle_definition"]

# Members whose values are the author's own data, where "$ref" is only a word.
_LITERALS = frozenset(("example", "examples", "default", "enum", "const", "value", "dataValue"))
# What tells a file that a discriminator may map to; anything else is the name of a schema.
_FILE_MARKS = (".yaml", ".yml", ".json", "#", "/")
# What a fragment may hold unescaped: RFC 3986, 3.5.
_FRAGMENT = "/~!$&'()*+,;=:@?"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a part of the bundled definition was written: a file, and a pointer in it."""

    file: str
    pointer: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A definition without references to other files, as far as they could be followed.

    `origins` maps pointers of the bundled definition to where their values were written, for all
    that did not stand in the root. `problems` have pointers into the file that they come with.
    """

    value: JSONObject
    origins: dict[str, Origin] = field(default_factory=dict)
    problems: tuple[tuple[str, Problem], ...] = ()


def bundle_definition(definition: JSONObject, documents: Documents, family: Family) -> Bundle:
    """Bundle a parsed root file; it is returned unchanged when it refers to no other file.

    References that cannot be followed stay, with a warning each. Raises UnreadableDefinition for
    more files than the limits allow. Cost: one plain walk for a definition of one file.
    """
    if not has_external_references(definition):
        return Bundle(definition)
    bundler = _Bundler(definition, documents, family)
    return Bundle(bundler.bundle(), bundler.origins, tuple(bundler.problems))


def has_external_references(definition: JSONObject) -> bool:
    """Whether any `$ref` or discriminator, wherever it stands, leads out of the document."""
    level: list[JSONValue] = [definition]
    while level:
        below: list[JSONValue] = []
        for node in level:
            if isinstance(node, dict):
                if _leads_out(node.get("$ref")) or ("mapping" in node and _maps_out(node)):
                    return True
                below.extend(node.values())
            elif isinstance(node, list):
                below.extend(node)
        level = below
    return False


def _leads_out(reference: JSONValue) -> bool:
    return isinstance(reference, str) and not reference.startswith("#")


def _maps_out(discriminator: JSONObject) -> bool:
    targets = object_at(discriminator, "mapping").values()
    return any(_leads_out(target) and _names_file(target) for target in targets)


def _names_file(target: JSONValue) -> bool:
    return isinstance(target, str) and any(mark in target for mark in _FILE_MARKS)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the copy stands: in which file and where in it, and where in the result.

    `inlined` are the targets being put in place around it, to stop at a circle.
    """

    file: str
    pointer: str
    target: str
    inlined: frozenset[tuple[str, str]] = frozenset()
    is_quiet: bool = False

    def below(self, name: str | int) -> _Spot:
        return replace(
            self,
            pointer=join_pointer(self.pointer, name),
            target=join_pointer(self.target, name),
        )


class _Bundler:
    """Copies the root, then whatever it turned out to need, until nothing is missing."""

    def __init__(self, definition: JSONObject, documents: Documents, family: Family) -> None:
        self.origins: dict[str, Origin] = {}
        self.problems: list[tuple[str, Problem]] = []
        self._definition = definition
        self._root = documents.root_name
        self._finder = TargetFinder(documents)
        self._sections = sections_of(family)
        self._names = ComponentNames(definition, self._sections)
        self._homes: dict[str, Target] = {}
        self._waiting: deque[tuple[str, str, Target]] = deque()

    def bundle(self) -> JSONObject:
        """The bundled definition."""
        for shape, section in self._sections.items():
            self._claim_homes(shape, section)
        copied = as_object(self._copy(self._definition, "definition", _Spot(self._root, "", "")))
        while self._waiting:
            shape, pointer, target = self._waiting.popleft()
            value = self._copy(target.value, shape, self._spot_of(target, pointer))
            _insert(copied, pointer, value)
        return copied

    def _claim_homes(self, shape: str, section: str) -> None:
        """Let `Pet: {$ref: pet.yaml}` among the components be the place where pet.yaml goes."""
        entries = locate(self._definition, split_pointer(section))
        for name, entry in (entries if isinstance(entries, dict) else {}).items():
            if not isinstance(entry, dict) or list(entry) != ["$ref"]:
                continue
            target = self._find_quietly(entry["$ref"])
            if target is None or target.file == self._root:
                continue
            if self._names.find(section, target) is None:
                self._names.keep(section, target, name)
                self._homes[join_pointer(section, name)] = target

    def _find_quietly(self, reference: JSONValue) -> Target | None:
        try:
            return self._finder.find(reference, self._root) if isinstance(reference, str) else None
        except BadReferenceError:
            return None

    def _spot_of(self, target: Target, pointer: str) -> _Spot:
        self.origins[pointer] = Origin(target.file, target.pointer)
        return _Spot(target.file, target.pointer, pointer)

    def _copy(self, value: JSONValue, shape: str, spot: _Spot) -> JSONValue:
        if isinstance(value, list):
            return [self._copy(item, shape, spot.below(i)) for i, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        home = self._homes.pop(spot.target, None)
        if home is not None:
            return self._copy(home.value, shape, self._spot_of(home, spot.target))
        reference = value.get("$ref")
        if isinstance(reference, str):
            return self._copy_reference(value, reference, shape=shape, spot=spot)
        return self._copy_members(value, shape, spot)

    def _copy_members(self, value: JSONObject, shape: str, spot: _Spot) -> JSONObject:
        each = map_shape(shape)
        copied: JSONObject = {}
        for key, member in value.items():
            below = spot.below(key)
            if each:
                copied[key] = self._copy(member, "" if is_extension(each, key) else each, below)
            elif not shape or not (child := child_shape(shape, key)):
                copied[key] = self._copy_unshaped(key, member, below)
            else:
                copied[key] = self._copy(member, child, below)
        return copied

    def _copy_unshaped(self, key: str, member: JSONValue, spot: _Spot) -> JSONValue:
        if key in _LITERALS:
            return member
        if key == "discriminator" and isinstance(member, dict):
            return self._copy_discriminator(member, spot)
        if key.startswith("x-"):
            spot = replace(spot, is_quiet=True)
        return self._copy(member, "", spot)

    def _copy_discriminator(self, discriminator: JSONObject, spot: _Spot) -> JSONObject:
        mapping = discriminator.get("mapping")
        if not isinstance(mapping, dict):
            return discriminator
        below = spot.below("mapping")
        copied: JSONObject = {
            name: self._mapped(target, below.below(name)) for name, target in mapping.items()
        }
        return {**discriminator, "mapping": copied}

    def _mapped(self, target: JSONValue, spot: _Spot) -> JSONValue:
        if not isinstance(target, str) or not _names_file(target):
            return target
        return as_object(
            self._copy_reference({"$ref": target}, target, shape="schema", spot=spot)
        ).get("$ref", target)

    def _copy_reference(
        self, value: JSONObject, reference: str, *, shape: str, spot: _Spot
    ) -> JSONValue:
        if spot.file == self._root and reference.startswith("#"):
            return self._copy_members(value, shape, spot)
        try:
            target = self._finder.find(reference, spot.file)
        except BadReferenceError as error:
            self._warn(error, spot)
            return self._copy_members(value, shape, spot)
        if target.file == self._root:
            return self._refer(value, target.pointer, shape=shape, spot=spot)
        section = self._sections.get(shape)
        if section is None:
            return self._put_in_place(value, target, shape=shape, spot=spot)
        pointer = self._names.find(section, target)
        if pointer is None:
            pointer = self._names.add(section, target)
            self._waiting.append((shape, pointer, target))
        return self._refer(value, pointer, shape=shape, spot=spot)

    def _refer(self, value: JSONObject, pointer: str, *, shape: str, spot: _Spot) -> JSONObject:
        """The reference with its new pointer; what stands beside it is copied."""
        copied = self._copy_members(value, shape, spot)
        copied["$ref"] = f"#{quote(pointer, safe=_FRAGMENT)}"
        return copied

    def _put_in_place(
        self, value: JSONObject, target: Target, *, shape: str, spot: _Spot
    ) -> JSONValue:
        key = (target.file, target.pointer)
        if key in spot.inlined:
            message = "This reference leads back to what it stands in, and is left as it is."
            self._warn(BadReferenceError("circular-reference", message), spot)
            return value
        self.origins.setdefault(spot.target, Origin(target.file, target.pointer))
        inside = replace(
            spot, file=target.file, pointer=target.pointer, inlined=spot.inlined | {key}
        )
        copied = self._copy(target.value, shape, inside)
        siblings = {name: member for name, member in value.items() if name != "$ref"}
        if not siblings or not isinstance(copied, dict):
            return copied
        return copied | self._copy_members(siblings, shape, spot)

    def _warn(self, error: BadReferenceError, spot: _Spot) -> None:
        if spot.is_quiet:
            return
        problem = Problem(Severity.WARNING, error.rule, str(error), f"{spot.pointer}/$ref")
        self.problems.append((spot.file, problem))


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
