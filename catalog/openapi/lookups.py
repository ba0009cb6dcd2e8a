"""Read members of foreign JSON without trusting their types: nonsense counts as absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from catalog.openapi.json_values import JSONObject, JSONValue

__all__ = ["as_object", "flag_at", "iter_objects", "list_at", "object_at", "text_at"]


def as_object(value: JSONValue) -> JSONObject:
    """The value when it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def object_at(parent: Mapping[str, JSONValue], key: str) -> JSONObject:
    """The object under a key, empty when it is missing or something else."""
    return as_object(parent.get(key))


def list_at(parent: Mapping[str, JSONValue], key: str) -> list[JSONValue]:
    """The array under a key, empty when it is missing or something else."""
    value = parent.get(key)
    return value if isinstance(value, list) else []


def text_at(parent: Mapping[str, JSONValue], key: str) -> str:
    """The string under a key, empty when it is missing or not a scalar.

    Numbers are taken as they print, since YAML turns an unquoted name or version into one.
    """
    value = parent.get(key)
    if isinstance(value, str):
        return value
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(value) if is_number else ""


def flag_at(parent: Mapping[str, JSONValue], key: str) -> bool:
    """Whether the key holds exactly true."""
    return parent.get(key) is True


def iter_objects(values: list[JSONValue]) -> Iterator[JSONObject]:
    """Yield the members of an array that are objects."""
    for value in values:
        if isinstance(value, dict):
            yield value
