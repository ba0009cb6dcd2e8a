"""Whether a definition holds anything that can be shown."""

from __future__ import annotations

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, object_at
from catalog.openapi.shapes import METHODS

__all__ = ["has_something_usable"]

_SWAGGER_COMPONENTS = ("definitions", "parameters", "responses", "securityDefinitions")


def has_something_usable(definition: JSONObject) -> bool:
    """Whether there is an operation, a webhook or a component worth a page."""
    items = [*_entries(definition, "paths"), *_entries(definition, "webhooks")]
    sections = [*object_at(definition, "components").values()]
    sections += [definition.get(name) for name in _SWAGGER_COMPONENTS]
    components = [entry for section in sections for entry in as_object(section).values()]
    return any(map(_is_usable_item, items)) or any(map(_is_usable_component, components))


def _entries(definition: JSONObject, member: str) -> list[JSONValue]:
    return [item for name, item in object_at(definition, member).items() if name[:2] != "x-"]


def _is_usable_item(item: JSONValue) -> bool:
    members = as_object(item)
    operations = [members.get(method) for method in METHODS]
    operations += object_at(members, "additionalOperations").values()
    return any(isinstance(operation, dict) for operation in operations) or _refers(members)


def _is_usable_component(component: JSONValue) -> bool:
    """A boolean schema or an object; a `$ref` that is no text makes an object nothing."""
    if isinstance(component, dict):
        return _refers(component) or "$ref" not in component
    return isinstance(component, bool)


def _refers(members: JSONObject) -> bool:
    return isinstance(members.get("$ref"), str)
