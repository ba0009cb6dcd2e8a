"""How large a definition may be before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one import; each has its own message when it is passed.

    `source_bytes` bounds every single file, `nesting` the depth of objects and arrays, `nodes` all
    values of the definition (those that YAML aliases repeat included, which `alias_nodes` bounds
    alone). `external_files` counts the further files a definition refers to. `archive_bytes` and
    `archive_files` bound what an archive unpacks to. `problems_per_rule` keeps reports readable.
    """

    source_bytes: int = 50_000_000
    nesting: int = 100
    nodes: int = 2_000_000
    alias_nodes: int = 500_000
    external_files: int = 5_000
    archive_bytes: int = 200_000_000
    archive_files: int = 20_000
    problems_per_rule: int = 200
