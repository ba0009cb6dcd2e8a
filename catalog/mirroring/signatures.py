"""Webhooks that prove who they are from."""

from __future__ import annotations

import hashlib
import hmac

__all__ = ["has_valid_signature"]

PREFIX = "sha256="


def has_valid_signature(header: str, body: bytes, *, secret: str) -> bool:
    """Whether X-Hub-Signature-256 ("sha256=" and hex digits) is the body's HMAC by this secret.

    Takes the same time wherever a wrong signature differs. Source: WebSub, 7.1.
    """
    expected = PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return bool(secret) and hmac.compare_digest(header.encode(), expected.encode())
