"""Which version of OpenAPI a definition is written in."""

from __future__ import annotations

import re
from enum import StrEnum

from catalog.openapi.errors import unreadable
from catalog.openapi.json_values import JSONObject
from catalog.openapi.problems import Problem, Severity

__all__ = ["Family", "check_version", "find_family"]


class Family(StrEnum):
    """The versions whose definitions are shaped alike."""

    V2_0 = "2.0"
    V3_0 = "3.0"
    V3_1 = "3.1"
    V3_2 = "3.2"


_VERSION = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})(?:[.-].*)?", re.DOTALL)
SUPPORTED = "2.0, 3.0, 3.1 and 3.2"


def find_family(value: JSONObject) -> Family:
    """The family of a definition by its `swagger` or `openapi` member.

    A minor version newer than all known ones is read as the newest. Raises UnreadableDefinition
    for what is not OpenAPI and for versions that are not supported.
    """
    pointer, written = _written_version(value)
    if written == "2.0" or (pointer == "/swagger" and written == "2"):
        return Family.V2_0
    match = _VERSION.fullmatch(written)
    if not match or match.group(1) != "3":
        message = f"Version “{written[:40]}” is not supported; OpenAPI {SUPPORTED} are."
        raise unreadable("unsupported-version", message, pointer=pointer)
    families = {"0": Family.V3_0, "1": Family.V3_1}
    return families.get(match.group(2), Family.V3_2)


def check_version(value: JSONObject, family: Family) -> Problem | None:
    """A warning when a definition is newer than this reader."""
    pointer, written = _written_version(value)
    if family is not Family.V3_2 or written.startswith(family):
        return None
    message = f"OpenAPI {written[:40]} is newer than 3.2 and is read as 3.2."
    return Problem(Severity.WARNING, "unsupported-version", message, pointer)


def _written_version(value: JSONObject) -> tuple[str, str]:
    for member in ("openapi", "swagger"):
        version = value.get(member)
        if isinstance(version, str | int | float) and not isinstance(version, bool):
            return f"/{member}", str(version).strip()
    message = "This is not an OpenAPI definition: it has neither “openapi” nor “swagger”."
    raise unreadable("not-openapi", message)
