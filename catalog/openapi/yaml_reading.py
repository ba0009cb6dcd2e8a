"""Reading YAML: a JSON value out of the parser's events, never larger than the limits allow.

Built from events because the ready-made readers lose what is promised: keys and texts as they are
written, merge keys, both lines of duplicate keys, an end to aliases. It takes twice their time.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from yaml import events

from catalog.openapi.duplicates import duplicate_key
from catalog.openapi.errors import UnreadableDefinition, unreadable
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.limits import Limits
from catalog.openapi.pointers import join_pointer
from catalog.openapi.problems import Problem, Severity
from catalog.openapi.scalars import NotJSONError, resolve_scalar
from catalog.openapi.sizes import too_deep, too_many_values
from catalog.openapi.yaml_events import iter_events, position_of

__all__ = ["read_yaml"]

MERGE = "<<"
_RESOLVED_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null"))


def read_yaml(text: str, limits: Limits) -> tuple[JSONValue, tuple[Problem, ...]]:
    """Read the first document of a YAML text by the core schema of YAML 1.2, and warnings.

    Keys become strings as they are written. Objects that aliases repeat are shared, so the value
    is not to be altered. Warns of duplicate keys, of which the last counts, and of further
    documents. Raises UnreadableDefinition.
    """
    builder = _Builder(limits)
    documents = 0
    for event in iter_events(text):
        documents += isinstance(event, events.DocumentStartEvent)
        if documents > 1:
            builder.problems.append(_several_documents(event))
            break
        builder.take(event)
    return builder.value, tuple(builder.problems)


def _several_documents(event: events.Event) -> Problem:
    message = "The file holds several YAML documents; only the first is read."
    line, column = position_of(event)
    return Problem(Severity.WARNING, "several-documents", message, "", line, column)


@dataclass(slots=True)
class _Measured:
    """A value with the number of values in it and its height (0 for scalars)."""

    value: JSONValue
    nodes: int = 1
    height: int = 0


@dataclass(slots=True)
class _Frame:
    """An open array, or an open object with the key whose value comes next."""

    container: JSONObject | list[JSONValue]
    anchor: str | None
    nodes: int = 1
    height: int = 1
    key: str | None = None
    is_merge: bool = False
    merged: list[JSONObject] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def awaits_key(self) -> bool:
        return self.key is None and isinstance(self.container, dict)


class _Builder:
    """Takes events one by one; `value` holds the document after the last."""

    def __init__(self, limits: Limits) -> None:
        self.value: JSONValue = None
        self.problems: list[Problem] = []
        self._limits = limits
        self._frames: list[_Frame] = []
        self._anchors: dict[str, _Measured | None] = {}
        self._nodes = 0
        self._alias_nodes = 0

    def take(self, event: events.Event) -> None:
        """Move one event on; raises UnreadableDefinition."""
        if isinstance(event, events.ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, events.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, events.CollectionEndEvent):
            self._close()
        elif isinstance(event, events.AliasEvent):
            self._take_alias(event)

    def _take_scalar(self, event: events.ScalarEvent) -> None:
        is_key = bool(self._frames) and self._frames[-1].awaits_key
        measured = _Measured(event.value if is_key else _resolve(event))
        if event.anchor:
            self._anchors[event.anchor] = measured
        if is_key:
            self._take_key(event.value, event)
        else:
            self._count(1)
            self._add(measured)

    def _take_key(self, key: str, event: events.Event) -> None:
        frame = self._frames[-1]
        frame.key = key
        is_plain = isinstance(event, events.ScalarEvent) and not event.style
        frame.is_merge = key == MERGE and is_plain
        if frame.is_merge:
            return
        line, column = position_of(event)
        if key in frame.lines:
            pointer = join_pointer("", *map(_place, self._frames))
            first = frame.lines[key]
            self.problems.append(duplicate_key(pointer, first_line=first, line=line, column=column))
        frame.lines[key] = line

    def _take_alias(self, event: events.AliasEvent) -> None:
        target = self._anchors.get(event.anchor or "")
        if target is None:
            raise self._refuse_alias(event)
        if self._frames and self._frames[-1].awaits_key:
            self._take_key(_as_key(target.value, event), event)
            return
        self._alias_nodes += target.nodes
        if self._alias_nodes > self._limits.alias_nodes:
            message = f"Aliases repeat more than {self._limits.alias_nodes:,} values."
            line, column = position_of(event)
            raise unreadable("aliases", message, line=line, column=column)
        if len(self._frames) + target.height > self._limits.nesting:
            line, column = position_of(event)
            raise too_deep(self._limits, line=line, column=column)
        self._count(target.nodes)
        self._add(target)

    def _refuse_alias(self, event: events.AliasEvent) -> UnreadableDefinition:
        what = "stands inside what it repeats" if event.anchor in self._anchors else "has no anchor"
        line, column = position_of(event)
        message = f"The alias “*{event.anchor}” {what}."
        return unreadable("aliases", message, line=line, column=column)

    def _open(self, event: events.CollectionStartEvent) -> None:
        line, column = position_of(event)
        if self._frames and self._frames[-1].awaits_key:
            raise unreadable("syntax", "A key must be a text.", line=line, column=column)
        if len(self._frames) >= self._limits.nesting:
            raise too_deep(self._limits, line=line, column=column)
        self._count(1)
        if event.anchor:
            self._anchors[event.anchor] = None
        is_object = isinstance(event, events.MappingStartEvent)
        self._frames.append(_Frame({} if is_object else [], event.anchor))

    def _close(self) -> None:
        frame = self._frames.pop()
        container = frame.container
        if frame.merged and isinstance(container, dict):
            container = _merge(frame.merged, container)
        measured = _Measured(container, frame.nodes, frame.height)
        if frame.anchor:
            self._anchors[frame.anchor] = measured
        self._add(measured)

    def _add(self, measured: _Measured) -> None:
        if not self._frames:
            self.value = measured.value
            return
        frame = self._frames[-1]
        frame.nodes += measured.nodes
        frame.height = max(frame.height, measured.height + 1)
        if isinstance(frame.container, list):
            frame.container.append(measured.value)
        else:
            self._add_member(frame, frame.container, measured.value)
            frame.key = None

    def _add_member(self, frame: _Frame, container: JSONObject, value: JSONValue) -> None:
        key = frame.key or ""
        merged = _merge_sources(value) if frame.is_merge else None
        if merged is None:
            container[key] = value
        else:
            frame.merged.extend(merged)

    def _count(self, nodes: int) -> None:
        self._nodes += nodes
        if self._nodes > self._limits.nodes:
            raise too_many_values(self._limits)


def _place(frame: _Frame) -> str | int:
    container = frame.container
    return len(container) if isinstance(container, list) else frame.key or ""


def _resolve(event: events.ScalarEvent) -> JSONValue:
    is_plain = not event.style and event.tag is None
    if not is_plain and event.tag not in _RESOLVED_TAGS:
        return str(event.value)
    try:
        return resolve_scalar(event.value)
    except NotJSONError as error:
        line, column = position_of(event)
        shown = event.value[:40]
        message = f"“{shown}” cannot be kept as JSON: {error}."
        raise unreadable("number", message, line=line, column=column) from error


def _as_key(value: JSONValue, event: events.Event) -> str:
    if isinstance(value, str):
        return value
    line, column = position_of(event)
    raise unreadable("syntax", "A key must be a text.", line=line, column=column)


def _merge_sources(value: JSONValue) -> list[JSONObject] | None:
    """What a merge key adds, the most important first; None when it is no merge key after all."""
    sources = value if isinstance(value, list) else [value]
    objects = [source for source in sources if isinstance(source, dict)]
    return objects if len(objects) == len(sources) else None


def _merge(sources: list[JSONObject], own: JSONObject) -> JSONObject:
    """Merged members first, as YAML readers order them; earlier sources and own members win.

    Source: https://yaml.org/type/merge.html
    """
    merged: JSONObject = {}
    for source in sources:
        for key, member in source.items():
            merged.setdefault(key, member)
    return merged | own
