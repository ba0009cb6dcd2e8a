"""Names of operations in URLs: short, readable, unique, and the same in every revision."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

__all__ = ["operation_slug"]

MAX_LENGTH = 150
RESERVED = frozenset({"schemas"})

# "companySearch" parts before the S, "getURLInfo" also before the I of Info.
WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
SEPARATORS = re.compile(r"[^A-Za-z0-9]+")


def operation_slug(operation_id: str, method: str, path: str, *, taken: Collection[str]) -> str:
    """The slug of an operation: its operationId in kebab case, else its method and path.

    `companySearch` becomes "company-search"; GET /companies/{id} becomes "get-companies-id", also
    for an operation whose operationId an earlier one already uses. What is taken or reserved
    ("schemas") gets "-2", "-3". The result is ASCII and at most 160 characters long.
    """
    by_path = _kebab(f"{method} {path}") or "operation"
    preferred = _kebab(operation_id) or by_path
    if preferred in taken:
        preferred = by_path
    return _free(preferred, taken)


def _kebab(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text[: 4 * MAX_LENGTH])
    plain = decomposed.encode("ascii", "ignore").decode("ascii").replace("'", "")
    spaced = WORD_START.sub("-", plain)
    return SEPARATORS.sub("-", spaced).strip("-").lower()[:MAX_LENGTH].rstrip("-")


def _free(slug: str, taken: Collection[str]) -> str:
    candidate, number = slug, 1
    while candidate in taken or candidate in RESERVED:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
