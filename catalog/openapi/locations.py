"""Places in a source text, and the tree of pointers whose places are looked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.openapi.pointers import split_pointer

__all__ = ["Location", "Target", "build_targets", "find_target"]


@dataclass(frozen=True, slots=True)
class Location:
    """Where a member (its key) or an item begins, counting from 1.

    `written` is a scalar as it stands in the source, None for objects and arrays.
    """

    line: int
    column: int
    written: str | None = None


@dataclass(slots=True)
class Target:
    """A node of the tree of wanted pointers; `locations` is filled by a search of the source.

    It has several where a member is given several times, the last one last.
    """

    children: dict[str, Target] = field(default_factory=dict)
    locations: list[Location] = field(default_factory=list)


def build_targets(pointers: Iterable[str]) -> Target:
    """The tree of these pointers; their ancestors are looked for on the way."""
    root = Target()
    for pointer in pointers:
        target = root
        for name in split_pointer(pointer):
            target = target.children.setdefault(name, Target())
    return root


def find_target(root: Target, pointer: str) -> tuple[Target, bool]:
    """The target of a pointer, or its nearest ancestor that was found; and whether it is exact.

    What a source does not hold (a missing member, a value that a YAML alias stands for) is best
    shown where its parent stands.
    """
    target = nearest = root
    for name in split_pointer(pointer):
        target = target.children[name]
        if target.locations:
            nearest = target
    return nearest, nearest is target
