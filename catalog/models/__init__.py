"""Tables of the catalog."""

from __future__ import annotations

from catalog.models.definitions import Component, Operation, Revision
from catalog.models.environments import Environment, Server
from catalog.models.guides import Guide
from catalog.models.import_jobs import BackgroundImport, ImportState
from catalog.models.mirrors import (
    LastImport,
    MirrorKind,
    MirrorResult,
    MirrorSource,
    SeenContent,
)
from catalog.models.products import Lifecycle, Product, Version, Visibility
from catalog.models.token_sources import SecurityBinding, TokenSource, TokenSourceKind

__all__ = [
    "BackgroundImport",
    "Component",
    "Environment",
    "Guide",
    "ImportState",
    "LastImport",
    "Lifecycle",
    "MirrorKind",
    "MirrorResult",
    "MirrorSource",
    "Operation",
    "Product",
    "Revision",
    "SecurityBinding",
    "SeenContent",
    "Server",
    "TokenSource",
    "TokenSourceKind",
    "Version",
    "Visibility",
]
