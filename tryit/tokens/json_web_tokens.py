"""Reading JSON Web Tokens: what they say about themselves, never whether it is true."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime

from catalog.openapi.json_values import JSONObject

__all__ = ["read_claims", "read_expiry"]

CLAIM_CHARACTERS = 100_000


def read_claims(token: str) -> JSONObject | None:
    """The claims of a signed JWT, unverified; None when the text is something else.

    The portal is not the token's audience: it only wants to know how long the token lives.
    Source: RFC 7519, 7.2; RFC 7515, 3.1.
    """
    parts = token.strip().split(".")
    if len(parts) != 3 or len(token) > CLAIM_CHARACTERS:
        return None
    header, claims = _read_part(parts[0]), _read_part(parts[1])
    return claims if header is not None else None


def read_expiry(token: str) -> datetime | None:
    """The time in the `exp` claim; None without a usable one (RFC 7519, 4.1.4)."""
    claims = read_claims(token)
    seconds = claims.get("exp") if claims else None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _read_part(part: str) -> JSONObject | None:
    padded = part + "=" * (-len(part) % 4)
    try:
        value = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
