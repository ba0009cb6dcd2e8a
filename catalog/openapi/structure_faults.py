"""Faults that a JSON Schema validator found, in words for people who write definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["Fault", "iter_faults"]

SHOWN = 60
DEPTH = 20
_ALTERNATIVES = ("oneOf", "anyOf")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the way to the value (names and indexes) and a whole sentence."""

    path: tuple[str | int, ...]
    message: str


def iter_faults(error: Any, depth: int = DEPTH) -> Iterator[Fault]:
    """Yield what is wrong in a validator's error; of alternatives, the one that came closest.

    `error` is a jsonschema_rs.ValidationError. "Fits none of the schemas" helps nobody, so the
    alternative whose faults lie deepest in the value is told instead. An alternative without faults
    means that several fit where one should.
    """
    branches = getattr(error.kind, "context", None)
    if error.kind.name in _ALTERNATIVES and branches and all(branches) and depth:
        for nested in _closest(branches, error):
            yield from iter_faults(nested, depth - 1)
        return
    yield Fault(tuple(error.instance_path), _sentence(error))


def _closest(branches: list[list[Any]], error: Any) -> list[Any]:
    """The errors of the alternative that was most likely meant."""
    return min(branches, key=lambda branch: _distance(branch, error))


def _distance(branch: list[Any], error: Any) -> tuple[bool, bool, int, int]:
    is_reference = any(_wants_reference(nested) for nested in branch)
    here = len(error.instance_path)
    is_other_kind = any(
        nested.kind.name in ("type", "enum", "const") and len(nested.instance_path) <= here + 1
        for nested in branch
    )
    deepest = max((len(nested.instance_path) for nested in branch), default=0)
    return is_reference, is_other_kind, -deepest, len(branch)


def _wants_reference(error: Any) -> bool:
    return error.kind.name == "required" and getattr(error.kind, "property", "") == "$ref"


def _sentence(error: Any) -> str:
    kind = error.kind
    write = _SENTENCES.get(kind.name)
    facts: dict[str, Any] = kind.as_dict()
    if write is None:
        return f"The rule “{kind.name}” is broken here."
    return write(facts)


def _type(facts: dict[str, Any]) -> str:
    return f"This must be of type {_words(facts['types'])}."


def _unexpected(facts: dict[str, Any]) -> str:
    names = ", ".join(f"“{_short(name)}”" for name in facts["unexpected"][:5])
    return f"{names} is not a member that belongs here."


def _required(facts: dict[str, Any]) -> str:
    return f"The member “{_short(facts['property'])}” is missing."


def _enum(facts: dict[str, Any]) -> str:
    return f"This must be one of {_words(facts['options'])}."


def _constant(facts: dict[str, Any]) -> str:
    return f"This must be {_short(facts['expected_value'])}."


def _pattern(facts: dict[str, Any]) -> str:
    return f"This text must match the pattern {_short(facts['pattern'])}."


def _words(values: list[Any]) -> str:
    return ", ".join(_short(value) for value in values)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


_SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "type": _type,
    "required": _required,
    "enum": _enum,
    "const": _constant,
    "pattern": _pattern,
    "additionalProperties": _unexpected,
    "unevaluatedProperties": _unexpected,
    "uniqueItems": lambda facts: "The items of this array must all be different.",
    "minItems": lambda facts: f"This array needs at least {facts['limit']} items.",
    "maxItems": lambda facts: f"This array may have {facts['limit']} items at most.",
    "minProperties": lambda facts: f"This object needs at least {facts['limit']} members.",
    "maxProperties": lambda facts: f"This object may have {facts['limit']} members at most.",
    "minLength": lambda facts: f"This text needs at least {facts['limit']} characters.",
    "maxLength": lambda facts: f"This text may have {facts['limit']} characters at most.",
    "maximum": lambda facts: f"This number must be {facts['limit']} or less.",
    "exclusiveMaximum": lambda facts: f"This number must be less than {facts['limit']}.",
    "multipleOf": lambda facts: f"This number must be a multiple of {facts['multiple_of']}.",
    "contains": lambda facts: "No item of this array is of the kind it must contain.",
    "additionalItems": lambda facts: f"This array may have {facts['limit']} items at most.",
    "minimum": lambda facts: f"This number must be {facts['limit']} or more.",
    "exclusiveMinimum": lambda facts: f"This number must be more than {facts['limit']}.",
    "not": lambda facts: "These members exclude each other.",
    "oneOf": lambda facts: "These members fit several alternatives at once.",
    "propertyNames": lambda facts: "A name in this object is not allowed.",
    "false schema": lambda facts: "This value is not allowed here.",
    "falseSchema": lambda facts: "This value is not allowed here.",
}
