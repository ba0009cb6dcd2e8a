"""Where the values of a YAML text stand, read off the parser's events."""

from __future__ import annotations

from dataclasses import dataclass

from yaml import events

from catalog.openapi.locations import Location, Target
from catalog.openapi.yaml_events import iter_events, position_of

__all__ = ["find_in_yaml"]


def find_in_yaml(text: str, root: Target) -> None:
    """Fill in the locations of a tree of targets from the first document of a valid YAML text.

    Aliases are not followed and merge keys not expanded.
    """
    search = _Search(root)
    for event in iter_events(text):
        if isinstance(event, events.DocumentEndEvent):
            break
        search.take(event)


@dataclass(slots=True)
class _Frame:
    """An open object or array: the target it is, if any, and where in it the parser stands."""

    target: Target | None
    is_mapping: bool
    is_at_key: bool
    index: int = 0
    key: str = ""
    key_event: events.Event | None = None


class _Search:
    """Follows the events with a stack of open collections."""

    def __init__(self, root: Target) -> None:
        self._root = root
        self._frames: list[_Frame] = []

    def take(self, event: events.Event) -> None:
        """Move one event on."""
        if isinstance(event, events.CollectionEndEvent):
            self._frames.pop()
            self._advance()
        elif isinstance(event, events.CollectionStartEvent):
            is_mapping = isinstance(event, events.MappingStartEvent)
            self._frames.append(_Frame(self._begin(event), is_mapping, is_mapping))
        elif isinstance(event, events.NodeEvent):
            self._take_leaf(event)

    def _take_leaf(self, event: events.NodeEvent) -> None:
        frame = self._frames[-1] if self._frames else None
        if frame and frame.is_at_key:
            frame.key = event.value if isinstance(event, events.ScalarEvent) else ""
            frame.key_event = event
            frame.is_at_key = False
            return
        self._begin(event)
        self._advance()

    def _begin(self, event: events.Event) -> Target | None:
        """The target that a value is, after noting where it stands."""
        if not self._frames:
            return self._root
        frame = self._frames[-1]
        if frame.target is None or frame.is_at_key:
            return None
        name = frame.key if frame.is_mapping else str(frame.index)
        target = frame.target.children.get(name)
        if target is not None:
            shown = frame.key_event if frame.is_mapping and frame.key_event else event
            written = event.value if isinstance(event, events.ScalarEvent) else None
            target.locations.append(Location(*position_of(shown), written))
        return target

    def _advance(self) -> None:
        if not self._frames:
            return
        frame = self._frames[-1]
        frame.index += 1
        frame.is_at_key = frame.is_mapping
