"""Lines and columns of what problems point at; asked for only when there are problems."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from catalog.openapi.json_positions import find_in_json
from catalog.openapi.locations import Location, Target, build_targets, find_target
from catalog.openapi.yaml_positions import find_in_yaml

__all__ = ["SourceFormat", "find_written", "locate_pointers"]

SourceFormat = Literal["json", "yaml"]


def locate_pointers(
    text: str, source_format: SourceFormat, pointers: Iterable[str]
) -> dict[str, Location]:
    """The location of each pointer in a source that has been read before.

    What the source does not hold is shown at its nearest ancestor. A document whose root is asked
    for starts at line 1, column 1. Costs about one more parse, whatever the number of pointers.
    """
    wanted = list(pointers)
    root = _search(text, source_format, wanted)
    return {pointer: find_target(root, pointer)[0].locations[-1] for pointer in wanted}


def find_written(text: str, source_format: SourceFormat, pointers: Iterable[str]) -> dict[str, str]:
    """Scalars exactly as the source writes them, by pointer; leaves out what it does not hold."""
    wanted = list(pointers)
    root = _search(text, source_format, wanted)
    written: dict[str, str] = {}
    for pointer in wanted:
        target, is_exact = find_target(root, pointer)
        text_there = target.locations[-1].written
        if is_exact and text_there is not None:
            written[pointer] = text_there
    return written


def _search(text: str, source_format: SourceFormat, pointers: list[str]) -> Target:
    root = build_targets(pointers)
    root.locations.append(Location(1, 1))
    find = find_in_json if source_format == "json" else find_in_yaml
    find(text, root)
    return root
