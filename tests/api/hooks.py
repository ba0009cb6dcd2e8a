"""Hooks of schemathesis: most requests to send name an environment that exists."""

from __future__ import annotations

from typing import Any

import schemathesis

__all__ = ["map_body"]


@schemathesis.hook
def map_body(context: schemathesis.HookContext, body: Any) -> Any:
    """Name Sandbox where the body names any environment of an even length."""
    operation = context.operation
    if operation is None or not operation.label.endswith("/send"):
        return body
    given = body.get("environment") if isinstance(body, dict) else None
    if not isinstance(given, str) or not given or "\0" in given or len(given) % 2:
        return body
    return {**body, "environment": "sandbox"}
