"""The real definitions that lie beside the repository, with the outcome each is to have."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from catalog.openapi import Limits
from catalog.services.sources import OpenedSource, open_source

__all__ = ["FOLDER", "MANIFEST", "RealDefinition", "list_definitions", "open_definition"]

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "definitions"
MANIFEST = FOLDER / "manifest.json"


@dataclass(frozen=True, slots=True)
class RealDefinition:
    """An entry of the manifest. `outcome` is accept, accept-with-warnings or reject.

    `folder` holds the files of a definition of several; "" for a single one. `operations` are
    those of paths, counted when the manifest was made.
    """

    path: str
    folder: str
    outcome: str
    operations: int

    @property
    def file(self) -> Path:
        """Where the root file lies."""
        return FOLDER / self.path


def list_definitions(paths: Collection[str] | None = None) -> list[RealDefinition]:
    """All entries of the manifest, or those with the paths; none where it is absent."""
    if not MANIFEST.is_file():
        return []
    entries = json.loads(MANIFEST.read_bytes())["entries"]
    return [
        RealDefinition(
            path=entry["path"],
            folder=entry.get("folder") or "",
            outcome=entry["portal"],
            operations=entry["operations"],
        )
        for entry in entries
        if paths is None or entry["path"] in paths
    ]


def open_definition(definition: RealDefinition, limits: Limits) -> OpenedSource:
    """Open it as `manage.py publish` would: its folder when it has one, else the file."""
    if not definition.folder:
        return open_source(str(definition.file), root="", limits=limits)
    folder = FOLDER / definition.folder
    root = definition.file.relative_to(folder).as_posix()
    return open_source(str(folder), root=root, limits=limits)
