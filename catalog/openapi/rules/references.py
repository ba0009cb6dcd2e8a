"""References inside the definition that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.openapi.json_values import JSONObject
from catalog.openapi.pointers import Missing, locate, pointer_of, split_pointer
from catalog.openapi.rules.context import Context, Finding

__all__ = ["find_dangling"]

HOPS = 20


def find_dangling(context: Context) -> Iterator[Finding]:
    """Yield each `$ref` whose JSON pointer has no target; anchors are left to their readers."""
    leads_somewhere: dict[str, bool] = {}
    for visited in (visited for found in context.objects.values() for visited in found):
        reference = visited.value.get("$ref")
        pointer = pointer_of(reference) if isinstance(reference, str) else ""
        if not pointer:
            continue
        if pointer not in leads_somewhere:
            leads_somewhere[pointer] = _exists(context.definition, pointer)
        if not leads_somewhere[pointer]:
            message = f"The reference “{str(reference)[:120]}” leads nowhere."
            yield Finding(visited.pointer("$ref"), message)


def _exists(definition: JSONObject, pointer: str, hops: int = HOPS) -> bool:
    """Whether a pointer has a target, if need be through references that stand in its way."""
    names = split_pointer(pointer)
    if not isinstance(locate(definition, names), Missing):
        return True
    for end in range(len(names) - 1, 0, -1):
        found = locate(definition, names[:end])
        if isinstance(found, Missing):
            continue
        reference = found.get("$ref") if isinstance(found, dict) else None
        behind = pointer_of(reference) if isinstance(reference, str) else ""
        rest = pointer.split("/")[end + 1 :]
        return (
            bool(behind) and hops > 0 and _exists(definition, "/".join((behind, *rest)), hops - 1)
        )
    return False
