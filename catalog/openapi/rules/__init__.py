"""Our own rules for definitions: what the schemas of OpenAPI cannot say."""

from __future__ import annotations

from catalog.openapi.rules.registry import check_rules

__all__ = ["check_rules"]
