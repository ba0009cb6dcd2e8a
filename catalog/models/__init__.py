"""Tables of the catalog."""

from __future__ import annotations

from catalog.models.definitions import Component, Operation, Revision
from catalog.models.environments import Environment, Server
from catalog.models.guides import Guide
from catalog.models.products import Lifecycle, Product, Version, Visibility
from catalog.models.token_sources import SecurityBinding, TokenSource, TokenSourceKind

__all__ = [
    "Component",
    "Environment",
    "Guide",
    "Lifecycle",
    "Operation",
    "Product",
    "Revision",
    "SecurityBinding",
    "Server",
    "TokenSource",
    "TokenSourceKind",
    "Version",
    "Visibility",
]
