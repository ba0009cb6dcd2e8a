"""What a definition says as a whole, for the first page of a reference."""

from __future__ import annotations

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, iter_objects, list_at, object_at, text_at
from catalog.openapi.references import Resolver

__all__ = ["build_overview", "tag_names"]


def build_overview(definition: JSONObject, used_tags: list[str]) -> JSONObject:
    """Everything of a definition (in the 3.1 shape) that belongs to no single operation.

    Keys: `info`, `tags` (declared ones in their order, then those merely used: `name`,
    `display_name`, `description`), `servers`, `security_schemes` by key with references resolved,
    `external_docs`.
    """
    resolver = Resolver({"": definition})
    schemes = object_at(object_at(definition, "components"), "securitySchemes")
    return {
        "info": object_at(definition, "info"),
        "tags": _tags(definition, used_tags),
        "servers": list(iter_objects(list_at(definition, "servers"))),
        "security_schemes": {
            key: as_object(resolver.resolve(scheme)) for key, scheme in schemes.items()
        },
        "external_docs": object_at(definition, "externalDocs"),
    }


def tag_names(operation: JSONObject) -> list[str]:
    """The operation's tags, each once, in its order."""
    tags = (tag for tag in list_at(operation, "tags") if isinstance(tag, str) and tag)
    return list(dict.fromkeys(tags))


def _tags(definition: JSONObject, used_tags: list[str]) -> list[JSONValue]:
    declared = {
        text_at(tag, "name"): tag
        for tag in iter_objects(list_at(definition, "tags"))
        if text_at(tag, "name")
    }
    undeclared = (name for name in used_tags if name not in declared)
    return [_tag(name, declared.get(name, {})) for name in (*declared, *undeclared)]


def _tag(name: str, tag: JSONObject) -> JSONValue:
    """One tag; 3.2 calls the display name `summary`."""
    return {
        "name": name,
        "display_name": text_at(tag, "x-displayName") or text_at(tag, "summary") or name,
        "description": text_at(tag, "description"),
    }
